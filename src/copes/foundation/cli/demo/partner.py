"""The partner of the practice node: a second node, in a process of its own, that cosigns the first one's ledger."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from copes.foundation.cli.setup import use_home
from copes.foundation.config.founding import Plan, found_node
from copes.foundation.config.secrets import read_secret
from copes.trust.ledger.notes import NoteSigner
from copes.trust.records.jose import unb64u

ORIGIN = "prosecutor.example/PRACTICE/ledger"
NAME = "Practice Prosecutor's Office"


def _vkey(home: Path, name: str) -> str:
    return NoteSigner.from_bytes(unb64u(read_secret(home / "secrets" / name))).vkey


def found_partner(home: Path, port: int, demo_home: Path) -> None:
    """Founds the partner's node and makes it the cosigner of the practice node, with a quorum of one."""
    from copes.foundation.cli.serving import local_certificate

    found_node(home, Plan(agency=NAME, country="FR", origin=ORIGIN, practice=True))
    certificate, _ = local_certificate(home, ("localhost", "127.0.0.1"))
    entry = {
        "name": NAME,
        "url": f"https://127.0.0.1:{port}/cosigner",
        "vkey": _vkey(home, "cosigner.key"),
        "ca": str(certificate),
    }
    text = (demo_home / "node.toml").read_text(encoding="utf-8")
    lines = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entry.items())
    (demo_home / "node.toml").write_text(f"quorum = 1\n{text}\n[[cosigners]]\n{lines}", encoding="utf-8")


def start_partner(home: Path, port: int, demo_home: Path) -> subprocess.Popen[bytes]:
    """Starts the partner's process; it ends with ours."""
    command = [
        sys.executable,
        "-m",
        "copes.foundation.cli.demo.partner",
        str(home),
        str(port),
        str(demo_home),
    ]
    log = (home / "partner.log").open("ab")
    return subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)


def _main(home: Path, port: int, demo_home: Path) -> None:
    _end_with_parent()
    use_home(home)
    from django.core.management import call_command

    from copes.foundation.cli.serving import serve
    from copes.foundation.journal.models import CosignedLog, Entry
    from copes.foundation.journal.services import begin_ledger

    call_command("migrate", verbosity=0, interactive=False)
    if not Entry.objects.exists():
        begin_ledger()
    vkey = _vkey(demo_home, "ledger.key")
    CosignedLog.objects.get_or_create(origin=vkey.split("+", 1)[0], defaults={"vkey": vkey})
    serve(home, "127.0.0.1", port, 1)


def _end_with_parent() -> None:
    """Asks the kernel for SIGTERM when the parent dies, where it can (Linux)."""
    import ctypes

    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
        if os.getppid() == 1:
            sys.exit(0)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
