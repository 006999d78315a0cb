"""Acts on cases. One function per act: policy, rules, journal, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from copes.chain.cases import policies, rules
from copes.chain.cases.corrections import changed_fields
from copes.chain.cases.models import Case, Control, Member
from copes.chain.cases.records import (
    AccessGranted,
    AccessRevoked,
    CaseOpened,
    ControlEnded,
    ControlRecorded,
    CorrectionRecorded,
    NoteAdded,
)
from copes.chain.cases.wording import checked
from copes.foundation.config.current import current_node
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import Journal, writing
from copes.foundation.journal.writing import reveal
from copes.foundation.people import queries as people
from copes.trust.records.ids import uuid7
from copes.trust.records.model import to_claims

NUMBERING_LOCK = 0x434F504553  # "COPES": one advisory lock for the counter of case numbers


@dataclass(frozen=True)
class Recorded:
    """What an act made: the id of the thing, and of the record that states it."""

    id: str
    jti: str


def open_case(
    acting: Acting,
    *,
    title: str,
    suspected_offence: str | None = None,
    case: str | None = None,
    occurred_at: datetime | None = None,
) -> Recorded:
    """Opens a case with the next number of the year. ``case`` is a new UUIDv7 when the caller made one.

    Raises Forbidden, BadFields.
    """
    acting = policies.require(acting, "open_case")
    with writing(acting) as journal:
        return append_case(
            journal, title=title, suspected_offence=suspected_offence, case=case, occurred_at=occurred_at
        )


def append_case(
    journal: Journal,
    *,
    title: str,
    suspected_offence: str | None = None,
    case: str | None = None,
    occurred_at: datetime | None = None,
    offset: int = 0,
) -> Recorded:
    """Appends a case to an act under way. ``offset`` counts the cases appended in the same act before this one."""
    at = occurred_at or timezone.now()
    identifier = case or uuid7()
    year = at.astimezone(timezone.get_current_timezone()).year
    ordinal = _next_ordinal(year) + offset
    body = checked(
        CaseOpened,
        {
            "case": identifier,
            "number": f"{current_node().country}-{year}-{ordinal:06d}",
            "title": title,
            "suspected_offence": suspected_offence or None,
        },
    )
    jti = journal.append(body, case=identifier, occurred_at=at, about=[identifier])
    return Recorded(identifier, jti)


def _next_ordinal(year: int) -> int:
    """The next number of the year; held until the transaction ends so that no two cases get the same."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING_LOCK])
    last = Case.objects.filter(year=year).order_by("-ordinal").values_list("ordinal", flat=True).first()
    return (last or 0) + 1


def lock_case(case: str) -> str:
    """Holds the case until the transaction ends, for acts that number things in it; returns its number."""
    rows = Case.objects.filter(id=case)
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        rows = rows.select_for_update()
    number = rows.values_list("number", flat=True).first()
    if number is None:
        raise policies.unseen()
    return number


def record_control(acting: Acting, *, case: str, facts: Mapping[str, Any]) -> Recorded:
    """Records a control in a case. ``facts`` is the body without ids made here; ``started_at`` is when it happened.

    Raises Unseen, Forbidden, BadFields, BadInput when a time lies in the future.
    """
    acting = policies.require(acting, "record_control")
    with writing(acting) as journal:
        policies.see_case(acting, case)
        body = checked(ControlRecorded, {"control": uuid7(), **facts, "persons": with_ids(facts.get("persons"))})
        _past(body)
        jti = journal.append(body, case=case, occurred_at=body.started_at, about=_about(body))
    return Recorded(body.control, jti)


def with_ids(persons: Any) -> list[Any]:
    """Persons, those new given an id."""
    return [{"person": uuid7(), **dict(person)} for person in persons or []]


def _about(body: ControlRecorded) -> list[str]:
    return [body.control, *(person.person for person in body.persons)]


