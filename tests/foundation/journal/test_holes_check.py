"""What an owner of the database changes and `copes check` does not report."""

import pytest

from copes.foundation.journal.checking import check_node
from copes.foundation.journal.services import seal_now
from copes.foundation.people.services import change_roles
from tests.foundation.journal.test_tampering import as_owner


@pytest.fixture
def ledger(officers):
    for _ in range(3):
        change_roles(officers.administrator, officer=officers.legal.officer, officer_roles=["legal"], reason="again")
    seal_now()
    assert check_node() == []
    return officers


ATTACKS = {
    "a cosignature made up: screens say witnessed": "INSERT INTO journal_cosignature (size, name, line, cosigned_at) SELECT max(size), 'echr.example/witness', '— echr.example/witness AAAA', '2026-01-01 00:00:00' FROM journal_checkpoint",
    "the clock's memory put far ahead: every act is refused": "UPDATE journal_edge SET last_iat = last_iat + 1000000000",
    "the clock's memory put back: the clock may go back": "UPDATE journal_edge SET last_iat = 1",
    "every signed head deleted": "DELETE FROM journal_checkpoint",
    "the time of a head": "UPDATE journal_checkpoint SET sealed_at = '2001-01-01 00:00:00'",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_found(ledger, attack):
    as_owner(ATTACKS[attack])
    assert check_node() != []


@pytest.mark.sqlite
def test_a_foreign_trigger_is_found(ledger):
    from django.db import connection

    with connection.cursor() as c:
        c.execute(
            "CREATE TRIGGER evil AFTER INSERT ON people_reading BEGIN DELETE FROM people_account WHERE 1 = 0; END"
        )
    assert check_node() != []
