"""The code lists of this room, with their labels."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTS: dict[str, Promise] = {"seizure": _("Seizure"), "detention": _("Detention")}
PRESENCE: dict[str, Promise] = {
    "present": _("Present"),
    "absent": _("Absent"),
    "refused_to_attend": _("Refused to attend"),
    "unknown": _("Person not known"),
}
SIGNATURE: dict[str, Promise] = {
    "signed": _("Signed"),
    "refused": _("Refused to sign"),
    "unable": _("Unable to sign"),
    "not_asked": _("Not asked to sign"),
}
COPY: dict[str, Promise] = {
    "given": _("Copy given at once"),
    "refused": _("Copy refused"),
    "sent": _("Copy sent"),
    "not_given": _("No copy given"),
}
DETECTION: dict[str, Promise] = {
    "risk_analysis": _("Risk analysis"),
    "intelligence": _("Intelligence"),
    "random": _("Random check"),
    "dog": _("Detection dog"),
    "scanner": _("Scanner"),
    "questioning": _("Questioning"),
    "declaration": _("Declaration"),
    "routine": _("Routine check"),
    "other": pgettext_lazy("detection", "Other"),
}
CONCEALMENT: dict[str, Promise] = {
    "baggage": _("Baggage"),
    "body": _("On or in the body"),
    "vehicle_structure": _("Structure of a vehicle, vessel or aircraft"),
    "cargo": _("Among cargo"),
    "container_structure": _("Structure of a container"),
    "fuel_tank": _("Fuel tank"),
    "mail": _("Mail or parcel"),
    "clothing": pgettext_lazy("concealment", "Clothing"),
    "not_concealed": _("Not concealed"),
    "other": pgettext_lazy("concealment", "Other"),
}
PRINTS: dict[str, Promise] = {
    "receipt": pgettext_lazy("paper", "Receipt"),
    "seizure": _("Seizure report"),
    "detention": _("Detention report"),
    "notice": _("Notice of seizure"),
    "custody": _("Custody report"),
    "labels": _("Exhibit labels"),
    "case": _("Case report"),
    "tasks": _("Task list"),
    "held": _("List of exhibits held"),
    "to_receive": _("List of exhibits to receive"),
}
