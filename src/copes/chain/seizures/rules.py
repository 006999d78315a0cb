"""What may be seized when, and what should be said before a report is signed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from copes.foundation.refusals import BadInput


def not_before_control(seized_at: datetime, control_started_at: datetime) -> None:
    """A seizure rests on its control, so it is not before it. Raises BadInput."""
    if seized_at < control_started_at:
        raise BadInput(
            "seizure.before_control",
            _("The seizure lies before the start of the control it rests on."),
            _("Give the time of the seizure, choose another control, or correct the start of the control."),
            field="occurred_at",
        )


def report_times(seized_at: datetime, started_at: datetime, closed_at: datetime | None, now: datetime) -> None:
    """The report is drafted after the seizure and before now. Raises BadInput."""
    if started_at < seized_at:
        raise BadInput(
            "report.before_seizure",
            _("The drafting of the report lies before the seizure."),
            _("Give the time at which drafting began, or correct the time of the seizure."),
            field="started_at",
        )
    for name, at in (("started_at", started_at), ("closed_at", closed_at)):
        if at is not None and at > now:
            raise BadInput(
                "time.future",
                _("The time of the act lies in the future."),
                _("Give the time at which it happened."),
                field=name,
            )


def holder_fits(holder: str, hands: Collection[str]) -> None:
    """What was seized is in the hands of who records it or of a seizing officer. Raises BadInput."""
    if holder not in hands:
        raise BadInput(
            "seizure.holder",
            _("Exhibits begin in the hands of who records the seizure, or of one of the seizing officers."),
            _("Name one of them; then release the exhibits to the other officer."),
            field="holder",
        )


def items_fit(number: int, most: int) -> None:
    """A report has at least one item and fits one record. Raises BadInput."""
    if number < 1:
        raise BadInput(
            "seizure.no_items",
            _("A seizure needs at least one item."),
            _("Describe what was seized."),
            field="items",
        )
    if number > most:
        raise BadInput(
            "seizure.too_many_items",
            _("One report holds at most %(most)d items.") % {"most": most},
            _("Record the other items in a second report on the same control."),
            field="items",
        )


def warnings(officers: Sequence[str], *, closed: bool) -> list[Promise]:
    """What an officer should know before recording; nothing here forbids it.

    Two officers: several laws give a report by one officer less force (code des douanes art. 336 and 337).
    """
    found: list[Promise] = []
    if len(set(officers)) < 2:
        found.append(_("Fewer than two officers are named. In many countries a report by one officer has less force."))
    if not closed:
        found.append(_("The hour of closing is missing. In many countries the report must state it."))
    return found
