"""Who sees which sums.

* Sums are those of one's own agency, never of another, whatever roles one holds: sums of several agencies would tell
  one agency about the cases of another.
* Supervisors see every number: they see every case of their agency anyway. Front-line officers, investigators, legal
  officers and auditors see the same dashboards, but a number of one or two seizures is shown as "fewer than 3", with
  everything that hangs on it (exhibits, quantities), so that sums do not tell about single cases one need not know.
  Where exactly one number of a table is so hidden, the smallest other one is withheld too, or it could be computed
  from the total. What an officer could compute from two dashboards with different filters is not hidden.
* Custodians, examiners and administrators have no dashboards: their work does not need them.
* The list behind the numbers shows the cases that the officer may see, and no others.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.foundation.people import roles
from copes.foundation.refusals import Forbidden

READERS = frozenset({roles.FRONT_LINE, roles.INVESTIGATOR, roles.SUPERVISOR, roles.LEGAL, roles.AUDITOR})
FEWEST = 3  # a smaller number of seizures is shown to supervisors only


def require(acting: Acting) -> None:
    """Raises Forbidden for an officer whose work needs no dashboards."""
    if not acting.has(*READERS):
        raise Forbidden(
            "role.missing",
            _("Your roles do not include the dashboards."),
            _("If your work needs them, ask an administrator of your agency."),
        )


def sees_small_numbers(acting: Acting) -> bool:
    """Whether numbers below FEWEST are shown to the officer as they are."""
    return acting.has(roles.SUPERVISOR)
