"""A second process: the whole node, served over HTTPS by `copes up`, as an agency runs it."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import run_copes


@dataclass
class Served:
    """A node that answers."""

    home: Path
    url: str
    certificate: Path
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> bytes:
        """The body of a page; raises urllib's HTTPError for a refusal."""
        trust = ssl.create_default_context(cafile=str(self.certificate))
        with urllib.request.urlopen(f"{self.url}{path}", timeout=20, context=trust) as reply:
            return reply.read()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def init_node(home: Path, origin: str, *options: str) -> str:
    """`copes init` at a pipe; returns the administrator's password."""
    done = run_copes(
        home,
        "init",
        "--agency",
        "Second Agency",
        "--country",
        "BE",
        "--origin",
        origin,
        "--admin-name",
        "Ada Admin",
        "--admin-username",
        "ada",
        *options,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("(shown once): ", 1)[1].splitlines()[0]


@contextmanager
def served(home: Path) -> Iterator[Served]:
    """`copes up` until the block ends."""
    port = free_port()
    log = (home / "up.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "copes", "--home", str(home), "up", "--port", str(port)],
        stdout=log,
        stderr=log,
    )
    node = Served(home, f"https://localhost:{port}", home / "tls" / "cert.pem", process)
    try:
        for _ in range(1800):
            try:
                node.get("/ledger/vkey")
                break
            except (OSError, urllib.error.URLError):
                if process.poll() is not None:
                    break
                time.sleep(0.1)
        else:
            raise TimeoutError((home / "up.log").read_text())
        assert process.poll() is None, (home / "up.log").read_text()
        yield node
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


def add_cosigner(home: Path, cosigner: Served) -> None:
    """Writes a cosigner into a node's configuration, with quorum 1."""
    vkey = cosigner.get("/cosigner/vkey").decode().strip()
    text = (home / "node.toml").read_text(encoding="utf-8")
    entry = {
        "name": "Second Agency",
        "url": f"{cosigner.url}/cosigner",
        "vkey": vkey,
        "ca": str(cosigner.certificate),
    }
    lines = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entry.items())
    (home / "node.toml").write_text(f"quorum = 1\n{text}\n[[cosigners]]\n{lines}", encoding="utf-8")
