"""Reads about seizures and detentions, for screens, prints and other rooms. Each has a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from copes.chain.cases.policies import unseen, visible_cases
from copes.chain.cases.queries import CaseRow, CorrectionView, cases_by_id, correction_views
from copes.chain.cases.shown import Erasures, Reader, erasures_by_place
from copes.chain.custody.queries import ExhibitRow, exhibits_of_seizure
from copes.chain.seizures.models import Print, Seizure
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.queries import Place, place_of
from copes.foundation.people.queries import OfficerView, officers_by_id


@dataclass(frozen=True)
class SeizureRow:
    """A seizure or detention in a list."""

    id: str
    record_id: str
    act: str
    control: str | None
    occurred_at: datetime
    officer: OfficerView | None
    items: int


@dataclass(frozen=True)
class PrintRow:
    """A document that was printed."""

    record_id: str
    print: str
    sha256: str
    languages: tuple[str, ...]
    officer: OfficerView | None
    at: datetime


@dataclass(frozen=True)
class SeizureView:
    """A seizure with every value and its source, and its exhibits."""

    row: SeizureRow
    case: CaseRow
    read: Reader
    officers: tuple[OfficerView, ...]
    exhibits: tuple[ExhibitRow, ...]
    corrections: tuple[CorrectionView, ...]
    prints: tuple[PrintRow, ...]
    place: Place


def _row(row: Seizure, officers: dict[str, OfficerView]) -> SeizureRow:
    return SeizureRow(
        row.id, row.record_id, row.act, row.control, row.occurred_at, officers.get(row.officer), row.items
    )


def seizures_of_case(case: str, *, most: int = 200) -> list[SeizureRow]:
    """The seizures of a case whose visibility the caller decided, newest first."""
    found = list(Seizure.objects.filter(case_id=case).order_by("-index").defer("body", "sources")[:most])
    officers = officers_by_id(row.officer for row in found)
    return [_row(row, officers) for row in found]


# What the pages of a case count of this room, each a statement with the case's id.
COUNTS = {
    "reports": "SELECT COUNT(*) FROM seizures_seizure WHERE case_id = %s",
    "reports_open": "SELECT COUNT(*) FROM seizures_seizure WHERE case_id = %s AND closed_at IS NULL",
    "prints": "SELECT COUNT(*) FROM seizures_print WHERE case_id = %s",
}


@dataclass(frozen=True)
class ReportFact:
    """A report of a case with every value and its source, for the case's own pages."""

    id: str
    record_id: str
    act: str
    control: str | None
    occurred_at: datetime
    officer: str
    items: int
    closed_at: datetime | None
    read: Reader


def reports_of_case(case: str, erasures: Erasures, *, most: int = 50) -> list[ReportFact]:
    """The newest reports of a case whose visibility the caller decided, oldest of them first; in one query."""
    found = list(Seizure.objects.filter(case_id=case).order_by("-index")[:most])
    return [
        ReportFact(
            row.id,
            row.record_id,
            row.act,
            row.control,
            row.occurred_at,
            row.officer,
            row.items,
            row.closed_at,
            Reader(row, erasures),
        )
        for row in reversed(found)
    ]


@dataclass(frozen=True)
class OpenReport:
    """A report that is not closed."""

    id: str
    act: str
    case: str
    case_number: str
    occurred_at: datetime


def open_reports(acting: Acting, since: datetime, *, most: int = 50) -> list[OpenReport]:
    """The officer's reports of seizures since then that are not closed, in cases they see, newest first; one query."""
    rows = Seizure.objects.filter(officer=acting.officer, closed_at=None, occurred_at__gte=since)
    rows = rows.filter(case_id__in=visible_cases(acting).values("id")).order_by("-occurred_at")
    columns = ("id", "act", "case_id", "case__number", "occurred_at")
    return [OpenReport(*row) for row in rows.values_list(*columns)[:most]]


def printed_of_case(case: str, *, most: int = 100) -> list[Print]:
    """The documents printed of a case whose visibility the caller decided, newest first; in one query."""
    return list(Print.objects.filter(case_id=case).order_by("-index")[:most])


def case_of_seizure(acting: Acting, seizure: str) -> str:
    """The case of a seizure, if the officer sees it. Raises Unseen."""
    return _seen(acting, seizure).case_id


def _seen(acting: Acting, seizure: str) -> Seizure:
    """The seizure, if the officer sees its case; the same work whether it is there or not. Raises Unseen."""
    knows = Exists(visible_cases(acting).filter(id=OuterRef("case_id")))
    row = Seizure.objects.filter(id=seizure).annotate(knows=knows).first()
    if row is None or not row.knows:
        raise unseen()
    return row


def seizure_view(acting: Acting, seizure: str) -> SeizureView:
    """A seizure of a case the officer sees, in at most eleven queries. Raises Unseen."""
    row = _seen(acting, seizure)
    prints = list(Print.objects.filter(case_id=row.case_id).order_by("-index")[:200])
    named = [one for one in row.body["officers"] if one]
    officers = officers_by_id([row.officer, *named, *(one.officer for one in prints)])
    return SeizureView(
        row=_row(row, officers),
        case=cases_by_id([row.case_id])[row.case_id],
        read=Reader(row, erasures_by_place(row.case_id)),
        officers=tuple(officers[one] for one in named if one in officers),
        exhibits=tuple(exhibits_of_seizure(seizure)),
        corrections=tuple(correction_views(seizure)),
        prints=tuple(_print(one, officers) for one in prints if seizure in one.things),
        place=place_of(row.record_id),
    )


def _print(row: Print, officers: dict[str, OfficerView]) -> PrintRow:
    return PrintRow(row.record_id, row.print, row.sha256, tuple(row.languages), officers.get(row.officer), row.at)


def prints_of_case(case: str) -> list[PrintRow]:
    """The documents printed of a case whose visibility the caller decided, newest first; at most 200."""
    found = list(Print.objects.filter(case_id=case).order_by("-index")[:200])
    officers = officers_by_id(row.officer for row in found)
    return [_print(row, officers) for row in found]
