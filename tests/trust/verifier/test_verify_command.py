"""The command: exit codes, options, languages, the one-file edition."""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import copes.trust.verifier as package
from copes.trust.verifier.bundle import build_single_file
from copes.trust.verifier.cli import main
from copes.trust.verifier.messages import CATALOGUES, pick_language
from tests.trust.verifier.factory import write_dossier, write_ledger, zipped
from tests.trust.verifier.plans import standard

PLACEHOLDER = re.compile(r"{(\w*)}")


def call(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(list(arguments))
        except SystemExit as stop:  # argparse
            code = int(stop.code or 0)
    return code, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("{}/nowhere",),
        ("{}",),
        ("{}/a-file",),
        ("{}/dossier", "--key", "nonsense"),
        ("{}/dossier", "--key", "{}/a-file"),
        ("{}/dossier", "--known", "{}/nowhere"),
        ("{}/dossier", "--checkpoint", "{}/nowhere"),
        ("{}/dossier", "--max-age", "soon"),
        ("{}/dossier", "--max-age", "-1"),
        ("{}/dossier", "--now", "yesterday"),
        ("{}/dossier", "--lang", "tlh"),
        ("{}/dossier", "--quorum", "some"),
        ("{}/dossier", "--unknown"),
        ("\x00",),
    ],
)
def test_usage_and_unreadable_things_end_with_2_and_one_plain_line(plan, issue, tmp_path, arguments) -> None:
    issue(plan)
    (tmp_path / "a-file").write_bytes(b"\x00\x01 neither zip nor key")
    code, out, err = call(*(argument.replace("{}", str(tmp_path)) for argument in arguments))
    assert (code, out) == (2, "")
    assert err
    assert "Traceback" not in err


@pytest.mark.parametrize("language", sorted(CATALOGUES))
@pytest.mark.parametrize("spoilt", [False, True])
def test_the_whole_report_in_every_language(plan, issue, language, spoilt) -> None:
    dossier = issue(plan)
    if spoilt:
        dossier.edit("data/records.sdjwt", lambda data: data[: len(data) // 2])
    code, out, _ = call(str(dossier.folder), "--lang", language, "--key", dossier.vkey)
    assert code == int(spoilt)
    verdict = CATALOGUES[language]["verdict_failed" if spoilt else "verdict_holds"]
    assert verdict.split("{")[0] in out
    assert "{" not in out


def test_every_language_has_every_sentence_with_the_same_values() -> None:
    english = CATALOGUES["en"]
    for language, catalogue in CATALOGUES.items():
        assert catalogue.keys() == english.keys(), language
        for code, text in catalogue.items():
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(english[code])), (language, code)
            assert text.strip() == text != ""
            assert language == "en" or text != english[code], (language, code)


def test_every_code_in_the_program_has_a_sentence_and_every_sentence_is_used() -> None:
    words: set[str] = set()
    for path in Path(package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
    composed = {
        "subject_record",
        "subject_exhibit",
        "subject_file",
        "subject_checkpoint",
        "title_dossier",
        "title_ledger",
    }
    assert set(CATALOGUES["en"]) - words - composed == set()
    called = re.compile(r"(?:failed|unchecked|held|Unproven|_fail|_break|_note|Problem|Unreadable)\(\s*\"(\w+)\"")
    text = "".join(path.read_text() for path in Path(package.__file__).parent.glob("*.py"))
    assert set(called.findall(text)) <= set(CATALOGUES["en"])


def test_scripts_and_direction() -> None:
    assert not re.search("[A-Za-z]", CATALOGUES["sr"]["title_failed"])
    assert not re.search("[\u0400-\u04ff]", "".join(CATALOGUES["sr_Latn"].values()))
    assert CATALOGUES["sr"].keys() == CATALOGUES["sr_Latn"].keys()


@pytest.mark.parametrize(
    ("asked", "environ", "dossier", "expected"),
    [
        ("fr", {"LANG": "ru_RU.UTF-8"}, "es", "fr"),
        (None, {"LC_ALL": "ar_EG.UTF-8", "LANG": "ru_RU.UTF-8"}, "es", "ar"),
        (None, {"LC_ALL": "C", "LANG": "ru_RU.UTF-8"}, "es", "ru"),
        (None, {"LANG": "sr_RS@latin"}, "", "sr_Latn"),
        (None, {"LANG": "sr_RS.UTF-8"}, "", "sr"),
        (None, {"LANG": "C.UTF-8"}, "sr-latn", "sr_Latn"),
        (None, {"LANG": "de_DE.UTF-8"}, "es", "es"),
        (None, {}, "xx", "en"),
    ],
)
def test_which_language_is_taken(asked, environ, dossier, expected) -> None:
    assert pick_language(asked, environ, dossier) == expected


def test_json_is_json_whatever_the_dossier_says(plan, issue) -> None:
    dossier = issue(plan)
    dossier.edit("data/dossier.json", lambda _: "\u202e{not json".encode())
    code, out, _ = call(str(dossier.folder), "--json", "--lang", "ar")
    assert code == 1
    assert json.loads(out)["format"] == "copes-verify/1"


@pytest.fixture(scope="module")
def one_file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("alone") / "copes_verify.py"
    path.write_text(build_single_file(), encoding="utf-8")
    return path


def alone(one_file: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The one-file edition, isolated: no project, no user site, only what the interpreter's packages hold."""
    guard = (
        "import sys, runpy\n"
        "class Only:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        top = name.split('.')[0]\n"
        "        if top not in sys.stdlib_module_names and top not in {'cryptography', '_cffi_backend', 'cffi'}:\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Only())\n"
        "sys.argv = sys.argv[1:]\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    return subprocess.run(
        [sys.executable, "-I", "-c", guard, str(one_file), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"},
        cwd=one_file.parent,
    )


@pytest.mark.parametrize("options", [("--lang", "en"), ("--lang", "ar", "--json"), ("--lang", "sr-Latn")])
def test_the_one_file_edition_says_the_same(one_file, tmp_path, options) -> None:
    good = write_dossier(standard(), tmp_path / "good")
    bad = write_dossier(standard(practice=True), tmp_path / "bad")
    bad.edit("data/records.sdjwt", lambda data: data.replace(b"~", b"~~", 1))
    write_ledger(standard(), tmp_path / "ledger")
    for path in (
        good.folder,
        bad.folder,
        tmp_path / "ledger",
        zipped(good.folder, tmp_path / "z"),
        tmp_path / "nowhere",
    ):
        arguments = (str(path), "--key", good.vkey, *options)
        done = alone(one_file, *arguments)
        code, out, err = call(*arguments)
        assert (done.returncode, done.stdout, done.stderr) == (code, out, err)


def test_the_one_file_edition_is_readable_and_has_no_other_imports(one_file) -> None:
    text = one_file.read_text(encoding="utf-8")
    tree = ast.parse(text)
    modules = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
    }
    assert modules - set(sys.stdlib_module_names) == {"cryptography"}
    assert max(map(len, text.split("\n"))) <= 120
    assert "How to read it" in (ast.get_docstring(tree) or "")
    assert text == build_single_file()