def _past(body: ControlRecorded) -> None:
    now = timezone.now()
    rules.not_in_future(body.started_at, now, "started_at")
    if body.ended_at is not None:
        rules.not_in_future(body.ended_at, now, "ended_at")


def end_control(acting: Acting, *, case: str, control: str, ended_at: datetime) -> str:
    """Records when a control ended; returns the record's id. Raises Unseen, Forbidden, Refusal."""
    acting = policies.require(acting, "record_control")
    with writing(acting) as journal:
        row = control_of(acting, case, control)
        rules.not_in_future(ended_at, timezone.now(), "ended_at")
        rules.control_may_end(row.started_at, row.ended_at, ended_at)
        body = checked(ControlEnded, {"control": control, "ended_at": ended_at})
        return journal.append(body, case=case, occurred_at=ended_at, about=[control], rests_on=[row.record_id])


def control_of(acting: Acting, case: str, control: str) -> Control:
    """A control of a case the officer sees. Raises Unseen."""
    policies.see_case(acting, case)
    row = Control.objects.filter(case_id=case, id=control).first()
    if row is None:
        raise policies.unseen()
    return row


def correct_control(acting: Acting, *, case: str, control: str, facts: Mapping[str, Any], reason: str) -> str:
    """Records what was wrong with a control; ``facts`` is the whole control as it should read.

    Returns the id of the correction. Raises Unseen, Forbidden, BadFields, BadInput when nothing differs.
    """
    acting = policies.require(acting, "correct")
    with writing(acting) as journal:
        row = control_of(acting, case, control)
        body = checked(ControlRecorded, {**facts, "control": control, "persons": with_ids(facts.get("persons"))})
        _past(body)
        return append_correction(journal, row=row, kind=ControlRecorded.kind, new=body, reason=reason)


def append_correction(journal: Journal, *, row: Any, kind: str, new: Any, reason: str) -> str:
    """Appends the correction that makes a projected row read as ``new``. Raises BadFields, BadInput."""
    fields = changed_fields(kind, row.body, reveal(to_claims(new)))
    rules.correction_changes_something(changed=len(fields))
    body = checked(
        CorrectionRecorded,
        {
            "record_kind": kind,
            "thing": row.id,
            "fields": [field.model_dump() for field in fields],
            "reason": reason,
        },
    )
    return journal.append(body, case=row.case_id, about=[row.id], corrects=row.record_id)


def grant_access(acting: Acting, *, case: str, officer: str, reason: str) -> str:
    """Gives an officer access to a case; returns the record's id. Raises Unseen, Forbidden, Refusal."""
    acting = policies.require(acting, "share_case")
    with writing(acting) as journal:
        policies.share(acting, case)
        people.officer(officer)
        rules.access_may_be_granted(
            has_access=Member.objects.filter(case_id=case, officer=officer, active=True).exists()
        )
        body = checked(AccessGranted, {"officer": officer, "reason": reason})
        return journal.append(body, case=case, about=[officer])


def revoke_access(acting: Acting, *, case: str, officer: str, reason: str) -> str:
    """Takes an officer's access away; returns the record's id. Raises Unseen, Forbidden, Refusal."""
    acting = policies.require(acting, "share_case")
    with writing(acting) as journal:
        policies.share(acting, case)
        members = list(Member.objects.filter(case_id=case, active=True).values_list("officer", flat=True))
        rules.access_may_be_revoked(has_access=officer in members, members=len(members))
        body = checked(AccessRevoked, {"officer": officer, "reason": reason})
        return journal.append(body, case=case, about=[officer])


def add_note(acting: Acting, *, case: str, text: str) -> Recorded:
    """Adds a note to a case. Raises Unseen, Forbidden, BadFields."""
    acting = policies.require(acting, "add_note")
    with writing(acting) as journal:
        policies.see_case(acting, case)
        body = checked(NoteAdded, {"note": uuid7(), "text": text})
        return Recorded(body.note, journal.append(body, case=case, about=[body.note]))
