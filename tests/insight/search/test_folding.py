"""The same word, however it is written, in every language of the house."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copes.insight.search.folding import LONGEST, RESERVED, asked, code, fold, pieces, words

SAME = [
    ("Ёлкин", "елкин"),  # Russian: ё and е
    ("Đorđe Petrović", "Ђорђе Петровић"),  # Serbian: two alphabets
    ("Љубиша Џајић Њега", "Ljubiša Džajić Njega"),
    ("أحمد", "احمد"),  # Arabic: alef with hamza
    ("إسماعيل", "اسماعيل"),
    ("آمنة", "امنه"),  # alef with madda, ta marbuta
    ("مصطفى", "مصطفي"),  # alef maqsura
    ("مـحـمـد", "محمد"),  # tatweel
    ("مُحَمَّدٌ", "محمد"),  # harakat
    ("١٢٣٤", "1234"),  # Arabic-Indic digits
    ("۱۲۳۴", "1234"),  # Persian digits
    ("کریم", "كريم"),  # Persian kaf and ya
    ("Chloé Œuvre Æbelø", "chloe oeuvre aebelo"),
    ("ESPAÑA ¿Ñandú?", "espana nandu"),
    ("Straße", "STRASSE"),
    ("Łódź", "lodz"),
    ("İSTANBUL ışık", "istanbul isik"),
    ("ﬁnance ﬂeet", "finance fleet"),  # ligatures
    ("ＡＢ１２", "ab12"),  # full-width letters
    ("Cafe\u0301", "Café"),  # composed and decomposed
    ("И\u0306од", "Йод"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_are_one_word(one, other):
    assert fold(one) == fold(other) != ""


FOUND = [
    ("Dorde", "Đorđe"),
    ("Djordje", "Đorđe"),
    ("dorde", "Ђорђе"),
    ("Mueller", "Müller"),
    ("Muller", "Müller"),
    ("Shchukin", "Щукин"),  # as passports spell it
    ("Iurii", "Юрий"),
    ("Юрий", "Юрий"),
    ("قاهرة", "القاهرة"),  # without the article
    ("ab123cd", "AB-123-CD"),
    ("AB-123-CD", "AB.123.CD"),
    ("ab 123", "AB-123-CD"),
    ("12", "FR-2026-000012"),  # leading zeros
    ("fr2026000012", "FR-2026-000012/3"),
    ("coca", "Cocaïne"),
]


@pytest.mark.parametrize(("question", "text"), FOUND)
def test_a_question_finds_the_text(question, text):
    held = words(text)
    assert all(any(form.startswith(one) for form in held) for one in asked(question)), held


def test_other_words_are_not_found():
    held = words("Müller fährt nach Köln")
    assert not any(form.startswith(one) for one in asked("Miller") for form in held)


def test_codes_lose_their_separators():
    assert code("ab-123 CD") == code("AB123CD") == "ab123cd"
    assert code("CSQU 305438 3") == "csqu3054383"


def test_sought_words_are_marked_and_nothing_is_lost():
    text = "Шест пакета: КОКАИН, 2 kg"
    marked = list(pieces(text, asked("kokain")))
    assert "".join(piece for piece, _sought in marked) == text
    assert [piece for piece, sought in marked if sought] == ["КОКАИН,"]


@given(st.text(max_size=300))
def test_any_text_folds_to_letters_and_digits_once_and_for_all(text):
    once = fold(text)
    assert fold(once) == once
    assert all(one.isalnum() and not one.isspace() for one in once.replace(" ", ""))
    assert not set(once) & set(RESERVED)
    for one in [*words(text), *asked(text)]:
        assert one
        assert len(one) <= LONGEST
        assert " " not in one
