"""Lists and the case page with few and with very many cases: time and number of queries."""

from __future__ import annotations

import statistics
import sys
import time

from benchmarks.masses import _id, add_mass, real_case
from benchmarks.rows import Row, below
from benchmarks.setting_up import measured_node, postgresql_database

SMALL, BIG, QUICK = 3_000, 160_000, 20_000
ROUNDS = 11


def run(*, quick: bool) -> list[Row]:
    """Every page at both sizes, on each database."""
    rows = _grow("SQLite", "", QUICK if quick else BIG)
    with postgresql_database() as address:
        if address:
            rows += _grow("PostgreSQL", address, QUICK if quick else BIG)
    return rows


def _grow(name: str, address: str, big: int) -> list[Row]:
    from tests.support import signed_in

    with measured_node(address) as officers:
        case = [real_case(officers) for _ in range(3)][-1]
        add_mass(officers, case, 0, SMALL)
        clients = {one: signed_in(officers[one]) for one in ("supervisor", "front_line")}
        pages = _pages(case)
        few = {page: _ask(clients[page[0]], address) for page, address in pages.items()}
        began = time.perf_counter()
        add_mass(officers, case, SMALL, big)
        print(f"  {name}: grown in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
        many = {page: _ask(clients[page[0]], address) for page, address in pages.items()}
    return [_row(name, page, big, few[page], many[page]) for page in pages]


def _pages(case: str) -> dict[tuple[str, str], str]:
    """The pages, by who looks and what at."""
    from copes.chain.custody.models import Exhibit

    exhibit = Exhibit.objects.filter(case_id=case).order_by("ordinal").values_list("id", flat=True)[0]
    middle = _id(SMALL // 2)
    pages = {}
    for who in ("supervisor", "front_line"):
        pages |= {
            (who, "case list"): "/cases/",
            (who, "case list, a page in the middle"): f"/cases/?after={middle}",
            (who, "exhibit list"): "/custody/exhibits/",
            (who, "exhibit list, a page in the middle"): f"/custody/exhibits/?after={middle}.3",
            (who, "exhibit list, one category"): "/custody/exhibits/?category=drugs",
            (who, "exhibit list, released"): "/custody/exhibits/?state=released",
            (who, "exhibit by number"): "/custody/exhibits/?number=FR-1990-000012/1",
            (who, "case page"): f"/cases/{case}/",
        }
    return pages | {
        ("front_line", "exhibit page"): f"/custody/exhibits/{exhibit}/",
        ("front_line", "desk"): "/",
    }


def _ask(client, address: str) -> tuple[float, int]:
    """Median seconds for the page, and its number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - began)
    return statistics.median(times), len(queries)


def _row(name: str, page: tuple[str, str], big: int, few: tuple[float, int], many: tuple[float, int]) -> Row:
    who, what = page
    detail = f"{many[0] * 1e3:.0f} ms / {few[0] * 1e3:.0f} ms; {few[1]} and {many[1]} queries"
    row = below(
        f"{name}: {what} ({who.replace('_', ' ')}), {big:,} cases / {SMALL:,}", many[0] / few[0], 2, detail
    )
    return row if few[1] == many[1] else Row(row.what, row.measured, row.bound + ", same queries", held=False)
