"""Verification of a whole ledger, against the bare time of its signature checks in the same process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.ledgers import Made, make_ledger
from benchmarks.rows import Row, below, under

SIZE, QUICK = 1_000_000, 100_000


def run(*, quick: bool) -> list[Row]:
    """Time against the bare checks, memory, and the tree alone."""
    size = QUICK if quick else SIZE
    with tempfile.TemporaryDirectory(prefix="copes-bench-") as folder:
        ledger = Path(folder) / "ledger"
        began = time.perf_counter()
        made = make_ledger(ledger, size)
        print(f"  ledger made in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
        whole = _verify(ledger, made)
        (ledger / "records.sdjwt").unlink()
        tree = _verify(ledger, made)
    bare = whole["each"] * size
    return [
        below(
            f"{size:,} records verified whole / bare signature checks",
            whole["busy"] / bare,
            1.5,
            f"{whole['busy']:.1f} s / {bare:.1f} s of processor time; {whole['wall']:.1f} s on the wall;"
            f" {whole['checked']:,} of the signatures checked bare in between",
        ),
        under("Memory at most", whole["memory"] / 2**20, 500, unit=" MB"),
        below(
            f"Tree alone, {size:,} leaves: every tile and entry bundle read and compared",
            tree["busy"],
            3 * size / SIZE,
            f"processor time; {tree['wall']:.1f} s on the wall",
            unit=" s",
        ),
    ]


def _verify(ledger: Path, made: Made) -> dict[str, Any]:
    """What one verification in a process of its own took; it must be satisfied."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.checking", str(ledger), made.vkey, made.public.hex()], stdout=out
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode()
    found = json.loads(said) if child.returncode == 0 else {"code": child.returncode}
    if found["code"]:
        raise RuntimeError(f"the ledger that was made does not verify: {said}")
    return found | {"memory": used.ru_maxrss * 1024}
