"""What the API asks for and answers about cases: bodies of records as stated, and shapes of answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from copes.chain.cases.queries import CaseRow, ControlView, CorrectionView
from copes.chain.cases.records import CaseOpened, ControlRecorded, NoteAdded, PresentPerson, Reason, Uuid
from copes.chain.cases.shown import Reader
from copes.foundation.api.people import officer_name
from copes.foundation.api.schemas import Asked, Id, OfficerName, Recorded, State, facts_of
from copes.foundation.people.queries import OfficerView

if TYPE_CHECKING:
    OpenCase = CaseOpened
    PersonFacts = PresentPerson
    ControlFacts = ControlRecorded
    ControlCorrection = ControlRecorded
    NoteFacts = NoteAdded
else:
    OpenCase = facts_of(CaseOpened, "OpenCase", without={"case", "number"}, occurred_at=(AwareDatetime | None, None))
    PersonFacts = facts_of(PresentPerson, "PersonFacts", person=(Uuid | None, None))
    ControlFacts = facts_of(
        ControlRecorded,
        "ControlFacts",
        without={"control"},
        persons=(list[PersonFacts], Field(default_factory=list, max_length=60)),
    )
    ControlCorrection = facts_of(
        ControlRecorded,
        "ControlCorrection",
        without={"control"},
        persons=(list[PersonFacts], Field(default_factory=list, max_length=60)),
        reason=(Reason, ...),
    )
    NoteFacts = facts_of(NoteAdded, "NoteFacts", without={"note"})


class EndControl(Asked):
    """When the control ended."""

    ended_at: AwareDatetime


class GrantAccess(Asked):
    """Who needs to know of the case, and why."""

    officer: Id
    reason: Reason


class RevokeAccess(Asked):
    """Why the officer needs to know of the case no more."""

    reason: Reason


class AskErasure(Asked):
    """Salted fields to be erased (a path stands for everything beneath it), and the legal ground."""

    paths: Annotated[list[Annotated[str, Field(max_length=200)]], Field(min_length=1, max_length=200)]
    ground: Annotated[str, Field(min_length=10, max_length=1000)]


class CaseOut(Schema):
    """A case; ``title`` and ``suspected_offence`` are null once erased."""

    id: str
    number: str
    title: str | None
    suspected_offence: str | None
    opened_at: datetime
    opened_by: str
    agency: str
    record: str
    state: str


class Cases(Schema):
    """A page of cases, newest first; ``next`` is the cursor of the page behind."""

    items: list[CaseOut]
    next: str | None


class ErasedOut(Schema):
    """A value that was erased: where it stood, when, by whom, on what ground."""

    path: str
    at: datetime
    by: str
    ground: str


class CorrectionOut(Schema):
    """A correction: which record of which thing, which values, why."""

    record: str
    corrects: str
    thing: str
    paths: list[str]
    reason: str | None
    officer: OfficerName | None
    at: datetime


class ControlOut(Schema):
    """A control as recorded now, corrections applied. ``facts`` has the form in which it was recorded."""

    id: str
    record: str
    officer: OfficerName | None
    started_at: datetime
    ended_at: datetime | None
    facts: dict[str, Any]
    corrections: list[CorrectionOut]


class MemberOut(Schema):
    """An officer with access to the case, and why."""

    officer: str
    name: OfficerName | None
    reason: str | None
    granted_at: datetime
    record: str


class NoteOut(Schema):
    """A note on the case; ``text`` is null once erased."""

    record: str
    text: str | None
    at: datetime
    officer: OfficerName | None


class CaseDetails(CaseOut):
    """A case with everything its room knows of it."""

    members: list[MemberOut]
    controls: list[ControlOut]
    corrections: list[CorrectionOut]
    notes: list[NoteOut]


class RecordLine(Schema):
    """A record of the case, without its content; ``about`` are the ids of the things it is about."""

    record: str
    index: int
    kind: str
    label: str
    occurred_at: datetime
    officer: OfficerName | None
    about: list[str]
    state: State


class RecordLines(Schema):
    """A page of records, newest first; ``next`` is the cursor of the page behind."""

    items: list[RecordLine]
    next: int | None


class TimelineSearch(Schema):
    """Which records: of a kind, by an officer, about an exhibit or a person, on days of the node's time zone."""

    before: Annotated[int | None, Field(ge=0, lt=2**63)] = None
    kind: Annotated[str, Field(max_length=60)] = ""
    officer: Annotated[str, Field(max_length=36)] = ""
    thing: Annotated[str, Field(max_length=36)] = ""
    since: date | None = None
    until: date | None = None


class Inclusion(Schema):
    """The inclusion proof (RFC 6962 §2.1.1) of a record in the tree of ``size``; hashes in base64."""

    size: int
    root: str
    hashes: list[str]


class RecordOut(Schema):
    """A signed record as SD-JWT (RFC 9901) with the salted fields that are still there, and its place.

    ``inclusion`` is null until the record is sealed. ``erasable`` are the paths of its salted fields.
    """

    record: str
    kind: str
    case: str | None
    sd_jwt: str
    place: Recorded
    inclusion: Inclusion | None
    erasable: list[str]


class CaseSearch(Schema):
    """Which cases: those whose number begins with ``number``, or all, a page at a time."""

    number: Annotated[str | None, Field(max_length=40)] = None
    after: Id | None = None


def case_fields(row: CaseRow) -> dict[str, Any]:
    """A case's own values, for the answers that show them."""
    return {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "suspected_offence": row.suspected_offence,
        "opened_at": row.opened_at,
        "opened_by": row.opened_by,
        "agency": row.agency,
        "record": row.record_id,
        "state": row.state,
    }


def control_out(view: ControlView) -> ControlOut:
    """A control as answers show it."""
    return ControlOut(
        id=view.id,
        record=view.record_id,
        officer=officer_or_none(view.officer),
        started_at=view.started_at,
        ended_at=view.ended_at,
        facts=facts_shown(view.read),
        corrections=[correction_out(one) for one in view.corrections],
    )


def facts_shown(read: Reader) -> dict[str, Any]:
    """A projected body as answers show it: what was erased is absent."""
    return dict(read.body)


def correction_out(view: CorrectionView) -> CorrectionOut:
    """A correction as answers show it."""
    return CorrectionOut(
        record=view.record_id,
        corrects=view.corrects,
        thing=view.thing,
        paths=list(view.paths),
        reason=view.reason,
        officer=officer_or_none(view.officer),
        at=view.at,
    )


def officer_or_none(view: OfficerView | None) -> OfficerName | None:
    """An officer as answers name them; None when the node does not know them."""
    return officer_name(view) if view else None
