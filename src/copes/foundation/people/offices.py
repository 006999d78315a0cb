"""Acts about agencies, their offices, and the officers in them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.foundation.people import keys, roles, services
from copes.foundation.people.models import Agency, Office
from copes.foundation.people.records import (
    ActivationRenewed,
    AgencyRegistered,
    OfficeRegistered,
    OfficerPlaced,
    OfficerReactivated,
    RolesChanged,
)
from copes.foundation.people.scope import account_in_scope, of_founding_agency, require_administrator
from copes.foundation.people.sessions import end_all_sessions
from copes.foundation.refusals import BadInput, Forbidden, Refusal
from copes.trust.records.ids import uuid7


@dataclass(frozen=True)
class OfficeView:
    """An office, and its agency."""

    id: str
    name: str
    place: str
    agency_id: str
    agency_name: str


def agencies_in_scope(acting: Acting) -> list[Agency]:
    """The agencies the officer administers, by name."""
    rows = Agency.objects.order_by("name")
    return list(rows if of_founding_agency(acting) else rows.filter(id=acting.agency))


def all_offices(agency: str | None = None) -> list[OfficeView]:
    """Every office, by agency and name; of one agency if given."""
    rows = Office.objects.select_related("agency").order_by("agency__name", "name", "id")
    if agency:
        rows = rows.filter(agency_id=agency)
    return [OfficeView(row.id, row.name, row.place, row.agency_id, row.agency.name) for row in rows]


def register_agency(acting: Acting, *, name: str, country: str) -> str:
    """Registers another agency on this node; returns its id. For administrators of the founding agency.

    Raises Forbidden, BadInput.
    """
    require_administrator(acting)
    if not of_founding_agency(acting):
        raise Forbidden(
            "agency.founding",
            _("Only administrators of the agency that founded this node register agencies."),
            _("Ask one of them."),
        )
    if Agency.objects.filter(name__iexact=name).exists():
        raise BadInput(
            "agency.name", _("An agency of this name is registered."), _("Choose another name."), field="name"
        )
    agency = uuid7()
    try:
        body = AgencyRegistered(agency=agency, name=name, country=country.upper())
    except ValidationError:
        raise BadInput(
            "agency.form",
            _("A name of two letters at least, and a country's two letters are needed."),
            _("Check both."),
            field="country",
        ) from None
    with writing(acting.with_role(roles.ADMINISTRATOR)) as journal:
        journal.append(body, about=[agency])
    return agency


def register_office(acting: Acting, *, agency: str, name: str, place: str = "") -> str:
    """Registers an office of an agency; returns its id. Raises Forbidden, Unseen, BadInput."""
    require_administrator(acting, agency)
    if not Agency.objects.filter(id=agency).exists():
        raise BadInput("agency.unknown", _("There is no such agency."), _("Choose one from the list."), field="agency")
    if Office.objects.filter(agency_id=agency, name__iexact=name).exists():
        raise BadInput(
            "office.name", _("The agency has an office of this name."), _("Choose another name."), field="name"
        )
    office = uuid7()
    with writing(acting.with_role(roles.ADMINISTRATOR)) as journal:
        journal.append(OfficeRegistered(office=office, agency=agency, name=name, place=place), about=[office])
    return office


def place_officer(acting: Acting, *, officer: str, office: str | None) -> None:
    """Puts an officer into an office of their agency, or into none. Raises Forbidden, Unseen, BadInput."""
    require_administrator(acting)
    account = account_in_scope(acting, officer)
    if office and not Office.objects.filter(id=office, agency_id=account.officer.agency_id).exists():
        raise BadInput(
            "office.unknown",
            _("The officer's agency has no such office."),
            _("Choose one from the list. An officer of another agency is invited there anew."),
            field="office",
        )
    with writing(acting.with_role(roles.ADMINISTRATOR)) as journal:
        journal.append(OfficerPlaced(officer=officer, office=office or None), about=[officer])


def reactivate_officer(acting: Acting, *, officer: str, officer_roles: Sequence[str], reason: str) -> str:
    """Opens a closed account again, in these roles; returns the activation code, shown once.

    The officer gets a new signing key. Access to cases is not given back: that is for the cases' officers. Raises
    Forbidden, Unseen, Refusal when the account is open.
    """
    require_administrator(acting)
    account = account_in_scope(acting, officer)
    if account.officer.active:
        raise Refusal("officer.active", _("The officer's account is open."), _("Nothing needs to be done."))
    code = secrets.token_urlsafe(18)
    with transaction.atomic():
        with writing(acting.with_role(roles.ADMINISTRATOR)) as journal:
            journal.append(OfficerReactivated(officer=officer, reason=reason), about=[officer])
            changed = {"officer": officer, "roles": list(officer_roles), "reason": reason}
            journal.append(RolesChanged.model_validate(changed), about=[officer])
            body = ActivationRenewed(officer=officer, activation=keys.hashed(code))
            record = journal.append(body, about=[officer])
        services.keep_code(account, code, record)
    return code


def end_sessions_of(acting: Acting, *, officer: str) -> int:
    """Ends every session of an officer, and forgets their opened keys; returns how many. Raises Forbidden, Unseen."""
    require_administrator(acting)
    return end_all_sessions(account_in_scope(acting, officer))
