"""The roles an officer may hold."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FRONT_LINE = "front_line"
INVESTIGATOR = "investigator"
CUSTODIAN = "custodian"
EXAMINER = "examiner"
SUPERVISOR = "supervisor"
LEGAL = "legal"
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"

LABELS: dict[str, Promise] = {
    FRONT_LINE: _("Front-line officer"),
    INVESTIGATOR: _("Investigator"),
    CUSTODIAN: _("Custodian"),
    EXAMINER: _("Laboratory examiner"),
    SUPERVISOR: _("Supervisor"),
    LEGAL: _("Legal officer"),
    AUDITOR: _("Auditor"),
    ADMINISTRATOR: _("Administrator"),
}
ALL = tuple(LABELS)
