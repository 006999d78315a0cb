"""Dates, times, numbers and names of languages as a reader of the print expects them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_decimal_symbol

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
    """An aware moment for tables, the same in every language: ``2018-02-09 01:35+01:00`` (RFC 3339 §5.6)."""
    offset = offset_text(moment).removeprefix("UTC") or "Z"
    return f"{moment:%Y-%m-%d %H:%M}{offset}"


def number(value: object, language: str) -> str:
    """An exact number, digits in groups of three by narrow spaces (ISO 80000-1 §7.3.1); other text as it is.

    Spaces, because a comma and a point swap their meaning between the two languages of one receipt.
    """
    text = str(value)
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return text
    if not amount.is_finite():
        return text
    whole, _, decimals = format(abs(amount), "f").partition(".")
    decimals = decimals.rstrip("0") if len(decimals) > 2 else decimals
    grouped = f"{int(whole):,}".replace(",", "\N{NARROW NO-BREAK SPACE}") if len(whole) > 4 else whole
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    point = get_decimal_symbol(locale_of(language)) if language != "ar" else "."
    return sign + grouped + (point + decimals if decimals else "")
