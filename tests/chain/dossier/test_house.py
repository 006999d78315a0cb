"""The agency's own templates and branding: they serve, or the print is refused; they never reach out of their folder."""

from __future__ import annotations

import hashlib

import pytest

from copes.chain.dossier import printing
from copes.chain.dossier.checking import check_prints
from copes.chain.dossier.prints.house import SHIPPED, names
from copes.chain.seizures.models import Print
from copes.foundation.journal.queries import records_by_jti
from copes.foundation.refusals import Refusal
from tests.chain.dossier.making import handed_over_case, issued
from tests.chain.dossier.printed import sound, text_of
from tests.support import run_copes

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><rect width="60" height="60" fill="#224488"/></svg>'
BRANDING = """
accent = "#5a1a1a"
logo = "logo.svg"
[names]
en = ["Customs of Test", "Office North"]
ar = ["جمارك الاختبار"]
[address]
en = ["1 Example Street"]
[footer]
en = "Telephone 000 111"
[claims]
en = ["Write to the claims office within the time the law gives."]
[paragraphs.notice]
en = ["Bring this notice with you."]
"""


@pytest.fixture
def folder(node):
    made = node.home / "prints"
    made.mkdir()
    return made


@pytest.fixture
def made(officers):
    return handed_over_case(officers)


def printed(officers, made, **more):
    return printing.print_seizure(officers.front_line, seizure=made.seizure, language="en", **more).pdf


def refused(officers, made):
    before = Print.objects.count()
    with pytest.raises(Refusal) as refusal:
        printed(officers, made)
    assert Print.objects.count() == before, "nothing is printed quietly in its place"
    return refusal.value


def last_print():
    return records_by_jti([Print.objects.order_by("-index").first().record_id])[0].fact().body


def test_branding_stands_on_the_print_and_its_hash_in_the_record(officers, made, folder, tmp_path):
    printed(officers, made)
    assert "template" not in last_print()
    (folder / "branding.toml").write_text(BRANDING)
    (folder / "logo.svg").write_bytes(LOGO)
    pdf = printing.print_notice(officers.front_line, seizure=made.seizure, languages=["ar", "en"]).pdf
    text = text_of(pdf)
    for said in (
        "Customs of Test",
        "Office North",
        "1 Example Street",
        "claims office",
        "Bring this notice",
        "000 111",
    ):
        assert said in text, said
    sound(pdf, tmp_path)
    lines = [
        f"branding.toml {hashlib.sha256(BRANDING.encode()).hexdigest()}",
        f"logo.svg {hashlib.sha256(LOGO).hexdigest()}",
    ]
    assert last_print()["template"] == hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def test_an_agencys_template_serves_in_place_of_the_shipped_one(officers, made, folder):
    source = (SHIPPED / "report.typ").read_text()
    (folder / "report.typ").write_text(source + "\n#block[Our own closing words]\n")
    assert "Our own closing words" in text_of(printed(officers, made))
    assert len(last_print()["template"]) == 64


def test_a_template_copied_and_left_as_it_is_changes_nothing(officers, made, folder):
    before = text_of(printed(officers, made))
    for name in names():
        (folder / f"{name}.typ").write_bytes((SHIPPED / f"{name}.typ").read_bytes())
    assert text_of(printed(officers, made)).replace(" ", "")[:400] == before.replace(" ", "")[:400]
    assert "template" not in last_print()


@pytest.mark.parametrize(
    ("broken", "line"),
    [("#title-block(doc", 1), ("Fine words\n\n#nothing-of-this-name(doc)", 3)],
)
def test_a_broken_template_is_refused_with_file_and_line(officers, made, folder, broken, line):
    start = '#import "common.typ": *\n#let doc = json("data.json")\n#show: body => setup(doc, body)\n'
    (folder / "report.typ").write_text(start + broken)
    reason = str(refused(officers, made).reason)
    assert "prints/report.typ" in reason
    assert f"line {3 + line}:" in reason


def test_a_fault_in_a_neighbour_is_laid_to_the_neighbour(officers, made, folder):
    source = (SHIPPED / "common.typ").read_text()
    (folder / "common.typ").write_text(
        source.replace("#let title-block(doc) = {", "#let title-block(doc) = {\n  gone()")
    )
    assert "prints/common.typ" in str(refused(officers, made).reason)


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/etc/passwd")',
        '#read("../secrets/django.key")',
        '#read("../../../../../etc/passwd")',
        '#image("../secrets/node.key")',
        '#image("/etc/passwd")',
        '#json("../node.toml")',
        '#import "@preview/cetz:0.2.2": *',
        '#import("@pre" + "view/cetz:0.2.2")',
        '#include "../node.toml"',
        '#eval("1 + 1")',
        '#plugin("x.wasm")',
        "#while true { let x = 1 }",
    ],
)
def test_a_hostile_template_reaches_nothing(officers, made, folder, hostile):
    (folder / "report.typ").write_text((SHIPPED / "report.typ").read_text() + hostile + "\n")
    refusal = refused(officers, made)
    assert refusal.code == "print.template"
    assert "report.typ" in str(refusal.reason)
    assert "root:" not in str(refusal.reason)


