"""The pieces a template is given: cells, rows, tables, sections. Plain dicts, because they become JSON."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypedDict

from copes.chain.dossier.prints.coverage import fit

BREAK = "\N{ZERO WIDTH SPACE}"
_LONG_WORD = re.compile(r"\w{18}(?=\w)")  # words longer than a column may break anywhere

Style = Literal["", "code", "tiny", "strong", "quiet", "withheld", "box"]


class Cell(TypedDict):
    """Text with a style; ``ltr`` when it holds nothing written from right to left."""

    t: str
    s: Style
    ltr: bool


class Row(TypedDict):
    """A label and its value; ``wide`` ones take the whole width."""

    label: str
    cell: Cell
    wide: bool


class Person(TypedDict):
    """A box for a signature."""

    capacity: str
    cell: Cell
    detail: Cell | None
    line: str


class Section(TypedDict):
    """A numbered section with the legal basis under its heading."""

    title: str
    basis: Cell | None
    blocks: list[dict[str, Any]]


def cell(text: object, style: Style = "") -> Cell:
    """A cell of any text, fitted to the fonts."""
    drawn = fit(str(text))
    shown = drawn if style in {"code", "tiny"} else _LONG_WORD.sub(rf"\g<0>{BREAK}", drawn)
    return {"t": shown, "s": style, "ltr": not _has_rtl(drawn)}


def _has_rtl(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)


def dash() -> Cell:
    """What stands where nothing was stated."""
    return {"t": "\N{EN DASH}", "s": "quiet", "ltr": True}


def row(label: object, value: Cell, *, wide: bool = False) -> Row:
    """A labelled value."""
    return {"label": fit(str(label)), "cell": value, "wide": wide}


def pairs(rows: Iterable[Row], *, columns: int = 2) -> dict[str, Any]:
    """A block of labelled values."""
    return {"kind": "pairs", "rows": list(rows), "columns": columns}


def column(label: object, width: float = 1, *, end: bool = False) -> dict[str, Any]:
    """A table's column: relative width (0: as wide as its content), aligned to the end for numbers."""
    return {"label": fit(str(label)), "width": width, "end": end}


class Line(TypedDict):
    """A row of a table; ``wide`` is a text under it over the whole width."""

    cells: list[Cell]
    wide: Cell | None


def line(shown: Sequence[Cell], wide: Cell | None = None) -> Line:
    """A row of a table, perhaps with a text under it."""
    return {"cells": list(shown), "wide": wide}


def table(columns: Sequence[dict[str, Any]], rows: Iterable[Sequence[Cell] | Line]) -> dict[str, Any]:
    """A table with a repeated heading."""
    lines = [row if isinstance(row, dict) else line(row) for row in rows]
    return {"kind": "table", "columns": list(columns), "rows": lines}


def text(*paragraphs: Cell) -> dict[str, Any]:
    """Paragraphs."""
    return {"kind": "text", "items": list(paragraphs)}


def quotation(value: Cell) -> dict[str, Any]:
    """Words of a person, set apart."""
    return {"kind": "quotation", "cell": value}


def heading(value: Cell) -> dict[str, Any]:
    """A heading inside a section."""
    return {"kind": "heading", "cell": value}


def ticks(items: Iterable[tuple[Cell, bool]]) -> dict[str, Any]:
    """Boxes to tick by hand, or ticked already."""
    return {"kind": "ticks", "items": [{"cell": label, "ticked": done} for label, done in items]}


def person(capacity: object, name: Cell, line: object, detail: Cell | None = None) -> Person:
    """A box for one signature."""
    return {"capacity": fit(str(capacity)), "cell": name, "detail": detail, "line": fit(str(line))}


def signatures(people: Iterable[Person]) -> dict[str, Any]:
    """Boxes for signatures."""
    return {"kind": "signatures", "people": list(people)}


def section(title: object, *blocks: dict[str, Any], basis: Cell | None = None) -> Section:
    """A numbered section."""
    return {"title": fit(str(title)), "basis": basis, "blocks": list(blocks)}
