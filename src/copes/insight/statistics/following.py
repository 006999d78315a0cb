"""The sums follow the ledger (journal.following): each seizure's cells are taken out and put in again as it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import DEFAULT_DB_ALIAS, connection

from copes.foundation.journal import following
from copes.foundation.journal.facts import Fact
from copes.insight.statistics.cube import DIMENSIONS, Counted, Key, cells_of
from copes.insight.statistics.models import SeizureFact, Spot, Total
from copes.insight.statistics.reading import KINDS, facts_of, touched

NAME = "statistics"
CHUNK = 400
COLUMNS = ("id", "agency", "act", "month", "scope", *DIMENSIONS, "unit", "seizures", "exhibits", "whole", "nano")
SUMS = ("seizures", "exhibits", "whole", "nano")
_MORE = ", ".join(f"{name} = statistics_total.{name} + excluded.{name}" for name in SUMS)
ADD = (
    f"INSERT INTO statistics_total ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))}) "  # noqa: S608 - own names
    f"ON CONFLICT (id) DO UPDATE SET {_MORE}"
)
Changes = dict[Key, Counted]


def take(facts: Sequence[Fact]) -> None:
    """Adds what these records say; a seizure that was added before is taken out first."""
    _replace(touched(facts))


def forget(case: str | None) -> None:
    """Takes everything of a case out of the sums."""
    if case is not None:
        _remove(list(SeizureFact.objects.filter(case_id=case)))


def clear() -> None:
    """Empties the sums."""
    for table in (Total, Spot, SeizureFact):
        table.objects.all().delete()


def add(facts: Sequence[SeizureFact]) -> None:
    """Adds seizures that lie in the table already to the sums and places."""
    changes = Changes()
    _note(changes, [], facts)
    _apply(changes)
    _place(facts)


def _replace(seizures: set[str]) -> None:
    chosen = sorted(seizures)
    old: list[SeizureFact] = []
    new: list[SeizureFact] = []
    for start in range(0, len(chosen), CHUNK):
        part = chosen[start : start + CHUNK]
        old += SeizureFact.objects.filter(id__in=part)
        new += facts_of(part)
    changes = Changes()
    _note(changes, old, new)
    _delete(old)
    SeizureFact.objects.bulk_create(new, batch_size=CHUNK)
    _apply(changes)
    _place([*old, *new])


def _remove(old: list[SeizureFact]) -> None:
    changes = Changes()
    _note(changes, old, [])
    _delete(old)
    _apply(changes)
    _place(old)


def _delete(rows: Sequence[SeizureFact]) -> None:
    for start in range(0, len(rows), CHUNK):
        SeizureFact.objects.filter(id__in=[row.id for row in rows[start : start + CHUNK]]).delete()


def _note(changes: Changes, old: Iterable[SeizureFact], new: Iterable[SeizureFact]) -> None:
    for rows, taken_out in ((old, True), (new, False)):
        for row in rows:
            for key, counted in _cells(row):
                more = -counted if taken_out else counted
                changes[key] = changes[key] + more if key in changes else more


def _cells(row: SeizureFact) -> Iterable[tuple[Key, Counted]]:
    values = {name: getattr(row, name) for name in DIMENSIONS if name != "category"}
    return cells_of(agency=row.agency, act=row.act, month=row.month, values=values, cells=row.cells, source=row.source)


def _apply(changes: Changes) -> None:
    rows: list[tuple[str | date | int, ...]] = []
    shrunk: list[str] = []
    for key, by in sorted(changes.items(), key=lambda pair: pair[0].id):
        if by == Counted(0, 0, 0, 0):
            continue
        name = key.id
        if by.seizures < 0:
            shrunk.append(name)
        numbers = (by.seizures, by.exhibits, by.whole, by.nano)
        rows.append((name, key.agency, key.act, key.month, key.scope, *key.values, key.unit, *numbers))
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(ADD, rows)
    for start in range(0, len(shrunk), CHUNK):
        Total.objects.filter(id__in=shrunk[start : start + CHUNK], seizures=0).delete()


def _place(rows: Iterable[SeizureFact]) -> None:
    """Says anew where the places of these seizures lie."""
    for agency, place in sorted({(row.agency, row.place) for row in rows}):
        name = hashlib.blake2b(f"{agency}\x1f{place}".encode(), digest_size=16).hexdigest()
        found = SeizureFact.objects.filter(agency=agency, place=place, latitude__isnull=False)
        newest = found.order_by("-at", "-id").first()
        if newest is None:
            Spot.objects.filter(id=name).delete()
            continue
        values = {"agency": agency, "place": place, "latitude": newest.latitude, "longitude": newest.longitude}
        Spot.objects.using(DEFAULT_DB_ALIAS).update_or_create(id=name, defaults=values)


FOLLOWER = following.Follower(NAME, KINDS, take, forget, clear)
