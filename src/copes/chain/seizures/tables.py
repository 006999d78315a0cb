"""Reading tables of seizures: CSV files, line by line, every fault named by line and column. Pure.

Two layouts are known by their header: the general one (`date,place,country,description,category,quantity,unit`, and
optionally `hs_code,cause`), and the STRIDE extract of the US Drug Enforcement Administration
(`state,potency,weight,month,price`: cocaine seizures of 2007, weight in grams, potency in per cent, price in USD).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pycountry import countries, subdivisions

from copes.chain.custody.records import Category, Unit

STRIDE = ("state", "potency", "weight", "month", "price")
GENERAL = ("date", "place", "country", "description", "category", "quantity", "unit")
OPTIONAL = ("hs_code", "cause")
MAX_LINES = 20_000
MAX_BYTES = 10 * 1024 * 1024
STRIDE_SOURCE = "STRIDE 2007, unvalidated DEA data"


@dataclass(frozen=True)
class BadLine:
    """What is wrong in one place of the table, and what to do about it. ``line`` counts from 1, the header."""

    line: int
    column: str
    reason: str | Promise
    mend: str | Promise


@dataclass(frozen=True)
class SeizureLine:
    """One seizure with one exhibit, as a line of the table states it."""

    line: int
    occurred_at: datetime
    known_to: str
    place: dict[str, Any]
    cause: str
    item: dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table as read: the good lines, and everything wrong with the others."""

    layout: str
    source: str
    lines: list[SeizureLine] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)


class _BadCellError(Exception):
    def __init__(self, column: str, reason: str | Promise, mend: str | Promise) -> None:
        super().__init__(column)
        self.column, self.reason, self.mend = column, reason, mend


def read_table(data: bytes, *, name: str, now: datetime) -> Table:
    """The table in a CSV file (UTF-8, comma or semicolon). Never raises for bad content: it lists it."""
    layout, rows, wrong = _rows(data)
    table = Table(layout, STRIDE_SOURCE if layout == "stride" else name)
    if wrong is not None:
        table.bad.append(wrong)
        return table
    read = _stride if layout == "stride" else _general
    for number, row in rows:
        try:
            table.lines.append(_line(number, row, read, now))
        except _BadCellError as bad:
            table.bad.append(BadLine(number, bad.column, bad.reason, bad.mend))
    if not table.lines and not table.bad:
        table.bad.append(BadLine(2, "", _("The table has no lines."), _("Add a line for each seizure.")))
    return table


