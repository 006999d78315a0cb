"""Lists and the case page with few and with very many cases: time and number of queries."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

from django.test import Client

from benchmarks.masses import _id, add_mass, real_case
from benchmarks.rows import Row, below
from benchmarks.setting_up import measured_node, postgresql_database
from copes.foundation.config.node import Node
from tests import support

SMALL, BIG, QUICK = 3_000, 160_000, 20_000
ROUNDS = 11


def run(*, quick: bool) -> list[Row]:
    """Every page at both sizes, on each database."""
    big = QUICK if quick else BIG
    rows = _compare("SQLite", "", "", big)
    with postgresql_database() as one, postgresql_database() as other:
        if one:
            rows += _compare("PostgreSQL", one, other, big)
    return rows


def _compare(name: str, few: str, many: str, big: int) -> list[Row]:
    """Two nodes side by side, asked in turn."""
    with measured_node(few) as small_staff, measured_node(many) as big_staff:
        began = time.perf_counter()
        sites = [_site(small_staff, SMALL), _site(big_staff, big)]
        print(f"  {name}: filled in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
        times: dict[tuple[str, str], tuple[list[float], list[float]]] = {page: ([], []) for page in sites[0].pages}
        for _ in range(ROUNDS):
            for place, site in enumerate(sites):
                with support.serving(site.node):
                    site.seconds(("front_line", "desk"))  # opens the connection
                    for page in site.pages:
                        times[page][place].append(site.seconds(page))
        counts = [site.queries() for site in sites]
    return [
        _row(name, page, big, [min(each) for each in times[page]], [each[page] for each in counts]) for page in times
    ]


@dataclass
class Site:
    """A node with its cases, and the browsers signed in to it."""

    node: Node
    pages: dict[tuple[str, str], str]
    clients: dict[str, Client]

    def seconds(self, page: tuple[str, str]) -> float:
        """How long the page takes."""
        began = time.perf_counter()
        answer = self.clients[page[0]].get(self.pages[page])
        seconds = time.perf_counter() - began
        if answer.status_code != 200:
            raise RuntimeError(f"{self.pages[page]}: {answer.status_code}")
        return seconds

    def queries(self) -> dict[tuple[str, str], int]:
        """The number of queries of every page."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        counts = {}
        with support.serving(self.node):
            for page in self.pages:
                with CaptureQueriesContext(connection) as queries:
                    self.seconds(page)
                counts[page] = len(queries)
        return counts


def _site(officers: support.Officers, size: int) -> Site:
    with support.serving(officers.node):
        case = [real_case(officers) for _ in range(3)][-1]
        add_mass(officers, case, 0, size)
        clients = {one: support.signed_in(officers[one]) for one in ("supervisor", "front_line", "investigator")}
        return Site(officers.node, _pages(case, SMALL // 2), clients)


def _pages(case: str, middle: int) -> dict[tuple[str, str], str]:
    """The pages, by who looks and what at."""
    from copes.chain.custody.models import Exhibit

    exhibit = Exhibit.objects.filter(case_id=case).order_by("ordinal").values_list("id", flat=True)[0]
    after = _id(middle)
    pages = {}
    for who in ("supervisor", "front_line"):
        pages |= {
            (who, "case list"): "/cases/",
            (who, "case list, a page in the middle"): f"/cases/?after={after}",
            (who, "exhibit list"): "/custody/exhibits/",
            (who, "exhibit list, a page in the middle"): f"/custody/exhibits/?after={after}.3",
            (who, "exhibit list, one category"): "/custody/exhibits/?category=drugs",
            (who, "exhibit list, released"): "/custody/exhibits/?state=released",
            (who, "exhibit by number"): "/custody/exhibits/?number=FR-1990-000012/1",
            (who, "exhibit list, upwards"): "/custody/exhibits/?sort=number",
            (who, "exhibit list, a page before"): f"/custody/exhibits/?before={after}.3",
            (who, "case list, upwards"): "/cases/?sort=opened",
            (who, "case list, open ones"): "/cases/?state=open",
            (who, "case page"): f"/cases/{case}/",
            (who, "case timeline"): f"/cases/{case}/timeline/",
            (who, "case exhibits"): f"/cases/{case}/exhibits/",
            (who, "case tasks"): f"/cases/{case}/tasks/",
            (who, "who may see the case"): f"/cases/{case}/who/",
            (who, "my tasks"): "/cases/tasks/",
            (who, "search, a frequent word"): "/search/?q=cocaine&all=yes",
            (who, "search, its beginning"): "/search/?q=cig&all=yes",
            (who, "search, two frequent words of one kind"): "/search/?q=cocaine+bricks&kind=exhibit",
            (who, "search, a rare number"): "/search/?q=fr-1990-000012&all=yes",
            (who, "search, nothing"): "/search/?q=zzqxv&all=yes",
            (who, "suggestions"): "/search/suggest/?q=coca",
        }
    return pages | {
        ("investigator", "search, a frequent word"): "/search/?q=cocaine&all=yes",
        ("front_line", "exhibit page"): f"/custody/exhibits/{exhibit}/",
        ("front_line", "desk"): "/",
        ("supervisor", "desk"): "/",
    }


def _row(name: str, page: tuple[str, str], big: int, seconds: list[float], queries: list[int]) -> Row:
    who, what = page
    few, many = seconds
    detail = f"{many * 1e3:.0f} ms / {few * 1e3:.0f} ms; {queries[0]} and {queries[1]} queries"
    row = below(f"{name}: {what} ({who.replace('_', ' ')}), {big:,} cases / {SMALL:,}", many / few, 2, detail)
    same = queries[0] == queries[1]
    return Row(row.what, row.measured, row.bound + ", same queries", held=bool(row.held) and same)
