"""Every parser under a coverage-guided fuzzer for a while; nothing but the house's own refusals may come out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

NAMES = ("note", "checkpoint", "vkey", "bundle", "witness", "record", "claims", "key", "manifest")
RUNS = int(os.environ.get("COPES_FUZZ_RUNS", "20000"))
pytest.importorskip("atheris", reason="atheris is published for some Python versions only; the lock names them")


@pytest.mark.parametrize("name", NAMES)
def test_a_parser_refuses_and_never_breaks(name, tmp_path):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.fuzz.targets",
            name,
            f"-runs={RUNS}",
            "-max_len=2048",
            f"-artifact_prefix={tmp_path}/",
        ],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(re.search(r"Done (\d+) runs", done.stderr)[1]) >= RUNS
