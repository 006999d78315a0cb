"""Who may see and handle exhibits.

An exhibit is seen by whoever sees its case, by its holder, and by the officer to whom it is released: those two see
just this exhibit.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.policies import unseen, visible_cases
from copes.chain.custody.models import Exhibit
from copes.foundation.journal.acting import Acting
from copes.foundation.people import roles
from copes.foundation.people.queries import active_roles
from copes.foundation.refusals import BadInput, Forbidden

HANDLERS = (roles.CUSTODIAN, roles.FRONT_LINE, roles.INVESTIGATOR, roles.EXAMINER, roles.SUPERVISOR)


def require_handler(acting: Acting) -> Acting:
    """The officer, acting in a role that handles exhibits; the present role when it does. Raises Forbidden."""
    if acting.role in HANDLERS:
        return acting
    if not acting.has(*HANDLERS):
        raise Forbidden(
            "role.missing",
            _("Your roles do not include handling exhibits."),
            _("Ask a colleague whose role includes it, or your supervisor."),
        )
    return acting.with_role(*HANDLERS)


def require_receiver(officer: str) -> None:
    """Exhibits can be released only to an active officer who handles exhibits. Raises BadInput."""
    if active_roles(officer).isdisjoint(HANDLERS):
        raise BadInput(
            "custody.no_receiver",
            _("This officer cannot receive exhibits."),
            _("Choose an active officer whose role includes handling exhibits."),
            field="released_to",
        )


def in_hand(acting: Acting) -> Q:
    """Exhibits the officer holds or is asked to receive."""
    return Q(holder=acting.officer) | Q(released_to=acting.officer, state="released")


def visible_exhibits(acting: Acting) -> QuerySet[Exhibit]:
    """The exhibits the officer may see. For lists of many, custody.queries pages by key instead."""
    if not acting.officer:
        return Exhibit.objects.none()
    return Exhibit.objects.filter(Q(case_id__in=visible_cases(acting).values("id")) | in_hand(acting))


def see_exhibit(acting: Acting, exhibit_id: str) -> Exhibit:
    """The exhibit. Raises Unseen, the same for one that is not there and one the officer may not see."""
    knows = Exists(visible_cases(acting).filter(id=OuterRef("case_id")))
    row = Exhibit.objects.filter(id=exhibit_id).annotate(knows=knows).first()  # the same work, there or not
    if row is None or not (row.knows or acting.officer in (row.holder, row.released_to)):
        raise unseen()
    return row


def sees(acting: Acting, row: Exhibit) -> bool:
    """Whether the officer may see this exhibit; asks the database only when the row does not say."""
    if acting.officer and acting.officer in (row.holder, row.released_to):
        return True
    return visible_cases(acting).filter(id=row.case_id).exists()


def case_of_exhibit(text: str) -> tuple[str | None, str | None]:
    """The exhibit that a label or an exhibit number means, and its case, whoever sees them; else None twice.

    For breaking the glass only, where an officer has the exhibit in hand.
    """
    typed = text.strip()
    label = typed.upper().removeprefix("COPES:").lower()
    rows = Exhibit.objects.filter(Q(id=label) | Q(number=typed.upper())).values_list("id", "case_id")
    found = rows.first()
    return found or (None, None)
