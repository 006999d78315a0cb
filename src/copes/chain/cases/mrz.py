"""Machine-readable zones of travel documents, read strictly. Pure; no OCR here.

ICAO Doc 9303, eighth edition 2021: TD1 (part 5 §4.2.2), TD2 (part 6 §4.2.2), TD3 (part 4 §4.2.2), visas MRV-A and
MRV-B (part 7 §4.2.2 and §5.2.2); characters and check digits part 3 §4.3 and §4.9; codes of issuers part 3 §5.
A wrong check digit does not make the zone unreadable: it is named, and the officer decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

WEIGHTS = (7, 3, 1)
_LINE = re.compile(r"[A-Z0-9<]+")
# Part 3 §5: codes of issuers and nationalities that ISO 3166-1 does not have, where a country stands behind them.
SPECIAL = {"D": "DE", "GBD": "GB", "GBN": "GB", "GBO": "GB", "GBP": "GB", "GBS": "GB"}


class MrzUnreadableError(ValueError):
    """The text is no machine-readable zone of a known format."""


@dataclass(frozen=True)
class Mrz:
    """What the zone says. Names are as transliterated there (part 3 §6); countries as its three letters.

    ``wrong`` lists the parts whose check digit does not hold: ``number``, ``born``, ``expires``, ``whole``.
    Dates are None when unknown or impossible; the century is a guess (see ``_birth`` and ``_expiry``).
    """

    format: str
    kind: str
    issuer: str
    surname: str
    given: str
    number: str
    nationality: str
    born: date | None
    sex: str
    expires: date | None
    wrong: tuple[str, ...]


def read_mrz(text: str, today: date) -> Mrz:
    """The zone in ``text``: its lines, whatever stands around them. Raises MrzUnreadableError."""
    lines = _lines(text)
    lengths = [len(line) for line in lines]
    for count, length, read in ((2, 44, _td3), (2, 36, _td2), (3, 30, _td1)):
        for start in range(len(lines) - count + 1):
            if lengths[start : start + count] == [length] * count:
                return read(lines[start : start + count], today)
    raise MrzUnreadableError


def _lines(text: str) -> list[str]:
    """Lines in the zone's alphabet. Readers send no line breaks at times: then the length tells where to cut."""
    cleaned = [re.sub(r"\s", "", line).upper().replace("«", "<<").replace("‹", "<") for line in text.splitlines()]
    lines = [line for line in cleaned if len(line) >= 30 and _LINE.fullmatch(line)]
    if len(lines) == 1 and len(lines[0]) in {88, 72, 90}:
        width = {88: 44, 72: 36, 90: 30}[len(lines[0])]
        return [lines[0][at : at + width] for at in range(0, len(lines[0]), width)]
    return lines


def check_digit(text: str) -> str:
    """The check digit of ``text`` (part 3 §4.9): modulus 10, weights 7-3-1, A=10 to Z=35, filler 0."""
    total = sum(_value(sign) * WEIGHTS[place % 3] for place, sign in enumerate(text))
    return str(total % 10)


def _value(sign: str) -> int:
    if sign == "<":
        return 0
    return int(sign) if sign.isdigit() else ord(sign) - 55


def _td3(lines: list[str], today: date) -> Mrz:
    one, two = lines
    visa = one.startswith("V")
    whole = two[0:10] + two[13:20] + two[21:43]
    checks = [("number", two[0:9], two[9]), ("born", two[13:19], two[19]), ("expires", two[21:27], two[27])]
    if not visa:
        checks.append(("whole", whole, two[43]))
        if two[28:42].strip("<") or two[42] != "<":  # an empty optional field may carry 0 or < (part 4 §4.2.2.2)
            checks.append(("whole", two[28:42], two[42]))
    return _made("MRV-A" if visa else "TD3", one, two[0:9], two[10:13], two[13:19], two[20], two[21:27], checks, today)


def _td2(lines: list[str], today: date) -> Mrz:
    one, two = lines
    visa = one.startswith("V")
    number, check = _number(two[0:9], two[9], two[28:35]) if not visa else (two[0:9], two[9])
    checks = [("number", number, check), ("born", two[13:19], two[19]), ("expires", two[21:27], two[27])]
    if not visa:
        checks.append(("whole", two[0:10] + two[13:20] + two[21:35], two[35]))
    return _made("MRV-B" if visa else "TD2", one, number, two[10:13], two[13:19], two[20], two[21:27], checks, today)


def _td1(lines: list[str], today: date) -> Mrz:
    one, two, three = lines
    number, check = _number(one[5:14], one[14], one[15:30])
    checks = [
        ("number", number, check),
        ("born", two[0:6], two[6]),
        ("expires", two[8:14], two[14]),
        ("whole", one[5:30] + two[0:7] + two[8:15] + two[18:29], two[29]),
    ]
    first = one[0:5] + three  # as the others have it: kind, issuer, names
    return _made("TD1", first, number, two[15:18], two[0:6], two[7], two[8:14], checks, today)


def _number(number: str, check: str, optional: str) -> tuple[str, str]:
    """A number longer than nine signs goes on in the optional field, its check digit last (part 5 §4.2.2.1 note j)."""
    if check != "<":
        return number, check
    rest = optional.split("<", 1)[0]
    return (number + rest[:-1], rest[-1]) if len(rest) > 1 else (number, check)


def _made(
    layout: str,
    first: str,
    number: str,
    nationality: str,
    born: str,
    sex: str,
    expires: str,
    checks: list[tuple[str, str, str]],
    today: date,
) -> Mrz:
    surname, _two, given = first[5:].partition("<<")
    wrong = tuple(dict.fromkeys(name for name, part, digit in checks if check_digit(part) != digit))
    return Mrz(
        format=layout,
        kind=first[0:2].rstrip("<"),
        issuer=first[2:5].rstrip("<"),
        surname=_words(surname),
        given=_words(given),
        number=number.rstrip("<").replace("<", " "),
        nationality=nationality.rstrip("<"),
        born=_date(born, lambda year: _birth(year, today)),
        sex={"M": "M", "F": "F"}.get(sex, ""),
        expires=_date(expires, _expiry),
        wrong=wrong,
    )


def _words(text: str) -> str:
    return " ".join(part for part in text.split("<") if part)


def _date(text: str, century: Callable[[int], int]) -> date | None:
    if not text.isdigit():
        return None
    try:
        return date(century(int(text[0:2])), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


def _birth(year: int, today: date) -> int:
    """Nobody is born in the future; who is over a hundred is asked for the century."""
    return 2000 + year if 2000 + year <= today.year else 1900 + year


def _expiry(year: int) -> int:
    """Documents of this century (part 3 §4.8 leaves the century open)."""
    return 2000 + year


def country_of(code: str) -> str:
    """The ISO 3166-1 alpha-2 code behind a code of a zone; empty when no country stands behind it."""
    from pycountry import countries

    if code in SPECIAL:
        return SPECIAL[code]
    found = countries.get(alpha_3=code)
    return str(found.alpha_2) if found else ""
