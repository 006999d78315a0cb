"""The ledger over HTTP, read by people who did not write it: Go's x/mod and @sigstore/verify."""

from __future__ import annotations

import subprocess
import sys

import pytest

from copes.foundation.journal import queries
from copes.foundation.journal.services import seal_now
from copes.foundation.people.services import change_roles
from copes.trust.ledger.checkpoints import open_checkpoint
from copes.trust.ledger.notes import Verifier
from tests import running, support
from tests.interop import tools


@pytest.fixture
def ledger(officers, client):
    for _ in range(300):
        change_roles(officers.administrator, officer=officers.legal.officer, officer_roles=["legal"], reason="again")
    seal_now()
    return officers


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/002", "tile/0/000.p/256", "tile/0/000.p/0", "tile/0/001.p/200", "tile/00/000", "tile/0/1000",
        "tile/64/000", "tile/0/../checkpoint", "tile/entries/009", "tile/0/x000/000", "tile/-1/000", "tile/0/000.p/1/2",
    ],
)  # fmt: skip
def test_only_tiles_of_the_signed_tree_are_served(ledger, client, path):
    answer = client.get(f"/ledger/{path}")
    assert answer.status_code in (404, 301) if "x000" not in path else answer.status_code in (200, 404)
    assert b"Traceback" not in answer.content


def test_checkpoint_and_tiles_need_no_sign_in_and_name_nobody(ledger, client):
    note = client.get("/ledger/checkpoint")
    assert note.status_code == 200
    head, _ = open_checkpoint(note.content.decode(), Verifier.from_vkey(queries.ledger_vkey()))
    bundle = client.get("/ledger/tile/entries/000")
    assert len(bundle.content) == 256 * 34
    assert bundle["Cache-Control"].endswith("immutable")
    assert client.get(f"/ledger/tile/0/001.p/{head.size - 256}").status_code == 200
    assert b"legal" not in bundle.content


def test_a_tile_beyond_the_signed_head_is_not_served_before_it_is_signed(ledger, client):
    size = queries.latest_checkpoint().size
    change_roles(ledger.administrator, officer=ledger.legal.officer, officer_roles=["legal"], reason="unsealed")
    assert client.get(f"/ledger/tile/0/001.p/{size - 256 + 1}").status_code == 404


@pytest.mark.interop
def test_go_verifies_the_ledger_that_a_node_serves(tmp_path):
    """x/mod's note and tlog over HTTPS: signature, every tile, the whole root, inclusion."""
    home = tmp_path / "node"
    running.init_node(home, "served.example/ledger")
    with running.served(home) as node:
        (tmp_path / "vkey").write_bytes(node.get("/ledger/vkey"))
        folder = tmp_path / "mirror"
        _mirror(node, folder)
        good = tools.run(tools.ledger_check(), str(folder), str(tmp_path / "vkey"), "3")
        assert good.returncode == 0, good.stdout + good.stderr
        tile = next(folder.glob("tile/0/000.p/*"))
        data = bytearray(tile.read_bytes())
        data[70] ^= 4
        tile.write_bytes(data)
        bad = tools.run(tools.ledger_check(), str(folder), str(tmp_path / "vkey"), "3")
        assert bad.returncode != 0


def _mirror(node: running.Served, folder) -> None:
    note = node.get("/ledger/checkpoint").decode()
    size = int(note.splitlines()[1])
    folder.mkdir()
    (folder / "checkpoint").write_text(note, encoding="utf-8")
    for path in (f"tile/0/000.p/{size}", f"tile/entries/000.p/{size}"):
        target = folder / path
        target.parent.mkdir(parents=True)
        target.write_bytes(node.get(f"/ledger/{path}"))


def test_the_command_line_exports_what_copes_verify_accepts(tmp_path):
    home = tmp_path / "node"
    running.init_node(home, "exported.example/ledger")
    assert support.run_copes(home, "export", str(tmp_path / "out")).returncode == 0
    vkey = (tmp_path / "out" / "ledger.vkey").read_text().strip()
    done = subprocess.run(
        [sys.executable, "-c", "from copes.trust.verifier.cli import main; raise SystemExit(main())", str(tmp_path / "out"), "--key", vkey],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
