"""Commands about the ledger: check, rebuild, seal, export, cosign, erase."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copes.foundation.cli.setup import Ticker, fail, need_node, tell

if TYPE_CHECKING:
    from copes.foundation.journal.acting import Acting


def add_commands(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command()(check)
    app.command()(rebuild)
    app.command()(seal)
    app.command()(export)
    app.command()(cosign)
    app.command()(erase)


def check(context: typer.Context) -> None:
    """Prove what this node can prove about itself; name everything that does not hold."""
    need_node(context.obj)
    from copes.foundation.cli.checks import check_blobs
    from copes.foundation.journal.checking import check_node
    from copes.foundation.people.checking import check_reads

    ticker = Ticker("checking")
    found = check_node(lambda _, done: ticker(done))
    ticker.end()
    found += check_blobs()
    found += check_reads()
    for finding in found:
        tell(f"FAILED  {finding}")
    if found:
        fail(f"{len(found)} findings. Keep the node as it is and call whoever must know.")
    tell("Everything this node can check about itself holds. Only cosigners and receipts outside can tell more.")


def rebuild(
    context: typer.Context,
    check_only: Annotated[bool, typer.Option("--check", help="Change nothing; name what differs")] = False,
) -> None:
    """Rebuild every table that screens read from the ledger, or (--check) compare a rebuild with them."""
    need_node(context.obj)
    from copes.foundation.journal.rebuilding import differences
    from copes.foundation.journal.rebuilding import rebuild as rebuild_tables

    ticker = Ticker("records replayed")
    if not check_only:
        number = rebuild_tables(ticker)
        ticker.end()
        tell(f"{number:,} records replayed; every table follows from the ledger again.")
        return
    found = differences(ticker)
    ticker.end()
    for difference in found:
        tell(f"DIFFERS {difference}")
    if found:
        fail(f"{len(found)} differences between the tables and the ledger.")
    tell("Every row and column follows from the ledger.")


def seal(context: typer.Context) -> None:
    """Sign a checkpoint over everything committed, now, and ask the cosigners."""
    need_node(context.obj)
    from copes.foundation.journal.services import SealingRefusedError, seal_now
    from copes.foundation.refusals import Frozen

    try:
        sealed = seal_now()
    except (SealingRefusedError, Frozen) as refused:
        fail(f"Not sealed: {refused}", 3)
    tell(sealed.note if sealed else "The ledger is empty.")


def export(context: typer.Context, folder: Annotated[Path, typer.Argument(help="A new folder")]) -> None:
    """Write the whole ledger as tlog-tiles with its records, for copes-verify or any tlog-tiles client."""
    need_node(context.obj)
    from copes.foundation.cli.exporting import export_ledger

    ticker = Ticker("records written")
    size = export_ledger(folder, ticker)
    ticker.end()
    tell(f"{size:,} records written to {folder}. Verify with: copes-verify {folder}")


def cosign(
    context: typer.Context,
    origin: Annotated[str, typer.Argument(help="Name of the partner's ledger")],
    vkey: Annotated[str, typer.Argument(help="The partner's ledger key, had from the partner directly")],
) -> None:
    """Cosign a partner's ledger from now on (the partner posts its checkpoints to /cosigner/add-checkpoint)."""
    need_node(context.obj)
    from copes.foundation.journal.models import CosignedLog
    from copes.trust.errors import TrustError
    from copes.trust.ledger.notes import Verifier

    try:
        key = Verifier.from_vkey(vkey)
    except TrustError as wrong:
        fail(f"VKEY: {wrong}", 2)
    if key.name != origin:
        fail(f"VKEY belongs to {key.name!r}, not to {origin!r}.", 2)
    _, new = CosignedLog.objects.get_or_create(origin=origin, defaults={"vkey": vkey})
    tell(f"{origin} {'will be' if new else 'is already'} cosigned.")


def erase(
    context: typer.Context,
    officer: Annotated[str, typer.Option(help="Sign-in name of the officer who asks or approves")],
    record: Annotated[str, typer.Option(help="Record whose fields shall be erased")] = "",
    path: Annotated[list[str] | None, typer.Option(help="Field, such as body.persons.0.name; repeat")] = None,
    ground: Annotated[str, typer.Option(help="Legal ground")] = "",
    approve: Annotated[str, typer.Option(help="Request to approve, as a second officer")] = "",
) -> None:
    """Erase salted fields, four-eyes: ask with --record, --path and --ground; a second officer --approve's."""
    need_node(context.obj)
    from copes.foundation.journal.services import approve_erasure, request_erasure
    from copes.foundation.refusals import Refusal

    acting = sign_in(officer)
    try:
        if approve:
            approve_erasure(acting, request=approve)
            tell("Erased. The record and its proofs stay valid.")
        else:
            request = request_erasure(acting, record=record, paths=path or [], ground=ground)
            tell(f"Request {request} waits for a second officer: copes erase --officer NAME --approve {request}")
    except Refusal as refused:
        fail(f"{refused.reason} {refused.mend}")


def sign_in(username: str) -> Acting:
    """The officer, signed in at the terminal with the password (read from a pipe, too). Ends the command if wrong."""
    from django.contrib.auth import authenticate

    from copes.foundation.people.keys import unsealed
    from copes.foundation.people.middleware import acting_for
    from copes.foundation.people.models import Account

    password = getpass.getpass(f"Password of {username}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    account = authenticate(username=username, password=password)
    if not isinstance(account, Account):
        fail("This sign-in name and password do not belong together.")
    acting = acting_for(account, unsealed(account, password))
    if acting is None:
        fail("This officer is not active.")
    return acting
