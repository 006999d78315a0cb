"""Numbers, months and codes in the reader's language. Digits in threes by narrow spaces, as everywhere in the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.core import UnknownLocaleError
from django.utils.dates import MONTHS
from django.utils.formats import date_format, get_format
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.codes import TRANSPORT
from copes.chain.custody.codes import CATEGORIES
from copes.chain.seizures.codes import CONCEALMENT, DETECTION
from copes.insight.statistics.measures import is_currency, scaled

CODES: dict[str, dict[str, Promise]] = {
    "category": CATEGORIES,
    "transport": TRANSPORT,
    "detection": DETECTION,
    "concealment": CONCEALMENT,
}
UNITS: dict[str, Promise] = {
    "g": _("Weight"),
    "l": _("Volume"),
    "m": _("Length"),
    "m2": _("Area"),
    "pieces": _("Pieces"),
    "packs": _("Packs"),
    "pairs": _("Pairs"),
}
SIGNS: dict[str, Promise | str] = {"m2": "m²", "pieces": _("pieces"), "packs": _("packs"), "pairs": _("pairs")}


def number(amount: Decimal | int) -> str:
    """A number, exact."""
    plain = format(Decimal(amount), "f")
    sign, digits = ("\N{MINUS SIGN}", plain[1:]) if plain.startswith("-") else ("", plain)
    whole, _point, decimals = digits.partition(".")
    grouped = f"{int(whole):,}".replace(",", "\N{NARROW NO-BREAK SPACE}") if len(whole) > 4 else whole
    point = "." if get_language_bidi() else get_format("DECIMAL_SEPARATOR")
    return sign + grouped + (f"{point}{decimals}" if decimals else "")


def exact(amount: Decimal, unit: str) -> str:
    """An amount with its base unit, to the last digit."""
    return f"{number(amount)}\u00a0{SIGNS.get(unit, unit)}"


def short(amount: Decimal, unit: str) -> str:
    """An amount as people say it; ``≈`` before what is not exact."""
    value, name, whole = scaled(amount, unit)
    return f"{'' if whole else '≈ '}{number(value)}\u00a0{SIGNS.get(name, name)}"


def unit_name(unit: str) -> str:
    """What a unit of the sums measures."""
    return gettext("Cash in %(currency)s") % {"currency": unit} if is_currency(unit) else str(UNITS.get(unit, unit))


def month_name(month: date, *, brief: bool = False) -> str:
    """A month with its year; ``brief``: as short as it stays clear."""
    if brief:
        return f"{date_format(month, 'M')} {month:%y}" if _letters() else f"{month:%m.%y}"
    return f"{MONTHS[month.month]} {month.year}"


def _letters() -> bool:
    return get_language() != "ar"


def value_name(dimension: str, value: str) -> str:
    """A value of a dimension; what the records do not state says so."""
    if dimension == "place":
        return place_name(value)
    if not value:
        return pgettext("value", "Not stated")
    return str(CODES[dimension].get(value, value))


def place_name(key: str) -> str:
    """A place with its country."""
    country, _colon, name = key.partition(":")
    name = name or pgettext("value", "Not stated")
    if not country:
        return name
    return gettext("%(place)s, %(country)s") % {"place": name, "country": country_name(country)}


def country_name(code: str) -> str:
    """A country (ISO 3166-1 alpha-2) in the reader's language."""
    try:
        locale = Locale.parse((get_language() or "en").replace("-latn", "-Latn"), sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    names: Mapping[str, str] = locale.territories
    return names.get(code, code)
