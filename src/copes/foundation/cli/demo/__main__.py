"""Makes the practice node in the folder named, replays, issues and verifies; exit 0 only if everything held."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from copes.foundation.cli.demo.partner import found_partner, start_partner
from copes.foundation.cli.setup import Ticker, tell, use_home
from copes.foundation.config.founding import Plan, found_node

if TYPE_CHECKING:
    from copes.foundation.cli.demo.staff import SignIn
    from copes.foundation.journal.acting import Acting

ORIGIN = "customs.example/PRACTICE/ledger"
AGENCY = "Practice Customs"
COSIGNER_WAIT = 30.0  # seconds; the partner's process needs a few to start
PARTNER_WAIT = 30.0  # seconds; what it may take to end


def _clear(folder: Path) -> None:
    """Removes an earlier practice node; refuses to touch any other."""
    toml = folder / "node.toml"
    if toml.exists() and "practice = true" not in toml.read_text(encoding="utf-8").splitlines():
        sys.exit(f"{folder} holds a node that is not for practice; it stays. Choose another folder.")
    shutil.rmtree(folder, ignore_errors=True)


def main(home: Path, port: int) -> int:
    """The whole demonstration; returns the exit code."""
    started = time.monotonic()
    partner_home = home.with_name(home.name + "-partner")
    for folder in (home, partner_home):
        _clear(folder)
    found_node(home, Plan(agency=AGENCY, country="FR", origin=ORIGIN, practice=True, time_zone="Europe/Paris"))
    found_partner(partner_home, port + 1, home)
    partner = start_partner(partner_home, port + 1, home)
    try:
        use_home(home)
        good = _fill_and_prove(home)
    finally:
        _end(partner)
    tell(f"Done in {time.monotonic() - started:.0f} s.")
    return 0 if good else 1


def _end(partner: subprocess.Popen[bytes]) -> None:
    """Ends the partner's process, by force on a machine too slow to do it in time."""
    partner.terminate()
    try:
        partner.wait(timeout=PARTNER_WAIT)
    except subprocess.TimeoutExpired:
        partner.kill()
        partner.wait()


def _fill_and_prove(home: Path) -> bool:
    import secrets

    from copes.foundation.cli.beginning import begin_node
    from copes.foundation.cli.demo.cases import practice_cases, replay_case
    from copes.foundation.cli.demo.desk import live_desk
    from copes.foundation.cli.demo.staff import SignIn, acting_as, enrol_staff

    password = secrets.token_urlsafe(12)
    begin_node(admin_name="Inès Administratrice", admin_username="administrator", password=password)
    staff, sign_ins = enrol_staff()
    sign_ins.append(SignIn("Administrator", "administrator", password))
    replayed = []
    for script in practice_cases():
        replayed.append(replay_case(script, staff))
        tell(f"Replayed: {replayed[-1].title}, {replayed[-1].exhibits} exhibits")
    _import_store(staff)
    live_desk({**staff, "administrator": acting_as("administrator", password)}, [case.id for case in replayed])
    tell("Laid on the desks: tasks, open releases, a request for access, notices (all invented)")
    _write_sign_ins(home, sign_ins)
    _seal_until_witnessed()
    failed = [case.title for case in replayed if not _issue_and_verify(home, staff, case.id, case.title)]
    for title in failed:
        tell(f"NOT PROVEN: {title}")
    return not failed


def _import_store(staff: Mapping[str, Acting]) -> None:
    from copes.foundation.cli.demo.store import import_stride

    ticker = Ticker("seizures imported")
    began = time.monotonic()
    made = import_stride(staff["front_line"], ticker)
    ticker.end()
    spent = time.monotonic() - began
    tell(
        f"Imported {made.seizures:,} real seizures (STRIDE 2007, unvalidated DEA data):"
        f" {made.records:,} records in {spent:.1f} s"
    )


def _seal_until_witnessed() -> None:
    from copes.foundation.journal.cosigning import ask_cosigners
    from copes.foundation.journal.queries import latest_checkpoint, latest_note
    from copes.foundation.journal.services import seal_now

    seal_now()
    end = time.monotonic() + COSIGNER_WAIT
    while time.monotonic() < end:
        latest = latest_checkpoint()
        if latest and latest.state == "witnessed":
            tell(f"Ledger sealed at {latest.size:,} records and witnessed by {', '.join(latest.cosigners)}")
            return
        time.sleep(0.3)
        newest = latest_note()
        if newest:
            ask_cosigners(*newest)
    tell("The partner did not cosign in time: the ledger is sealed, but not witnessed.")


def _issue_and_verify(home: Path, staff: Mapping[str, Acting], case: str, title: str) -> bool:
    from copes.chain.dossier.services import issue_dossier
    from copes.foundation.config.current import current_node
    from copes.foundation.journal.queries import ledger_vkey

    issued = issue_dossier(
        staff["investigator"], case=case, language="en", recipient="Practice court", purpose="Demonstration"
    )
    known = home.parent / "known-ledgers.txt"
    cosigners = "".join(f"cosigner {partner.vkey}\n" for partner in current_node().cosigners)
    known.write_text(f"# ledgers and cosigners whose keys this machine knows\n{ledger_vkey()}\n{cosigners}", "utf-8")
    tell(f"\n=== {title}\n=== {issued.path}")
    command = [str(Path(sys.executable).with_name("copes-verify")), str(issued.path), "--known", str(known)]
    return subprocess.run(command, check=False, env={**os.environ, "LC_ALL": "en"}).returncode == 0


def _write_sign_ins(home: Path, sign_ins: list[SignIn]) -> None:
    from copes.foundation.config.secrets import write_secret

    lines = [f"{one.role:<22} {one.username:<14} {one.password}" for one in sign_ins]
    write_secret(home / "sign-ins.txt", "\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