def test_a_template_that_hides_what_a_record_states_is_refused(officers, made, folder):
    (folder / "report.typ").write_text(
        '#import "common.typ": *\n#let doc = json("data.json")\n#show: body => setup(doc, body)\n#title-block(doc)\n'
    )
    refusal = refused(officers, made)
    assert refusal.code == "print.template_hides"
    assert "report.typ" in str(refusal.reason)
    with pytest.raises(Refusal) as at_issue:
        issued(officers, made)
    assert at_issue.value.code == "print.template_hides"


def test_without_pdftotext_a_changed_template_is_not_trusted(officers, made, folder, monkeypatch):
    (folder / "report.typ").write_text((SHIPPED / "report.typ").read_text() + "\nWords\n")
    monkeypatch.setenv("PATH", "/nonexistent")
    assert refused(officers, made).code == "print.template_unchecked"


def test_a_dossier_under_an_agencys_template_verifies(officers, made, folder):
    (folder / "branding.toml").write_text(BRANDING)
    (folder / "logo.svg").write_bytes(LOGO)
    (folder / "report.typ").write_text((SHIPPED / "report.typ").read_text() + "\n#block[Our own words]\n")
    assert issued(officers, made).outcome.code() == 0


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("branding.toml", b'accent = "#ffffff"', "accent"),
        ("branding.toml", b"[names]\naccent = \n", "line 2"),
        ("branding.toml", b'colour = "red"', "colour"),
        ("branding.toml", b'logo = "../secrets/node.key"', "logo"),
        ("branding.toml", b'logo = "gone.svg"', "gone.svg"),
        ("branding.toml", b'[names]\nde = ["Zoll"]', "names"),
        ("branding.toml", b'[claims]\nen = ["' + b"x" * 2000 + b'"]', "claims.en"),
        ("branding.toml", b"x = '" + b"x" * 300_000 + b"'", "larger"),
        ("letter.typ", b"Hello", "letter.typ"),
        ("report.typ", b"\xff\xfe", "UTF-8"),
    ],
)
def test_bad_files_are_named(officers, made, folder, name, data, said):
    (folder / name).write_bytes(data)
    assert said in str(refused(officers, made).reason)


@pytest.mark.parametrize(
    "logo",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect fill="url(http://example.com)"/></svg>',
        b"<svg " + b" " * 600_000 + b"/>",
        b"no picture",
        b"<svg broken",
    ],
)
def test_a_bad_logo_is_refused(officers, made, folder, logo):
    (folder / "branding.toml").write_text('logo = "logo.svg"')
    (folder / "logo.svg").write_bytes(logo)
    assert "logo.svg" in str(refused(officers, made).reason)


def test_a_link_out_of_the_folder_is_refused(officers, made, node, folder):
    (folder / "report.typ").symlink_to(node.home / "node.toml")
    assert "report.typ" in str(refused(officers, made).reason)


def test_every_print_can_be_made_in_two_languages_as_shipped(officers):
    found = list(check_prints(["en", "ar"]))
    assert len(found) > 30
    assert not [problem for _name, _language, problem in found if problem]


def test_the_commands(node, officers, folder):
    listed = run_copes(node.home, "prints", "list")
    assert "report     as shipped" in listed.stdout
    copied = run_copes(node.home, "prints", "copy", "custody")
    assert copied.returncode == 0, copied.stderr
    assert (folder / "custody.typ").read_bytes() == (SHIPPED / "custody.typ").read_bytes()
    assert run_copes(node.home, "prints", "copy", "custody").returncode == 1
    assert "no template called letter" in run_copes(node.home, "prints", "copy", "letter").stderr
    good = run_copes(node.home, "prints", "check", "--language", "en")
    assert good.returncode == 0, good.stderr
    assert "can be made" in good.stdout
    with (folder / "custody.typ").open("a") as file:
        file.write("\n#gone()\n")
    bad = run_copes(node.home, "prints", "check", "--language", "en")
    assert bad.returncode == 1
    lines = (folder / "custody.typ").read_text().count("\n")
    assert "prints/custody.typ" in bad.stderr
    assert f"line {lines}" in bad.stderr
    assert "custody (en)" in bad.stderr
    assert "changed by the agency" in run_copes(node.home, "prints", "list").stdout


def test_the_administrators_page(officers, client_for, folder):
    (folder / "branding.toml").write_text(BRANDING)
    (folder / "logo.svg").write_bytes(LOGO)
    browser = client_for(officers.administrator)
    page = browser.get("/dossiers/prints/").content.decode()
    assert "#5a1a1a" in page
    assert "Office North" in page
    checked = browser.post("/dossiers/prints/").content.decode()
    assert "nothing failed" in checked
    (folder / "custody.typ").write_text("#gone()\n")
    assert "prints/custody.typ" in browser.post("/dossiers/prints/").content.decode()
    assert client_for(officers.front_line).get("/dossiers/prints/").status_code == 403
