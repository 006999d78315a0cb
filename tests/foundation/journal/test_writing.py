"""Appending and sealing, as services do it, on the real database."""

from __future__ import annotations

import os
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from copes.foundation.config.current import current_node
from copes.foundation.journal import anchor, freezing, queries, triggers
from copes.foundation.journal.checking import check_node
from copes.foundation.journal.models import Edge, Entry
from copes.foundation.journal.services import seal_now, start, writing
from copes.foundation.people.records import RolesChanged
from copes.foundation.people.services import change_roles, revoke_key
from copes.foundation.refusals import BadInput, Frozen, KeyLocked, Refusal
from copes.trust.ledger.checkpoints import open_checkpoint
from copes.trust.ledger.merkle import leaf_hash, verify_consistency, verify_inclusion
from copes.trust.ledger.notes import Verifier


def change(officers, number=1, who="front_line"):
    for _ in range(number):
        change_roles(
            officers.administrator,
            officer=officers[who].officer,
            officer_roles=["front_line"],
            reason="practice",
        )


def test_a_committed_act_is_durable_then_sealed(officers):
    sealed = seal_now()
    change(officers)
    newest = Entry.objects.order_by("-index").first()
    assert queries.place_of(newest.jti).state == "durable"
    again = seal_now()
    assert again.size == sealed.size + 1
    assert queries.place_of(newest.jti).state == "sealed"
    assert check_node() == []


def test_every_checkpoint_is_consistent_with_the_one_before_and_proves_inclusion(officers):
    verifier = Verifier.from_vkey(queries.ledger_vkey())
    heads = []
    for number in (1, 3, 250, 40):
        change(officers, number)
        heads.append(open_checkpoint(seal_now().note, verifier)[0])
    from copes.foundation.journal.hashes import consistency

    for old, new in zip(heads, heads[1:], strict=False):
        verify_consistency(old.size, new.size, consistency(old.size, new.size), old.root, new.root)
    last = heads[-1]
    proofs = queries.inclusion_proofs(range(0, last.size, 7), last.size)
    leaves = dict(Entry.objects.values_list("index", "leaf"))
    for index, proof in proofs.items():
        verify_inclusion(index, last.size, leaf_hash(bytes(leaves[index])), proof, last.root)


def test_sealing_twice_signs_nothing_new(officers):
    first = seal_now()
    second = seal_now()
    assert (second.new, second.note) == (False, first.note)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_entry SET jwt = 'x' WHERE \"index\" = 1",
        'DELETE FROM journal_entry WHERE "index" = 1',
        "UPDATE journal_checkpoint SET note = 'x'",
        "DELETE FROM journal_checkpoint",
        "UPDATE journal_edge SET size = 1",
        "DELETE FROM journal_edge",
        "UPDATE journal_disclosure SET encoded = 'x'",
        "DELETE FROM journal_disclosure",
        "DELETE FROM people_reading",
    ],
)
def test_the_database_refuses_to_change_what_was_appended(officers, sql):
    from copes.foundation.people.reading import log_read

    log_read(officers.auditor, case=None, kind="test", thing="x")
    seal_now()
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_nothing_is_written_when_the_act_fails(officers):
    size = queries.ledger_size()
    with pytest.raises(RuntimeError), writing(officers.administrator) as journal:
        journal.append(RolesChanged(officer=officers.legal.officer, roles=["legal"], reason="never"))
        raise RuntimeError
    assert queries.ledger_size() == size
    assert check_node() == []


def test_a_locked_key_signs_nothing(officers):
    from dataclasses import replace

    locked = replace(officers.administrator, signer=None)
    with pytest.raises(KeyLocked):
        change_roles(locked, officer=officers.legal.officer, officer_roles=["legal"], reason="locked")


def test_a_revoked_key_signs_nothing(officers):
    revoke_key(officers.administrator, officer=officers.supervisor.officer, reason="lost")
    with pytest.raises(Refusal) as refused, writing(officers.supervisor) as journal:
        journal.append(RolesChanged(officer=officers.legal.officer, roles=["legal"], reason="after revocation"))
    assert refused.value.code == "key.not_valid"


def test_another_officers_key_signs_nothing_for_me(officers):
    from dataclasses import replace

    forged = replace(officers.supervisor, signer=officers.front_line.signer)
    with pytest.raises(Refusal) as refused, writing(forged) as journal:
        journal.append(RolesChanged(officer=officers.legal.officer, roles=["legal"], reason="forged"))
    assert refused.value.code == "key.not_valid"


