"""Lists: filters that stay in the address, sortable heads, pages by key in both directions, a selection for bulk acts.

A room declares a `Spec` (columns and filters), reads a request with `asked`, answers with a `Slice` of rows and hands
`listing` to its template, which includes ``components/list_*.html``. Nothing is counted and nothing skipped: a page
starts after, or ends before, the key of a row.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Word = str | Promise
Row = TypeVar("Row")
SIZES = (25, 50, 100)
PAGING = ("after", "before")
LONGEST = 200


@dataclass(frozen=True)
class Column:
    """A column head; ``sort`` names the order it stands for, if the list can run in it."""

    label: Word
    sort: str = ""
    number: bool = False


@dataclass(frozen=True)
class Filter:
    """Something a list is narrowed by. ``kind``: text, choice, day or flag; a choice has codes with labels."""

    name: str
    label: Word
    kind: str = "text"
    choices: tuple[tuple[str, Word], ...] = ()
    hint: Word = ""


@dataclass(frozen=True)
class Spec:
    """A list: its columns, its filters, and the order it runs in unless another is asked (``-`` is downwards)."""

    name: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    sort: str

    @property
    def sorts(self) -> frozenset[str]:
        """The orders the list can run in."""
        return frozenset({column.sort for column in self.columns if column.sort} | {self.sort.lstrip("-")})


@dataclass(frozen=True)
class Asked:
    """What is asked of a list; whatever the list does not know is left out."""

    values: Mapping[str, str]
    sort: str
    descending: bool
    size: int = 50
    after: str = ""
    before: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.values)

    @property
    def backwards(self) -> bool:
        """Whether the page before a row is asked."""
        return bool(self.before)

    @property
    def key(self) -> str:
        """The key of the row at which the page begins or ends; empty on the first page."""
        return self.before or self.after

    @property
    def down(self) -> bool:
        """Whether rows must be read downwards: a page before a row is read against the list's order."""
        return self.descending != self.backwards

    def get(self, name: str) -> str:
        """The value of a filter, empty when it is not set."""
        return self.values.get(name, "")

    def day(self, name: str) -> date | None:
        """The value of a filter of kind day."""
        return date.fromisoformat(self.values[name]) if name in self.values else None


@dataclass(frozen=True)
class Slice:
    """A page of rows with the keys of its first and last, where a page lies before or after it."""

    rows: tuple[Any, ...]
    before: str = ""
    after: str = ""


def asked(spec: Spec, given: QueryDict | Mapping[str, Any]) -> Asked:
    """What the address asks of the list. Never raises: an unknown value is as good as none."""
    values = {one.name: value for one in spec.filters if (value := _valid(one, str(given.get(one.name, ""))))}
    wanted = str(given.get("sort", ""))
    order = wanted if wanted.lstrip("-") in spec.sorts and wanted.count("-") <= 1 else spec.sort
    size = str(given.get("size", ""))
    before, after = (str(given.get(name, ""))[:LONGEST] for name in ("before", "after"))
    return Asked(
        values,
        order.lstrip("-"),
        order.startswith("-"),
        int(size) if size in {str(one) for one in SIZES} else 50,
        "" if before else after,
        before,
    )


def _valid(one: Filter, value: str) -> str:
    value = value.replace("\0", "").strip()[:LONGEST]
    match one.kind:
        case "choice":
            return value if value in dict(one.choices) else ""
        case "flag":
            return "yes" if value else ""
        case "day":
            try:
                return date.fromisoformat(value).isoformat()
            except ValueError:
                return ""
        case _:
            return value


def merged(
    parts: Iterable[Iterable[Row]], key: Callable[[Row], Any], wanted: Asked, text: Callable[[Row], str]
) -> Slice:
    """One page out of several selections in the same order, each row once.

    Each part gives rows in the order ``wanted.down`` says, at least ``wanted.size + 1`` of them if it has so many.
    ``key`` orders the rows; ``text`` is how an address names a row.
    """
    rows: list[Row] = []
    last: Any = None
    for row in heapq.merge(*parts, key=key, reverse=wanted.down):
        if not rows or key(row) != last:
            rows.append(row)
        last = key(row)
        if len(rows) > wanted.size:
            break
    more = len(rows) > wanted.size
    page = list(islice(rows, wanted.size))
    if not page:
        return Slice(())
    if wanted.backwards:
        page.reverse()
        return Slice(tuple(page), text(page[0]) if more else "", text(page[-1]))
    return Slice(tuple(page), text(page[0]) if wanted.after else "", text(page[-1]) if more else "")


