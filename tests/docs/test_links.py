"""Links between documents lead somewhere; what they name in the project is there."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import DOCS, ROOT, Page, page, pages

ALL = pages()
SCREENSHOTS = ROOT / "tools" / "screens.py"
PLACE = re.compile(r"(?:src|tests|tools|docs|benchmarks|requirements)/[\w./-]*\w")
MADE_LATER = {"docs/benchmarks.md"}  # by `make bench`
NOT_FOR_DOCUMENTS = re.compile(
    r"pythonhosted|pypi\.org|registry\.npmjs|proxy\.golang|/work/|/root/|/home/\w", re.IGNORECASE
)


@pytest.mark.parametrize("document", ALL, ids=lambda one: one.name)
def test_every_link_leads_somewhere(document: Page):
    for target in document.links:
        if re.match(r"[a-z]+:", target):
            continue
        address, _, fragment = target.partition("#")
        path = (document.path.parent / address).resolve() if address else document.path
        if path.suffix == ".png":
            continue  # see below
        assert path.exists(), f"{document.name} links to {target}"
        if fragment:
            assert fragment in Page(path).anchors, f"{document.name} links to {target}"


def test_every_picture_is_made_by_the_script_and_is_there():
    if not SCREENSHOTS.exists():
        pytest.skip("tools/screens.py, which says what the pictures show, is not here")
    script = SCREENSHOTS.read_text(encoding="utf-8")
    shown = {(one.path.parent / target).resolve() for one in ALL for target in one.links if target.endswith(".png")}
    assert shown
    for picture in sorted(shown):
        name = picture.name.removesuffix(".png").removesuffix("-phone").rpartition("-")[0]
        assert f'Picture("{name}"' in script, picture.name
        assert picture.exists(), f"{picture.name}: run make screenshots"


@pytest.mark.parametrize("document", ALL, ids=lambda one: one.name)
def test_files_named_are_there(document: Page):
    for span in document.code:
        for place in PLACE.findall(span):
            if place not in MADE_LATER and "<" not in place:
                assert (ROOT / place).exists(), f"{document.name} names {place}"


def test_tests_named_are_there():
    known = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    named = set(re.findall(r"\b(test_\w+)\b(?!\.py)", page("THREAT_MODEL.md").text))
    assert len(named) > 8
    assert named <= known, named - known


def test_every_document_is_reachable_from_the_front():
    seen: set[str] = set()
    waiting = [page("README.md"), page("docs/index.md")]
    while waiting:
        one = waiting.pop()
        if one.name in seen:
            continue
        seen.add(one.name)
        targets = [(one.path.parent / target.partition("#")[0]).resolve() for target in one.links]
        waiting += [Page(path) for path in targets if path.suffix == ".md" and path.exists()]
    lost = {one.name for one in ALL} - seen - MADE_LATER
    assert lost == set()


@pytest.mark.parametrize("document", ALL, ids=lambda one: one.name)
def test_no_address_of_a_registry_and_no_path_of_one_machine(document: Page):
    assert NOT_FOR_DOCUMENTS.findall(document.text) == []


def test_make_targets_named_are_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for document in ALL:
        named = {target for span in document.code for target in re.findall(r"^make ([a-z-]+)", span, re.MULTILINE)}
        assert named <= targets, f"{document.name}: {named - targets}"
    front = page("README.md")
    assert {"demo", "test"} <= {
        target for span in front.code for target in re.findall(r"^make ([a-z]+)", span, re.MULTILINE)
    }


def test_the_decisions_are_numbered_dated_and_listed():
    decisions = sorted((DOCS / "adr").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04d}" for number in range(1, len(decisions) + 1)]
    index = page("docs/adr/README.md")
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {path.name[:4]} \w.+\n\n\* Status: \w+.*\n\* Date: \d{{4}}-\d\d-\d\d\n", text), path.name
        assert re.findall(r"^## (\w+)", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], path.name
        assert path.name in index.links
