"""From the zone of a travel document to the fields of a person: proposals, each to be confirmed by the officer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from copes.chain.cases.forms import country_choices
from copes.chain.cases.mrz import Mrz, country_of

KINDS: dict[str, Promise] = {
    "P": gettext_lazy("Passport"),
    "V": gettext_lazy("Visa"),
    "I": gettext_lazy("Identity card"),
    "A": gettext_lazy("Identity card"),
    "C": gettext_lazy("Identity card"),
}


def document_facts(zone: Mrz) -> dict[str, str]:
    """The values as the fields of a person take them; what the zone does not say is left out."""
    facts = {
        "name": ", ".join(part for part in (zone.surname, zone.given) if part),
        "born": zone.born.isoformat() if zone.born else "",
        "nationality": country_of(zone.nationality),
        "document": document_line(zone),
    }
    return {name: value for name, value in facts.items() if value}


def document_line(zone: Mrz) -> str:
    """Kind, number, issuer and expiry in one line."""
    kind = str(KINDS.get(zone.kind[:1], _("Travel document")))
    line = f"{kind} {zone.number} ({zone.issuer})"
    return f"{line}, {_('valid until')} {zone.expires.isoformat()}" if zone.expires else line


def proposals(zone: Mrz, show: Callable[[date], str]) -> list[dict[str, Any]]:
    """Each value with its label, and what is wrong with its check digit; nothing wrong is proposed unasked."""
    facts = document_facts(zone)
    names = dict(country_choices())
    whole = _("The check digit over the whole zone is wrong.") if "whole" in zone.wrong else ""
    rows = (
        ("name", pgettext("person", "Name"), facts.get("name", ""), ""),
        ("born", _("Date of birth"), show(zone.born) if zone.born else "", _wrong(zone, "born")),
        ("nationality", _("Nationality"), str(names[facts["nationality"]]) if "nationality" in facts else "", ""),
        ("document", _("Identity document"), facts["document"], _wrong(zone, "number") or _wrong(zone, "expires")),
    )
    return [
        {"field": name, "label": label, "value": value, "wrong": wrong or whole}
        for name, label, value, wrong in rows
        if value
    ]


def _wrong(zone: Mrz, part: str) -> str:
    if part not in zone.wrong:
        return ""
    return {
        "born": _("The check digit of the date of birth is wrong."),
        "number": _("The check digit of the document number is wrong."),
        "expires": _("The check digit of the date of expiry is wrong."),
    }[part]
