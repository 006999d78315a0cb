"""Bulk import: a table of real seizures through the services."""

from __future__ import annotations

import statistics
import time
from importlib import resources

from benchmarks.rows import Row, above
from benchmarks.setting_up import measured_node, postgresql_database

BOUND = 3_000


def run(*, quick: bool) -> list[Row]:
    """Records a second on one core, on each database."""
    rows = [_import("SQLite FULL", "", rounds=1 if quick else 3)]
    with postgresql_database() as address:
        if address:
            rows.append(_import("PostgreSQL", address, rounds=1 if quick else 3))
    return rows


def _import(name: str, address: str, rounds: int) -> Row:
    from copes.chain.cases.services import open_case
    from copes.chain.seizures.importing import import_seizures

    data = (resources.files("copes.data") / "goods" / "stride-2007-cocaine.csv").read_bytes()
    rates, walls = [], []
    with measured_node(address) as officers:
        lines = data.splitlines(keepends=True)
        import_seizures(officers.front_line, case=open_case(officers.front_line, title="Warm").id,
                        data=b"".join(lines[:50]), name="stride.csv")  # fmt: skip
        for number in range(rounds):
            case = open_case(officers.front_line, title=f"Import {number}").id
            wall, busy = time.perf_counter(), time.process_time()
            made = import_seizures(officers.front_line, case=case, data=data, name="stride.csv")
            walls.append(made.records / (time.perf_counter() - wall))
            rates.append(made.records / (time.process_time() - busy))
    detail = f"{made.records:,} records; {statistics.median(walls):,.0f}/s by the clock on the wall"
    return above(f"{name}: records a second of processor time", statistics.median(rates), BOUND, detail)
