"""Writing docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import sqlite3
import ssl
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.rows import Row

HEAD = """# Benchmarks

Made by `make bench` (`python -m benchmarks`); do not edit. Every row is a measurement of this run, with the bound it
was held against. What is compared is measured in the same run, in alternating rounds, and the median counts: ratios say
more than times, because the machine has other work, too.

"""
NOTES = """
## How it is measured

- **Custody act**: `custody.services.release` from the call to the durable commit (need-to-know, rules, signature, tree,
  projections), against `Model.objects.create()` of the same facts in a model with django-simple-history. The callers
  are threads of one server process on SQLite and of four on PostgreSQL, each with its connection open, as in the
  server. Lost is an act that returned and is not in the tables.
- **Import**: the STRIDE extract (3,380 seizures) through the import service: reading, validation, signatures, tree,
  projections, one transaction. The rate is per second of processor time of the one process that
  works (on PostgreSQL the server's own is not in it; the rate on the wall is).
- **Verification**: the verifier on a ledger with its records, in a process of its own; bare time is `verify` of
  `cryptography` on signatures of the same ledger, in between (250 after every 5,000 records, not counted as the
  verifier's). Both in processor time. Most records have one salted field.
- **Lists**: two nodes side by side, asked in turn for the same pages by Django's test client (middleware, sign-in,
  need-to-know, template); the best of the rounds counts, since other work on the machine only ever adds. The case and
  exhibit pages show real cases; the mass around them is written straight into the tables that the screens read.
- **Dossier**: `issue_dossier` (typesetting, proofs, bag, its own verification), then `copes-verify` on the folder as a
  process of its own. Wall time.
"""


def write(target: Path, found: Mapping[str, Sequence[Row]], *, quick: bool, seconds: float) -> None:
    """Writes the report."""
    parts = [HEAD, _machine(seconds, quick=quick)]
    for title, rows in found.items():
        parts.append(f"\n## {title}\n\n| What | Measured | Bound | |\n| --- | --- | --- | --- |\n")
        parts.extend(f"| {row.what} | {row.measured} | {row.bound} | {_mark(row)} |\n" for row in rows)
    target.write_text("".join(parts) + NOTES, encoding="utf-8")


def _mark(row: Row) -> str:
    return {True: "held", False: "**not held**", None: ""}[row.held]


def _machine(seconds: float, *, quick: bool) -> str:
    load = os.getloadavg()
    facts = {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "System": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": _postgresql(),
        "OpenSSL": ssl.OPENSSL_VERSION,
        "Load average at the end": f"{load[0]:.1f} (1 min), {load[2]:.1f} (15 min)",
        "Measured": f"{datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC, {seconds / 60:.1f} minutes"
        + (", quick: smaller tables and ledgers" if quick else ""),
    }
    return "| Machine | |\n| --- | --- |\n" + "".join(f"| {name} | {fact} |\n" for name, fact in facts.items())


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _postgresql() -> str:
    import psycopg

    server = os.environ.get("COPES_TEST_POSTGRESQL", "")
    if not server:
        return "not measured (COPES_TEST_POSTGRESQL names no server)"
    with psycopg.connect(server) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return row[0] if row else "unknown"
