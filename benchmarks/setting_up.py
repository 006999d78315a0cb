"""A node for measuring: founded, migrated, with officers and a case; on SQLite or on a PostgreSQL server."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import support


@contextmanager
def measured_node(database: str = "") -> Iterator[support.Officers]:
    """The officers of a fresh node; every measurement starts from one."""
    from django.core.management import call_command
    from django.db import connection

    with tempfile.TemporaryDirectory(prefix="copes-bench-") as folder:
        address = database or f"sqlite:///{Path(folder) / 'db' / 'copes.sqlite3'}"
        node = support.new_home(Path(folder) / "home", database=address)
        # the peer has no migrations of its own
        with support.serving(node):
            call_command("migrate", verbosity=0, interactive=False)
            _peer_tables()
            support.begin()
            officers = support.enrol_staff("front_line", "second", "custodian", "investigator", "supervisor")
            officers.node = node
            yield officers
            connection.close()


def _peer_tables() -> None:
    from django.db import connection

    from benchmarks.peer.models import CustodyEvent

    with connection.schema_editor() as editor:
        editor.create_model(CustodyEvent)
        editor.create_model(CustodyEvent.history.model)


@contextmanager
def postgresql_database() -> Iterator[str]:
    """Address of a fresh database on the server that COPES_TEST_POSTGRESQL names; empty when there is none."""
    import secrets

    import psycopg

    server = os.environ.get("COPES_TEST_POSTGRESQL", "")
    if not server:
        yield ""
        return
    name = f"copes_bench_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def new_case(officers: support.Officers, exhibits: int) -> tuple[str, list[str]]:
    """A case with so many exhibits in the hands of the front-line officer."""
    from datetime import timedelta

    from django.utils import timezone

    from copes.chain.cases.services import open_case
    from copes.chain.custody.models import Exhibit
    from copes.chain.seizures.services import record_seizure

    at = timezone.now() - timedelta(days=2)
    case = open_case(officers.front_line, title="Measured", occurred_at=at).id
    for start in range(0, exhibits, 100):
        record_seizure(
            officers.front_line,
            case=case,
            occurred_at=at,
            facts={
                "cause": "Measured",
                "legal_basis": {"text": "Measured"},
                "officers": [officers.front_line.officer],
                "presence": "unknown",
                "place": {"name": "Here"},
                "drafted_at": {"name": "Here"},
                "started_at": at,
                "read_to_person": False,
                "signature": "not_asked",
                "copy_given": "not_given",
            },
            items=[
                {"description": f"Package {number}", "category": "drugs", "quantity": "1.5", "unit": "kg"}
                for number in range(start, min(start + 100, exhibits))
            ],
        )
    return case, list(Exhibit.objects.filter(case_id=case).order_by("ordinal").values_list("id", flat=True))
