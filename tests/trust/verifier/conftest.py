"""What every test of the verifier needs: somewhere to build, and the command run as a reader would run it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from copes.trust.verifier.cli import main
from tests.trust.verifier.factory import Dossier, write_dossier
from tests.trust.verifier.plans import Plan, standard


@dataclass
class Result:
    """What one run of the command said."""

    exit: int
    report: dict[str, Any]

    def codes(self, status: str = "failed") -> set[str]:
        return {finding["code"] for finding in self.report["findings"] if finding["status"] == status}

    def named(self, code: str) -> str:
        """What the finding with this code is about."""
        found = next(finding for finding in self.report["findings"] if finding["code"] == code)
        return f"{found['subject']['name']} {found['subject']['index']} {found['text']}"


def run(path: Path, *options: str) -> Result:
    """The command on a path, with its JSON report."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(path), "--json", "--lang", "en", *options])
    assert code in {0, 1, 3}, err.getvalue()
    return Result(code, json.loads(out.getvalue()))


@pytest.fixture(autouse=True)
def nobody_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No list of known ledgers of the machine the tests run on."""
    monkeypatch.delenv("COPES_KNOWN_LEDGERS", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def plan() -> Plan:
    return standard()


@pytest.fixture
def issue(tmp_path: Path) -> Callable[[Plan], Dossier]:
    """Writes the dossier of a plan."""
    return lambda plan: write_dossier(plan, tmp_path / "dossier")


@pytest.fixture
def check() -> Callable[..., Result]:
    """Verifies a dossier, with its ledger's true key unless other options are given."""

    def verify(dossier: Dossier, *options: str) -> Result:
        return run(dossier.folder, *(options or ("--key", dossier.vkey)))

    return verify
