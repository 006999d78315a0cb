"""Help where one stands: every page has it, in every language, short enough to read standing up."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from copes.foundation.web import help as helping
from tests import support
from tests.every_page import pages_of, things

# Pages without help of their own: the description of the API explains itself, and is not an officer's screen.
WITHOUT = {"account_confirm_email"}


@pytest.fixture
def texts() -> dict[str, helping.Help]:
    return dict(helping.texts())


def test_every_page_an_officer_can_open_has_help(officers, texts):
    known = things(officers)
    opened = {
        page.name: page.address
        for name in support.STAFF
        for page in pages_of(name, support.signed_in(officers[name]), known)
    }
    assert len(opened) > 40
    assert {name: address for name, address in opened.items() if name not in texts and name not in WITHOUT} == {}


def test_help_can_be_read_standing_up(texts):
    words = {name: sum(len(one.split()) for one in found.text) for name, found in texts.items()}
    assert {name: count for name, count in words.items() if not 25 <= count <= 170} == {}
    assert [name for name, found in texts.items() if not found.title or len(found.title) > 60] == []


def test_no_page_is_explained_twice():
    seen: dict[str, str] = {}
    for path in sorted(helping.HELP.glob("*.yaml")):
        for name in helping.read(path):
            assert name not in seen, f"{name}: in {path.name} and {seen[name]}"
            seen[name] = path.name


def test_an_unknown_page_has_no_help():
    assert helping.help_for("no:such") is None
    assert helping.help_for(None) is None


def test_help_is_shown_in_the_readers_language(monkeypatch):
    monkeypatch.setattr(helping, "texts", lambda: {"a:b": helping.Help("Ledger", ("Cases",))})
    with translation.override("ru"):
        assert helping.help_for("a:b") == helping.Help("Реестр", ("Дела",))


@pytest.mark.parametrize(
    "text",
    ["- a list", "x:y: just text", "x:y: {title: T}", "x:y: {title: T, text: one}", "x:y: {title: T, text: [1]}",
     "x:y: {title: T, text: [a], more: b}"],
)  # fmt: skip
def test_a_malformed_file_is_refused_with_its_name(tmp_path: Path, text: str):
    path = tmp_path / "room.yaml"
    path.write_text(text)
    with pytest.raises(helping.HelpMalformedError, match=r"room\.yaml"):
        helping.read(path)


def test_the_help_is_in_the_page(client_for, officers):
    page = client_for(officers.front_line).get("/integrity/").content.decode()
    assert 'popovertarget="help"' in page
    assert "Witnessed means that partners have signed that head too" in page
