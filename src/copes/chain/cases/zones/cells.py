"""A line of a zone cut into its signs. Pure.

Zones are printed in OCR-B at 2.54 mm a sign, every place filled (ICAO Doc 9303 part 3 section 4): so the signs
can be counted in the picture, and the filler, which readers of prose take for K or C, is told by its shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import median

from PIL import Image, ImageFilter

LENGTHS = (30, 36, 44)
HEIGHT = 40
_EDGE = 16
# Ink of the filler in five by five fields, 0 to 9: an angle open to the right.
_FILLER = (0, 0, 1, 6, 8, 1, 6, 9, 5, 1, 9, 9, 1, 0, 0, 1, 6, 9, 5, 1, 0, 0, 1, 6, 8)
_ALIKE = 0.76  # fillers reach 0.97, K as the likest letter 0.55


@dataclass(frozen=True)
class Cell:
    """One sign: its place in the picture of the line, and whether it is the filler."""

    box: tuple[int, int, int, int]
    filler: bool


def cells_of(line: Image.Image) -> list[list[Cell]]:
    """The ways to cut the picture of a line (dark on white) into 30, 36 or 44 signs; none if it has another number."""
    ink = _band(_ink(line))
    spans = _regular(_spans(ink))
    pieces = [piece for span in spans for piece in _split(span, _pitch(spans))]
    found = []
    for length in LENGTHS:
        for start in range(max(0, len(pieces) - length + 1) if len(pieces) <= length + 2 else 0):
            found += [[_cell(ink, piece) for piece in pieces[start : start + length]]]
    return found


def strip(line: Image.Image, cells: list[Cell], gap: int) -> Image.Image:
    """The signs that are no fillers, side by side on white, for a reader that never sees a filler."""
    signs = [cell.box for cell in cells if not cell.filler]
    scale = HEIGHT / median([bottom - top for _left, top, _right, bottom in signs] or [HEIGHT])
    parts = []
    for left, top, right, bottom in signs:
        part = line.crop((max(0, left - 1), max(0, top - 2), min(line.width, right + 1), min(line.height, bottom + 2)))
        size = (max(1, round(part.width * scale)), max(1, round(part.height * scale)))
        parts.append(part.resize(size, Image.Resampling.LANCZOS))
    wide = sum(part.width + gap for part in parts) + 2 * _EDGE
    high = max([part.height for part in parts] or [HEIGHT]) + 2 * _EDGE
    out, at = Image.new("L", (wide, high), 255), _EDGE
    for part in parts:
        out.paste(part, (at, high - _EDGE - part.height))
        at += part.width + gap
    return out


def _ink(line: Image.Image) -> Image.Image:
    """White where there is ink, black elsewhere; specks are left out."""
    calm = line.filter(ImageFilter.MedianFilter(3))
    limit = _otsu(calm)
    return calm.point(lambda value: 255 if value <= limit else 0)


def _band(ink: Image.Image) -> Image.Image:
    """The row of signs alone; what the lines above and below it left in the picture is wiped."""
    top, bottom = _densest(ink, least=0.06)
    out = Image.new("L", ink.size, 0)
    out.paste(ink.crop((0, top, ink.width, bottom)), (0, top))
    return out


def _densest(ink: Image.Image, least: float) -> tuple[int, int]:
    """The run of rows with the most ink; rows with less than a share of the fullest part runs."""
    rows = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    limit, best, since, amount = max(rows) * least, (0, 0, ink.height), None, 0
    for at, value in enumerate((*rows, 0)):
        if value > limit:
            since, amount = (at if since is None else since), amount + value
        elif since is not None:
            best, since, amount = max(best, (amount, since, at)), None, 0
    return best[1], best[2]


def _otsu(grey: Image.Image) -> int:
    """The grey that parts ink and paper best (N. Otsu, IEEE Transactions SMC 9 (1979), 62-66)."""
    counts = grey.histogram()
    total, weighted = sum(counts), sum(value * count for value, count in enumerate(counts))
    best, limit, below, below_sum = -1.0, 127, 0, 0
    for value, count in enumerate(counts[:-1]):
        below += count
        below_sum += value * count
        if below in (0, total):
            continue
        apart = below_sum / below - (weighted - below_sum) / (total - below)
        if (score := below * (total - below) * apart * apart) > best:
            best, limit = score, value
    return limit


def _spans(ink: Image.Image) -> list[tuple[int, int]]:
    """Columns with ink, as runs from left to right."""
    columns = ink.resize((ink.width, 1), Image.Resampling.BOX).tobytes()
    spans, since = [], None
    for at, value in enumerate((*columns, 0)):
        if value > 10 and since is None:
            since = at
        elif value <= 10 and since is not None:
            spans.append((since, at))
            since = None
    return spans


def _pitch(spans: list[tuple[int, int]]) -> float:
    """The distance from sign to sign in pixels."""
    centres = [(left + right) / 2 for left, right in spans]
    return median(two - one for one, two in pairwise(centres)) if len(spans) > 1 else 1.0


def _regular(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of signs that stand as far apart as signs of a zone do, broken ones joined."""
    if len(spans) < LENGTHS[0] // 2:
        return []
    pitch = _pitch([span for span in spans if span[1] - span[0] > 2])
    joined: list[tuple[int, int]] = []
    for span in spans:
        if joined and span[1] - joined[-1][0] < 0.82 * pitch:
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    runs: list[list[tuple[int, int]]] = [[]]
    for span in joined:
        if runs[-1] and span[0] - runs[-1][-1][1] > 1.1 * pitch:
            runs.append([])
        runs[-1].append(span)
    longest = max(runs, key=len)
    while longest and longest[0][1] - longest[0][0] < 0.15 * pitch:
        longest.pop(0)
    while longest and longest[-1][1] - longest[-1][0] < 0.15 * pitch:
        longest.pop()
    return longest


def _split(span: tuple[int, int], pitch: float) -> list[tuple[int, int]]:
    """Signs that touch are parted evenly."""
    number = max(1, round((span[1] - span[0] + 0.3 * pitch) / pitch))
    wide = (span[1] - span[0]) / number
    return [(round(span[0] + place * wide), round(span[0] + (place + 1) * wide)) for place in range(number)]


def _cell(ink: Image.Image, piece: tuple[int, int]) -> Cell:
    part = ink.crop((piece[0], 0, piece[1], ink.height))
    rows = _densest(part, least=0.0)
    inner = part.crop((0, rows[0], part.width, rows[1])).getbbox() or (0, 0, part.width, rows[1] - rows[0])
    inner = (inner[0], rows[0] + inner[1], inner[2], rows[0] + inner[3])
    box = (piece[0] + inner[0], inner[1], piece[0] + inner[2], inner[3])
    return Cell(box, filler=_likeness(part.crop(inner)) > _ALIKE)


def _likeness(shape: Image.Image) -> float:
    """How much a shape is like the filler: the correlation of their ink, -1 to 1."""
    seen = shape.resize((5, 5), Image.Resampling.BOX).tobytes()
    mean, of_filler = sum(seen) / 25, sum(_FILLER) / 25
    both = sum((one - mean) * (two - of_filler) for one, two in zip(seen, _FILLER, strict=True))
    size = sqrt(sum((one - mean) ** 2 for one in seen) * sum((two - of_filler) ** 2 for two in _FILLER))
    return both / size if size else 0.0
