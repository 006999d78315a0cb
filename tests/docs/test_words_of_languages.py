"""One word for one thing in every language: no catalogue uses a word that the glossary rules out."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import copes
from tests.docs.pages import page

LOCALE = Path(copes.__file__).parent / "locale"
COLUMNS = {"fr": 1, "es": 2, "ru": 3, "ar": 4, "sr": 5}
HEAD = ["Term", "French", "Spanish", "Russian", "Arabic", "Serbian"]


def _table() -> list[list[str]]:
    rows = [row for row in page("docs/glossary.md").rows if len(row) == 6]
    return rows[rows.index(HEAD) + 1 :]


def plain(text: str) -> str:
    """Without accents that only help reading (Arabic vowel signs), in small letters."""
    return "".join(c for c in text.casefold() if not ("\u064b" <= c <= "\u0652" or c == "\u0640"))


def never(language: str) -> dict[str, str]:
    """Each forbidden word of a language with the term it stands for."""
    column = COLUMNS[language]
    return {plain(word.strip()): row[0] for row in _table() for word in re.split(r"[,،]", row[column]) if word.strip()}


def offences(language: str, text: str) -> list[str]:
    """Forbidden words at the beginning of a word of the text (endings may follow, Arabic articles may precede)."""
    before = r"(?<!\w)(?:[وفبكل]?(?:ال|لل)?)?" if language == "ar" else r"(?<!\w)"
    return [
        f"{word!r} for {term!r}"
        for word, term in never(language).items()
        if re.search(before + re.escape(word), plain(unicodedata.normalize("NFC", text)))
    ]


def test_the_search_finds_forbidden_words():
    assert offences("ru", "Выгружено на складе") == ["'склад' for 'store'"]
    assert offences("ar", "بالمخزن") == ["'مخزن' for 'store'"]
    assert offences("fr", "Les officiers") == ["'officier' for 'officer'"]
    assert offences("fr", "La pièce est au dépôt") == []
    assert all(len(never(language)) >= 10 for language in COLUMNS)


@pytest.mark.parametrize("language", COLUMNS)
def test_no_catalogue_uses_a_word_that_the_glossary_rules_out(language: str):
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    wrong = []
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wrong += [f"{text}: {found}" for text in texts if text for found in offences(language, str(text))]
    assert wrong == []
