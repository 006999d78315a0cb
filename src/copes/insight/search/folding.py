"""One form for a word however it is written: pure functions, used alike for what is indexed and what is asked.

``fold`` gives lower-case Latin or Arabic letters and ASCII digits without marks. Cyrillic becomes Latin (Serbian by
its own Latin alphabet, which also serves Russian here), so that Петровић is found as Petrovic and as Petrović.
``words`` adds the other spellings under which a word is looked for: Đ as dj and d, ü as u and ue, Russian as passports
spell it (ICAO Doc 9303 part 3 section 6), Arabic without its article, numbers without separators or leading zeros.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST = 40  # characters of a word that count
RESERVED = "\ua015\ua016"  # letters that mark the index's own tokens; no word may hold them

_LATIN = {
    "đ": "dj", "ð": "d", "ß": "ss", "œ": "oe", "æ": "ae", "ł": "l", "ø": "o", "ı": "i", "þ": "th", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ĸ": "k", "ə": "a", "ŀ": "l", "ſ": "s", "ƒ": "f", "ɖ": "dj",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ђ": "dj", "е": "e", "ё": "e", "є": "e", "ж": "z",
    "з": "z", "ѕ": "dz", "и": "i", "і": "i", "ї": "i", "й": "j", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m",
    "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ў": "u", "ф": "f",
    "х": "h", "ц": "c", "ч": "c", "џ": "dz", "ш": "s", "щ": "sc", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "ju",
    "я": "ja", "ѓ": "g", "ќ": "k", "ѐ": "e", "ѝ": "i",
}  # fmt: skip
_ARABIC = {"ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ھ": "ه", "ہ": "ه", "ە": "ه", "ـ": ""}
_PASSPORT = _CYRILLIC | {
    "ж": "zh", "й": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ю": "iu", "я": "ia",
}  # fmt: skip
_SECOND = {"đ": "d", "ђ": "d", "ü": "ue", "ö": "oe", "ä": "ae", "ø": "oe", "å": "aa"}
_FIRST = _LATIN | _CYRILLIC | _ARABIC
_PLAIN = re.compile(r"[\x00-\x7f]*\Z")
_PARTS = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The text in the form in which things are compared; whatever is neither letter nor digit becomes a space.

    >>> fold("Ёлка Đorđe ŠTRAẞE ﬁn")
    'elka djordje strasse fin'
    """
    return " ".join(_PARTS.findall(_letters(text, _FIRST)))


def code(text: str) -> str:
    """A number or code without its separators: plate, container, seal, document, case number.

    >>> code("ab-123 CD")
    'ab123cd'
    """
    return fold(text).replace(" ", "")


def words(text: str) -> list[str]:
    """Every form under which a text's words are found, without repetition, at most ``LONGEST`` characters each."""
    return list(dict.fromkeys(form[:LONGEST] for chunk in text.split() for form in _forms(chunk) if form))


@lru_cache(maxsize=20_000)
def _forms(chunk: str) -> tuple[str, ...]:
    """The forms of what stands between two spaces."""
    folded = fold(chunk).split()
    found = list(folded)
    if any(character.isdigit() for character in "".join(folded)):
        if len(folded) > 1:
            found.append("".join(folded))
        found += [bare for part in folded if part.isdigit() and (bare := part.lstrip("0")) and bare != part]
    found += [part[2:] for part in folded if part.startswith("ال") and len(part) > 4]
    if not _PLAIN.match(chunk):
        for other in (_SECOND, _PASSPORT):
            found += _PARTS.findall(_letters(chunk, _FIRST | other))
    return tuple(found)


def asked(text: str, most: int = 12) -> list[str]:
    """The words of a question; what was typed with separators and digits counts as one."""
    found: list[str] = []
    for chunk in text[:400].split():
        folded = fold(chunk)
        parts = folded.split()
        joined = len(parts) > 1 and any(one.isdigit() for one in folded)
        found += ["".join(parts)] if joined else parts
    return list(dict.fromkeys(one[:LONGEST] for one in found))[:most]


def pieces(text: str, sought: list[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a word that was sought."""
    for piece in re.split(r"(\s+)", text):
        if piece:
            forms = _forms(piece) if not piece.isspace() else ()
            yield piece, any(form.startswith(one) for one in sought for form in forms)


def _letters(text: str, table: dict[str, str]) -> str:
    """Letters one by one: those of the table replaced, all others freed of marks."""
    if _PLAIN.match(text):
        return text.lower()
    out = []
    for character in unicodedata.normalize("NFKC", text).lower():
        known = table.get(character)
        if known is not None:
            out.append(known)
        else:
            out.extend(_bare(character, table))
    return "".join(out)


@lru_cache(maxsize=5_000)
def _decomposed(character: str) -> str:
    return unicodedata.normalize("NFKD", character).casefold()


def _bare(character: str, table: dict[str, str]) -> Iterator[str]:
    if character in RESERVED:
        yield " "
        return
    for part in _decomposed(character):
        kind = unicodedata.category(part)
        if kind[0] == "M" or kind == "Cf":
            continue
        if kind == "Nd":
            yield str(unicodedata.decimal(part))
        else:
            yield table.get(part, part)
