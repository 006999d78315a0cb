"""Values of the chain's records in pages: codes as words, times, what was erased, what was corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from babel import Locale
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from copes.chain.cases import codes, relative
from copes.chain.cases.forms import country_choices
from copes.chain.cases.shown import Shown
from copes.chain.custody import codes as custody
from copes.chain.seizures import codes as seizures
from copes.foundation.web.templatetags.copes import quantity, sensitive, when

register = template.Library()
LISTS = {
    "role": codes.PERSON_ROLES,
    "transport": codes.TRANSPORT,
    "record": codes.RECORDS,
    "task": codes.TASK_STATES,
    "case_state": codes.CASE_STATES,
    "print": seizures.PRINTS,
    "category": custody.CATEGORIES,
    "unit": custody.UNITS,
    "reason": custody.REASONS,
    "seal_state": custody.SEAL_STATES,
    "state": custody.STATES,
    "answer": custody.ANSWERS,
    "step": custody.STEPS,
    "act": seizures.ACTS,
    "presence": seizures.PRESENCE,
    "signature": seizures.SIGNATURE,
    "copy": seizures.COPY,
    "detection": seizures.DETECTION,
    "concealment_place": seizures.CONCEALMENT,
}


@register.filter
def word(code: Any, name: str) -> str:
    """The label of a code in the list ``name``: ``{{ row.category|word:"category" }}``."""
    return codes.label(LISTS[name], getattr(code, "value", code))


@register.filter
def country(code: Any) -> str:
    """A country by name in the reader's language."""
    value = getattr(code, "value", code)
    return str(dict(country_choices()).get(value, value or "")) if value else ""


@register.filter
def due_words(due: datetime) -> str:
    """``overdue by 2 h`` or ``due in 3 d``."""
    return relative.due_words(due)


@register.filter
def since_words(since: datetime) -> str:
    """``for 2 h``."""
    return relative.since_words(since)


LOCALES = {"sr-latn": "sr_Latn", "sr": "sr_Cyrl"}


def language_name(code: str) -> str:
    """A language by name in the reader's language (CLDR); the code itself when it has none."""
    reader = get_language() or "en"
    names = Locale.parse(LOCALES.get(reader, reader)).languages
    script = "sr_Latn" if code == "sr-latn" else code
    return str(names.get(script) or names.get(code.partition("-")[0]) or code)


@register.filter
def languages(found: Iterable[str]) -> str:
    """The names of languages in the reader's language."""
    return ", ".join(language_name(one) for one in found)


@register.filter
def get(facts: dict[str, Shown], path: str) -> Shown | None:
    """The value at a path whose name holds a point."""
    return facts.get(path)


@register.filter
def has(facts: dict[str, Shown], path: str) -> bool:
    """Whether there is something to show at a path."""
    found = facts.get(path)
    return found is not None and found.present


@register.simple_tag
def shown(fact: Shown | None, kind: str = "") -> SafeString:
    """A value with what is to be known of it. ``kind``: when, country, or the name of a code list."""
    if fact is None:
        return sensitive(None)
    value = fact.value
    if value is None and fact.erasure is not None:
        return sensitive(None, fact.erasure)
    return format_html("{}{}", _formed(value, kind), _corrected(fact))


FORMS: dict[str, Callable[[Any], Any]] = {
    "when": lambda value: when(datetime.fromisoformat(value)),
    "day": lambda value: when(date.fromisoformat(value)),
    "country": lambda value: sensitive(country(value)),
    "number": quantity,
}


def _formed(value: Any, kind: str) -> Any:
    if value in (None, ""):
        return sensitive(None)
    if kind in FORMS:
        return FORMS[kind](value)
    if kind in LISTS:
        return word(value, kind)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return sensitive(value)


def _corrected(fact: Shown) -> SafeString | str:
    if not fact.path.startswith("body.fields."):
        return ""
    return format_html(' <span class="tag tag--note">{}</span>', _("corrected"))
