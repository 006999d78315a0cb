"""Signs that readers of pictures take for each other, put right by their position. Pure.

Positions of zones hold letters, digits or either (ICAO Doc 9303 part 4 §4.2.2, part 5 §4.2.2, part 6 §4.2.2, part 7
§4.2.2 and §5.2.2). O and 0, I and 1, B and 8, S and 5, Z and 2, G and 6 are exchanged where that makes a check digit
(part 3 §4.9) agree that did not, and in one way only; and in names and countries, which hold no digits and have no
check digit. Behind the names only fillers stand (part 3 §4.6). Every exchange is named. G counts 16 and 6 counts 6:
no check digit can tell them apart (see ``blind``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from copes.chain.cases.mrz import check_digit
from copes.chain.cases.zones.cells import Cell

DIGITS = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "B": "8", "S": "5", "Z": "2", "G": "6"}
LETTERS = {"0": "O", "1": "I", "8": "B", "5": "S", "2": "Z", "6": "G"}
_EITHER = {"O": "0", "I": "1", "B": "8", "S": "5", "Z": "2"}
EXCHANGES = _EITHER | {digit: letter for letter, digit in _EITHER.items()}
DOUBTFUL = frozenset("<G6") | frozenset(EXCHANGES)
_TALLER = 1.03
_NAMES = re.compile(r"[A-Z]+(?:<[A-Z]+)*(?:<<[A-Z]+(?:<[A-Z]+)*)?<<")
_MOST_STRAY = 3


@dataclass(frozen=True)
class Correction:
    """One exchange; line and place are counted from 1."""

    line: int
    place: int
    read: str
    put: str


@dataclass(frozen=True)
class Check:
    """A check digit: the positions it stands for and its own, counted through all lines."""

    over: tuple[int, ...]
    digit: int


@dataclass(frozen=True)
class Layout:
    """Which positions hold letters only and which either kind, and the check digits, the one over all last."""

    letters: frozenset[int]
    names: tuple[int, int]
    either: frozenset[int]
    checks: tuple[Check, ...]


def mended(lines: list[str]) -> list[str]:
    """The lines with the exchanges that hold. Lines of no known layout come back as they are."""
    layout = layout_of(lines)
    if layout is None:
        return lines
    signs = list("".join(lines))
    for place in layout.letters:
        signs[place] = LETTERS.get(signs[place], signs[place])
    _end_names(signs, *layout.names)
    for check in layout.checks:
        _mend(signs, check, layout.either)
    wide = len(lines[0])
    return ["".join(signs[at : at + wide]) for at in range(0, len(signs), wide)]


def corrections(read: list[str], put: list[str]) -> list[Correction]:
    """Where two readings of the same lines differ."""
    return [
        Correction(line, place, one, two)
        for line, (first, second) in enumerate(zip(read, put, strict=True), 1)
        for place, (one, two) in enumerate(zip(first, second, strict=True), 1)
        if one != two
    ]


def by_height(cells: list[Cell], text: str) -> str:
    """The line with its doubtful signs as their height says: digits of OCR-B are taller than its letters.

    Measured against the signs of the line about which there is no doubt; without enough of both kinds, as it is.
    """
    tall = [cell.box[3] - cell.box[1] for cell in cells]
    sure = [(high, sign) for high, sign in zip(tall, text, strict=True) if sign not in DOUBTFUL]
    digits = [high for high, sign in sure if sign.isdigit()]
    letters = [high for high, sign in sure if sign.isalpha()]
    if not digits or not letters or median(digits) < _TALLER * median(letters):
        return text
    middle = (median(digits) + median(letters)) / 2
    return "".join(
        EXCHANGES[sign] if sign in EXCHANGES and sign.isdigit() != (high > middle) else sign
        for high, sign in zip(tall, text, strict=True)
    )


def blind(number: str) -> bool:
    """Whether a number holds signs that photographs confuse and its check digit cannot tell apart."""
    return "G" in number or "6" in number


def layout_of(lines: list[str]) -> Layout | None:
    """The layout of the lines, by their number and length."""
    sizes = [len(line) for line in lines]
    visa = bool(lines) and lines[0].startswith("V")
    if sizes == [44, 44]:
        optional = () if visa else (Check(_range(72, 86), 86), Check(_range(44, 54, 57, 64, 65, 87), 87))
        return _two_lines(44, (72, 88) if visa else (72, 86), optional)
    if sizes == [36, 36]:
        whole = () if visa else (Check(_range(36, 46, 49, 56, 57, 71), 71),)
        return _two_lines(36, (64, 72) if visa else (64, 71), whole)
    if sizes == [30, 30, 30]:
        checks = (Check(_range(5, 14), 14), Check(_range(30, 36), 36), Check(_range(38, 44), 44),
                  Check(_range(5, 30, 30, 37, 38, 45, 48, 59), 59))  # fmt: skip
        letters, either = _range(0, 5, 37, 38, 45, 48, 60, 90), _range(5, 14, 15, 30, 48, 59)
        return Layout(frozenset(letters), (60, 90), frozenset(either), checks)
    return None


def _two_lines(wide: int, optional: tuple[int, int], more: tuple[Check, ...]) -> Layout:
    checks = [Check(_range(wide + one, wide + two), wide + two) for one, two in ((0, 9), (13, 19), (21, 27))]
    letters = _range(0, wide, wide + 10, wide + 13, wide + 20, wide + 21)
    return Layout(frozenset(letters), (5, wide), frozenset(_range(wide, wide + 9, *optional)), (*checks, *more))


def _range(*ends: int) -> tuple[int, ...]:
    """Positions from each first end up to before its second."""
    return tuple(place for at in range(0, len(ends), 2) for place in range(ends[at], ends[at + 1]))


def _end_names(signs: list[str], start: int, end: int) -> None:
    """Dirt behind the names is no name: a few stray signs there become fillers."""
    names = _NAMES.match("".join(signs[start:end]))
    stray = [place for place in range(start + names.end(), end) if signs[place] != "<"] if names else []
    if len(stray) <= _MOST_STRAY:
        for place in stray:
            signs[place] = "<"


def _mend(signs: list[str], check: Check, either: Iterable[int]) -> None:
    """Exchanges what makes the check digit agree; nothing when it agrees, cannot, or could in several ways.

    In fields of either kind one sign at most: of two, some pair nearly always agrees by chance.
    """
    if signs[check.digit] == "<" or _agrees(signs, check):
        return
    tried, free = list(signs), set(either)
    for place in (*check.over, check.digit):
        if place not in free and not signs[place].isdigit():
            tried[place] = DIGITS.get(signs[place], signs[place])
    ways = [tried] if _agrees(tried, check) else []
    places = [place for place in check.over if place in free and tried[place] in EXCHANGES]
    if not ways:
        ways = [way for place in places if _agrees(way := _exchanged(tried, place), check)]
    if len(ways) == 1:
        signs[:] = ways[0]


def _exchanged(signs: list[str], place: int) -> list[str]:
    return [*signs[:place], EXCHANGES[signs[place]], *signs[place + 1 :]]


def _agrees(signs: list[str], check: Check) -> bool:
    return check_digit("".join(signs[place] for place in check.over)) == signs[check.digit]
