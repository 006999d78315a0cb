"""What is wrong with an entry, by field and in the reader's language, from the model of the fact itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from copes.foundation.refusals import BadInput
from copes.trust.records.model import Body

B = TypeVar("B", bound=Body)
Problem = tuple[str, str]

MESSAGES: dict[str, Promise] = {
    "missing": _("This is missing."),
    "string_too_short": _("This is missing or too short (at least %(min_length)s characters)."),
    "string_too_long": _("This is too long (at most %(max_length)s characters)."),
    "string_pattern_mismatch": _("This is not written as it should be."),
    "string_type": _("This must be text."),
    "literal_error": _("Choose one of the values offered."),
    "enum": _("Choose one of the values offered."),
    "decimal_parsing": _("Enter a number, with a point before decimals."),
    "decimal_type": _("Enter a number, with a point before decimals."),
    "decimal_max_digits": _("This number has too many digits."),
    "decimal_max_places": _("At most %(decimal_places)s digits may follow the point."),
    "decimal_whole_digits": _("This number is too large."),
    "finite_number": _("Enter a number, with a point before decimals."),
    "int_parsing": _("Enter a whole number."),
    "int_type": _("Enter a whole number."),
    "greater_than": _("This must be more than %(gt)s."),
    "greater_than_equal": _("This must be at least %(ge)s."),
    "less_than_equal": _("This must be at most %(le)s."),
    "too_short": _("At least %(min_length)s must be given."),
    "too_long": _("At most %(max_length)s can be given."),
    "timezone_aware": _("The time must state its offset from UTC."),
    "datetime_parsing": _("This is not a date and time."),
    "datetime_from_date_parsing": _("This is not a date and time."),
    "datetime_type": _("This is not a date and time."),
    "date_from_datetime_parsing": _("This is not a date."),
    "date_parsing": _("This is not a date."),
    "date_type": _("This is not a date."),
    "bool_parsing": _("Choose yes or no."),
    "bool_type": _("Choose yes or no."),
    "extra_forbidden": _("This field is not known here."),
    "text_control": _("The text holds a control character; type it again."),
    "country": _("There is no country with this code."),
    "coordinates": _("Give both latitude and longitude, or neither."),
    "container_check": _("The check digit of the container number is wrong. Read the number on the container again."),
    "container_form": _("This is not a container number: four letters and seven digits, such as CSQU 305438 3."),
    "ends_before_start": _("The end lies before the start."),
    "cash_total": _("The denominations add up to %(counted)s, not to %(total)s. Count again."),
    "two_counters": _("Two different officers must count cash. Name both."),
    "quantity_unit": _("A quantity needs a unit, and a unit a quantity."),
    "cash_category": _("Cash is counted by denomination, and only cash is."),
    "net_over_gross": _("The net weight is more than the gross weight."),
    "signed_absent": _("A person who was not present cannot have been asked to sign."),
    "read_absent": _("The report cannot be read to a person who was not present."),
}
OTHERWISE = _("This value cannot be recorded.")
# Problems found on the whole of an object belong to the field where the mend is made.
BELONGS = {
    "coordinates": "longitude",
    "cash_total": "total",
    "two_counters": "counters",
    "quantity_unit": "unit",
    "cash_category": "category",
    "net_over_gross": "net_g",
    "signed_absent": "signature",
    "read_absent": "read_to_person",
}


class BadFields(BadInput):
    """Several things are wrong with an entry; ``errors`` lists each with its path (``place.name``)."""

    def __init__(self, errors: Sequence[Problem]) -> None:
        path, message = errors[0]
        super().__init__("input.invalid", message, _("Put this right and send it again."), field=path)
        self.errors = list(errors)


def checked(model: type[B], values: Mapping[str, Any]) -> B:
    """The values as a body of a record. Raises BadFields."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise BadFields(problems(error)) from None


def problems(error: ValidationError) -> list[Problem]:
    """Path and message of each problem pydantic found."""
    found = []
    for detail in error.errors(include_url=False, include_input=False):
        kind, context = detail["type"], detail.get("ctx") or {}
        place = [str(part) for part in detail["loc"]]
        below = context.get("at") or BELONGS.get(kind)
        if below and (not place or place[-1] != below):
            place.append(str(below))
        if kind in {"container_check", "container_form"}:
            place.append("typed")
        message = MESSAGES.get(kind, OTHERWISE)
        found.append((".".join(place), str(message) % context if context else str(message)))
    return found
