"""A photograph of a travel document read: the zone's text, what was corrected in it, and what it says.

Nothing of the photograph is kept: it is read from memory. An upload of over 2 MB lies in a temporary file of the server
until the request is answered; the pages send less.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

from PIL import Image

from copes.chain.cases.mrz import Mrz, MrzUnreadableError, read_mrz
from copes.chain.cases.zones import engine
from copes.chain.cases.zones.cells import Cell, cells_of, strip
from copes.chain.cases.zones.mending import Correction, by_height, corrections, mended
from copes.chain.cases.zones.picture import levelled, lower, opened

SECONDS = 25
_MARGIN = 30
_ABOVE = 8
_LEAST = 20
_SHAPES = ((2, 44), (2, 36), (3, 30))
# Upright with the zone at its foot, anywhere on the page; then the device held otherwise.
_ATTEMPTS: tuple[tuple[int, float], ...] = ((0, 0.5), (0, 1.0), (180, 0.5), (90, 0.5), (270, 0.5))


class NoZoneError(ValueError):
    """No machine-readable zone was found in the picture."""


@dataclass(frozen=True)
class Reading:
    """The zone as it was read and corrected, and what it says; a proposal until an officer confirms it."""

    text: str
    corrections: tuple[Correction, ...]
    zone: Mrz


@dataclass(frozen=True)
class _Row:
    """A line of the picture and one way to cut it."""

    picture: Image.Image
    cells: list[Cell]


def read_photograph(data: bytes, today: date) -> Reading:
    """The zone in a photograph. Raises NoPictureError, NoZoneError, EngineMissingError, EngineFailedError.

    A zone with wrong check digits is an answer too: they are named in it. It takes one to four seconds, and never
    begins another attempt after SECONDS.
    """
    grey, since, best = opened(data), time.monotonic(), None
    for turn, share in _ATTEMPTS:
        if time.monotonic() - since > SECONDS:
            break
        page = levelled(grey.rotate(turn, expand=True) if turn else grey)
        for found in _readings(lower(page, share), today):
            if not found.zone.wrong:
                return found
            best = best if best and len(best.zone.wrong) <= len(found.zone.wrong) else found
        if best:
            return best
    raise NoZoneError


def _readings(page: Image.Image, today: date) -> list[Reading]:
    """Every group of lines of the page that is a zone, the lowest first."""
    rows = [_cuts(page, line.box) for line in engine.lines_in(page) if len(line.text) >= _LEAST]
    found = []
    for count, length in _SHAPES:
        for start in range(len(rows) - count, -1, -1):
            group = [[row for row in ways if len(row.cells) == length] for ways in rows[start : start + count]]
            if all(group) and (reading := _read(group, today)):
                found.append(reading)
    return found


def _cuts(page: Image.Image, box: tuple[int, int, int, int]) -> list[_Row]:
    left, top, right, bottom = box
    part = page.crop(
        (
            max(0, left - _MARGIN),
            max(0, top - _ABOVE),
            min(page.width, right + _MARGIN),
            min(page.height, bottom + _ABOVE),
        )
    )
    return [_Row(part, cells) for cells in cells_of(part)]


def _read(group: list[list[_Row]], today: date) -> Reading | None:
    seen = [next(((row, text) for row in ways if (text := _text(row))), None) for ways in group]
    rows = [one for one in seen if one]
    if len(rows) < len(group):
        return None
    read = [text for _row, text in rows]
    plain = _made(read, read, today)
    if plain is None or not plain.zone.wrong:
        return plain
    # A second opinion on signs that differ by their height, taken where it makes the check digits agree.
    tall = _made(read, [by_height(row.cells, text) for row, text in rows], today)
    return tall if tall and len(tall.zone.wrong) < len(plain.zone.wrong) else plain


def _made(read: list[str], lines: list[str], today: date) -> Reading | None:
    put = mended(lines)
    try:
        return Reading("\n".join(put), tuple(corrections(read, put)), read_mrz("\n".join(put), today))
    except MrzUnreadableError:
        return None


def _text(row: _Row) -> str:
    """The line's signs, fillers by their shape; empty when the program saw another number of signs."""
    number = sum(not cell.filler for cell in row.cells)
    if not number:
        return ""
    for gap in (8, 14, 3):
        told = "".join(engine.rows_of(strip(row.picture, row.cells, gap), engine.ALPHABET.rstrip("<")))
        if len(told) == number:
            signs = iter(told)
            return "".join("<" if cell.filler else next(signs) for cell in row.cells)
    return ""
