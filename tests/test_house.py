"""The house stays liveable: short files, short functions, no trace of what does not belong."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = sorted(
    path
    for folder in ("src", "tests", "tools", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts and "node_modules" not in path.parts
)
LONGEST_FILE, LONGEST_FUNCTION = 400, 60


def test_there_is_something_to_look_at():
    assert len(PYTHON) > 200


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", [p for p in PYTHON if "src" in p.parts], ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_catches_everything_and_every_module_says_what_it_is(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            names = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
            passes_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            assert passes_on or not names & {"Exception", "BaseException"}, f"line {node.lineno}"
    if tree.body:
        assert ast.get_docstring(tree), "a module begins with what it is"
