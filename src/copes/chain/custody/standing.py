"""Exhibits as the rules see them, read with one statement and, on PostgreSQL, held until the transaction ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from copes.chain.cases.policies import unseen, visible_cases
from copes.chain.custody.rules import Standing
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.statements import select

COLUMNS = "id, number, case_id, holder, moved_at, state, release_id, released_to, released_at, seal"
BATCH = 500


def standing(ids: Sequence[str]) -> list[Standing]:
    """The exhibits with these ids, in the order asked for. Raises Unseen when one is not there."""
    lock = "" if connections[DEFAULT_DB_ALIAS].vendor == "sqlite" else " ORDER BY id FOR UPDATE"
    found: dict[str, Standing] = {}
    for at in range(0, len(ids), BATCH):
        some = list(ids[at : at + BATCH])
        marks = ", ".join(["%s"] * len(some))
        for row in select(f"SELECT {COLUMNS} FROM custody_exhibit WHERE id IN ({marks}){lock}", some):  # noqa: S608 - own names
            found[row[0]] = _standing(row)
    if len(found) != len(set(ids)):
        raise unseen()
    return [found[one] for one in ids]


def _standing(row: tuple[Any, ...]) -> Standing:
    number, case, holder, moved_at, state, release, to, released_at, seal = row[1:]
    aware = _aware(moved_at)
    if aware is None:
        raise ValueError("every exhibit has a time of its last move")
    return Standing(row[0], number, case, holder, aware, state, release, to, _aware(released_at), seal)


def _aware(value: Any) -> datetime | None:
    """SQLite hands out UTC without saying so."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def keep_secret(acting: Acting, exhibits: Iterable[Standing]) -> None:
    """Raises Unseen when the officer may not know of one of the exhibits; called before a refusal names it."""
    unknown = {one.case for one in exhibits if acting.officer not in (one.holder, one.released_to)}
    if unknown and visible_cases(acting).filter(id__in=unknown).count() != len(unknown):
        raise unseen()
