"""One custody act from service call to durable commit, against django-simple-history in the same run."""

from __future__ import annotations

import multiprocessing
import statistics
import threading
import time
from collections.abc import Callable

from benchmarks.rows import Row, above, under
from benchmarks.setting_up import measured_node, new_case, postgresql_database

ROUNDS, ACTS, CALLERS = 9, 80, 32
PROCESSES = {"SQLite FULL": 1, "PostgreSQL": 4}


def run(*, quick: bool) -> list[Row]:
    """The act against its peer, and many callers against one."""
    rows = _measure("SQLite FULL", "", 1.0, rounds=2 if quick else 5)
    with postgresql_database() as address:
        if address:
            rows += _measure("PostgreSQL", address, 2.0, rounds=2 if quick else 5)
        else:
            rows.append(Row("PostgreSQL", "not measured: COPES_TEST_POSTGRESQL names no server"))
    return rows


def _measure(name: str, address: str, at_least: float, rounds: int) -> list[Row]:
    with measured_node(address) as officers:
        ours, peer = _alternate(officers)
        single, many, wrong = _concurrent(officers, PROCESSES[name], rounds)
    detail = f"{ours * 1e3:.2f} ms / {peer * 1e3:.2f} ms"
    rates = f"{many:,.0f}/s / {single:,.0f}/s, {PROCESSES[name]} processes"
    return [
        under(f"{name}: custody act / simple-history's create", ours / peer, 1, detail),
        above(f"{name}: rate of {CALLERS} callers / rate of one", many / single, at_least, rates),
        Row(f"{name}: acts of the {CALLERS} callers that failed or were lost", str(wrong), "0", wrong == 0),
    ]


def _release(officers, exhibit: str) -> None:
    from copes.chain.custody.services import release

    release(
        officers.front_line,
        exhibits=[exhibit],
        to=officers.custodian.officer,
        reason="storage",
        condition="Sealed bag, undamaged",
    )


def _alternate(officers) -> tuple[float, float]:
    from django.utils import timezone

    from benchmarks.peer.models import CustodyEvent

    case, exhibits = new_case(officers, ROUNDS * ACTS)
    to = officers.custodian.officer

    def peer(exhibit: str) -> None:
        CustodyEvent.objects.create(
            exhibit=exhibit,
            case=case,
            released_by=officers.front_line.officer,
            released_to=to,
            reason="storage",
            condition="Sealed bag, undamaged",
            occurred_at=timezone.now(),
        )

    times: dict[str, list[float]] = {"ours": [], "peer": []}
    for number in range(ROUNDS):
        chosen = exhibits[number * ACTS : (number + 1) * ACTS]
        times["peer"].append(_timed(peer, chosen))
        times["ours"].append(_timed(lambda one: _release(officers, one), chosen))
    return statistics.median(times["ours"]), statistics.median(times["peer"])


def _timed(act: Callable[[str], None], exhibits: list[str]) -> float:
    began = time.perf_counter()
    for exhibit in exhibits:
        act(exhibit)
    return (time.perf_counter() - began) / len(exhibits)


def _concurrent(officers, processes: int, rounds: int) -> tuple[float, float, int]:
    """The rate of one caller, of many, and how many of the many's acts failed or were lost; medians of rounds."""
    from copes.chain.custody.models import Exhibit

    each, singles = 24, 150
    singly, together, wrong = [], [], 0
    for _ in range(rounds):
        _, exhibits = new_case(officers, CALLERS * each + singles)
        alone, shared = exhibits[:singles], exhibits[singles:]
        half = singles // 2
        before = 1 / _timed(lambda one: _release(officers, one), alone[:half])
        seconds, failed = _call(officers, [shared[at::CALLERS] for at in range(CALLERS)], processes)
        after = 1 / _timed(lambda one: _release(officers, one), alone[half:])
        singly.append((before + after) / 2)
        together.append(len(shared) / seconds)
        wrong += failed + len(shared) - Exhibit.objects.filter(id__in=shared, state="released").count()
    return statistics.median(singly), statistics.median(together), wrong


def _call(officers, work: list[list[str]], processes: int) -> tuple[float, int]:
    """Seconds and failures of many callers: the threads of so many server processes, each with its connection open."""
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    start, failures = context.Barrier(len(work) + 1), context.Value("i", 0)
    share = len(work) // processes
    children = [
        context.Process(target=_callers, args=(officers, work[at : at + share], start, failures))
        for at in range(0, len(work), share)
    ]
    for child in children:
        child.start()
    start.wait(timeout=120)
    began = time.perf_counter()
    for child in children:
        child.join()
    return time.perf_counter() - began, failures.value


def _callers(officers, work: list[list[str]], start, failures) -> None:
    from django.db import connection, connections

    def caller(exhibits: list[str]) -> None:
        connection.ensure_connection()
        start.wait(timeout=120)
        try:
            for exhibit in exhibits:
                _release(officers, exhibit)
        except Exception:  # noqa: BLE001 - whatever it was, it is counted
            with failures.get_lock():
                failures.value += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=caller, args=(exhibits,)) for exhibits in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
