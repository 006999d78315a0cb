"""Commands that make and serve a node: init, up, demo."""

from __future__ import annotations

import getpass
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from copes.foundation.cli.setup import fail, need_node, tell, use_home


def add_commands(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command()(init)
    app.command()(up)
    app.command()(demo)


def init(
    context: typer.Context,
    agency: Annotated[str, typer.Option(prompt="Name of the agency")],
    country: Annotated[str, typer.Option(prompt="Country (two letters)")],
    origin: Annotated[str, typer.Option(prompt="Name of the ledger, such as customs.example/ledger")],
    admin_name: Annotated[str, typer.Option(prompt="Name of the first administrator")],
    admin_username: Annotated[str, typer.Option(prompt="Sign-in name of the first administrator")],
    language: Annotated[str, typer.Option(help="en, fr, es, ru, ar, sr or sr-latn")] = "en",
    time_zone: Annotated[str, typer.Option(help="IANA time zone of the post")] = "UTC",
    database: Annotated[str, typer.Option(help="postgresql://… ; default: SQLite in the node's folder")] = "",
    anchor: Annotated[str, typer.Option(help="Folder of the anchor, best on another disk")] = "",
    host: Annotated[list[str] | None, typer.Option(help="Host name the site answers to; repeat")] = None,
    practice: Annotated[bool, typer.Option(help="A practice ledger, marked PRACTICE everywhere")] = False,
    second_factor: Annotated[str, typer.Option(help="required or offered (default for practice: offered)")] = "",
) -> None:
    """Make a node: configuration, generated secrets and keys, database, ledger, first administrator."""
    from copes.foundation.config.founding import FoundingError, Plan, found_node

    home: Path = context.obj
    plan = Plan(
        agency=agency,
        country=country.upper(),
        origin=origin,
        language=language,
        practice=practice,
        database=database,
        time_zone=time_zone,
        anchor=anchor,
        hosts=tuple(host or ("localhost", "127.0.0.1")),
        second_factor="offered" if practice and not second_factor else (second_factor or "required"),
        four_eyes=() if practice else ("role_change",),
    )
    try:
        found_node(home, plan)
    except FoundingError as wrong:
        fail(str(wrong), 2)
    use_home(home)
    from copes.foundation.cli.beginning import begin_node

    password = _new_password()
    begin_node(admin_name=admin_name, admin_username=admin_username, password=password)
    tell(f"The node is ready in {home}. Publish this ledger key, on paper and where courts can read it:")
    from copes.foundation.journal.queries import ledger_fingerprint, ledger_vkey

    tell(f"  {ledger_vkey()}\n  fingerprint {ledger_fingerprint()}")
    tell(f"Start it with: copes --home {home} up")


def _new_password() -> str:
    if not sys.stdin.isatty():
        generated = secrets.token_urlsafe(15)
        tell(f"Password of the first administrator (shown once): {generated}")
        return generated
    while True:
        first = getpass.getpass("Password of the first administrator (at least 12 characters): ")
        if len(first) >= 12 and first == getpass.getpass("Once more: "):
            return first
        tell("Too short, or the two differ. Try again.")


def up(
    context: typer.Context,
    address: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on")] = 8443,
    workers: Annotated[int, typer.Option(help="Server processes")] = 1,
) -> None:
    """Serve the site over HTTPS and seal the ledger, until stopped with Ctrl-C."""
    need_node(context.obj)
    from copes.foundation.cli.serving import serve

    serve(context.obj, address, port, workers)


def demo(
    context: typer.Context,
    serve: Annotated[bool, typer.Option(help="Serve the site when all was proven")] = True,
    port: Annotated[int, typer.Option(help="Port to listen on")] = 8443,
) -> None:
    """Make a practice node, replay the demo cases, issue and verify a dossier of each, then serve the site."""
    home: Path = context.obj
    command = [sys.executable, "-m", "copes.foundation.cli.demo", str(home), str(port)]
    done = subprocess.run(command, check=False)
    if done.returncode:
        raise typer.Exit(done.returncode)
    tell("\nSign-ins of the practice node, made for this run:\n" + (home / "sign-ins.txt").read_text("utf-8"))
    if serve:
        need_node(home)
        from copes.foundation.cli.demo.partner import start_partner
        from copes.foundation.cli.serving import serve as serve_site

        partner = start_partner(home.with_name(home.name + "-partner"), port + 1, home)
        try:
            serve_site(home, "127.0.0.1", port, 1)
        finally:
            partner.terminate()
