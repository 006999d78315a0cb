"""``python -m benchmarks``: measures speed and size, and writes docs/benchmarks.md.

Every benchmark runs in a process of its own, one after another, so that memory is told apart. ``--quick`` measures
smaller tables and ledgers; ``--only NAME`` measures one and prints it without writing.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from benchmarks.report import write
from benchmarks.rows import Row

NAMES = {
    "custody": "One custody act, and 32 callers at once",
    "importing": "Bulk import",
    "sealing": "Sealing",
    "verifying": "Verification of a whole ledger",
    "lists": "Lists and the case page",
    "dossiers": "A big dossier",
    "statistics": "Dashboards",
}
TARGET = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def main() -> int:
    """Runs the benchmarks; exit code 1 when one could not be measured."""
    options = _arguments()
    if options.child:
        print(json.dumps([asdict(row) for row in _measure(options.child, quick=options.quick)]))
        return 0
    began, found, broken = time.monotonic(), {}, False
    for name in [options.only] if options.only else NAMES:
        print(f"{NAMES[name]} …", file=sys.stderr, flush=True)
        rows = _in_child(name, quick=options.quick)
        broken |= rows is None
        found[NAMES[name]] = rows or [Row("could not be measured", "see the output", "", held=False)]
        for row in found[NAMES[name]]:
            print(f"  {row.what}: {row.measured}; bound {row.bound}: {_verdict(row)}", flush=True)
    if not options.only:
        write(options.output, found, quick=options.quick, seconds=time.monotonic() - began)
    return int(broken)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller tables and ledgers, under three minutes")
    parser.add_argument("--only", choices=NAMES, help="one benchmark; the report is not written")
    parser.add_argument("--output", type=Path, default=TARGET, help="where the report goes")
    parser.add_argument("--child", choices=NAMES, help=argparse.SUPPRESS)
    return parser.parse_args()


def _verdict(row: Row) -> str:
    return {True: "held", False: "NOT HELD", None: "no bound"}[row.held]


def _in_child(name: str, *, quick: bool) -> list[Row] | None:
    command = [sys.executable, "-m", "benchmarks", "--child", name, *(["--quick"] if quick else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return None
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def _measure(name: str, *, quick: bool) -> list[Row]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    os.environ["COPES_HOME"] = "/nonexistent"
    import django

    django.setup()
    return importlib.import_module(f"benchmarks.{name}").run(quick=quick)


if __name__ == "__main__":
    sys.exit(main())
