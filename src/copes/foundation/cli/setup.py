"""Bringing Django up for a node's folder, and what every command says to a terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import typer


def use_home(home: Path) -> None:
    """Makes this process serve the node in ``home``."""
    os.environ["COPES_HOME"] = str(home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "copes.foundation.config.settings")
    import django

    django.setup()


def need_node(home: Path) -> None:
    """Brings Django up for an existing node, or ends with what to do."""
    if not (home / "node.toml").exists():
        fail(f"There is no node in {home}. Run `copes --home {home} init` first, or name another folder.")
    use_home(home)


def fail(message: str, code: int = 1) -> NoReturn:
    """Ends the command with a message on the error stream."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def tell(message: str) -> None:
    """One line for the person who ran the command."""
    typer.echo(message)


class Ticker:
    """Progress of long work on one line of a terminal; silent elsewhere."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.shown = sys.stderr.isatty()

    def __call__(self, done: int) -> None:
        """Shows how far the work is."""
        if self.shown:
            sys.stderr.write(f"\r{self.label}: {done:,}")
            sys.stderr.flush()

    def end(self) -> None:
        """Ends the line."""
        if self.shown:
            sys.stderr.write("\n")
