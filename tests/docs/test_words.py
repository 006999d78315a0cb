"""One word for one thing: in documents and on screens; and the guides quote screens as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import copes
from tests.docs.pages import Page, page, pages

PACKAGE = Path(copes.__file__).parent
GLOSSARY = page("docs/glossary.md")
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
GUIDES = [one for one in pages() if "docs/guide/" in one.name]
QUOTED = re.compile(r"(?<![*\w])\*([^*\s][^*]*)\*(?![*\w])")


def never() -> dict[str, str]:
    """Each forbidden word with the term to be used instead."""
    rows = [row for row in GLOSSARY.rows if len(row) == 3 and row[0] != "Term"]
    return {word.strip(): row[0] for row in rows for word in row[2].split(",")}


def offences(text: str) -> list[str]:
    flat = " ".join(text.split())
    return [
        f"{word!r}: say {term!r}"
        for word, term in never().items()
        if re.search(rf"\b{re.escape(word)}s?\b", flat, re.IGNORECASE)
    ]


def test_the_search_finds_forbidden_words():
    assert offences("Put each item of\nevidence into the Blockchain.") == [
        "'blockchain': say 'ledger'",
        "'item of evidence': say 'exhibit'",
    ]
    assert len(never()) > 50


@pytest.mark.parametrize("document", [one for one in pages() if one != GLOSSARY], ids=lambda one: one.name)
def test_documents_use_the_words_of_the_glossary(document: Page):
    assert offences(document.outside_code) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_screens_use_the_words_of_the_glossary(template: Path):
    assert offences(template.read_text(encoding="utf-8")) == []


def test_messages_use_the_words_of_the_glossary():
    spoken = re.compile(r"(?:gettext|ngettext|_)\(\s*((?:\"[^\"\n]*\"\s*)+)", re.DOTALL)
    for path in sorted(PACKAGE.rglob("*.py")):
        for found in spoken.findall(path.read_text(encoding="utf-8")):
            assert offences(found) == [], path.relative_to(PACKAGE)


def test_the_glossary_gives_every_term_in_every_language():
    rows = [row for row in GLOSSARY.rows if len(row) == 6]
    assert rows[0] == ["English", "French", "Spanish", "Russian", "Arabic", "Serbian"]
    assert len(rows) > 60
    terms = rows[1 : rows.index(["Term", *rows[0][1:]])]
    for row in terms:
        assert all(row), row
        assert re.search(r"[А-я]", row[3]) or "API" in row[3], row
        assert re.search(r"[؀-ۿ]", row[4]), row
        assert re.search(r"[А-яЂ-џ]", row[5]), row
    for column in range(1, 6):
        main = [
            row[column]
            for row in terms
            if row[0] in {"seal (on an exhibit)", "sealed (state)", "witness (person)", "cosigner"}
        ]
        assert len(set(main)) == 4, main


@pytest.mark.parametrize("guide", GUIDES, ids=lambda one: one.name)
def test_guides_quote_words_that_stand_on_screens(guide: Page):
    sources = [*TEMPLATES, *sorted(PACKAGE.rglob("*.py"))]
    shown = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    quoted = {" ".join(words.split()) for words in QUOTED.findall(guide.outside_code.replace("**", " "))}
    assert [words for words in sorted(quoted) if f'"{words}"' not in shown] == []
