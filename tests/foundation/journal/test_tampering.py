"""A database administrator at work: everything they change is named by `copes check`."""

from __future__ import annotations

import pytest
from django.db import connection

from copes.foundation.journal import triggers
from copes.foundation.journal.checking import check_node
from copes.foundation.journal.rebuilding import differences, rebuild
from copes.foundation.journal.services import seal_now
from copes.foundation.people.models import Officer
from copes.foundation.people.services import change_roles


@pytest.fixture
def ledger(officers):
    for _ in range(300):
        change_roles(officers.administrator, officer=officers.legal.officer, officer_roles=["legal"], reason="again")
    seal_now()
    assert check_node() == []
    return officers


def as_owner(*statements: str) -> None:
    """Runs SQL with the triggers taken away and put back, as an owner of the database can."""
    with connection.cursor() as cursor:
        for name in triggers.statements(connection.vendor):
            table = name.rpartition("_no_")[0]
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
        for sql in statements:
            cursor.execute(sql)
        for sql in triggers.statements(connection.vendor).values():
            cursor.execute(sql)


ATTACKS = {
    "a record's text": ("UPDATE journal_entry SET jwt = jwt || 'A' WHERE \"index\" = 5", "record 5"),
    "a record removed": ('DELETE FROM journal_entry WHERE "index" = 5', "record 6"),
    "the last record removed": (
        'DELETE FROM journal_entry WHERE "index" = (SELECT MAX("index") FROM journal_entry)',
        "checkpoint",
    ),
    "records swapped": (
        'UPDATE journal_entry SET "index" = -1 WHERE "index" = 20;'
        'UPDATE journal_entry SET "index" = 20 WHERE "index" = 21;'
        'UPDATE journal_entry SET "index" = 21 WHERE "index" = -1',
        "checkpoint",
    ),
    "a leaf": (
        'UPDATE journal_entry SET leaf = (SELECT leaf FROM journal_entry WHERE "index" = 8) WHERE "index" = 9',
        "record 9",
    ),
    "the kind under which it is found": (
        "UPDATE journal_entry SET kind = 'x/1' WHERE \"index\" = 9",
        "record 9",
    ),
    "a salted field": ("UPDATE journal_disclosure SET encoded = encoded || 'A' WHERE id = 3", "record"),
    "a salted field removed": ("DELETE FROM journal_disclosure WHERE id = 3", "record"),
    "a tile": ("UPDATE journal_tile SET data = (SELECT root FROM journal_checkpoint LIMIT 1)", "tile"),
    "a checkpoint removed and its root": (
        "UPDATE journal_checkpoint SET root = (SELECT leaf FROM journal_entry LIMIT 1)",
        "checkpoint",
    ),
    "a checkpoint's note": ("UPDATE journal_checkpoint SET note = replace(note, '—', '--')", "checkpoint"),
    "the edge": ("UPDATE journal_edge SET size = size + 1", "edge"),
    "a role (projection)": ("UPDATE people_officer SET roles = '[\"administrator\"]'", "people_officer"),
    "a key (projection)": (
        "UPDATE journal_signing_key SET ended_index = NULL, not_after = 1",
        "journal_signing_key",
    ),
    "a row added": (
        "INSERT INTO people_agency (id, case_id, record_id, name, country) VALUES ('x', NULL, 'y', 'Shadow', 'FR')",
        "people_agency",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_an_owner_of_the_database_changes_is_found(ledger, attack):
    sql, named = ATTACKS[attack]
    as_owner(*[part for part in sql.split(";") if part])
    found = [str(finding) for finding in check_node()]
    assert any(named in text for text in found), found


def test_a_rebuild_names_row_and_column(ledger):
    Officer.objects.filter(id=ledger.legal.officer).update(name="Somebody Else")
    (found,) = differences()
    assert (found.table, found.row, found.column) == ("people_officer", ledger.legal.officer, "name")
    assert found.live == "Somebody Else"
    rebuild()
    assert differences() == []


def test_the_nodes_key_on_disk_is_compared_with_the_ledger(ledger, node):
    from copes.foundation.journal.keys import _node_key
    from copes.trust.records.jose import b64u
    from copes.trust.records.private import PrivateKey

    path = node.secrets / "node.key"
    path.write_text(b64u(PrivateKey.generate("EdDSA").to_bytes()))
    _node_key.cache_clear()
    try:
        assert any(finding.check == "keys" for finding in check_node())
    finally:
        _node_key.cache_clear()
