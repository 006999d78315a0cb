"""What every page of a case shows above its own part: key facts, state, ribbon, and the parts with their counts.

One query reads the case if the officer sees it, one counts everything, whatever the case holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from copes.chain.cases import policies
from copes.chain.cases.models import Case
from copes.chain.cases.queries import CaseRow, case_row
from copes.chain.cases.ribbon import CaseFacts, Step, ribbon
from copes.chain.custody import overview_queries as custody
from copes.chain.dossier import queries as dossiers
from copes.chain.seizures import queries as seizures
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.statements import select

COUNTS = {
    "controls": "SELECT COUNT(*) FROM cases_control WHERE case_id = %s",
    "controls_lasting": "SELECT COUNT(*) FROM cases_control WHERE case_id = %s AND ended_at IS NULL",
    "tasks": "SELECT COUNT(*) FROM cases_task WHERE case_id = %s AND state = 'open'",
    "notes": "SELECT COUNT(*) FROM cases_note WHERE case_id = %s",
    "members": "SELECT COUNT(*) FROM cases_member WHERE case_id = %s AND active",
    "records": "SELECT COUNT(*) FROM journal_entry WHERE case_id = %s",
}
# address name, label, which count it shows
PARTS: tuple[tuple[str, Promise, str], ...] = (
    ("case", pgettext_lazy("part of a case", "Overview"), ""),
    ("timeline", _("Timeline"), "records"),
    ("exhibits", _("Exhibits"), "exhibits"),
    ("documents", _("Documents"), "documents"),
    ("tasks", _("Tasks"), "tasks"),
    ("notes", _("Notes"), "notes"),
    ("procedure", pgettext_lazy("part of a case", "Procedure"), ""),
    ("who", _("Who may see it"), "members"),
)


@dataclass(frozen=True)
class Part:
    """A part of the case's pages: address name, label, how many things it holds."""

    name: str
    label: Promise
    count: int | None


@dataclass(frozen=True)
class CaseHead:
    """The top of every page of a case."""

    case: CaseRow
    state: str
    state_reason: str | None
    steps: tuple[Step, ...]
    parts: tuple[Part, ...]
    counts: dict[str, int]


def counted(case: str) -> dict[str, int]:
    """How many things of each kind a case holds, in one query."""
    wanted = {**COUNTS, **seizures.COUNTS, **custody.COUNTS, **dossiers.COUNTS}
    asked = ", ".join(f"({one})" for one in wanted.values())
    (numbers,) = select(f"SELECT {asked}", [case] * len(wanted))
    found = dict(zip(wanted, (int(one) for one in numbers), strict=True))
    found["documents"] = found["prints"] + found["dossiers"] + found["photographs"]
    return found


def case_head(acting: Acting, case: str) -> tuple[Case, CaseHead]:
    """The top of the pages of a case the officer sees, in two queries. Raises Unseen."""
    row = policies.see_case(acting, case)
    counts = counted(case)
    facts = CaseFacts(
        controls=counts["controls"],
        controls_lasting=counts["controls_lasting"],
        reports=counts["reports"],
        reports_open=counts["reports_open"],
        exhibits=counts["exhibits"],
        released=counts["released"],
        dossiers=counts["dossiers"],
        closed=row.state == "closed",
    )
    parts = tuple(Part(name, label, counts[count] if count else None) for name, label, count in PARTS)
    return row, CaseHead(case_row(row), row.state, row.state_reason, ribbon(facts), parts, counts)
