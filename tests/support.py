"""A real node for every test: own folder, own database made from a migrated template, real keys, real officers."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

from copes.foundation.config.databases import database_settings, sqlite_path
from copes.foundation.config.founding import Plan, found_node
from copes.foundation.config.node import Node, load_node
from copes.foundation.config.secrets import read_secret
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import begin_ledger, node_acting
from copes.foundation.people import keys
from copes.foundation.people.middleware import acting_for
from copes.foundation.people.models import Account
from copes.foundation.people.services import activate, invite_officer, register_first_agency

PASSWORD = "a long enough password"
POSTGRESQL = os.environ.get("COPES_TEST_POSTGRESQL", "")
"""Address of a PostgreSQL server on which tests may make databases; empty: SQLite."""


@dataclass
class Officers:
    """Officers of the test node, by the name of their first role, ready to act."""

    by_name: dict[str, Acting] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Acting:
        try:
            return self.by_name[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Acting:
        return self.by_name[name]


def new_home(folder: Path, **changes: object) -> Node:
    """Founds a node in ``folder`` without touching the database."""
    plan = Plan(
        agency="Test Customs",
        country="FR",
        origin=f"test.example/{secrets.token_hex(4)}",
        time_zone="Europe/Paris",
    )
    plan = replace(plan, hosts=("localhost", "127.0.0.1", "testserver"), **changes)
    found_node(folder, plan)
    return load_node(folder)


@contextmanager
def serving(node: Node) -> Iterator[Node]:
    """Makes this process serve ``node``, and the former node again afterwards."""
    before = (getattr(settings, "COPES_NODE", None), settings.SECRET_KEY, settings.TIME_ZONE)
    old_database = connections.databases["default"]
    _use_database(connections.configure_settings({"default": database_settings(node.database)})["default"])
    settings.COPES_NODE, settings.SECRET_KEY = node, read_secret(node.secrets / "django.key")
    settings.ALLOWED_HOSTS = [*node.hosts]
    settings.TIME_ZONE = node.time_zone
    try:
        yield node
    finally:
        _use_database(old_database)
        settings.COPES_NODE, settings.SECRET_KEY, settings.TIME_ZONE = before


def _use_database(wanted: dict[str, object]) -> None:
    connections["default"].close()
    connections.databases["default"] = wanted
    del connections["default"]


class Templates:
    """Migrated empty databases to copy: a file for SQLite, a database for PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []
        self.empty = self._new_database(folder / "empty.sqlite3")
        with serving(new_home(folder / "empty-home", database=self.empty)):
            call_command("migrate", verbosity=0, interactive=False)
        self._staffed: tuple[Node, Officers] | None = None

    def _new_database(self, file: Path, template: str = "") -> str:
        """Address of a new database, a copy of the one at address ``template`` if given."""
        file.parent.mkdir(parents=True, exist_ok=True)
        if not POSTGRESQL:
            if template:
                shutil.copy2(sqlite_path(template), file)
            return f"sqlite:///{file}"
        name = f"copes_test_{secrets.token_hex(6)}"
        source = f' TEMPLATE "{template.rpartition("/")[2]}"' if template else ""
        self._execute(f'CREATE DATABASE "{name}"{source}')
        self.made.append(name)
        return f"{POSTGRESQL.rpartition('/')[0]}/{name}"

    def _execute(self, sql: str) -> None:
        with psycopg.connect(POSTGRESQL, autocommit=True) as server:
            server.execute(sql)

    def copy(self, folder: Path) -> str:
        """Address of a fresh copy of the migrated, empty database."""
        return self._new_database(folder / "copes.sqlite3", self.empty)

    def staffed(self, folder: Path) -> tuple[Node, Officers]:
        """A fresh copy of a node whose officers (`STAFF`) are enrolled; enrolling takes seconds, copying does not."""
        if self._staffed is None:
            node = new_home(self.folder / "staffed-home", database=self.copy(self.folder / "staffed"))
            with serving(node):
                begin()
                self._staffed = node, enrol_staff()
                if connection.vendor == "sqlite":
                    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        node, officers = self._staffed
        address = self._new_database(folder / "db" / "copes.sqlite3", node.database)
        home = folder / "home"
        shutil.copytree(node.home, home)
        text = (home / "node.toml").read_text(encoding="utf-8")
        (home / "node.toml").write_text(text.replace(node.database, address), encoding="utf-8")
        return load_node(home), officers

    def drop(self, address: str) -> None:
        """Forgets a copy."""
        if POSTGRESQL:
            name = address.rpartition("/")[2]
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Drops every database made."""
        if POSTGRESQL:
            for name in reversed(self.made):
                self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def begin() -> None:
    """Record 0 and the agency."""
    begin_ledger()
    register_first_agency()


def new_officer(name: str, *roles: str, username: str = "", agency: str | None = None) -> Acting:
    """An officer with an account, a password (`PASSWORD`) and an enrolled key, ready to act."""
    username = username or name.lower().replace(" ", ".")
    invitation = invite_officer(
        node_acting(),
        name=name,
        service_number=f"S-{username}",
        username=username,
        officer_roles=list(roles),
        agency=agency,
    )
    account = activate(invitation.code, password=PASSWORD)
    account = Account.objects.select_related("officer").get(pk=account.pk)
    acting = acting_for(account, keys.unsealed(account, PASSWORD))
    assert acting is not None
    return acting


STAFF = {
    "front_line": ("Anna Frontier", "front_line"),
    "second": ("Boris Second", "front_line"),
    "investigator": ("Chloé Enquête", "investigator"),
    "custodian": ("Dragan Čuvar", "custodian"),
    "examiner": ("Elena Proba", "examiner"),
    "supervisor": ("Farid Raïs", "supervisor"),
    "legal": ("Gloria Ley", "legal"),
    "auditor": ("Hugo Audit", "auditor"),
    "administrator": ("Inès Admin", "administrator"),
    "other_supervisor": ("Jana Šef", "supervisor"),
}


def enrol_staff(*names: str) -> Officers:
    """The officers of `STAFF` (or those named)."""
    chosen = names or tuple(STAFF)
    return Officers({name: new_officer(STAFF[name][0], STAFF[name][1], username=name) for name in chosen})


def signed_in(acting: Acting) -> Client:
    """A browser signed in as the officer, through the sign-in form, with the signing key unlocked."""
    client = Client()
    username = Account.objects.get(officer_id=acting.officer).username
    answer = client.post("/accounts/login/", {"login": username, "password": PASSWORD}, secure=True)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    client.defaults["wsgi.url_scheme"] = "https"
    client.defaults["HTTP_REFERER"] = "https://testserver/"
    return client


def run_copes(home: Path, *arguments: str, stdin: str = "", timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Runs the `copes` command as its users do."""
    import sys

    return subprocess.run(
        [sys.executable, "-m", "copes", "--home", str(home), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
