"""Dossiers as bags, judged by the Library of Congress's bagit and by the tools every system has."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import bagit
import pytest

from tests.chain.dossier.making import handed_over_case, issued
from tests.interop.tools import NODE, node_program, program, run

pytestmark = pytest.mark.interop


@pytest.fixture
def bag(officers) -> Path:
    return issued(officers, handed_over_case(officers)).path


def bagit_says(folder: Path):
    return run(sys.executable, "-m", "bagit", "--validate", folder)


def test_bagit_accepts_it(bag):
    found = bagit.Bag(str(bag))
    found.validate()
    assert found.version_info == (1, 0)
    assert set(found.algorithms) == {"sha256"}
    assert found.info["Source-Organization"] == "Test Customs"
    assert bagit_says(bag).returncode == 0


def change_a_file(bag: Path) -> None:
    path = bag / "data/report.pdf"
    path.write_bytes(path.read_bytes()[:-1] + b" ")


def leave_a_file_out(bag: Path) -> None:
    (bag / "data/proofs.jsonl").unlink()


def add_a_file(bag: Path) -> None:
    (bag / "data/more.txt").write_text("more")


def change_the_manifest(bag: Path) -> None:
    path = bag / "manifest-sha256.txt"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[1:]))


def change_the_info(bag: Path) -> None:
    path = bag / "bag-info.txt"
    path.write_text(path.read_text().replace("Test Customs", "Other Customs"))


@pytest.mark.parametrize("tamper", [change_a_file, leave_a_file_out, add_a_file, change_the_manifest, change_the_info])
def test_bagit_refuses_a_tampered_one(bag, tamper):
    tamper(bag)
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(bag)).validate()
    assert bagit_says(bag).returncode != 0


def test_bagit_cannot_see_a_forger_who_bags_again(bag):
    """A bag proves that nothing was damaged, not who made it: that is what the records are for."""
    path = bag / "data/dossier.json"
    path.write_text(path.read_text().replace('"custody": 2', '"custody": 9'))
    found = bagit.Bag(str(bag))
    found.save(manifests=True)
    found.validate()


def test_sha256sum_and_openssl_say_the_same(bag):
    assert run(program("sha256sum", "coreutils"), "--check", "manifest-sha256.txt", cwd=bag).returncode == 0
    told = run(program("openssl", "openssl"), "dgst", "-sha256", "-r", "data/report.pdf", cwd=bag).stdout
    listed = dict(reversed(line.split("  ", 1)) for line in (bag / "manifest-sha256.txt").read_text().splitlines())
    assert told.split()[0] == listed["data/report.pdf"]
    (bag / "data/case.jsonld").write_bytes(b"{}")
    assert run("sha256sum", "--check", "manifest-sha256.txt", cwd=bag).returncode != 0


def save(bag: Path, name: str) -> None:
    """Saves a program from the README as its reader would: what stands there is what runs."""
    from copes.chain.dossier.readme import program as listed

    text = (bag / "data/README.txt").read_text(encoding="utf-8")
    assert "".join(f"    {line}".rstrip() + "\n" for line in listed(name).splitlines()) in text
    (bag / name).write_text(listed(name), encoding="utf-8")


def tamper_with_a_record(bag: Path) -> None:
    path = bag / "data/records.sdjwt"
    lines = path.read_text().splitlines(keepends=True)
    head, body, rest = lines[5].split(".", 2)
    lines[5] = f"{head}.{body[:-2]}{'AA' if body[-2:] != 'AA' else 'BB'}.{rest}"
    path.write_text("".join(lines))


def test_the_readmes_python_program(bag):
    save(bag, "records.py")
    done = run(sys.executable, "records.py", cwd=bag)
    assert "signatures hold" in done.stdout, done.stderr
    tamper_with_a_record(bag)
    assert run(sys.executable, "records.py", cwd=bag).returncode != 0


def test_the_readmes_go_program(bag):
    save(bag, "ledger.go")
    go = program("go", "golang-go")
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode"}
    done = run(go, "run", "ledger.go", cwd=bag, env=environment)
    assert "records are in the ledger" in done.stdout, done.stderr
    tamper_with_a_record(bag)
    assert run(go, "run", "ledger.go", cwd=bag, env=environment).returncode != 0


def test_the_readmes_node_program(bag):
    node = node_program()
    save(bag, "records.mjs")
    (bag / "node_modules").symlink_to(NODE / "node_modules")
    done = run(node, "records.mjs", cwd=bag)
    assert "signatures hold" in done.stdout, done.stderr
    tamper_with_a_record(bag)
    assert run(node, "records.mjs", cwd=bag).returncode != 0
