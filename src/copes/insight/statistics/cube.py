"""The cube of sums: which cells one seizure adds to. Pure.

Every subset of at most two dimensions has cells of its own (its *scope*), so that a dashboard with one filter reads
a handful of rows however many seizures there are; more filters read the scope of all dimensions. A seizure with
goods of two categories counts once in each of them, and once where categories are not told apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

DIMENSIONS = ("category", "place", "transport", "detection", "concealment", "way")
ALL, ALL_BUT_CATEGORY = "all", "all.but.category"
SOURCE = "source"  # the scope of imported seizures; the source stands where the way would
Cell = Sequence[object]


@dataclass(frozen=True)
class Counted:
    """What a seizure adds to one cell."""

    seizures: int
    exhibits: int
    whole: int
    nano: int

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            self.seizures + other.seizures,
            self.exhibits + other.exhibits,
            self.whole + other.whole,
            self.nano + other.nano,
        )

    def __neg__(self) -> Counted:
        return Counted(-self.seizures, -self.exhibits, -self.whole, -self.nano)


@dataclass(frozen=True)
class Key:
    """Where a cell stands: ``values`` in order of DIMENSIONS, empty where the scope does not tell apart."""

    agency: str
    act: str
    month: date
    scope: str
    values: tuple[str, ...]
    unit: str

    @property
    def id(self) -> str:
        """A short name of the cell, the same on every node."""
        parts = (self.agency, self.act, self.month.isoformat(), self.scope, *self.values, self.unit)
        return hashlib.blake2b("\x1f".join(parts).encode("utf-8"), digest_size=16).hexdigest()


def scope_of(dimensions: Iterable[str]) -> str:
    """The scope whose cells answer a question about these dimensions."""
    asked = [name for name in DIMENSIONS if name in set(dimensions)]
    if len(asked) <= 2:
        return "+".join(asked)
    return ALL if "category" in asked else ALL_BUT_CATEGORY


def _scopes() -> Iterator[tuple[str, frozenset[str]]]:
    for size in range(3):
        for chosen in combinations(DIMENSIONS, size):
            yield "+".join(chosen), frozenset(chosen)
    yield ALL, frozenset(DIMENSIONS)
    yield ALL_BUT_CATEGORY, frozenset(DIMENSIONS) - {"category"}


SCOPES = tuple(_scopes())


def cells_of(
    *, agency: str, act: str, month: date, values: Mapping[str, str], cells: Sequence[Cell], source: str = ""
) -> Iterator[tuple[Key, Counted]]:
    """Every cell a seizure adds to. ``cells``: ``[category, unit, exhibits, whole, nano]``; unit empty: all of them."""
    if source:
        row = tuple(source if name == "way" else "" for name in DIMENSIONS)
        for _category, unit, counted in _lines(cells, by_category=False):
            yield Key(agency, act, month, SOURCE, row, unit), counted
    for scope, dimensions in SCOPES:
        if "way" in dimensions and not values["way"] and scope not in {ALL, ALL_BUT_CATEGORY}:
            continue
        for category, unit, counted in _lines(cells, by_category="category" in dimensions):
            own = {**values, "category": category}
            row = tuple(own[name] if name in dimensions else "" for name in DIMENSIONS)
            yield Key(agency, act, month, scope, row, unit), counted


def _lines(cells: Sequence[Cell], *, by_category: bool) -> Iterator[tuple[str, str, Counted]]:
    found: dict[tuple[str, str], Counted] = {}
    for category, unit, exhibits, whole, nano in cells:
        at = (str(category) if by_category else "", str(unit))
        more = Counted(0, int(str(exhibits)), int(str(whole)), int(str(nano)))
        found[at] = found.get(at, Counted(1, 0, 0, 0)) + more
    for (category, unit), counted in found.items():
        yield category, unit, counted
