"""The words of prints: kinds of records, names of fields, values of code lists."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from copes.chain.cases.codes import PERSON_ROLES, RECORDS, TRANSPORT
from copes.chain.custody.codes import CATEGORIES, REASONS, SEAL_STATES
from copes.chain.seizures.codes import CONCEALMENT, COPY, DETECTION, PRESENCE, SIGNATURE

KINDS: dict[str, Promise] = {
    **RECORDS,
    "node.created/1": _("Ledger begun"),
    "agency.registered/1": _("Agency registered"),
    "officer.enrolled/1": _("Officer enrolled"),
    "officer.roles_changed/1": _("Officer's roles changed"),
    "officer.deactivated/1": _("Officer deactivated"),
    "key.enrolled/1": _("Signing key enrolled"),
    "key.rotated/1": _("Signing key replaced"),
    "key.revoked/1": _("Signing key revoked"),
}

FIELDS: dict[str, Promise] = {
    "address": _("Address"),
    "service_number": _("Service number"),
    "amount": _("Amount"),
    "born": _("Date of birth"),
    "capacity": _("Capacity"),
    "category": _("Category"),
    "cause": _("Cause"),
    "citation": _("Provision"),
    "closed_at": _("Closed at"),
    "concealment": _("Concealment"),
    "concealment_place": _("Where it was concealed"),
    "condition": _("Condition"),
    "containers": _("Containers"),
    "copy_given": _("Copy of the report"),
    "count": _("Count"),
    "country": _("Country"),
    "currency": _("Currency"),
    "declaration": _("Declaration made to the person"),
    "denominations": _("Denominations"),
    "departure": _("Departure"),
    "description": _("Description"),
    "destination": _("Destination"),
    "detection": _("Method of detection"),
    "document": _("Identity document"),
    "drafted_at": _("Place of drafting"),
    "ended_at": _("Ended at"),
    "form": _("Form"),
    "found": _("What was found"),
    "found_where": _("Found where"),
    "gross_g": _("Gross weight (g)"),
    "ground": _("Legal ground"),
    "grounds": _("Grounds of the control"),
    "guardian": _("Guardian of the things"),
    "hs_code": _("HS code"),
    "intact": _("Intact"),
    "jurisdiction": _("Jurisdiction"),
    "latitude": _("Latitude"),
    "legal_basis": _("Legal basis"),
    "legal_power": _("Legal power"),
    "longitude": _("Longitude"),
    "make": _("Make"),
    "means_of_transport": _("Means of transport"),
    "name": _("Name"),
    "nationality": _("Nationality"),
    "net_g": _("Net weight (g)"),
    "number": _("Number"),
    "officers": _("Officers"),
    "counters": _("Counted by"),
    "origin": _("Origin"),
    "path": _("Field"),
    "persons": _("Persons"),
    "place": _("Place"),
    "presence": _("Presence of the person"),
    "prosecution": _("In charge of prosecution"),
    "purpose": _("Purpose"),
    "quantity": _("Quantity"),
    "read_to_person": _("Report read to the person"),
    "reason": _("Reason"),
    "received_by": _("Received by"),
    "registration": _("Registration"),
    "released_to": _("Released to"),
    "remark": _("Remark"),
    "replaced_by": _("Replaced by seal"),
    "reservations": _("Reservations"),
    "residence": _("Residence"),
    "role": _("Role"),
    "route": _("Route"),
    "seal": _("Seal"),
    "sha256": _("SHA-256"),
    "signature": _("Signature of the person"),
    "source": _("Source"),
    "started_at": _("Began at"),
    "statements": _("Statements of the person"),
    "summons": _("Summons"),
    "suspected_offence": _("Suspected offence (assessment)"),
    "text": _("Text"),
    "title": _("Title"),
    "total": _("Total"),
    "transit": _("Transit"),
    "transport": _("Type"),
    "typed": _("As written"),
    "unit": _("Unit"),
    "value": _("Value"),
    "vehicle": _("Vehicle"),
    "vin": _("Vehicle identification number"),
    "how": _("How"),
    "at": _("When"),
    "items": _("Items"),
    "cash": _("Cash"),
    "container": _("Container"),
    "measures": _("Measures"),
    "seals": _("Seals"),
    "state": _("State"),
    "line": _("Line"),
    "assignee": _("For"),
    "due_at": _("Due"),
    "until": _("Until"),
    "note": _("Note"),
    "priority": _("Priority"),
    "time_known_to": _("Time known to the"),
}

# Values of code lists, by the field that holds them.
CODES: dict[str, dict[str, Promise]] = {
    "role": PERSON_ROLES,
    "transport": TRANSPORT,
    "presence": PRESENCE,
    "signature": SIGNATURE,
    "copy_given": COPY,
    "detection": DETECTION,
    "concealment_place": CONCEALMENT,
    "category": CATEGORIES,
    "reason": REASONS,
    "state": SEAL_STATES,
    "form": {"note": pgettext_lazy("cash", "Note"), "coin": _("Coin")},
    "time_known_to": {"minute": _("minute"), "day": _("day"), "month": _("month"), "year": _("year")},
}

# The order in which a reader expects fields; a record keeps its salted ones in the order of their digests.
ORDER = (
    *("number", "title", "suspected_offence", "role", "name", "born", "nationality", "document", "address"),
    *("started_at", "ended_at", "closed_at", "place", "drafted_at", "legal_power", "legal_basis", "text"),
    *("citation", "jurisdiction", "grounds", "cause", "detection", "concealment_place", "concealment", "route"),
    "origin",
    *("departure", "transit", "destination", "found", "transport", "typed", "registration", "vin", "make"),
    *("country", "latitude", "longitude", "description", "category", "quantity", "unit", "gross_g", "net_g"),
    *("hs_code", "cash", "container", "vehicle", "value", "amount", "currency", "total", "denominations"),
    *("form", "count", "counters", "measures", "found_where", "officers", "prosecution", "capacity"),
    *("residence", "guardian", "presence", "summons", "how", "at", "declaration", "read_to_person"),
    *("signature", "copy_given", "statements", "reservations", "seal", "replaced_by", "intact", "reason"),
    *("condition", "remark", "sha256", "path", "salted_value"),
)
_RANK = {name: place for place, name in enumerate(ORDER)}

STATES: dict[str, Promise] = {
    "durable": _("Recorded"),
    "sealed": _("Sealed"),
    "witnessed": _("Witnessed"),
}


def kind_words(kind: str) -> str:
    """What a kind of record is called; the kind itself when it has no words."""
    return str(KINDS.get(kind, kind))


def field_words(name: str) -> str:
    """The label of a field."""
    return str(FIELDS.get(name, name.replace("_", " ")))


def code_words(field: str, value: object) -> str:
    """A value of a code list in words; any other value as it is."""
    return str(CODES.get(field, {}).get(str(value), value))


def unit_words(unit: object, amount: object) -> str:
    """A unit as it stands after an amount: counted things in words, measures as their symbol."""
    whole = str(amount).partition(".")[0]
    count = int(whole) if whole.isdigit() and len(whole) < 12 else 2
    if unit == "pieces":
        return ngettext("piece", "pieces", count)
    if unit == "packs":
        return ngettext("pack", "packs", count)
    if unit == "pairs":
        return ngettext("pair", "pairs", count)
    return "" if unit is None else str(unit)


def rank(name: str) -> int:
    """The place of a field among others; unknown ones come last."""
    return _RANK.get(name, len(_RANK))
