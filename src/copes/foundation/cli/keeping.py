"""Commands that keep a node in order: doctor, backup, restore, dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from copes.foundation.cli.setup import fail, need_node, tell


def add_commands(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command()(doctor)
    app.command()(backup)
    app.command()(restore)
    app.command()(dossier)


def doctor(context: typer.Context) -> None:
    """Prove by trying: triggers refuse, writes are durable, a backup restores, the clock is sane."""
    need_node(context.obj)
    from copes.foundation.cli.examining import examine

    bad = 0
    for result in examine(context.obj):
        bad += not result.good
        tell(f"{'ok    ' if result.good else 'FAILED'}  {result.name}: {result.text}")
    if bad:
        fail(f"{bad} of the checks failed.")


def backup(context: typer.Context, folder: Annotated[Path, typer.Argument(help="A new folder")]) -> None:
    """Back the node up while it runs: database, blobs, dossiers, configuration, secrets. Keep it under lock."""
    need_node(context.obj)
    from copes.foundation.config.current import current_node
    from copes.foundation.storage.services import BackupError, back_up

    try:
        made = back_up(current_node(), folder)
    except (BackupError, OSError) as wrong:
        fail(f"No backup was made: {wrong}")
    tell(f"{made.files} files, {made.bytes:,} bytes in {made.folder}.")


def restore(context: typer.Context, folder: Annotated[Path, typer.Argument(help="The backup's folder")]) -> None:
    """Restore a backup. A backup older than what was signed freezes the ledger, and says what is missing."""
    from copes.foundation.storage.services import BackupError
    from copes.foundation.storage.services import restore as restore_backup

    home: Path = context.obj
    try:
        restore_backup(folder, home)
    except (BackupError, OSError) as wrong:
        fail(f"Nothing was restored: {wrong}")
    need_node(home)
    from copes.foundation.journal.services import start

    tell(f"Restored into {home}.")
    if reason := start():
        fail(f"The ledger is frozen: {reason}. Restore a newer backup, or enter again what is missing.", 3)


def dossier(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="Number of the case")],
    officer: Annotated[str, typer.Option(help="Sign-in name of the officer who issues it")],
    recipient: Annotated[str, typer.Option(help="Who receives it")],
    purpose: Annotated[str, typer.Option(help="For what")],
    language: Annotated[str, typer.Option(help="Language of the report")] = "en",
) -> None:
    """Issue a dossier of a case, verify it, and say where it lies."""
    need_node(context.obj)
    from copes.chain.cases.queries import case_by_number
    from copes.chain.dossier.services import issue_dossier
    from copes.foundation.cli.ledger import sign_in
    from copes.foundation.journal.queries import ledger_vkey
    from copes.foundation.refusals import Refusal
    from copes.trust.verifier.cli import main as verify

    acting = sign_in(officer)
    try:
        issued = issue_dossier(
            acting,
            case=case_by_number(acting, case).id,
            language=language,
            recipient=recipient,
            purpose=purpose,
        )
    except Refusal as refused:
        fail(f"{refused.reason} {refused.mend}")
    tell(f"Dossier {issued.id} lies in {issued.path}")
    raise typer.Exit(verify([str(issued.path), "--key", ledger_vkey()]))
