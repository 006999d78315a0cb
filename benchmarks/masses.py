"""A mass of cases and exhibits, written straight into the tables that screens read, around real ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

DAY = 86_400_000
NEWEST = 1_735_689_600_000  # milliseconds; the real cases are newer
BATCH = 2_000


def real_case(officers) -> str:
    """A case made through the services: a control, a seizure of six things, two of them handed over."""
    from copes.chain.custody.services import receive, release
    from tests.chain.making import item, seized_case

    front, custodian = officers.front_line, officers.custodian
    case, _, exhibits = seized_case(front, *[item(description=f"Carton {number}") for number in range(6)])
    moved = release(front, exhibits=exhibits[:2], to=custodian.officer, reason="storage", condition="Sealed")
    receive(custodian, release=moved[0], exhibits=exhibits[:1], condition="Sealed")
    return case


def add_mass(officers, case: str, first: int, end: int) -> None:
    """Adds cases number ``first`` to ``end`` (not included) with 6.25 exhibits each, after the pattern of ``case``.

    Bigger numbers are older cases. Every eighth is also the investigator's.
    """
    from copes.chain.cases.models import Case, Member
    from copes.chain.custody.models import Exhibit

    _fill(Case, _cases(_pattern(Case, id=case), first, end))
    _fill(Member, _members(officers, _pattern(Member, case_id=case), first, end))
    exhibit = _pattern(Exhibit, case_id=case, state="held", holder=officers.front_line.officer)
    _fill(Exhibit, _exhibits(officers, exhibit, first, end))
    _index(officers, first, end)
    _analyze()


def _id(number: int, place: int = 0) -> str:
    """A UUIDv7 of the case's time; ``place`` tells apart what belongs to it."""
    text = f"{NEWEST - number * 60_000:012x}7{place:03x}8{number:015x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _pattern(model: Any, **chosen: str) -> dict[str, Any]:
    """A row as the database keeps it, by column."""
    from django.db import connection

    columns = [field.column for field in model._meta.concrete_fields]
    where = " AND ".join(f'"{name}" = %s' for name in chosen)
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}" WHERE {where} LIMIT 1', list(chosen.values()))  # noqa: S608 - own names
        return dict(zip(columns, cursor.fetchone(), strict=True))


def _cases(row: dict[str, Any], first: int, end: int) -> Iterator[dict[str, Any]]:
    for number in range(first, end):
        own = _id(number)
        yield row | {"id": own, "case_id": own, "record_id": _id(number, 1), "number": f"FR-1990-{number:06}",
                     "year": 1990, "ordinal": number + 1, "title": f"Case {number}"}  # fmt: skip


def _members(officers, row: dict[str, Any], first: int, end: int) -> Iterator[dict[str, Any]]:
    for number in range(first, end):
        named = [officers.front_line, *([officers.investigator] if number % 8 == 0 else [])]
        for place, one in enumerate(named):
            own = _id(number, 2 + place)
            yield row | {"id": own, "record_id": own, "case_id": _id(number), "officer": one.officer}


def _exhibits(officers, row: dict[str, Any], first: int, end: int) -> Iterator[dict[str, Any]]:
    categories = ("drugs", "tobacco", "tobacco", "tobacco", "document", "digital_device", "other")
    holders = [officers.front_line.officer, officers.custodian.officer, officers.second.officer]
    for number in range(first, end):
        for place in range(6 + (number % 4 == 0)):
            released = (number * 7 + place) % 50 == 0
            yield row | {
                "id": _id(number, 16 + place), "case_id": _id(number), "record_id": _id(number, 32 + place),
                "number": f"FR-1990-{number:06}/{place + 1}", "ordinal": place + 1, "seizure": _id(number, 9),
                "category": categories[(number + place) % 7], "holder": holders[(number + place) % 3],
                "state": "released" if released else "held",
                "released_to": officers.custodian.officer if released else None,
                "release_id": _id(number, 64) if released else None,
            }  # fmt: skip


WORDS = {
    "drugs": "Cocaine hydrochloride in bricks",
    "tobacco": "Cigarettes without revenue stamps",
    "document": "Consignment note",
    "digital_device": "Mobile telephone",
    "other": "Carton",
}
NEWER = 10**15  # the mass lies after the real things in the index


def _index(officers, first: int, end: int) -> None:
    """What the search index holds of the mass, put in through the index's own door."""
    from django.db import transaction

    from copes.foundation.journal.following import catch_up
    from copes.insight.search import index

    catch_up("search")
    staff = ("front_line", "custodian", "second", "investigator")
    names = {one: (f"m:{officers[one].officer}", f"h:{officers[one].officer}") for one in staff}
    agency = f"a:{officers.supervisor.agency}"
    with transaction.atomic():
        tokens = index.numbers([agency, *(name for pair in names.values() for name in pair)], make=True)
    scopes = {one: tuple(tokens[name] for name in names[one]) for one in staff}
    rows = _things(scopes, tokens[agency], first, end)
    while chunk := list(islice(rows, BATCH)):
        with transaction.atomic():
            index.write(chunk)


def _things(scopes: dict[str, tuple[str, str]], agency: str, first: int, end: int) -> Iterator[Any]:
    from datetime import UTC, datetime

    from copes.insight.search import index
    from copes.insight.search.folding import code, words
    from copes.insight.search.models import Thing

    categories = ("drugs", "tobacco", "tobacco", "tobacco", "document", "digital_device", "other")
    holders = ("front_line", "custodian", "second")
    for number in range(first, end):
        known = [agency, scopes["front_line"][0], *([scopes["investigator"][0]] if number % 8 == 0 else [])]
        for place in range(1 + 6 + (number % 4 == 0)):
            kind = "exhibit" if place else "case"
            named = f"FR-1990-{number:06}" + (f"/{place}" if place else "")
            detail = WORDS[categories[(number + place - 1) % 7]] if place else f"Case {number}"
            held = [scopes[holders[(number + place - 1) % 3]][1]] if place else []
            yield Thing(
                id=NEWER - number * 64 - place, kind=kind, case_id=_id(number), record_id=_id(number, 1),
                thing=_id(number, 15 + place) if place else _id(number), parent="", page=kind, code=code(named),
                title=named, detail=detail, at=datetime(1990, 1, 1, tzinfo=UTC), corrected=False,
                words=" ".join([*words(f"{named} {detail}"), code(named)]),
                scope=" ".join([index.kind_token(kind), *known, *held]),
            )  # fmt: skip


def _fill(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    from django.db import connection, transaction

    columns = [field.column for field in model._meta.concrete_fields]
    names = ", ".join(f'"{name}"' for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        while chunk := list(islice(rows, BATCH)):
            values = [[_plain(row[name]) for name in columns] for row in chunk]
            if connection.vendor == "postgresql":
                _copy(connection, f'COPY "{model._meta.db_table}" ({names}) FROM STDIN', values)
            else:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', values)  # noqa: S608 - own names


def _copy(connection: Any, sql: str, values: Sequence[Sequence[Any]]) -> None:
    with connection.connection.cursor() as cursor, cursor.copy(sql) as copy:
        for row in values:
            copy.write_row(row)


def _plain(value: Any) -> Any:
    import json

    return json.dumps(value) if isinstance(value, dict | list) else value


def _analyze() -> None:
    """What PostgreSQL does by itself (autovacuum) some time after many changes."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
