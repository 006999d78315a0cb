"""Where other people's programs are found, and how they are made ready: once a run, with a time limit.

A missing program skips the test and says what to install; with ``COPES_REQUIRE_INTEROP=1`` it fails it instead,
so that a build server cannot skip silently.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Any, NoReturn

import pytest

HERE = Path(__file__).parent
NODE = HERE / "node"
GO = HERE / "go"
GO_PATHS = ("/usr/share/gocode",)
SECONDS = 60
INSTALL_SECONDS = 180


def missing(reason: str) -> NoReturn:
    """Skip the test, or fail it where every program is to be there."""
    if os.environ.get("COPES_REQUIRE_INTEROP") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str, package: str) -> str:
    """The path of a program, or a skip that names the package to install."""
    found = shutil.which(name)
    return found if found is not None else missing(f"{name} is not installed; install {package}")


def run(*command: str | Path, given: object = None, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, ``given`` as JSON on its standard input; hanging is a failure."""
    return subprocess.run(
        [str(each) for each in command],
        input=None if given is None else json.dumps(given),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        **options,
    )


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Parallel test workers wait here for each other."""
    with (Path(gettempdir()) / f"copes-interop-{os.getuid()}-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def node_program() -> str:
    """Node, with the packages of ``node/package-lock.json`` installed beside it exactly."""
    node = program("node", "nodejs 20 or later")
    npm = program("npm", "npm")
    with one_at_a_time("npm"):
        stamp = NODE / "node_modules" / ".installed"
        wanted = (NODE / "package-lock.json").read_text()
        if not stamp.exists() or stamp.read_text() != wanted:
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            try:
                made = subprocess.run(
                    command, cwd=NODE, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
                )
            except subprocess.TimeoutExpired:
                missing(f"npm ci in {NODE} took over {INSTALL_SECONDS} s")
            if made.returncode != 0:
                missing(f"npm ci in {NODE} failed: {made.stderr[-300:]}")
            stamp.write_text(wanted)
    return node


def node(script: str, given: object) -> subprocess.CompletedProcess[str]:
    """Run a script of ``node/``."""
    return run(node_program(), NODE / script, given=given)


@cache
def ledger_check() -> Path:
    """The Go program of ``go/``, built against Debian's golang.org/x/mod."""
    go = program("go", "golang-go")
    paths = [each for each in GO_PATHS if (Path(each) / "src/golang.org/x/mod/sumdb/tlog").is_dir()]
    if not paths:
        missing("golang.org/x/mod is not installed; install golang-golang-x-mod-dev")
    target = Path(mkdtemp(prefix="copes-go-")) / "ledger-check"
    environment = {**os.environ, "GOPATH": paths[0], "GO111MODULE": "off", "GOFLAGS": ""}
    made = subprocess.run(
        [go, "build", "-o", str(target), "."],
        cwd=GO,
        env=environment,
        capture_output=True,
        text=True,
        timeout=INSTALL_SECONDS,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return target
