"""The verifier as one readable file, for the dossier: `data/copes_verify.py`.

The modules are set one after the other, each after those it imports. Nothing is rewritten: only imports of one
another are left out, the imports of the standard library and of `cryptography` are gathered at the top, and a
module's docstring becomes the comment above it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = "copes."
SOURCES = Path(__file__).resolve().parents[3]
START = "copes.trust.verifier.cli"
WIDTH = 110

HEADER = '''#!/usr/bin/env python3
"""copes-verify in one file: checks a dossier or a ledger of OpenCOPES.

    python3 copes_verify.py DOSSIER [--key VKEY] [--lang xx] [--json]

It needs Python 3.11 or later and the package `cryptography` (tried from version 42). It opens no network
connection and writes nothing. Take it from somewhere you trust rather than from the dossier it is to check.

How to read it (an afternoon): the parts stand in the order in which they build on each other.
{contents}
Every check that fails becomes a finding with a code; the sentences for the codes stand in the MESSAGES_...
tables. What is checked and why is written in docs/trust/format.md and docs/trust/verification.md of the
project. Licence: Apache-2.0.
"""
'''

OLD_PYTHON = """import sys

if sys.version_info < (3, 11):
    sys.exit("copes_verify.py needs Python 3.11 or later; this is " + sys.version.split()[0])
"""


@cache
def build_single_file() -> str:
    """The verifier as the text of one Python file.

    Raises ValueError when the modules cannot stand in one file: two of them use one name for two things, or
    one imports another in a way that only packages can.
    """
    modules = {name: _parse(name) for name in _order(START)}
    _check_names(modules)
    plain: set[str] = set()
    members: dict[str, set[str]] = {}
    for tree in modules.values():
        for node in tree.body:
            _gather(node, plain, members)
    contents = "".join(
        _shortened(f"  {place:2}. {n}: {_summary(tree)}") + "\n" for place, (n, tree) in _numbered(modules)
    )
    parts = [HEADER.replace("{contents}", contents), "from __future__ import annotations", "", OLD_PYTHON]
    parts += [*_imports(plain - {"sys"}, members), ""]
    for place, (name, tree) in _numbered(modules):
        parts += _section(place, name, tree)
    return "\n".join(parts).rstrip("\n") + "\n"


def _numbered(modules: dict[str, ast.Module]) -> Iterator[tuple[int, tuple[str, ast.Module]]]:
    return enumerate(modules.items(), start=1)


def _path(name: str) -> Path:
    base = SOURCES.joinpath(*name.split("."))
    return base / "__init__.py" if base.is_dir() else base.with_suffix(".py")


def _parse(name: str) -> ast.Module:
    return ast.parse(_path(name).read_text(encoding="utf-8"))


def _order(name: str, done: dict[str, None] | None = None) -> dict[str, None]:
    """The module and those it imports, each after what it imports."""
    done = {} if done is None else done
    for node in ast.walk(_parse(name)):
        if isinstance(node, ast.Import) and any(alias.name.startswith(PACKAGE) for alias in node.names):
            raise ValueError(f"{name} imports a module as a whole")
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE) and node.module not in done:
            if _is_package_import(node):
                raise ValueError(f"{name} imports a module as a whole from {node.module}")
            _order(str(node.module), done)
    done[name] = None
    return done


def _is_package_import(node: ast.ImportFrom) -> bool:
    return any(_path(f"{node.module}.{alias.name}").exists() or alias.asname for alias in node.names)


def _check_names(modules: dict[str, ast.Module]) -> None:
    owners: dict[str, str] = {}
    for name, tree in modules.items():
        for defined in _defined(tree):
            if owners.setdefault(defined, name) != name:
                raise ValueError(f"{defined} is defined both in {owners[defined]} and in {name}")


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (leaf.id for target in targets for leaf in ast.walk(target) if isinstance(leaf, ast.Name))


def _gather(node: ast.stmt, plain: set[str], members: dict[str, set[str]]) -> None:
    """Note an import of something outside the package."""
    if isinstance(node, ast.Import):
        plain.update(_spelled(alias) for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not (node.module or "").startswith((PACKAGE, "__future__")):
        members.setdefault(str(node.module), set()).update(_spelled(alias) for alias in node.names)


def _spelled(alias: ast.alias) -> str:
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name


def _imports(plain: set[str], members: dict[str, set[str]]) -> Iterator[str]:
    yield from (f"import {name}" for name in sorted(plain))
    for module in sorted(members, key=lambda name: (name.startswith("cryptography"), name)):
        names = sorted(members[module])
        line = f"from {module} import {', '.join(names)}"
        if len(line) > WIDTH:
            line = f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")"
        yield line


def _summary(tree: ast.Module) -> str:
    return " ".join((ast.get_docstring(tree) or "").split("\n\n", 1)[0].split())


def _shortened(line: str) -> str:
    return line if len(line) <= WIDTH else line[: line.rindex(" ", 0, WIDTH - 2)] + " …"


def _section(place: int, name: str, tree: ast.Module) -> Iterator[str]:
    """The module's own lines under a heading, without its docstring and its imports."""
    lines = _path(name).read_text(encoding="utf-8").split("\n")
    left_out: set[int] = set()
    for number, node in enumerate(tree.body):
        docstring = number == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if docstring or isinstance(node, (ast.Import, ast.ImportFrom)):
            left_out.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    yield from ("", "# " + "=" * 100, f"# {place}. {name}", "#")
    yield from (f"# {line}".rstrip() for line in (ast.get_docstring(tree) or "").split("\n"))
    yield "# " + "=" * 100
    kept = [line for number, line in enumerate(lines, start=1) if number not in left_out]
    yield from ("\n" + "\n".join(kept).strip("\n")).split("\n")
    yield ""
