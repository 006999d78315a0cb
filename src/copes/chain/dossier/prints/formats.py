"""Dates, times, numbers and names of languages as a reader of the print expects them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

LOCALES = {
    "en": "en_GB",
    "fr": "fr",
    "es": "es",
    "ru": "ru",
    "ar": "ar",
    "sr": "sr_Cyrl",
    "sr-latn": "sr_Latn",
}
LANGUAGES = tuple(LOCALES)


def locale_of(language: str) -> Locale:
    """The locale of one of the seven languages. Raises LookupError for any other."""
    return Locale.parse(LOCALES[language])


def is_rtl(language: str) -> bool:
    """Whether the language is written from right to left."""
    return language == "ar"


def day(value: date, language: str) -> str:
    """A date in words, as it is written in the language."""
    return format_date(value, "long", locale=locale_of(language))


def offset_text(moment: datetime) -> str:
    """The offset of an aware moment from UTC: ``UTC+01:00``, ``UTC``."""
    offset = moment.utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    if not minutes:
        return "UTC"
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def moment_text(moment: datetime, language: str) -> str:
    """An aware moment in words with its own offset: ``9 February 2018, 01:35 (UTC+01:00)``."""
    comma = "\N{ARABIC COMMA}" if is_rtl(language) else ","
    return f"{day(moment.date(), language)}{comma} {moment:%H:%M} ({offset_text(moment)})"


def short_moment(moment: datetime) -> str:
    """An aware moment for tables, the same in every language: ``2018-02-09 01:35``."""
    return f"{moment:%Y-%m-%d %H:%M}"


def number(value: object, language: str) -> str:
    """A number grouped as the language does, all its decimals kept; any other text as it is."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    plain = amount.normalize() if amount == amount.to_integral_value() and amount.as_tuple().exponent != 0 else amount
    if plain.as_tuple().exponent not in {"n", "N", "F"} and int(plain.as_tuple().exponent) > 0:
        plain = plain.quantize(Decimal(1))
    return format_decimal(plain, locale=locale_of(language), decimal_quantization=False)
