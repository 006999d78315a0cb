"""The `copes` command, run as an administrator runs it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests import running, support

pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A node made by `copes init`."""
    folder = tmp_path_factory.mktemp("cli") / "node"
    running.init_node(folder, "cli.example/ledger")
    return folder


def test_init_generates_every_secret_and_prints_what_to_publish(home):
    made = {path.name for path in (home / "secrets").iterdir()}
    assert {"django.key", "node.key", "ledger.key", "cosigner.key"} <= made
    assert all(path.stat().st_mode & 0o077 == 0 for path in (home / "secrets").iterdir())


def test_two_nodes_share_no_secret(home, tmp_path):
    running.init_node(tmp_path / "other", "other.example/ledger")
    for name in ("django.key", "node.key", "ledger.key", "cosigner.key"):
        assert (home / "secrets" / name).read_text() != (tmp_path / "other" / "secrets" / name).read_text()


@pytest.mark.parametrize(
    ("option", "value", "named"),
    [
        ("--country", "ZZ", "--country"),
        ("--language", "de", "--language"),
        ("--origin", "with space/x", "--origin"),
        ("--origin", "sneaky/PRACTICE/x", "PRACTICE"),
        ("--agency", "  ", "--agency"),
    ],
)
def test_init_names_the_option_that_is_wrong(tmp_path, option, value, named):
    options = {
        "--agency": "A", "--country": "FR", "--origin": "a.example/x", "--admin-name": "Ada", "--admin-username": "ada",
        option: value,
    }  # fmt: skip
    done = support.run_copes(tmp_path / "n", "init", *[part for pair in options.items() for part in pair])
    assert done.returncode == 2
    assert named in done.stderr
    assert not (tmp_path / "n" / "node.toml").exists()


def test_init_never_overwrites_a_node(home):
    done = support.run_copes(
        home, "init", "--agency", "A", "--country", "FR", "--origin", "x.example/y", "--admin-name", "A",
        "--admin-username", "b",
    )  # fmt: skip
    assert done.returncode == 2
    assert "already" in done.stderr


def test_a_command_without_a_node_says_what_to_do(tmp_path):
    done = support.run_copes(tmp_path / "nothing", "check")
    assert done.returncode == 1
    assert "init" in done.stderr


def test_doctor_proves_what_it_claims(home):
    done = support.run_copes(home, "doctor")
    assert done.returncode == 0, done.stdout
    for claim in ("triggers", "durability", "clock", "backup", "ledger"):
        assert f"ok      {claim}" in done.stdout


def test_doctor_and_check_find_a_trigger_that_was_dropped(home, tmp_path):
    support.run_copes(home, "backup", str(tmp_path / "backup"))
    copy = tmp_path / "copy"
    support.run_copes(copy, "restore", str(tmp_path / "backup"))
    with closing(sqlite3.connect(copy / "db" / "copes.sqlite3")) as database:
        database.execute("DROP TRIGGER journal_entry_no_delete")
        database.commit()
    for command in ("doctor", "check"):
        done = support.run_copes(copy, command)
        assert done.returncode == 1
        assert "journal_entry_no_delete" in done.stdout


def test_check_and_rebuild_name_a_changed_row(home, tmp_path):
    support.run_copes(home, "backup", str(tmp_path / "backup"))
    copy = tmp_path / "copy"
    support.run_copes(copy, "restore", str(tmp_path / "backup"))
    with closing(sqlite3.connect(copy / "db" / "copes.sqlite3")) as database:
        database.execute("UPDATE people_officer SET name = 'Impostor'")
        database.commit()
    done = support.run_copes(copy, "rebuild", "--check")
    assert done.returncode == 1
    assert "people_officer" in done.stdout
    assert "column name" in done.stdout
    assert "Impostor" in done.stdout
    assert support.run_copes(copy, "rebuild").returncode == 0
    assert support.run_copes(copy, "rebuild", "--check").returncode == 0


def test_a_changed_backup_is_refused(home, tmp_path):
    support.run_copes(home, "backup", str(tmp_path / "backup"))
    toml = tmp_path / "backup" / "node.toml"
    toml.write_text(toml.read_text() + "\n# changed\n")
    done = support.run_copes(tmp_path / "new", "restore", str(tmp_path / "backup"))
    assert done.returncode == 1
    assert "node.toml" in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_backup_never_holds_the_anchor(home, tmp_path):
    support.run_copes(home, "backup", str(tmp_path / "backup"))
    assert not list((tmp_path / "backup").rglob("heads.sqlite3"))


def test_erase_needs_two_officers(node, officers):
    """One asks at the terminal, the same one may not approve, another may; the proofs keep verifying."""
    from copes.foundation.journal.queries import records_of_kinds

    record = next(iter(records_of_kinds(["officer.enrolled/1"])))
    password = support.PASSWORD + "\n"
    asked = support.run_copes(
        node.home, "erase", "--officer", "supervisor", "--record", record.jti, "--path", "body.name",
        "--ground", "Directive (EU) 2016/680, art. 16, decision 7/2026", stdin=password,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    request = asked.stdout.split("Request ", 1)[1].split(" ", 1)[0]
    same = support.run_copes(node.home, "erase", "--officer", "supervisor", "--approve", request, stdin=password)
    assert same.returncode == 1
    assert "another" in same.stderr
    wrong = support.run_copes(node.home, "erase", "--officer", "legal", "--approve", request, stdin="wrong\n")
    assert wrong.returncode == 1
    done = support.run_copes(node.home, "erase", "--officer", "legal", "--approve", request, stdin=password)
    assert done.returncode == 0, done.stderr
    assert support.run_copes(node.home, "check").returncode == 0
    after = next(iter(records_of_kinds(["officer.enrolled/1"])))
    assert after.jwt == record.jwt
    assert "name" not in after.fact().body


@pytest.mark.slow
def test_the_demonstration_proves_every_case_and_can_be_repeated(tmp_path):
    for _ in range(2):
        done = support.run_copes(
            tmp_path / "demo", "demo", "--no-serve", "--port", str(running.free_port()), timeout=300
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        assert done.stdout.count("RESULT: everything that was checked holds.") == 3
        assert "witnessed" in done.stdout
    assert (tmp_path / "known-ledgers.txt").exists()


def test_the_demonstration_never_touches_a_real_node(home):
    done = support.run_copes(home, "demo", "--no-serve")
    assert done.returncode != 0
    assert "not for practice" in done.stderr
    assert (home / "node.toml").exists()