@dataclass(frozen=True)
class Field:
    """A filter as the form shows it."""

    filter: Filter
    value: str


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Head:
    """A column head: ``url`` sorts by it; ``direction`` is that of ``aria-sort``, empty when the list is in no order
    of this column.
    """

    label: Word
    number: bool
    url: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Listing:
    """Everything the list components show around the rows."""

    spec: Spec
    asked: Asked
    fields: tuple[Field, ...]
    chips: tuple[Chip, ...]
    heads: tuple[Head, ...]
    hidden: tuple[tuple[str, str], ...]
    clear: str
    first: str
    previous: str
    following: str
    sizes: tuple[tuple[int, str, bool], ...]
    query: str
    address: str
    open: bool = field(default=False)


def listing(request: HttpRequest, spec: Spec, wanted: Asked, found: Slice) -> Listing:
    """The list around ``found``: form, chips, heads and pages, all as addresses."""
    kept = _address(wanted)
    order = f"{'-' if wanted.descending else ''}{wanted.sort}"

    def url(**changes: str) -> str:
        merged_values = {name: value for name, value in {**kept, **changes}.items() if value}
        made = QueryDict(mutable=True)
        made.update(merged_values)
        return f"?{made.urlencode()}"

    sizes = tuple((size, url(size=str(size)), size == wanted.size) for size in SIZES)
    return Listing(
        spec,
        wanted,
        tuple(Field(one, wanted.get(one.name)) for one in spec.filters),
        tuple(_chip(one, wanted, url) for one in spec.filters if wanted.get(one.name)),
        tuple(_head(column, wanted, url) for column in spec.columns),
        tuple((name, kept[name]) for name in ("sort", "size") if name in kept),
        url(**dict.fromkeys(wanted.values, "")),
        url() if wanted.key else "",
        url(before=found.before) if found.before else "",
        url(after=found.after) if found.after else "",
        sizes,
        url()[1:],
        f"{request.path}{url(sort=order)}",
        open=wanted.narrowed,
    )


def _address(wanted: Asked) -> dict[str, str]:
    kept = dict(wanted.values)
    kept["sort"] = f"{'-' if wanted.descending else ''}{wanted.sort}"
    kept["size"] = "" if wanted.size == 50 else str(wanted.size)
    return {name: value for name, value in kept.items() if value}


def _chip(one: Filter, wanted: Asked, url: Callable[..., str]) -> Chip:
    value = wanted.get(one.name)
    shown = str(dict(one.choices).get(value, value)) if one.kind == "choice" else value
    return Chip(str(one.label), "" if one.kind == "flag" else shown, url(**{one.name: ""}))


def _head(column: Column, wanted: Asked, url: Callable[..., str]) -> Head:
    if not column.sort:
        return Head(column.label, column.number)
    current = column.sort == wanted.sort
    turned = column.sort if current and wanted.descending else f"-{column.sort}"
    direction = ("descending" if wanted.descending else "ascending") if current else ""
    return Head(column.label, column.number, url(sort=turned), direction)


def chosen(given: QueryDict, name: str, most: int) -> list[str]:
    """The ids ticked in a selection, each once, at most ``most``."""
    return list(dict.fromkeys(one[:36] for one in given.getlist(name)))[:most]


def words_of(spec: Spec, wanted: Asked) -> str:
    """The filters in words, for the head of an export and its record."""
    parts: Sequence[str] = [
        _("%(filter)s: %(value)s") % {"filter": chip.label, "value": chip.value or _("yes")}
        for chip in (_chip(one, wanted, lambda **_changes: "") for one in spec.filters if wanted.get(one.name))
    ]
    return "; ".join(parts) or _("everything I may see")
