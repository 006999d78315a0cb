"""The only door to the ledger: records, tree and projections in one transaction.

The writing path (docs/architecture.md): records are signed first, then the edge of the tree is locked, then
entries, salted fields, tiles, the new edge and the projections are written, and the transaction commits: the act is
*durable*. Sealing (sealing.py) comes after the commit.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils.translation import gettext_lazy as _

from copes.foundation.config.current import current_node
from copes.foundation.journal import freezing, tree
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.facts import fact_from_claims
from copes.foundation.journal.registry import project
from copes.foundation.refusals import BadInput, KeyLocked, Refusal
from copes.trust.records.ids import uuid7
from copes.trust.records.model import Body, to_claims
from copes.trust.records.sdjwt import Salted, Signed, issue, leaf_data

CLOCK_TOLERANCE = 120  # seconds a clock may step back before acts are refused (NTP steps are smaller)
FUTURE_TOLERANCE = timedelta(minutes=5)
MAX_JWT = 65_535  # a record is at most 64 KiB less one byte: the length prefix of an entry bundle has 16 bits


@dataclass(slots=True)
class _Prepared:
    claims: Mapping[str, Any]
    signed: Signed
    leaf: bytes
    revealed: Mapping[str, Any]


@dataclass(slots=True)
class Journal:
    """Collects the records of one act; they are written when the block of ``writing`` ends."""

    acting: Acting
    db: str
    _drafts: list[dict[str, Any]] = field(default_factory=list)

    def append(
        self,
        body: Body,
        *,
        case: str | None = None,
        occurred_at: datetime | None = None,
        about: Sequence[str] = (),
        rests_on: Sequence[str] = (),
        corrects: str | None = None,
    ) -> str:
        """Adds a record to the act and returns its id.

        ``occurred_at`` must be aware; it defaults to now in the node's time zone. Raises BadInput when it lies in
        the future.
        """
        jti = uuid7()
        claims: dict[str, Any] = {
            "jti": jti,
            "kind": body.kind,
            "iss": current_node().origin,
            "occurred_at": _moment(occurred_at),
            "actor": self.acting.actor(),
            "assurance": "node",
        }
        if case:
            claims["sub"] = case
        if about:
            claims["about"] = list(about)
        if rests_on:
            claims["rests_on"] = list(rests_on)
        if corrects:
            claims["corrects"] = corrects
        claims["body"] = to_claims(body)
        self._drafts.append(claims)
        return jti

    def flush(self) -> None:
        """Signs and writes what was collected. Called by ``writing`` at the end of the block."""
        if not self._drafts:
            return
        prepared = self._sign()
        edge, key = tree.lock_edge(self.db, self.acting.signer.kid if self.acting.signer else "")
        _check_clock(edge.last_iat)
        tree.check_signer(edge, key, self.acting, int(time.time()))
        first = edge.size
        tree.insert_entries(self.db, first, [(p.claims, p.signed, p.leaf) for p in prepared])
        tree.extend(self.db, edge, [p.leaf for p in prepared], prepared[-1].claims["iat"])
        facts = [fact_from_claims(first + place, p.revealed) for place, p in enumerate(prepared)]
        project(facts, self.db)
        self._drafts = []

    def _sign(self) -> list[_Prepared]:
        signer = self.acting.signer
        if signer is None:
            raise KeyLocked(
                "key.locked",
                _("Your signing key is locked in this session."),
                _("Enter your password to unlock it, then send the form again."),
            )
        now = int(time.time())
        prepared = []
        for claims in self._drafts:
            claims["iat"] = now
            signed = issue(claims, signer)
            if len(signed.jwt) > MAX_JWT:
                raise BadInput(
                    "record.too_large",
                    _("This record is larger than 64 KiB."),
                    _("Shorten the longest text, or attach it as a document."),
                )
            prepared.append(
                _Prepared(claims, signed, leaf_data(signed.jwt), reveal(claims) if signed.disclosures else claims)
            )
        return prepared


@contextmanager
def writing(acting: Acting, *, db: str = DEFAULT_DB_ALIAS) -> Iterator[Journal]:
    """One act: everything appended in the block becomes durable together, or nothing does.

    Raises Frozen when the ledger may not grow, KeyLocked when the officer's key is locked, Refusal when the
    signing key does not count any more or the clock went back.
    """
    freezing.refuse_when_frozen()
    with transaction.atomic(using=db, savepoint=False):
        journal = Journal(acting, db)
        yield journal
        journal.flush()


def reveal(value: Any) -> Any:
    """Claims as a reader with every salted field sees them."""
    if isinstance(value, Salted):
        return reveal(value.value)
    if isinstance(value, dict):
        return {key: reveal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [reveal(item) for item in value]
    return value


def _moment(occurred_at: datetime | None) -> str:
    zone = ZoneInfo(current_node().time_zone)
    now = datetime.now(tz=zone)
    if occurred_at is None:
        return now.isoformat(timespec="seconds")
    if occurred_at.tzinfo is None:
        raise ValueError("occurred_at must be aware")
    if occurred_at > now + FUTURE_TOLERANCE:
        raise BadInput(
            "time.future",
            _("The time of the act lies in the future."),
            _("Give the time at which it happened."),
            field="occurred_at",
        )
    return occurred_at.astimezone(zone).isoformat(timespec="seconds")


def _check_clock(last_iat: int) -> None:
    behind = last_iat - int(time.time())
    if behind > CLOCK_TOLERANCE:
        raise Refusal(
            "clock.behind",
            _("This machine's clock is %(seconds)d seconds behind the last record.") % {"seconds": behind},
            _("Set the clock right (see `copes doctor`), then send the form again. Nothing was recorded."),
        )
