"""The index of words, the same to its users on SQLite (FTS5) and PostgreSQL (tsvector, GIN).

A thing is found by its folded words, by the beginning of each, and only within the scopes asked: who may find a thing
is a word of the index itself, so what one may not see is never read. Hits come newest first and stop at the limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from copes.insight.search.folding import RESERVED
from copes.insight.search.models import Scope, Thing

SCOPE, KIND = RESERVED[0], RESERVED[1]
COLUMNS = tuple(field.attname for field in Thing._meta.concrete_fields)  # noqa: SLF001 - Django's public meta API
BATCH = 400


@dataclass(frozen=True)
class Sought:
    """What is asked of the index. ``words`` must all match; ``whole`` (if any) may match instead of them."""

    words: tuple[str, ...]
    scopes: tuple[str, ...]
    whole: str = ""
    kinds: tuple[str, ...] = ()
    code: str = ""
    before: int | None = None
    limit: int = 51


class Backend(Protocol):
    """What each database must do."""

    def put(self, rows: Sequence[Thing]) -> None:
        """Puts the words of new rows into the index."""

    def drop(self, rows: Sequence[tuple[int, str]]) -> None:
        """Takes rows out, given as id and exactly the text that was put in."""

    def purge(self) -> None:
        """Takes what was dropped out of the files too."""

    def clear(self) -> None:
        """Empties the index."""

    def hits(self, sought: Sought) -> list[Thing]:
        """Rows that match, newest first."""


def backend() -> Backend:
    """The index of this node's database."""
    if connection.vendor == "postgresql":
        from copes.insight.search import index_postgresql as chosen
    else:
        from copes.insight.search import index_sqlite as chosen  # type: ignore[no-redef]
    return chosen  # a module with the functions of the protocol


def text_of(row: Thing) -> str:
    """What the index holds of a row."""
    return f"{row.words} {row.scope}"


def write(rows: Iterable[Thing]) -> None:
    """Puts rows into table and index; rows of the same id are replaced. Must run inside a transaction."""
    listed = list({row.id: row for row in rows}.values())
    for start in range(0, len(listed), BATCH):
        part = listed[start : start + BATCH]
        remove([row.id for row in part])
        Thing.objects.bulk_create(part)
        backend().put(part)


def remove(ids: Sequence[int]) -> None:
    """Takes rows out of table and index."""
    for start in range(0, len(ids), BATCH):
        part = list(ids[start : start + BATCH])
        found = list(Thing.objects.filter(id__in=part).only("id", "words", "scope"))
        if found:
            backend().drop([(row.id, text_of(row)) for row in found])
            Thing.objects.filter(id__in=part).delete()


def numbers(names: Iterable[str], *, make: bool = False) -> dict[str, str]:
    """The index's own words for scopes, by the scopes' names; unknown ones are made or left out."""
    wanted = set(names)
    known = dict(Scope.objects.filter(name__in=wanted).values_list("name", "id"))
    for name in sorted(wanted - known.keys()) if make else ():
        known[name] = Scope.objects.create(name=name).pk
    return {name: SCOPE + _base36(number) for name, number in known.items()}


def kind_token(kind: str) -> str:
    """The index's own word for a kind of thing."""
    return KIND + kind


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, last = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[last] + digits
    return digits or "0"


__all__ = ["Sought", "backend", "kind_token", "numbers", "remove", "text_of", "write"]
