"""Dashboards over few and over very many seizures: time and number of queries. Only the sums are read."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.test import Client

from benchmarks.rows import Row, below
from benchmarks.setting_up import measured_node, postgresql_database
from tests import support

SMALL, BIG, QUICK = 3_000, 160_000, 20_000
ROUNDS, CHUNK = 11, 2_000
PERIOD = "from=2024-01&to=2024-12"
PAGES = {
    "dashboards": f"/statistics/?{PERIOD}",
    "dashboards, one commodity": f"/statistics/?{PERIOD}&category=drugs",
    "dashboards, one place": f"/statistics/?{PERIOD}&place=FR:Office+7",
    "map": f"/statistics/map/?{PERIOD}",
}


def run(*, quick: bool) -> list[Row]:
    """Every page at both sizes, on each database; 6.25 exhibits to a seizure."""
    big = QUICK if quick else BIG
    rows = _compare("SQLite", "", "", big)
    with postgresql_database() as one, postgresql_database() as other:
        if one:
            rows += _compare("PostgreSQL", one, other, big)
    return rows


def _compare(name: str, few: str, many: str, big: int) -> list[Row]:
    with measured_node(few) as small_staff, measured_node(many) as big_staff:
        began = time.perf_counter()
        clients = [_filled(small_staff, SMALL), _filled(big_staff, big)]
        print(f"  {name}: filled in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
        rows = []
        for what, path in PAGES.items():
            times: list[list[float]] = [[], []]
            counts = [0, 0]
            for _ in range(ROUNDS):
                for place, (staff, client) in enumerate(zip((small_staff, big_staff), clients, strict=True)):
                    with support.serving(staff.node):
                        client.get("/")  # opens the connection
                        seconds, counts[place] = _asked(client, path)
                        times[place].append(seconds)
            small, large = (min(each) for each in times)
            detail = f"{large * 1e3:.0f} ms / {small * 1e3:.0f} ms; {counts[0]} and {counts[1]} queries"
            row = below(f"{name}: {what}, {big:,} seizures / {SMALL:,}", large / small, 2, detail)
            same = counts[0] == counts[1] <= 15
            rows.append(Row(row.what, row.measured, row.bound + ", ≤ 15 queries", held=bool(row.held) and same))
        return rows


def _asked(client: Client, path: str) -> tuple[float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        answer = client.get(path)
        seconds = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return seconds, len(queries)


def _filled(officers: support.Officers, size: int) -> Client:
    """The follower's own way in, chunk by chunk, with facts as it would read them."""
    from django.db import transaction

    from copes.foundation.journal.following import catch_up
    from copes.insight.statistics import following
    from copes.insight.statistics.models import SeizureFact

    with support.serving(officers.node):
        catch_up(following.NAME)
        rows = _facts(officers.supervisor.agency, size)
        while chunk := [row for row, _ in zip(rows, range(CHUNK), strict=False)]:
            with transaction.atomic():
                SeizureFact.objects.bulk_create(chunk, batch_size=400)
                following.add(chunk)
        return support.signed_in(officers.supervisor)


def _facts(agency: str, size: int) -> Iterator[object]:
    """Seizures of five years at forty places."""
    from benchmarks.masses import _id
    from copes.insight.statistics.models import SeizureFact

    number = random.Random(size)
    start = datetime(2020, 1, 15, 12, tzinfo=UTC)
    categories = ("drugs", "tobacco", "cash", "alcohol", "counterfeit", "medicine", "fuel", "wildlife")
    for at in range(size):
        moment = start + timedelta(days=number.randrange(1826))
        chosen = sorted(number.sample(categories, 1 + (at % 4 == 0)))
        cells = [line for one in chosen for line in ([one, "", 6, 0, 0], [one, "g", 6, number.randrange(9_999), 5])]
        yield SeizureFact(
            id=_id(at), case_id=_id(at, 1), agency=agency, act="seizure", at=moment,
            month=moment.date().replace(day=1), place=f"FR:Office {number.randrange(40)}",
            transport=number.choice(("car", "lorry", "vessel", "post", "")),
            detection=number.choice(("dog", "scanner", "routine", "")),
            concealment=number.choice(("baggage", "cargo", "")), way="", source="",
            categories="|".join(["", *chosen, ""]), cells=cells,
        )  # fmt: skip
