"""The modules a court's single-file verifier is made of can stand in one file: no name twice, none renamed."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path

import copes.trust

ROOT = Path(copes.trust.__file__).parent
MODULES = [
    "errors",
    "records/jose",
    "records/ed25519_order",
    "records/keys",
    "records/disclosures",
    "records/sdjwt",
    "ledger/merkle",
    "ledger/notes",
    "ledger/checkpoints",
    "ledger/tiles",
]


def top_level_names(module: str) -> list[str]:
    names = []
    for part in ast.parse((ROOT / f"{module}.py").read_text()).body:
        if isinstance(part, ast.FunctionDef | ast.ClassDef):
            names.append(part.name)
        elif isinstance(part, ast.Assign | ast.AnnAssign):
            targets = part.targets if isinstance(part, ast.Assign) else [part.target]
            names += [each.id for each in targets if isinstance(each, ast.Name)]
    return [name for name in names if name != "__all__"]


def test_no_name_stands_for_two_things() -> None:
    where = defaultdict(set)
    for module in MODULES:
        for name in top_level_names(module):
            where[name].add(module)
    assert {name: found for name, found in where.items() if len(found) > 1} == {}


def test_they_import_each_other_by_name_and_nothing_beyond_cryptography() -> None:
    for module in MODULES:
        for part in ast.walk(ast.parse((ROOT / f"{module}.py").read_text())):
            if isinstance(part, ast.ImportFrom) and (part.module or "").startswith("copes."):
                found = part.module.removeprefix("copes.trust.").replace(".", "/")
                assert found in MODULES, (module, part.module)
                assert not any(each.asname for each in part.names)
            elif isinstance(part, ast.Import | ast.ImportFrom):
                names = [part.module] if isinstance(part, ast.ImportFrom) else [each.name for each in part.names]
                for name in names:
                    top = str(name).split(".")[0]
                    assert top == "cryptography" or top in sys.stdlib_module_names, (module, name)
