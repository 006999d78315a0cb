"""A list as a file: CSV (RFC 4180, UTF-8 with a byte order mark) or XLSX with typed cells.

Rows are read page by page and written as they come, so memory does not grow with the list. A text that a spreadsheet
would take for a formula is written so that it is none.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from copes.chain.cases import list_queries as cases
from copes.chain.cases.codes import CASE_STATES, label
from copes.chain.cases.list_views import CASES
from copes.chain.custody import codes as custody_codes
from copes.chain.custody import list_queries as exhibits
from copes.chain.custody.list_views import spec_for
from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import Refusal
from copes.foundation.web.lists import Asked, Slice, Spec

MOST = 20_000  # rows of one file
PAGE = 500
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | datetime | Decimal | int | None


@dataclass(frozen=True)
class Source:
    """A list that can be exported: how it is read, and what its columns hold."""

    spec: Callable[[Acting], Spec]
    page: Callable[[Acting, Asked], Slice]
    among: Callable[[Acting, Sequence[str]], Slice]
    pick: str
    heads: Callable[[], list[str]]
    cells: Callable[[Any], list[Cell]]
    case: Callable[[Any], str]


def _case_heads() -> list[str]:
    return [_("Number"), _("Title"), _("State"), _("Opened")]


def _case_cells(row: Any) -> list[Cell]:
    return [row.number, row.title, label(CASE_STATES, row.state), row.opened_at]


def _exhibit_heads() -> list[str]:
    return [_("Number"), _("Category"), _("Description"), _("Amount"), _("Unit"), _("Holder"), _("State"), _("Seal"),
            _("Last moved")]  # fmt: skip


def _exhibit_cells(row: Any) -> list[Cell]:
    return [
        row.number,
        label(custody_codes.CATEGORIES, row.category),
        row.description,
        row.amount,
        row.measure,
        row.holder.label if row.holder else None,
        label(custody_codes.STATES, row.state),
        row.seal,
        row.moved_at,
    ]


SOURCES = {
    "cases": Source(lambda _acting: CASES, cases.case_slice, cases.cases_among, "case", _case_heads, _case_cells,
                    lambda row: row.id),
    "exhibits": Source(spec_for, exhibits.exhibit_slice, exhibits.exhibits_among, "exhibit", _exhibit_heads,
                       _exhibit_cells, lambda row: row.case),
}  # fmt: skip


def rows_of(source: Source, acting: Acting, wanted: Asked, picked: Sequence[str]) -> Iterator[Any]:
    """The rows that were ticked, or every row of the list. Raises Refusal beyond ``MOST`` rows."""
    if picked:
        yield from source.among(acting, picked).rows
        return
    done, page = 0, replace(wanted, size=PAGE, after="", before="")
    while True:
        found = source.page(acting, page)
        done += len(found.rows)
        if done > MOST:
            raise Refusal(
                "export.too_long",
                _("The list has more than %(most)d rows; a file holds no more.") % {"most": MOST},
                _("Narrow the list by a filter, for example by state or days, and export it in parts."),
            )
        yield from found.rows
        if not found.after:
            return
        page = replace(page, after=found.after)


@dataclass(frozen=True)
class Made:
    """A file that was written: how many rows, of which cases, and its hash."""

    rows: int
    cases: tuple[str, ...]
    sha256: str


def write(
    path: Path, form: str, facts: Sequence[tuple[str, str]], heads: list[str], rows: Iterator[tuple[str, list[Cell]]]
) -> Made:
    """Writes the file; ``rows`` give the case and the cells of each. ``facts`` say who, when and what was asked."""
    seen: dict[str, None] = {}
    count = 0

    def counted() -> Iterator[list[Cell]]:
        nonlocal count
        for case, cells in rows:
            seen[case] = None
            count += 1
            yield cells

    (_write_csv if form == "csv" else _write_xlsx)(path, facts, heads, counted())
    with path.open("rb") as made:
        return Made(count, tuple(seen), hashlib.file_digest(made, "sha256").hexdigest())


def _write_csv(path: Path, facts: Sequence[tuple[str, str]], heads: list[str], rows: Iterator[list[Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        for name, value in facts:
            writer.writerow([_harmless(name), _harmless(value)])
        writer.writerow([])
        writer.writerow([_harmless(one) for one in heads])
        for row in rows:
            writer.writerow([_plain(one) for one in row])


def _plain(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat(timespec="minutes")
    if isinstance(cell, Decimal):
        return _exact(cell)
    return "" if cell is None else _harmless(str(cell))


def _exact(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _harmless(text: str) -> str:
    """A text with an apostrophe before what a spreadsheet would calculate (OWASP, CSV injection)."""
    text = text.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _write_xlsx(path: Path, facts: Sequence[tuple[str, str]], heads: list[str], rows: Iterator[list[Cell]]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        about = book.add_worksheet(_("About this file")[:31])
        about.set_column(0, 1, 40)
        for line, (name, value) in enumerate(facts):
            about.write_string(line, 0, name, bold)
            about.write_string(line, 1, value)
        sheet = book.add_worksheet(_("List")[:31])
        sheet.set_column(0, len(heads), 22)
        sheet.freeze_panes(1, 1)
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, bold)
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _put(sheet, line, place, cell, moment)


def _put(sheet: Any, line: int, place: int, cell: Cell, moment: Any) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(line, place, timezone.localtime(cell).replace(tzinfo=None), moment)
    elif isinstance(cell, Decimal | int):
        # A spreadsheet's numbers are floats: what would not survive that stays a text.
        exact = Decimal(repr(float(cell))) == cell
        if exact:
            sheet.write_number(line, place, float(cell))
        else:
            sheet.write_string(line, place, _exact(Decimal(cell)))
    elif cell is not None:
        sheet.write_string(line, place, str(cell)[:32_767])
