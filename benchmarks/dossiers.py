"""A dossier of a thousand exhibits and five thousand records: issued, and verified."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from benchmarks.rows import Row, under
from benchmarks.setting_up import measured_node, new_case

COMMAND = "import sys; from copes.trust.verifier.cli import main; sys.exit(main())"
EXHIBITS, RECORDS = 1_000, 5_000


def run(*, quick: bool) -> list[Row]:
    """Seconds to issue and to verify."""
    del quick  # the size is the point
    from copes.chain.dossier.services import issue_dossier
    from copes.foundation.journal.queries import ledger_vkey

    with measured_node() as officers:
        case, exhibits = new_case(officers, EXHIBITS)
        _hand_over(officers, exhibits)
        began, busy = time.perf_counter(), _busy()
        dossier = issue_dossier(
            officers.supervisor, case=case, language="en", recipient="Court of Lyon", purpose="Trial of 4 May"
        )
        issued, issuing = time.perf_counter() - began, _busy() - busy
        began, busy = time.perf_counter(), _busy()
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "--key", ledger_vkey(), "--lang", "en", str(dossier.path)],
            capture_output=True,
            check=False,
        )
        verified, verifying = time.perf_counter() - began, _busy() - busy
    if done.returncode or dossier.outcome.records < RECORDS or dossier.outcome.exhibits != EXHIBITS:
        raise RuntimeError(f"{dossier.outcome.records} records; {done.stdout.decode()}")
    size = f"{EXHIBITS:,} exhibits, {dossier.outcome.records:,} records"
    return [
        under(f"Dossier issued ({size})", issued, 15, f"{issuing:.1f} s of processor time", " s"),
        under("The same dossier verified by copes-verify", verified, 10, f"{verifying:.1f} s of processor time", " s"),
    ]


def _busy() -> float:
    """Seconds of processor time of this process and the programs it ran."""
    return sum(os.times()[:4])


def _hand_over(officers, exhibits: list[str]) -> None:
    """Releases and receipts, each its own act, until the case has enough records."""
    from copes.chain.custody.services import receive, release

    giver, taker = officers.front_line, officers.custodian
    for _ in range((RECORDS - EXHIBITS) // (2 * EXHIBITS)):
        for exhibit in exhibits:
            released = release(giver, exhibits=[exhibit], to=taker.officer, reason="storage", condition="Sealed bag")
            receive(taker, release=released[0], exhibits=[exhibit], condition="Sealed bag")
        giver, taker = taker, giver
