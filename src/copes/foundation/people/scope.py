"""Whom an administrator administers: their own agency; those of the founding agency, every agency of the node."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copes.foundation.config.current import current_node
from copes.foundation.journal.acting import Acting
from copes.foundation.people import roles
from copes.foundation.people.models import Account
from copes.foundation.refusals import Forbidden, Unseen


def of_founding_agency(acting: Acting) -> bool:
    """Whether the officer belongs to the agency that founded the node (or is the node itself)."""
    return not acting.officer or acting.agency == current_node().agency_id


def require_administrator(acting: Acting, agency: str | None = None) -> None:
    """Raises Forbidden unless an administrator acts, and Unseen when ``agency`` is not theirs to administer."""
    if acting.officer and not acting.has(roles.ADMINISTRATOR):
        raise Forbidden(
            "role.administrator",
            _("Only an administrator may do this."),
            _("Ask an administrator of your agency."),
        )
    if agency is not None and agency != acting.agency and not of_founding_agency(acting):
        raise Unseen("agency.unknown", _("There is no such agency."), _("Choose one from the list."))


def account_of(officer: str) -> Account:
    """The account of an officer. Raises Unseen."""
    account = Account.objects.select_related("officer").filter(officer_id=officer).first()
    if account is None:
        raise Unseen("officer.unknown", _("There is no such officer."), _("Choose one from the list."))
    return account


def account_in_scope(acting: Acting, officer: str) -> Account:
    """The account of an officer whom the acting one administers, or is. Raises Forbidden, Unseen."""
    if acting.officer == officer:
        return account_of(officer)
    require_administrator(acting)
    account = account_of(officer)
    if account.officer.agency_id != acting.agency and not of_founding_agency(acting):
        raise Unseen("officer.unknown", _("There is no such officer."), _("Choose one from the list."))
    return account
