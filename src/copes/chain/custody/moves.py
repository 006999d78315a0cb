"""Releases, receipts, refusals and cancellations, from records to tables. SQL: this is the path every act takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connections

from copes.chain.cases.rows import execute_all
from copes.chain.custody.records import CustodyCancelled, CustodyDeclined, CustodyReceived, CustodyReleased
from copes.chain.custody.rules import HELD, RELEASED
from copes.foundation.journal.facts import Fact
from copes.foundation.journal.registry import projects

OPEN, RECEIVED, DECLINED, CANCELLED = "open", "received", "declined", "cancelled"
OPENED = (
    'INSERT INTO custody_handover (id, case_id, record_id, exhibit_id, "index", place, released_by, released_to,'
    " released_at, reason, remark, condition, seal, seal_state, state, answer_condition, answer_seal_state)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', '')"
)
SET_RELEASED = (
    "UPDATE custody_exhibit SET state = %s, release_id = %s, released_to = %s, released_at = %s WHERE id = %s"
)
SET_HELD = (
    "UPDATE custody_exhibit SET state = %s, holder = COALESCE(%s, holder), moved_at = %s,"
    " release_id = NULL, released_to = NULL, released_at = NULL WHERE id = %s"
)
SET_ANSWERED = (
    "UPDATE custody_handover SET state = %s, answer_id = %s, answer_index = %s, answered_at = %s,"
    " answer_condition = %s, answer_seal_state = %s, answer_text = %s WHERE id = %s"
)


def handover_id(release: str, exhibit: str) -> str:
    """The key of one exhibit in one release."""
    return f"{release}:{exhibit}"


def _seals(fact: Fact) -> dict[str, dict[str, Any]]:
    return {seen["exhibit"]: seen for seen in fact.body.get("seals", ())}


def _moment(fact: Fact, db: str) -> Any:
    return connections[db].ops.adapt_datetimefield_value(fact.occurred_at)


@projects(CustodyReleased)
def custody_released(facts: Sequence[Fact], db: str) -> None:
    """Each exhibit waits for receipt; its holder stays the same."""
    execute_all(OPENED, [row for f in facts for row in _handovers(f, db)], db)
    execute_all(
        SET_RELEASED,
        [
            (RELEASED, f.jti, f.body["released_to"], _moment(f, db), exhibit)
            for f in facts
            for exhibit in f.body["exhibits"]
        ],
        db,
    )


def _handovers(f: Fact, db: str) -> Iterator[tuple[Any, ...]]:
    """The values of ``OPENED``; the columns that an answer fills are empty."""
    seals, body, at = _seals(f), f.body, _moment(f, db)
    for place, exhibit in enumerate(body["exhibits"]):
        seen = seals.get(exhibit, {})
        yield (
            handover_id(f.jti, exhibit), f.case, f.jti, exhibit, f.index, place, body["released_by"],
            body["released_to"], at, body["reason"], body.get("remark"), body["condition"], seen.get("seal"),
            seen.get("state", ""), OPEN,
        )  # fmt: skip


def _answer(facts: Sequence[Fact], db: str, state: str, text: str, *, moves: bool) -> None:
    answers, exhibits = [], []
    for f in facts:
        seals, at = _seals(f), _moment(f, db)
        for exhibit in f.body["exhibits"]:
            seen = seals.get(exhibit, {}).get("state", "")
            key = handover_id(f.body["release"], exhibit)
            answers.append((state, f.jti, f.index, at, f.body.get("condition", ""), seen, f.body.get(text), key))
            exhibits.append((HELD, f.body["received_by"] if moves else None, at, exhibit))
    execute_all(SET_ANSWERED, answers, db)
    execute_all(SET_HELD, exhibits, db)


@projects(CustodyReceived)
def custody_received(facts: Sequence[Fact], db: str) -> None:
    """The receiver holds the exhibits from now on."""
    _answer(facts, db, RECEIVED, "remark", moves=True)


@projects(CustodyDeclined)
def custody_declined(facts: Sequence[Fact], db: str) -> None:
    """The exhibits stay with the releaser."""
    _answer(facts, db, DECLINED, "reason", moves=False)


@projects(CustodyCancelled)
def custody_cancelled(facts: Sequence[Fact], db: str) -> None:
    """The exhibits stay with the releaser."""
    _answer(facts, db, CANCELLED, "reason", moves=False)
