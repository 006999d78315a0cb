"""A living desk for the practice node: tasks, open releases, requests for access, notices, a saved search.

Everything here is invented, and says so in the text that officers read; it goes through the services of the screens
and happens at the moment the demonstration is made, after the replayed cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from copes.chain.cases.access_services import break_glass, request_access
from copes.chain.cases.policies import case_numbers
from copes.chain.cases.services import grant_access
from copes.chain.cases.task_services import assign_task, complete_task
from copes.chain.custody.models import Exhibit
from copes.chain.custody.services import receive, release
from copes.foundation.journal.acting import Acting
from copes.foundation.people.delegating import delegate
from copes.foundation.people.offices import register_office
from copes.insight.search.services import save_search

INVENTED = "Invented for practice."
Staff = Mapping[str, Acting]


def live_desk(staff: Staff, cases: Sequence[str]) -> None:
    """Gives every role something that waits, in the practice ``cases``: cash, gutka and cocaine, in this order."""
    cash, gutka, cocaine = cases
    now = timezone.now()
    register_office(
        staff["administrator"], agency=staff["administrator"].agency, name="Practice post A", place="Border road"
    )
    register_office(
        staff["administrator"], agency=staff["administrator"].agency, name="Practice store B", place="Harbour"
    )
    _tasks(staff, cash, gutka, cocaine, now)
    _custody(staff, cash, gutka)
    _access(staff, gutka, cocaine)
    begins = now + timedelta(days=3)
    delegate(
        staff["front_line"],
        delegate=staff["second"].officer,
        begins=begins,
        until=begins + timedelta(days=14),
        reason=f"Leave. {INVENTED}",
    )
    save_search(staff["investigator"], name="Cash at the border", address="/search/?q=cash")
    save_search(staff["custodian"], name="In transit", address="/custody/exhibits/?state=released")


def _tasks(staff: Staff, cash: str, gutka: str, cocaine: str, now: datetime) -> None:
    """One task for each who works on cases, one of them urgent, one late within the day, one done."""
    given = (
        ("supervisor", cash, "front_line", "State where the two counters stood while counting", 1, "urgent"),
        ("supervisor", cocaine, "investigator", "Ask the airport for the camera pictures of the gate", 2, "urgent"),
        ("investigator", gutka, "front_line", "Add the pallets' seal numbers to the report", 30, "normal"),
        ("investigator", cocaine, "legal", "Say whether the notice may go out as drafted", 54, "normal"),
        ("front_line", gutka, "second", "Translate the driver's statement", 78, "normal"),
    )
    for giver, case, taker, title, hours, priority in given:
        assign_task(
            staff[giver],
            case=case,
            assignee=staff[taker].officer,
            title=title,
            text=INVENTED,
            due_at=(now + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0),
            priority=priority,
        )
    examined = assign_task(
        staff["investigator"],
        case=cash,
        assignee=staff["examiner"].officer,
        title="Look for finger marks on the third bag",
        text=INVENTED,
        access_reason=f"Examines an exhibit of this case. {INVENTED}",
    )
    complete_task(staff["examiner"], case=cash, task=examined.id, note=f"None fit for comparison. {INVENTED}")


def _custody(staff: Staff, cash: str, gutka: str) -> None:
    """Exhibits on their way today: to the court's officer, to the laboratory, and back again."""
    first, second = _exhibits(cash)[:2]
    to_examine = _exhibits(gutka)[0]
    _release(staff, "custodian", "investigator", [first], "court")
    _release(staff, "custodian", "examiner", [to_examine], "laboratory")
    shown = _release(staff, "custodian", "front_line", [second], "examination")
    receive(
        staff["front_line"],
        release=shown,
        exhibits=[second],
        condition=f"Sealed bag, number read. {INVENTED}",
        seals="intact",
    )
    _release(staff, "front_line", "custodian", [second], "storage")


def _exhibits(case: str) -> list[str]:
    return list(Exhibit.objects.filter(case_id=case).order_by("ordinal").values_list("id", flat=True))


def _release(staff: Staff, giver: str, taker: str, exhibits: list[str], reason: str) -> str:
    (made,) = release(
        staff[giver],
        exhibits=exhibits,
        to=staff[taker].officer,
        reason=reason,
        condition=f"Sealed, undamaged. {INVENTED}",
        seals="intact",
    )
    return made


def _access(staff: Staff, gutka: str, cocaine: str) -> None:
    """A request that waits for an answer, an emergency that waits for review, and access that was given."""
    numbers = case_numbers([gutka, cocaine])
    request_access(
        staff["examiner"], number=numbers[cocaine], reason=f"I weighed the crates; the court asks me. {INVENTED}"
    )
    break_glass(
        staff["custodian"],
        number=numbers[gutka],
        reason=f"Water in the store at night, the pallets had to be moved. {INVENTED}",
        hours=4,
    )
    grant_access(
        staff["supervisor"], case=cocaine, officer=staff["custodian"].officer, reason=f"Keeps the crates. {INVENTED}"
    )