def test_an_act_in_the_future_is_refused(officers):
    with pytest.raises(BadInput) as refused, writing(officers.supervisor) as journal:
        journal.append(
            RolesChanged(officer=officers.legal.officer, roles=["legal"], reason="future"),
            occurred_at=timezone.now() + timedelta(hours=1),
        )
    assert refused.value.field == "occurred_at"


def test_a_clock_set_back_is_noticed_and_nothing_recorded(officers):
    change(officers)
    size = queries.ledger_size()
    with (
        time_machine.travel(timezone.now() - timedelta(hours=2), tick=False),
        pytest.raises(Refusal) as refused,
    ):
        change(officers)
    assert refused.value.code == "clock.behind"
    assert queries.ledger_size() == size


def test_concurrent_acts_all_land_once(officers):
    size = queries.ledger_size()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            change(officers, 5)
        except BaseException as wrong:  # noqa: BLE001 - reported below
            failures.append(wrong)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert queries.ledger_size() == size + 40
    seal_now()
    assert check_node() == []


def test_a_database_older_than_the_anchor_freezes_the_ledger(officers):
    """A backup restored, or a log tail lost: the anchor remembers what was signed."""
    seal_now()
    kept = anchor.read_anchor(current_node().anchor)
    ahead = kept.compact()
    ahead.append(b"\x07" * 32)
    anchor.move_anchor(current_node().anchor, kept, ahead)
    assert "signed" in start()
    with pytest.raises(Frozen):
        change(officers)
    with pytest.raises(Frozen):
        seal_now()
    assert any(finding.subject == "anchor" for finding in check_node())


def test_a_freeze_is_lifted_when_its_cause_is_gone(officers):
    seal_now()
    freezing.freeze("somebody pulled the plug")
    assert start() is None
    change(officers)


def test_a_flipped_bit_before_sealing_is_never_signed(officers):
    change(officers)
    with connection.cursor() as cursor:
        for name in ("journal_entry_no_update",):
            cursor.execute(f"DROP TRIGGER {name}" + (" ON journal_entry" if connection.vendor == "postgresql" else ""))
        cursor.execute(
            "UPDATE journal_entry SET jwt = replace(jwt, substr(jwt, 40, 3), 'AAA') WHERE \"index\" ="
            ' (SELECT MAX("index") FROM journal_entry)'
        )
    from copes.foundation.journal.services import SealingRefusedError

    before = queries.latest_checkpoint()
    with pytest.raises(SealingRefusedError):
        seal_now()
    assert queries.latest_checkpoint() == before
    assert freezing.frozen_reason()
    found = check_node()
    assert {finding.check for finding in found} >= {"triggers", "records"}


def test_missing_triggers_are_named(node):
    assert triggers.missing(connection) == []
    with connection.cursor() as cursor:
        end = " ON journal_edge" if connection.vendor == "postgresql" else ""
        cursor.execute("DROP TRIGGER journal_edge_no_update" + end)
    assert triggers.missing(connection) == ["journal_edge_no_update"]


def test_the_edge_only_grows(officers):
    size = Edge.objects.get(id=1).size
    change(officers, 3)
    assert Edge.objects.get(id=1).size == size + 3


def test_a_practice_ledger_cannot_pass_for_real(tmp_path, templates, django_db_blocker):
    from copes.foundation.config.founding import FoundingError
    from tests import support

    with pytest.raises(FoundingError, match="practice"):
        support.new_home(tmp_path / "a", practice=True)
    with django_db_blocker.unblock():
        made = support.new_home(
            tmp_path / "b",
            practice=True,
            origin="test.example/PRACTICE/x",
            database=templates.copy(tmp_path / "db"),
        )
        text = (made.home / "node.toml").read_text().replace("practice = true", "practice = false")
        (made.home / "node.toml").write_text(text)
        from copes.foundation.config.node import load_node

        with support.serving(load_node(made.home)), pytest.raises(ValueError, match="PRACTICE"):
            support.begin()


def test_node_secrets_are_readable_by_their_owner_only(node):
    assert [path.name for path in node.secrets.iterdir() if os.stat(path).st_mode & 0o077] == []
