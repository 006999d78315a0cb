"""The code lists of this room, with their labels."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PERSON_ROLES: dict[str, Promise] = {
    "traveller": _("Traveller"),
    "driver": _("Driver (of the vehicle)"),
    "passenger": _("Passenger"),
    "crew": _("Crew member"),
    "owner": _("Owner of the goods"),
    "consignor": _("Consignor"),
    "consignee": _("Consignee"),
    "declarant": _("Declarant"),
    "carrier": _("Carrier"),
    "courier": _("Courier"),
    "suspect": _("Suspect"),
    "witness": pgettext_lazy("person", "Witness"),
    "guardian": _("Guardian of the goods"),
    "interpreter": _("Interpreter"),
    "other": _("Other role"),
}
TRANSPORT: dict[str, Promise] = {
    "car": _("Car"),
    "van": _("Van"),
    "lorry": _("Lorry"),
    "trailer": _("Trailer"),
    "bus": _("Bus"),
    "motorcycle": _("Motorcycle"),
    "train": _("Train"),
    "vessel": _("Vessel"),
    "aircraft": _("Aircraft"),
    "on_foot": _("On foot"),
    "post": _("Post or parcel"),
    "other": _("Other means"),
}
CASE_STATES: dict[str, Promise] = {
    "open": pgettext_lazy("case", "Open"),
    "closed": pgettext_lazy("case", "Closed"),
}
TASK_STATES: dict[str, Promise] = {
    "open": pgettext_lazy("task", "To do"),
    "done": pgettext_lazy("task", "Done"),
    "withdrawn": pgettext_lazy("task", "Withdrawn"),
}
PRIORITIES: dict[str, Promise] = {
    "normal": pgettext_lazy("priority", "Normal"),
    "urgent": pgettext_lazy("priority", "Urgent"),
}
# Grounds a tap writes into the text; the officer goes on in words of their own.
GROUNDS: dict[str, Promise] = {
    "routine": _("Routine check."),
    "random": _("Chosen at random."),
    "risk": _("Risk analysis."),
    "intelligence": _("Information received."),
    "dog": _("The detection dog indicated."),
    "scanner": _("Suspicious scanner image."),
    "declaration": _("Doubt about the declaration."),
    "answers": _("Contradictory answers."),
}
RECORDS: dict[str, Promise] = {
    "case.opened/1": _("Case opened"),
    "control.recorded/1": _("Control recorded"),
    "control.ended/1": _("Control ended"),
    "access.granted/1": _("Access given"),
    "access.revoked/1": _("Access taken away"),
    "access.requested/1": _("Access asked for"),
    "access.declined/1": _("Access declined"),
    "access.lent/1": _("Access given for a time"),
    "access.broken_glass/1": _("Glass broken"),
    "access.reviewed/1": _("Breaking the glass reviewed"),
    "correction.recorded/1": _("Correction recorded"),
    "note.added/1": _("Note added"),
    "case.closed/1": _("Case closed"),
    "case.reopened/1": _("Case reopened"),
    "task.assigned/1": _("Task given"),
    "task.done/1": _("Task done"),
    "task.withdrawn/1": _("Task withdrawn"),
    "seizure.recorded/1": _("Seizure recorded"),
    "detention.recorded/1": _("Detention recorded"),
    "receipt.issued/1": _("Receipt printed"),
    "print.issued/1": _("Document printed"),
    "exhibit.created/1": _("Exhibit created"),
    "exhibit.photographed/1": _("Exhibit photographed"),
    "seal.applied/1": _("Seal applied"),
    "seal.checked/1": _("Seal checked"),
    "seal.broken/1": _("Seal opened"),
    "custody.released/1": _("Released"),
    "custody.received/1": _("Received"),
    "custody.declined/1": _("Receipt declined"),
    "custody.cancelled/1": _("Release cancelled"),
    "dossier.issued/1": _("Dossier issued"),
    "list.exported/1": _("List exported"),
    "erasure.requested/1": _("Erasure requested"),
    "erasure.declined/1": _("Erasure declined"),
    "record.erased/1": _("Values erased"),
}


def label(codes: dict[str, Promise], code: str | None) -> str:
    """The label of a code; the code itself when the list does not have it (a record of a later version)."""
    return str(codes.get(code or "", code or ""))


def choices(codes: dict[str, Promise], *, blank: bool = True) -> list[tuple[str, object]]:
    """For a select: nothing is chosen beforehand."""
    return [*([("", _("Choose"))] if blank else []), *codes.items()]
