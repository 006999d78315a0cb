"""The `copes` command: one program to make, run, prove, back up and inspect a node."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from copes.foundation.cli import keeping, ledger, making, prints, working
from copes.foundation.config.node import home_from_environment

app = typer.Typer(
    name="copes",
    help="OpenCOPES: from a control at the border to a dossier a court can check.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def choose_home(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="The node's folder (default: $COPES_HOME or var/node).")] = None,
) -> None:
    """Chooses the node that the command is about."""
    context.obj = (home or home_from_environment()).resolve()


making.add_commands(app)
ledger.add_commands(app)
keeping.add_commands(app)
working.add_commands(app)
prints.add_commands(app)


def main() -> None:
    """Entry point of the `copes` command."""
    app()
