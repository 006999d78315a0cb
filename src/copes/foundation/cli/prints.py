"""Commands for the agency's own prints: list what there is, copy a template to change it, check every print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from copes.foundation.cli.setup import fail, need_node, tell

prints = typer.Typer(help="The agency's own look of prints: list, copy, check.", no_args_is_help=True)


def add_commands(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.add_typer(prints, name="prints")


@prints.command("list")
def list_prints(context: typer.Context) -> None:
    """List the templates, and which the agency has changed."""
    home: Path = context.obj
    need_node(home)
    from copes.chain.dossier.prints.house import house, names, own_folder
    from copes.foundation.refusals import Refusal

    try:
        force = house()
    except Refusal as refusal:
        fail(f"{refusal.reason} {refusal.mend}")
    for name in names():
        changed = force.changed.get(name)
        tell(f"{name:<10} {'changed by the agency, SHA-256 ' + changed if changed else 'as shipped'}")
    tell(f"Folder: {own_folder()}{'' if own_folder().is_dir() else ' (not there: everything is as shipped)'}")
    tell(f"Branding: accent {force.branding.accent}, logo {force.branding.logo or 'none'}")


@prints.command("copy")
def copy_print(
    context: typer.Context, name: Annotated[str, typer.Argument(help="Name of a template, or branding")]
) -> None:
    """Copy a shipped template (or a sample branding.toml) into the node's folder, to be changed there."""
    home: Path = context.obj
    need_node(home)
    from copes.chain.dossier.prints.house import SHIPPED, names, own_folder

    if name not in [*names(), "branding"]:
        fail(f"There is no template called {name}. There are: {', '.join(names())}, branding.")
    file = "branding.toml" if name == "branding" else f"{name}.typ"
    target = own_folder() / file
    if target.exists():
        fail(f"{target} is there already; nothing was copied.")
    target.parent.mkdir(mode=0o700, exist_ok=True)
    target.write_bytes((SHIPPED / file).read_bytes())
    tell(f"Copied to {target}. Change it, then run `copes prints check`.")


@prints.command("check")
def check(
    context: typer.Context,
    language: Annotated[list[str] | None, typer.Option(help="Only this language; repeat")] = None,
) -> None:
    """Make every print in every language from an invented case, with the agency's templates. Records nothing."""
    home: Path = context.obj
    need_node(home)
    from copes.chain.dossier.checking import check_prints
    from copes.chain.dossier.prints.formats import LANGUAGES
    from copes.foundation.refusals import Refusal

    wanted = language or list(LANGUAGES)
    unknown = sorted(set(wanted) - set(LANGUAGES))
    if unknown:
        fail(f"There is no language {unknown[0]}. There are: {', '.join(LANGUAGES)}.")
    good, problems = 0, []
    try:
        for _name, _language, problem in check_prints(wanted):
            if problem:
                problems.append(problem)
                typer.echo(f"{problem.print} ({problem.language}): {problem.reason}", err=True)
            else:
                good += 1
    except Refusal as refusal:
        fail(f"{refusal.reason} {refusal.mend}")
    if problems:
        fail(f"{len(problems)} prints cannot be made; {good} can.")
    tell(f"All {good} prints can be made.")
