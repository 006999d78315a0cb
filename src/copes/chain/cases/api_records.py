"""Records of a case over HTTP: its timeline, signed records with their proofs, requests to erase values."""

from __future__ import annotations

from base64 import b64encode
from typing import cast

from ninja import Query, Router, Status

from copes.chain.cases import policies
from copes.chain.cases.api_shapes import (
    AskErasure,
    ErasedOut,
    Inclusion,
    RecordLine,
    RecordLines,
    RecordOut,
    TimelineSearch,
    officer_or_none,
)
from copes.chain.cases.timeline import Moment, Wanted, timeline_of
from copes.foundation.api.schemas import Done, State, recorded
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.journal import queries as journal
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.queries import StoredRecord
from copes.foundation.journal.services import request_erasure
from copes.foundation.people import roles
from copes.foundation.people.reading import log_read

router = Router(tags=["records"])


@router.get("/cases/{case}/records", response=RecordLines)
def list_records(request: ApiRequest, case: str, wanted: Query[TimelineSearch]) -> RecordLines:
    """The case's timeline: its records, newest first, a page at a time, narrowed as asked."""
    policies.see_case(request.auth, case)
    asked = Wanted(wanted.kind, wanted.officer, wanted.thing, wanted.since, wanted.until)
    page = timeline_of(case, before=wanted.before, wanted=asked)
    log_read(request.auth, case=case, kind="timeline", thing=case)
    return RecordLines(items=[_line(one) for one in page.moments], next=page.after)


@router.get("/records/{record}", response=RecordOut)
def read_record(request: ApiRequest, record: str) -> RecordOut:
    """A signed record, its place in the ledger and the proof of it: enough to check it with others."""
    found = _see_record(request.auth, record)
    log_read(request.auth, case=found.case, kind="record", thing=record)
    return RecordOut(
        record=found.jti,
        kind=found.kind,
        case=found.case,
        sd_jwt=found.compact(),
        place=recorded(found.jti),
        inclusion=_inclusion(found.index),
        erasable=sorted(path for _digest, _encoded, path in found.disclosures),
    )


@router.post("/records/{record}/erasures", response={201: Done})
def ask_erasure(request: ApiRequest, record: str, body: AskErasure) -> Status[Done]:
    """Asks that salted fields of a record be erased; a second officer decides (see /erasures)."""
    _see_record(request.auth, record)
    asked = request_erasure(request.auth, record=record, paths=body.paths, ground=body.ground)
    return Status(201, Done(id=asked, records=[]))


@router.get("/cases/{case}/erasures", response=list[ErasedOut])
def list_erased(request: ApiRequest, case: str) -> list[ErasedOut]:
    """What was erased from the records of a case."""
    policies.see_case(request.auth, case)
    return [ErasedOut(path=one.path, at=one.at, by=one.by, ground=one.ground) for one in journal.erasures_of(case)]


def _see_record(acting: Acting, record: str) -> StoredRecord:
    """A record of a case the officer sees; records of no case are for auditors and administrators."""
    found = next(iter(journal.records_by_jti([record])), None)
    if found is None or (found.case is None and not acting.has(roles.AUDITOR, roles.ADMINISTRATOR)):
        raise policies.unseen()
    if found.case is not None:
        policies.see_case(acting, found.case)
    return found


def _inclusion(index: int) -> Inclusion | None:
    latest = journal.latest_checkpoint()
    if latest is None or index >= latest.size:
        return None
    hashes = journal.inclusion_proofs([index], latest.size)[index]
    return Inclusion(size=latest.size, root=latest.root.hex(), hashes=[b64encode(one).decode() for one in hashes])


def _line(moment: Moment) -> RecordLine:
    return RecordLine(
        record=moment.jti,
        index=moment.index,
        kind=moment.kind,
        label=moment.label,
        occurred_at=moment.occurred_at,
        officer=officer_or_none(moment.officer),
        about=list(moment.about),
        state=cast("State", moment.place.state),
    )
