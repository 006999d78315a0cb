"""What sealing costs: re-reading with a second hash, the anchor, the checkpoint."""

from __future__ import annotations

import statistics
import time

from benchmarks.custody import _release
from benchmarks.rows import Row
from benchmarks.setting_up import measured_node, new_case

BATCH = 500


def run(*, quick: bool) -> list[Row]:
    """Milliseconds for a checkpoint over one act, and over many."""
    from copes.foundation.journal.services import seal_now

    singles, many = (10, 1) if quick else (30, 3)
    with measured_node() as officers:
        _, exhibits = new_case(officers, singles + many * BATCH)
        seal_now()
        waiting = iter(exhibits)
        one, batch = [], []
        for _ in range(singles):
            _release(officers, next(waiting))
            one.append(_seconds(seal_now))
        for _ in range(many):
            for _ in range(BATCH):
                _release(officers, next(waiting))
            batch.append(_seconds(seal_now))
    return [
        Row("A checkpoint over one act", f"{statistics.median(one) * 1e3:.1f} ms"),
        Row(
            f"A checkpoint over {BATCH} acts",
            f"{statistics.median(batch) * 1e3:.1f} ms ({statistics.median(batch) / BATCH * 1e6:.0f} µs an act)",
        ),
    ]


def _seconds(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
