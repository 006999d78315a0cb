"""The kinds of things that can be found: what many are called, and what one is."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Promise] = {
    "case": _("Cases"),
    "exhibit": _("Exhibits"),
    "person": _("Persons"),
    "transport": _("Means of transport"),
    "container": _("Containers"),
    "seal": _("Seals"),
    "control": _("Controls"),
    "seizure": _("Seizures and detentions"),
    "note": _("Notes"),
    "task": _("Tasks"),
    "officer": _("Officers"),
}
ONE: dict[str, Promise] = {
    "case": pgettext_lazy("one of its kind", "Case"),
    "exhibit": pgettext_lazy("one of its kind", "Exhibit"),
    "person": pgettext_lazy("one of its kind", "Person"),
    "transport": pgettext_lazy("one of its kind", "Means of transport"),
    "container": pgettext_lazy("one of its kind", "Container"),
    "seal": pgettext_lazy("one of its kind", "Seal"),
    "control": pgettext_lazy("one of its kind", "Control"),
    "seizure": pgettext_lazy("one of its kind", "Seizure or detention"),
    "note": pgettext_lazy("one of its kind", "Note"),
    "task": pgettext_lazy("one of its kind", "Task"),
    "officer": pgettext_lazy("one of its kind", "Officer"),
}
