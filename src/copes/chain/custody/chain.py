"""An exhibit's chain of custody as people read it: who answered for it, from when to when, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from copes.chain.cases.policies import visible_cases
from copes.chain.cases.queries import CaseRow, CorrectionView, cases_by_id, correction_views
from copes.chain.cases.shown import Erasures, Reader, erasures_by_place
from copes.chain.custody import policies
from copes.chain.custody.models import Exhibit, Handover, Photograph, SealEvent
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.queries import Place, places_of
from copes.foundation.people.queries import OfficerView, officers_by_id

CREATED, RELEASED, RECEIVED, DECLINED, CANCELLED = "created", "released", "received", "declined", "cancelled"
SEAL_APPLIED, SEAL_CHECKED, SEAL_OPENED, PHOTOGRAPHED = "applied", "checked", "opened", "photographed"


@dataclass(frozen=True)
class Step:
    """One act on the exhibit. ``by`` acted, ``to`` is the other person of a hand-over, if there is one."""

    index: int
    act: str
    at: datetime
    by: str
    record_id: str
    to: str | None = None
    reason: str = ""
    condition: str = ""
    remark: str | None = None
    seal: str | None = None
    seal_state: str = ""
    replaced_by: str | None = None
    intact: bool | None = None


@dataclass(frozen=True)
class Span:
    """One officer's time as the answerable holder; ``until`` is None for the present one."""

    holder: str
    since: datetime
    until: datetime | None
    first: int  # the step that began it
    last: int  # the step that ended it, or the last of all


@dataclass(frozen=True)
class ExhibitPage:
    """Everything about an exhibit that its page shows."""

    row: Exhibit
    case: CaseRow
    read: Reader
    steps: tuple[Step, ...]
    spans: tuple[Span, ...]
    photographs: tuple[Photograph, ...]
    corrections: tuple[CorrectionView, ...]
    officers: Mapping[str, OfficerView]
    places: Mapping[str, Place]
    sees_case: bool
    erasures: Erasures = field(default_factory=dict)


def exhibit_page(acting: Acting, exhibit: str) -> ExhibitPage:
    """An exhibit the officer sees, with its chain, in at most twelve queries. Raises Unseen."""
    row = policies.see_exhibit(acting, exhibit)
    handovers = list(Handover.objects.filter(exhibit_id=row.id).order_by("index"))
    seals = list(SealEvent.objects.filter(exhibit_id=row.id).order_by("index"))
    photographs = tuple(Photograph.objects.filter(exhibit_id=row.id).order_by("index"))
    steps = steps_of(row, handovers, seals, photographs)
    corrections = correction_views(row.id)
    people = {one for step in steps for one in (step.by, step.to)} | {row.holder, row.released_to}
    counters = (row.body.get("cash") or {}).get("counters", ())
    officers = officers_by_id([*people, *counters])
    erasures = erasures_by_place(row.case_id)
    return ExhibitPage(
        row=row,
        case=cases_by_id([row.case_id])[row.case_id],
        read=Reader(row, erasures),
        steps=steps,
        spans=spans_of(row, steps),
        photographs=photographs,
        corrections=tuple(corrections),
        officers=officers,
        places=places_of({step.record_id for step in steps}),
        sees_case=visible_cases(acting).filter(id=row.case_id).exists(),
        erasures=erasures,
    )


def steps_of(
    row: Exhibit, handovers: list[Handover], seals: list[SealEvent], photographs: tuple[Photograph, ...]
) -> tuple[Step, ...]:
    """Every act on the exhibit, in the order in which it was recorded."""
    steps = [Step(row.index, CREATED, row.created_at, row.body["holder"], row.record_id, seal=row.body.get("seal"))]
    for one in handovers:
        steps.extend(_handover(one))
    steps.extend(
        Step(
            one.index,
            one.event,
            one.at,
            one.officer,
            one.record_id,
            seal=one.seal,
            intact=one.intact,
            replaced_by=one.replaced_by,
            remark=one.text,
        )
        for one in seals
    )
    steps.extend(
        Step(one.index, PHOTOGRAPHED, one.at, one.officer, one.record_id, condition=one.name) for one in photographs
    )
    return tuple(sorted(steps, key=lambda step: step.index))


def _handover(one: Handover) -> list[Step]:
    found = [
        Step(
            one.index,
            RELEASED,
            one.released_at,
            one.released_by,
            one.record_id,
            to=one.released_to,
            reason=one.reason,
            condition=one.condition,
            remark=one.remark,
            seal=one.seal,
            seal_state=one.seal_state,
        )
    ]
    if one.answer_id and one.answered_at:
        by, to = (one.released_by, one.released_to) if one.state == CANCELLED else (one.released_to, one.released_by)
        found.append(
            Step(
                one.answer_index or one.index,
                one.state,
                one.answered_at,
                by,
                one.answer_id,
                to=to,
                condition=one.answer_condition,
                remark=one.answer_text,
                seal=one.seal,
                seal_state=one.answer_seal_state,
            )
        )
    return found


def spans_of(row: Exhibit, steps: tuple[Step, ...]) -> tuple[Span, ...]:
    """Who answered for the exhibit from when to when; a release changes nothing, a receipt does."""
    spans: list[Span] = []
    holder, since, first = row.body["holder"], row.created_at, 0
    for place, step in enumerate(steps):
        if step.act == RECEIVED:
            spans.append(Span(holder, since, step.at, first, place))
            holder, since, first = step.by, step.at, place
    spans.append(Span(holder, since, None, first, len(steps) - 1))
    return tuple(spans)
