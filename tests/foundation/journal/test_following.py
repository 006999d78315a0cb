"""Followers read the ledger behind the acts: nothing twice, nothing left out, nothing kept that was erased."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import transaction

from copes.foundation.journal import following, queries
from copes.foundation.journal.rebuilding import rebuild, replay_scope
from copes.foundation.people.records import RolesChanged
from tests.foundation.journal.test_faults import act


class Reader:
    """Keeps what it took, as a table would."""

    def __init__(self):
        self.taken, self.broken = [], False

    def take(self, facts):
        if self.broken:
            raise RuntimeError
        self.taken += [(fact.case, fact.index, fact.body.get("reason")) for fact in facts]

    def forget(self, case):
        self.taken = [row for row in self.taken if row[0] != case]

    def clear(self):
        self.taken = []


@pytest.fixture
def reader(officers):
    kept = Reader()
    following.follow(following.Follower("reader", frozenset({RolesChanged.kind}), kept.take, kept.forget, kept.clear))
    yield kept
    del following._followers["reader"]


def test_a_follower_reads_everything_once_and_in_order(officers, reader):
    for reason in ("first", "second", "third"):
        act(officers, reason)
    assert following.behind("reader") == queries.ledger_size()
    assert following.catch_up("reader", at_most=1) == 1
    assert following.catch_up("reader") == queries.ledger_size() - 1
    assert [reason for _, _, reason in reader.taken][-3:] == ["first", "second", "third"]
    assert following.catch_up("reader") == following.behind("reader") == 0
    act(officers, "fourth")
    assert following.catch_up_all() >= 1
    assert [index for _, index, _ in reader.taken] == sorted({index for _, index, _ in reader.taken})
    assert reader.taken[-1][2] == "fourth"


def test_a_batch_that_fails_is_read_again(officers, reader):
    act(officers, "kept")
    reader.broken = True
    with suppress(RuntimeError):
        following.catch_up("reader")
    reader.broken = False
    assert following.behind("reader") == queries.ledger_size()
    following.catch_up("reader")
    assert reader.taken[-1][2] == "kept"


def test_after_an_erasure_and_a_rebuild_it_reads_what_the_ledger_still_says(officers, reader):
    act(officers, "before")
    following.catch_up("reader")
    taken = list(reader.taken)
    reader.taken.append((None, 10_000, "what nobody recorded"))
    with transaction.atomic():
        replay_scope(None, "default")
    assert reader.taken == taken
    rebuild()
    assert reader.taken == []
    assert following.behind("reader") == queries.ledger_size()
    following.catch_up("reader")
    assert reader.taken == taken
