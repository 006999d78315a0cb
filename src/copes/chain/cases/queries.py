"""Reads about cases, for screens, prints and other rooms. Each has a fixed number of queries."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from copes.chain.cases.models import Case, Control, Correction, Member, Note
from copes.chain.cases.policies import is_supervisor, now_lent, see_case, sees_cases, unseen, visible_cases
from copes.chain.cases.shown import Erasures, Reader, Shown
from copes.foundation.journal.acting import Acting
from copes.foundation.people.queries import OfficerView, officers_by_id

PAGE = 50


@dataclass(frozen=True)
class CaseRow:
    """A case in a list. ``title`` is None once erased."""

    id: str
    number: str
    title: str | None
    opened_at: datetime
    opened_by: str
    agency: str
    record_id: str = ""
    suspected_offence: str | None = None
    state: str = "open"

    @property
    def opening(self) -> dict[str, Shown]:
        """The values of the case's own record, with their source."""
        return {
            "number": Shown(self.number, self.record_id, "body.number"),
            "title": Shown(self.title, self.record_id, "body.title"),
            "suspected_offence": Shown(self.suspected_offence, self.record_id, "body.suspected_offence"),
        }


@dataclass(frozen=True)
class Page:
    """A page of a list; ``after`` is the key of the next one, None on the last."""

    rows: tuple[Any, ...]
    after: str | None


@dataclass(frozen=True)
class MemberView:
    """An officer with access to a case, and why."""

    officer: OfficerView | None
    officer_id: str
    reason: str | None
    granted_at: datetime
    record_id: str


@dataclass(frozen=True)
class ControlFact:
    """What other rooms need of a control."""

    id: str
    record_id: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class ControlView:
    """A control with every value and its source."""

    id: str
    record_id: str
    officer: OfficerView | None
    started_at: datetime
    ended_at: datetime | None
    read: Reader
    present_officers: tuple[OfficerView, ...]
    corrections: tuple[CorrectionView, ...]

    @property
    def facts(self) -> dict[str, Shown]:
        """The plain values by name."""
        return self.read.all(
            ("started_at", "ended_at", "grounds", "legal_power.text", "legal_power.citation",
             "legal_power.jurisdiction", "place.name", "place.country", "place.latitude", "place.longitude", "found")
        )  # fmt: skip

    def lines(self, name: str, members: tuple[str, ...]) -> list[dict[str, Shown]]:
        """The elements of a list (``persons``, ``containers``, ``means_of_transport``), members by name."""
        return [self.read.all(members, path) for path in self.read.members(name)]


@dataclass(frozen=True)
class CorrectionView:
    """A correction: which record, what, why."""

    record_id: str
    corrects: str
    thing: str
    paths: tuple[str, ...]
    reason: str | None
    officer: OfficerView | None
    at: datetime


@dataclass(frozen=True)
class CaseDetails:
    """Everything this room knows of a case."""

    case: CaseRow
    opened_by: OfficerView | None
    members: tuple[MemberView, ...]
    controls: tuple[ControlView, ...]
    corrections: tuple[CorrectionView, ...]
    notes: tuple[dict[str, Any], ...]


def case_row(row: Case) -> CaseRow:
    """A case as lists and other rooms see it."""
    return CaseRow(
        row.id,
        row.number,
        row.title,
        row.opened_at,
        row.opened_by,
        row.agency,
        row.record_id,
        row.suspected_offence,
        row.state,
    )


def _branches(acting: Acting, after: str | None) -> list[QuerySet[Case]]:
    """The officer's cases as selections that an index answers in order of id, each on its own."""
    if not sees_cases(acting):
        return []
    before: dict[str, str] = {"members__case_id__lt": after} if after else {}
    mine = Case.objects.filter(members__officer=acting.officer, members__active=True, **before)
    lent_before = Q(lent__case_id__lt=after) if after else Q()
    lent = Case.objects.filter(now_lent(acting, "lent__"), lent_before).order_by("-lent__case_id")
    found = [mine.order_by("-members__case_id"), lent]
    if is_supervisor(acting):
        own = Case.objects.filter(agency=acting.agency, **({"case_id__lt": after} if after else {}))
        found.append(own.order_by("-case_id"))
    return found


def recent_cases(acting: Acting, *, after: str | None = None, page: int = PAGE) -> Page:
    """The officer's cases, newest first, a page at a time; ``after`` is the id of the last case of the page before."""
    lists = [[case_row(row) for row in rows[: page + 1]] for rows in _branches(acting, after)]
    found = list(islice(_merged(lists), page + 1))
    return Page(tuple(found[:page]), found[page - 1].id if len(found) > page else None)


def _merged(lists: list[list[CaseRow]]) -> Iterable[CaseRow]:
    last = None
    for row in heapq.merge(*lists, key=lambda one: one.id, reverse=True):
        if row.id != last:
            yield row
        last = row.id


def newest_of(acting: Acting, most: int) -> list[CaseRow]:
    """The newest cases in which the officer has lasting access; in one query."""
    if not sees_cases(acting):
        return []
    mine = Case.objects.filter(members__officer=acting.officer, members__active=True)
    return [case_row(row) for row in mine.order_by("-members__case_id")[:most]]


