"""The documents are complete: commands, options, kinds, dependencies, rules of custody, exit codes."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from types import ModuleType

import click
import pytest
import typer.main

from copes.chain.custody.rules import transition_rows
from copes.foundation.cli.main import app
from copes.foundation.journal import registry
from copes.trust.verifier import outcome
from copes.trust.verifier.cli import arguments
from tests.docs.pages import ROOT, page

COMMAND = typer.main.get_command(app)
COMMANDS = {name: one for name, one in getattr(COMMAND, "commands", {}).items() if not one.hidden}


def tool(name: str) -> ModuleType:
    """A program of the tools folder, as a module."""
    spec = importlib.util.spec_from_file_location(f"tools_{name}", ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_described_for_administrators(name: str):
    guide = page("docs/guide/administrator.md")
    assert any(f"copes {name}" in span for span in [*guide.code, *re.findall(r"^#.*$", guide.text, re.MULTILINE)])
    for option in COMMANDS[name].params:
        if isinstance(option, click.Option) or getattr(option, "param_type_name", "") == "option":
            spoken = {*option.opts, *option.secondary_opts} - {"--help", "--workers"}
            assert not spoken or any(one in guide.text for one in spoken), f"copes {name} {option.opts}"


def test_commands_described_exist():
    guide = page("docs/guide/administrator.md")
    described = {name for span in guide.code for name in re.findall(r"\bcopes(?: --home \S+)? ([a-z]+)\b", span)}
    assert described == set(COMMANDS)


def test_every_kind_of_record_is_listed():
    page_text = tool("kinds").kinds_page()
    assert page("docs/trust/kinds.md").text == page_text, "run tools/kinds.py"
    listed = re.findall(r"^### `(.+)`$", page_text, re.MULTILINE)
    assert sorted(listed) == registry.kinds()


def test_the_list_of_kinds_says_what_is_salted():
    text = page("docs/trust/kinds.md").text
    control = text.partition("### `control.recorded/1`")[2].partition("\n#")[0]
    assert "| `persons.*.name` | text | salted | optional |" in control
    assert "| `place.name` | text | plain |  |" in control


def test_kinds_of_custody_in_the_format_are_declared():
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+/\d+)`", page("docs/trust/format.md").text))
    assert named - {"custody.transferred/1"} <= set(registry.kinds())


def _packages(table: list[str]) -> set[str]:
    return {re.split(r"[\[<>=;!~ ]", entry, maxsplit=1)[0].lower() for entry in table}


def test_every_dependency_has_its_reason_and_no_reason_outlives_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    npm = json.loads((ROOT / "tests" / "interop" / "node" / "package.json").read_text(encoding="utf-8"))
    wanted = _packages(project["project"]["dependencies"]) | _packages(groups["build"]) | _packages(groups["dev"])
    wanted |= set(npm["dependencies"])
    said = {
        row[0].strip("`"): row[-1]
        for row in page("docs/dependencies.md").rows
        if row[0].startswith("`") and len(row) == 2
    }
    assert set(said) == wanted
    assert all(len(reason) > 10 for reason in said.values())


def test_the_rules_of_custody_stand_in_the_guide_as_they_are():
    table = {row[4].strip("`"): row for row in page("docs/guide/custodian.md").rows if len(row) == 5}
    for _act, before, by, after, kind in transition_rows():
        row = table.pop(kind)
        assert set(row[1].split(" or ")) == set(before.split(" / ")), kind
        spoken = {"the holder": "holder", "the officer named": "addressee"}
        assert {spoken[one] for one in row[2].split(" or ")} == set(by.split(" / ")), kind
        assert row[3].split(",")[0] == after, kind
    assert list(table) == ["record"]


def test_options_and_exit_codes_of_the_verifier_stand_in_the_experts_guide():
    guide = page("docs/guide/expert.md")
    for action in arguments()._actions:
        for option in action.option_strings:
            assert option in {"-h", "--help"} or f"`{option}`" in guide.text, option
    codes = {row[0] for row in guide.rows if len(row) == 2 and row[0].isdigit()}
    wanted = (outcome.ALL_HOLDS, outcome.SOMETHING_FAILED, outcome.UNREADABLE, outcome.NOT_ANCHORED)
    assert codes == {str(code) for code in wanted}
