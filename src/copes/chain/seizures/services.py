"""Acts on seizures and detentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from copes.chain.cases import policies
from copes.chain.cases import rules as case_rules
from copes.chain.cases.queries import ControlFact, control_fact
from copes.chain.cases.services import Recorded, append_correction, lock_case, with_ids
from copes.chain.cases.wording import BadFields, checked
from copes.chain.custody.queries import exhibit_rows
from copes.chain.custody.records import ExhibitCreated
from copes.chain.custody.services import append_exhibits, prepare_exhibits
from copes.chain.seizures import rules
from copes.chain.seizures.models import Seizure
from copes.chain.seizures.records import (
    MAX_ITEMS,
    DetentionRecorded,
    ReceiptIssued,
    SeizureRecorded,
)
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.foundation.refusals import BadInput
from copes.trust.records.ids import uuid7

ACTS: dict[str, type[SeizureRecorded]] = {"seizure": SeizureRecorded, "detention": DetentionRecorded}


def record_seizure(
    acting: Acting,
    *,
    case: str,
    occurred_at: datetime,
    facts: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    act: str = "seizure",
    holder: str | None = None,
) -> Recorded:
    """Records a seizure (or detention) and creates an exhibit of every item, all or nothing.

    ``facts`` is the body without ids and items; ``control`` in it is the control the seizure rests on. ``holder``
    is the officer in whose hands the exhibits are: who records (the default), or one of the seizing officers. Raises
    Unseen, Forbidden, BadFields, BadInput.
    """
    acting = policies.require(acting, "record_seizure")
    rules.items_fit(len(items), MAX_ITEMS)
    case_rules.not_in_future(occurred_at, timezone.now(), "occurred_at")
    with writing(acting) as journal:
        policies.see_case(acting, case)
        number = lock_case(case)
        control = _control(case, facts.get("control"), occurred_at)
        identifier = str(facts.get("seizure") or uuid7())
        exhibits, errors = _prepared(items, case, number, identifier, holder or acting.officer)
        body = _report(ACTS[act], identifier, facts, exhibits, errors)
        rules.holder_fits(holder or acting.officer, {acting.officer, *body.officers})
        rules.report_times(occurred_at, body.started_at, body.closed_at, timezone.now())
        jti = journal.append(
            body,
            case=case,
            occurred_at=occurred_at,
            about=[identifier, *(one.exhibit for one in exhibits)],
            rests_on=[control.record_id] if control else (),
        )
        append_exhibits(journal, exhibits, case=case, at=occurred_at, rests_on=jti)
    return Recorded(identifier, jti)


def _control(case: str, control: Any, occurred_at: datetime) -> ControlFact | None:
    if not control:
        return None
    found = control_fact(case, str(control))
    if found is None:
        raise BadInput(
            "control.unknown",
            _("There is no such control in this case."),
            _("Choose one of the controls of the case, or record it first."),
            field="control",
        )
    rules.not_before_control(occurred_at, found.started_at)
    return found


def _prepared(
    items: Sequence[Mapping[str, Any]], case: str, number: str, seizure: str, holder: str
) -> tuple[list[ExhibitCreated], list[tuple[str, str]]]:
    """The exhibits, or what is wrong with them, so that a form can name everything at once."""
    try:
        return prepare_exhibits(items, case=case, number=number, seizure=seizure, holder=holder), []
    except BadFields as bad:
        return [], bad.errors


def _report(
    model: type[SeizureRecorded],
    identifier: str,
    facts: Mapping[str, Any],
    exhibits: Sequence[ExhibitCreated],
    errors: list[tuple[str, str]],
) -> SeizureRecorded:
    lines = [line_of(one) for one in exhibits]
    values = {**facts, "seizure": identifier, "persons": with_ids(facts.get("persons")), "items": lines}
    try:
        body = checked(model, values)
    except BadFields as bad:
        own = [(path, text) for path, text in bad.errors if path != "items"]
        if errors or own:
            raise BadFields([*own, *errors]) from None
        raise
    return body


def line_of(exhibit: ExhibitCreated) -> dict[str, Any]:
    """An exhibit as a line of the report."""
    cash = exhibit.cash
    return {
        "exhibit": exhibit.exhibit,
        "number": exhibit.number,
        "description": exhibit.description.splitlines()[0][:200],
        "category": exhibit.category,
        "quantity": exhibit.quantity,
        "unit": exhibit.unit,
        "currency": cash.currency if cash else None,
        "total": cash.total if cash else None,
    }


def correct_seizure(acting: Acting, *, case: str, seizure: str, facts: Mapping[str, Any], reason: str) -> str:
    """Records what was wrong in a report; ``facts`` is the whole report as it should read, items apart.

    Returns the id of the correction. Raises Unseen, Forbidden, BadFields, BadInput when nothing differs.
    """
    acting = policies.require(acting, "correct")
    with writing(acting) as journal:
        row = seizure_of(acting, case, seizure)
        model = ACTS[row.act]
        values = {**facts, "seizure": seizure, "items": row.body["items"]}
        body = checked(model, {**values, "persons": with_ids(facts.get("persons"))})
        rules.report_times(row.occurred_at, body.started_at, body.closed_at, timezone.now())
        return append_correction(journal, row=row, kind=model.kind, new=body, reason=reason)


def seizure_of(acting: Acting, case: str, seizure: str) -> Seizure:
    """A seizure of a case the officer sees. Raises Unseen."""
    policies.see_case(acting, case)
    row = Seizure.objects.filter(case_id=case, id=seizure).first()
    if row is None:
        raise policies.unseen()
    return row


def issue_receipt(
    acting: Acting, *, case: str, seizure: str, sha256: str, languages: Sequence[str], template: str | None = None
) -> str:
    """Records that a receipt for the person was printed; returns the record's id. Raises Unseen, Forbidden.

    ``template`` is the SHA-256 of the agency's own templates, None when the shipped ones served.
    """
    acting = policies.require(acting, "print")
    with writing(acting) as journal:
        row = seizure_of(acting, case, seizure)
        facts = {"seizure": seizure, "sha256": sha256, "languages": list(languages), "template": template}
        body = checked(ReceiptIssued, facts)
        return journal.append(body, case=case, about=[seizure], rests_on=[row.record_id])


def _see_printed(acting: Acting, case: str, things: Sequence[str]) -> None:
    """Who prints sees the case, or every exhibit on the print. Raises Unseen."""
    if policies.visible_cases(acting).filter(id=case).exists():
        return
    seen = exhibit_rows(acting, things)
    if not things or len(seen) != len(set(things)) or any(row.case != case for row in seen):
        raise policies.unseen()