def _rows(data: bytes) -> tuple[str, Iterator[tuple[int, dict[str, str]]], BadLine | None]:
    empty: Iterator[tuple[int, dict[str, str]]] = iter(())
    if len(data) > MAX_BYTES:
        return "", empty, BadLine(1, "", _("The file is larger than 10 MB."), _("Divide it into several files."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return "", empty, BadLine(line, "", _("The file is not UTF-8 text."), _("Save it as CSV with UTF-8 encoding."))
    delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        raw = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        return "", empty, BadLine(reader.line_num, "", _("This line is not CSV."), _("Check its quotation marks."))
    header = [cell.strip().lower() for cell in raw[0][1]] if raw else []
    layout = _layout(header)
    if not layout:
        mend = _("Name the columns as in one of the two layouts described beside the form.")
        return "", empty, BadLine(1, "", _("The header is not one of the known ones."), mend)
    if len(raw) - 1 > MAX_LINES:
        return layout, empty, BadLine(MAX_LINES + 2, "", _("The table has too many lines."), _("Divide it into files."))
    return layout, ((number, _named(header, row)) for number, row in raw[1:]), None


def _layout(header: list[str]) -> str:
    if tuple(header) == STRIDE:
        return "stride"
    known = set(GENERAL) | set(OPTIONAL)
    if set(GENERAL) <= set(header) <= known and len(set(header)) == len(header):
        return "general"
    return ""


def _named(header: list[str], row: list[str]) -> dict[str, str]:
    named = {column: cell.strip() for column, cell in zip(header, row, strict=False)}
    if len(row) != len(header):
        named["#"] = str(len(row))
    return named


def _line(
    number: int,
    row: dict[str, str],
    read: Callable[[int, Mapping[str, str]], SeizureLine],
    now: datetime,
) -> SeizureLine:
    if "#" in row:
        raise _BadCellError("", _("This line has another number of cells than the header."), _("Check its commas."))
    line = read(number, row)
    if line.occurred_at > now:
        raise _BadCellError("date", _("This date lies in the future."), _("Give the day of the seizure."))
    return line


def _stride(number: int, row: Mapping[str, str]) -> SeizureLine:
    state = row["state"].upper()
    found = subdivisions.get(code=f"US-{state}")  # type: ignore[no-untyped-call] # pycountry has no types
    if found is None:
        raise _BadCellError("state", _("There is no such state."), _("Write the two letters of a US state."))
    month = _number(row, "month", least=Decimal(1), most=Decimal(12))
    if month != month.to_integral_value():
        raise _BadCellError("month", _("This is not a month."), _("Write a whole number from 1 to 12."))
    weight = _number(row, "weight", least=Decimal("0.000001"))
    potency = _number(row, "potency", least=Decimal(0), most=Decimal(100))
    price = _number(row, "price", least=Decimal(0))
    item = {
        "description": "Cocaine",
        "category": "drugs",
        "quantity": weight,
        "unit": "g",
        "value": {"amount": price, "currency": "USD"},
        "measures": [{"name": "Purity", "value": potency, "unit": "%"}],
    }
    at = datetime(2007, int(month), 1, 12, tzinfo=UTC)
    place = {"name": found.name, "country": "US"}
    return SeizureLine(number, at, "month", place, "Seizure of cocaine", item)


def _general(number: int, row: Mapping[str, str]) -> SeizureLine:
    try:
        at = datetime.fromisoformat(row["date"])
    except ValueError:
        mend = _("Write it as 2026-11-21 or 2026-11-21T14:05+01:00.")
        raise _BadCellError("date", _("This is not a date."), mend) from None
    known_to = "minute" if "T" in row["date"] or " " in row["date"] else "day"
    if known_to == "day":
        at = at.replace(hour=12)
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    if row["country"] and countries.get(alpha_2=row["country"].upper()) is None:
        raise _BadCellError("country", _("There is no country with this code."), _("Write two letters, such as FR."))
    item = {
        "description": _text(row, "description"),
        "category": _choice(row, "category", get_args(Category)),
        "quantity": _number(row, "quantity", least=Decimal("0.000001")),
        "unit": _choice(row, "unit", get_args(Unit)),
    }
    if item["category"] == "cash":
        mend = _("Record cash on its form, by denomination and with two counters.")
        raise _BadCellError("category", _("Cash cannot be imported from a table."), mend)
    if row.get("hs_code"):
        item["hs_code"] = _hs_code(row["hs_code"])
    place = {"name": _text(row, "place"), "country": row["country"].upper() or None}
    return SeizureLine(number, at, known_to, place, row.get("cause") or "Imported from a table", item)


def _text(row: Mapping[str, str], column: str) -> str:
    value = row[column]
    if not value or len(value) > 200 or not value.isprintable():
        mend = _("Write one line of at most 200 characters.")
        raise _BadCellError(column, _("This text is missing or cannot be recorded."), mend)
    return value


def _choice(row: Mapping[str, str], column: str, allowed: tuple[str, ...]) -> str:
    value = row[column].lower()
    if value not in allowed:
        mend = _("Write one of: %(allowed)s.") % {"allowed": ", ".join(allowed)}
        raise _BadCellError(column, _("This code is not known."), mend)
    return value


def _hs_code(value: str) -> str:
    digits = value.replace(".", "").replace(" ", "")
    if not digits.isdecimal() or len(digits) not in (4, 6, 8, 10):
        mend = _("Write 4, 6, 8 or 10 digits.")
        raise _BadCellError("hs_code", _("This is not a code of the Harmonized System."), mend)
    return digits


def _number(row: Mapping[str, str], column: str, *, least: Decimal, most: Decimal | None = None) -> Decimal:
    try:
        value = Decimal(row[column])
    except InvalidOperation:
        mend = _("Write a number with a point before decimals.")
        raise _BadCellError(column, _("This is not a number."), mend) from None
    if not value.is_finite() or value < least or (most is not None and value > most):
        raise _BadCellError(column, _("This number is out of range."), _("Check it against the source."))
    exponent = value.as_tuple().exponent
    if (isinstance(exponent, int) and exponent < -6) or value >= Decimal(10) ** 13:
        raise _BadCellError(column, _("This number has too many digits."), _("At most six digits after the point."))
    return value
