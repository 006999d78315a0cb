"""What this room may know of cases: their numbers. The room of cases declares how to find them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class CaseNames:
    """``numbers(ids)`` by id, and ``id_of(number)``, whoever sees the case: for auditors of readings."""

    numbers: Callable[[Collection[str]], Mapping[str, str]]
    id_of: Callable[[str], str | None]


_names: list[CaseNames] = []


def register(names: CaseNames) -> None:
    """Declares who knows the numbers of cases."""
    _names[:] = [names]


def numbers(ids: Collection[str | None]) -> Mapping[str, str]:
    """Numbers of cases by id, in one query."""
    wanted = {one for one in ids if one}
    return _names[0].numbers(wanted) if _names and wanted else {}


def id_of(number: str) -> str | None:
    """The id of the case with this number, or None."""
    return _names[0].id_of(number.strip().upper()) if _names else None
