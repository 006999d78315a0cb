"""One custody act from service call to durable commit, against django-simple-history's ``.create()`` in the same run."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable

from benchmarks.setting_up import measured_node, new_case, postgresql_database

ROUNDS, ACTS, CALLERS = 5, 150, 32


def run() -> list[tuple[str, str, str]]:
    """Rows of (what, measured, bound) for the report."""
    rows = _measure("SQLite FULL", "", 1.0)
    with postgresql_database() as address:
        if address:
            rows += _measure("PostgreSQL", address, 2.0)
    return rows


def _measure(name: str, address: str, at_least: float) -> list[tuple[str, str, str]]:
    with measured_node(address) as officers:
        ours, peer = _alternate(officers)
        single, many, failed = _concurrent(officers)
    return [
        (f"{name}: custody act / simple-history create", f"{ours / peer:.2f} ({ours * 1e3:.2f} ms / {peer * 1e3:.2f} ms)", "< 1"),
        (f"{name}: {CALLERS} callers, rate / one caller's rate", f"{many / single:.2f} ({many:.0f}/s / {single:.0f}/s)", f">= {at_least:g}"),
        (f"{name}: {CALLERS} callers, acts failed or lost", str(failed), "0"),
    ]


def _alternate(officers) -> tuple[float, float]:
    from django.utils import timezone

    from benchmarks.peer.models import CustodyEvent
    from copes.chain.custody.services import release

    case, exhibits = new_case(officers, ROUNDS * ACTS)
    to = officers.custodian.officer

    def ours(exhibit: str) -> None:
        release(officers.front_line, exhibits=[exhibit], to=to, reason="storage", condition="Sealed bag, undamaged")

    def peer(exhibit: str) -> None:
        CustodyEvent.objects.create(
            exhibit=exhibit, case=case, released_by=officers.front_line.officer, released_to=to, reason="storage",
            condition="Sealed bag, undamaged", occurred_at=timezone.now(),
        )

    times: dict[str, list[float]] = {"ours": [], "peer": []}
    for number in range(ROUNDS):
        chosen = exhibits[number * ACTS : (number + 1) * ACTS]
        times["peer"].append(_timed(peer, chosen))
        times["ours"].append(_timed(ours, chosen))
    return statistics.median(times["ours"]), statistics.median(times["peer"])


def _timed(act: Callable[[str], None], exhibits: list[str]) -> float:
    began = time.perf_counter()
    for exhibit in exhibits:
        act(exhibit)
    return (time.perf_counter() - began) / len(exhibits)


def _concurrent(officers) -> tuple[float, float, int]:
    from copes.chain.custody.models import Exhibit
    from copes.chain.custody.services import release

    each = 12
    _, exhibits = new_case(officers, CALLERS * each * 2)
    to = officers.custodian.officer
    failures: list[BaseException] = []

    def act(exhibit: str) -> None:
        release(officers.front_line, exhibits=[exhibit], to=to, reason="storage", condition="Sealed bag, undamaged")

    half = CALLERS * each
    single = 1 / _timed(act, exhibits[:half])

    def caller(number: int) -> None:
        from django.db import connections

        try:
            for exhibit in exhibits[half + number * each : half + (number + 1) * each]:
                act(exhibit)
        except Exception as wrong:  # noqa: BLE001 - counted and reported
            failures.append(wrong)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=caller, args=(number,)) for number in range(CALLERS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    many = half / (time.perf_counter() - began)
    released = Exhibit.objects.filter(id__in=exhibits[half:], state="released").count()
    return single, many, len(failures) + half - released
