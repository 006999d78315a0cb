"""The read-audit: every read of personal data, with who, when, what and why (Directive (EU) 2016/680 art. 25).

Readings are rows of this node. So that whoever owns the database cannot change them unnoticed, the node states in
the ledger, every hour, what rows there are: their number and the Merkle tree hash over them (RFC 6962 section 2.1).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone as clock

from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import node_acting, writing
from copes.foundation.people.models import Reading, ReadsDigest
from copes.foundation.people.records import ReadsDigested
from copes.trust.ledger.merkle import CompactRange, leaf_hash
from copes.trust.records.jose import b64u

MOST = 4_096  # readings in one digest: their marks must fit in a record
MARK = 3  # bytes of each leaf hash that are kept to name the row that differs
DIGESTING_LOCK = 0x52454144  # "READ": one digest at a time

Row = tuple[int, datetime, str, str | None, str, str, str]
COLUMNS = ("id", "at", "officer", "case_id", "kind", "thing", "purpose")


def log_read(acting: Acting, *, case: str | None, kind: str, thing: str, purpose: str = "") -> None:
    """Notes that the acting officer reads ``thing`` (a page, record or file id) of ``kind`` in ``case``."""
    Reading.objects.create(
        at=clock.now(),
        officer=acting.officer,
        case_id=case,
        kind=kind,
        thing=thing,
        purpose=purpose or acting.purpose,
    )


def digest_reads() -> int:
    """States in the ledger what readings were noted since the last digest; returns how many records it took.

    The worker calls it every hour and when it stops. Nothing is recorded when nothing was read. Raises Frozen.
    """
    made, last = 0, _settled_last()
    while _digest_some(last):
        made += 1
    return made


def _settled_last() -> int:
    """The highest row id of which it is certain that no lower one is still being written."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE people_reading IN SHARE MODE")  # waits for whoever is writing one
        return Reading.objects.aggregate(last=Max("id"))["last"] or 0


def _digest_some(last: int) -> bool:
    with writing(node_acting()) as journal:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DIGESTING_LOCK])
        before = ReadsDigest.objects.order_by("-index").first()
        first = before.last + 1 if before else 1
        if last < first:
            return False
        rows = list(_rows(first, last)[: MOST + 1])
        until = last if len(rows) <= MOST else rows[MOST][0] - 1
        leaves = [leaf(row) for row in rows[:MOST]]
        journal.append(
            ReadsDigested(
                since=_utc(rows[0][1]) if rows else None,
                until=_utc(clock.now()),
                first=first,
                last=until,
                number=len(leaves),
                root=root(leaves),
                marks=marks(leaves),
                previous=before.id if before else None,
            )
        )
    return True


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _rows(first: int, last: int) -> QuerySet[Reading, Row]:
    return Reading.objects.filter(id__gte=first, id__lte=last).order_by("id").values_list(*COLUMNS)


def rows_between(first: int, last: int) -> Iterable[Row]:
    """The readings of a span of ids, both ends included, in order."""
    return _rows(first, last).iterator(chunk_size=MOST)


def leaf(row: Row) -> bytes:
    """The leaf hash of a reading: over its values as a JSON list, the time in UTC with microseconds."""
    key, at, *texts = row
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    text = json.dumps([key, moment, *texts], ensure_ascii=False, separators=(",", ":"))
    return leaf_hash(text.encode())


def root(leaves: Iterable[bytes]) -> str:
    """The Merkle tree hash over leaf hashes (RFC 6962 section 2.1), hexadecimal."""
    tree = CompactRange()
    for one in leaves:
        tree.append(one)
    return tree.root().hex()


def marks(leaves: Iterable[bytes]) -> str:
    """The beginnings of leaf hashes, by which a check names the row that differs."""
    return b64u(b"".join(one[:MARK] for one in leaves))
