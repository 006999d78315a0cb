"""Commands of the process beside the site: worker, mail test."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from copes.foundation.cli.setup import fail, need_node, tell

mail = typer.Typer(help="The node's mail server.", no_args_is_help=True)


def add_commands(app: typer.Typer) -> None:
    """Adds this module's commands; `sealer` is the worker's former name."""
    app.command(hidden=True)(worker)
    app.command("sealer", hidden=True)(worker)
    app.add_typer(mail, name="mail")


def worker(context: typer.Context) -> None:
    """Seal whatever was committed, once a second, and do the jobs that are due, until stopped. `copes up` runs this."""
    need_node(context.obj)
    from copes.foundation.scheduling.worker import only_one, work

    home: Path = context.obj
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    with only_one(home, waits=lambda: complain("another worker works for this node; waiting"), stop=stop) as mine:
        frozen = work(stop, complain=complain) if mine else None
    if frozen:
        fail(f"The ledger is frozen, nothing is sealed any more: {frozen}", 3)


def complain(text: str) -> None:
    """One line on the error stream."""
    typer.echo(text, err=True)


@mail.command("test")
def mail_test(context: typer.Context, address: Annotated[str, typer.Argument(help="Where to send the mail")]) -> None:
    """Send one mail to ADDRESS through the configured server, and say what the server answered."""
    need_node(context.obj)
    from copes.foundation.scheduling.mail.server import MailError, Refused, connected
    from copes.foundation.scheduling.mail.writing import trial_mail

    try:
        with connected() as server:
            server.send(trial_mail(address), address)
    except (MailError, Refused) as wrong:
        fail(f"No mail was sent: {wrong}")
    except (ValueError, IndexError):
        fail(f"{address!r} is not a mail address.", 2)
    tell(f"The server took the mail to {address}.")
