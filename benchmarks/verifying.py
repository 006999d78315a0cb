"""Verification of a whole ledger by copes-verify, against the bare time of its signature checks."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ledgers import Made, make_ledger
from benchmarks.rows import Row, below, under

SIZE, QUICK = 1_000_000, 100_000
COMMAND = "import sys; from copes.trust.verifier.cli import main; sys.exit(main())"
SAMPLE = 10  # every tenth signature is checked bare, before and after


def run(*, quick: bool) -> list[Row]:
    """Time against the bare checks, memory, and the tree alone."""
    size = QUICK if quick else SIZE
    with tempfile.TemporaryDirectory(prefix="copes-bench-") as folder:
        ledger = Path(folder) / "ledger"
        began = time.perf_counter()
        made = make_ledger(ledger, size)
        print(f"  ledger made in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
        before = _bare(made, ledger)
        busy, wall, memory = _verify(ledger, made)
        bare = (before + _bare(made, ledger)) / 2 * size
        tree, tree_wall, _ = _verify(_without_records(ledger), made)
    return [
        below(
            f"{size:,} records verified whole / bare signature checks",
            busy / bare,
            1.5,
            f"{busy:.1f} s / {bare:.1f} s of processor time; {wall:.1f} s on the wall",
        ),
        under("Memory at most", memory / 2**20, 500, unit=" MB"),
        below(
            f"Tree alone, {size:,} leaves: every tile and entry bundle read and compared",
            tree,
            3 * size / SIZE,
            f"{tree_wall:.1f} s on the wall",
            unit=" s",
        ),
    ]


def _without_records(ledger: Path) -> Path:
    (ledger / "records.sdjwt").unlink()
    return ledger


def _signatures(ledger: Path) -> Iterator[tuple[bytes, bytes]]:
    from copes.trust.records.jose import unb64u

    with (ledger / "records.sdjwt").open("rb") as file:
        for index, line in enumerate(file):
            if index % SAMPLE == SAMPLE - 1:
                said, _, signature = line.partition(b"~")[0].rpartition(b".")
                yield unb64u(signature.decode("ascii")), said


def _bare(made: Made, ledger: Path) -> float:
    """Seconds of processor time for one signature check by ``cryptography``, nothing else."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(made.public)
    pairs = list(_signatures(ledger))
    began = time.process_time()
    for signature, said in pairs:
        key.verify(signature, said)
    return (time.process_time() - began) / len(pairs)


def _verify(ledger: Path, made: Made) -> tuple[float, float, int]:
    """Processor seconds, wall seconds and bytes of memory of one run of copes-verify, which must be satisfied."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "--key", made.vkey, "--lang", "en", str(ledger)],
            stdout=out,
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            out.seek(0)
            raise RuntimeError(out.read().decode())
    return used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss * 1024