def find_cases(acting: Acting, number: str) -> list[CaseRow]:
    """The officer's cases whose number is, or begins with, what was typed; at most 20."""
    text = number.strip().upper()
    if not text or not sees_cases(acting):
        return []
    rows = visible_cases(acting).filter(number__gte=text, number__lt=text + "\uffff").order_by("number")
    return [case_row(row) for row in rows[:20]]


def case_id_of(number: str) -> str | None:
    """The id of the case with this number, whoever sees it: for rooms that decide what the officer sees."""
    return Case.objects.filter(number=number).values_list("id", flat=True).first()


def case_by_number(acting: Acting, number: str) -> CaseRow:
    """The case with this number, if the officer sees it. Raises Unseen."""
    row = visible_cases(acting).filter(number=number.strip().upper()).first()
    if row is None:
        raise unseen()
    return case_row(row)


def case_of(acting: Acting, case: str) -> CaseRow:
    """A case the officer sees. Raises Unseen."""
    return case_row(see_case(acting, case))


def cases_by_id(ids: Iterable[str]) -> dict[str, CaseRow]:
    """Cases by id, for rooms that decided already what the officer may see of them."""
    return {row.id: case_row(row) for row in Case.objects.filter(id__in=set(ids))}


def control_fact(case: str, control: str) -> ControlFact | None:
    """A control of a case, or None."""
    row = Control.objects.filter(case_id=case, id=control).first()
    return ControlFact(row.id, row.record_id, row.started_at, row.ended_at) if row else None


def controls_of(case: str) -> list[ControlFact]:
    """The controls of a case, oldest first."""
    rows = Control.objects.filter(case_id=case).order_by("index")
    return [ControlFact(row.id, row.record_id, row.started_at, row.ended_at) for row in rows]


def control_view(acting: Acting, case: str, control: str, erasures: Erasures) -> ControlView:
    """A control of a case the officer sees, with sources. Raises Unseen."""
    see_case(acting, case)
    row = Control.objects.filter(case_id=case, id=control).first()
    if row is None:
        raise unseen()
    corrections = corrections_of(case)
    officers = officers_by_id([row.officer, *row.body["officers"], *(one.officer for one in corrections)])
    return _control(row, officers, [_correction(one, officers) for one in corrections], erasures)


def member_ids(case: str) -> frozenset[str]:
    """The officers with access to a case whose visibility the caller decided."""
    return frozenset(Member.objects.filter(case_id=case, active=True).values_list("officer", flat=True))


def corrections_of(case: str) -> list[Correction]:
    """The corrections in a case, oldest first."""
    return list(Correction.objects.filter(case_id=case).order_by("index"))


def correction_views(thing: str) -> list[CorrectionView]:
    """The corrections of one control, seizure or exhibit, oldest first."""
    found = list(Correction.objects.filter(thing=thing).order_by("index"))
    officers = officers_by_id(one.officer for one in found) if found else {}
    return [_correction(one, officers) for one in found]


def details(acting: Acting, case: str, erasures: Erasures) -> CaseDetails:
    """Everything this room knows of a case the officer sees, in six queries. Raises Unseen."""
    found = see_case(acting, case)
    members = list(Member.objects.filter(case_id=case, active=True).order_by("granted_at", "id"))
    controls = list(Control.objects.filter(case_id=case).order_by("index"))
    corrections = corrections_of(case)
    notes = list(Note.objects.filter(case_id=case).order_by("index"))
    acted = [*(row.officer for row in members), *(row.officer for row in controls)]
    acted += [*(row.officer for row in corrections), *(row.officer for row in notes)]
    present = [one for row in controls for one in row.body["officers"]]
    officers = officers_by_id([found.opened_by, *acted, *present])
    views = tuple(_correction(one, officers) for one in corrections)
    return CaseDetails(
        case=case_row(found),
        opened_by=officers.get(found.opened_by),
        members=tuple(
            MemberView(officers.get(row.officer), row.officer, row.reason, row.granted_at, row.record_id)
            for row in members
        ),
        controls=tuple(_control(row, officers, list(views), erasures) for row in controls),
        corrections=views,
        notes=tuple(
            {"text": row.text, "at": row.at, "officer": officers.get(row.officer), "record_id": row.record_id}
            for row in notes
        ),
    )


def _correction(row: Correction, officers: dict[str, OfficerView]) -> CorrectionView:
    return CorrectionView(
        row.record_id, row.corrects, row.thing, tuple(row.paths), row.reason, officers.get(row.officer), row.at
    )


def _control(
    row: Control, officers: dict[str, OfficerView], corrections: list[CorrectionView], erasures: Erasures
) -> ControlView:
    present = [one for one in row.body["officers"] if one]
    return ControlView(
        row.id,
        row.record_id,
        officers.get(row.officer),
        row.started_at,
        row.ended_at,
        Reader(row, erasures),
        tuple(officers[one] for one in present if one in officers),
        tuple(one for one in corrections if one.thing == row.id),
    )
