"""The components of the house: fields, errors, tags, values shown safely in any script.

Everything returned is escaped by ``format_html`` or a template. Times are shown in the node's time zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from copes.foundation.web.assets import asset_url
from copes.foundation.web.fields import dress, first_id

register = template.Library()

STATES = {
    "durable": (
        gettext_lazy("Recorded"),
        gettext_lazy("Signed and stored on this node; not yet under a signed head of the ledger."),
    ),
    "sealed": (
        gettext_lazy("Sealed"),
        gettext_lazy("Covered by a signed head of the ledger: it can no longer be changed unnoticed."),
    ),
    "witnessed": (
        gettext_lazy("Witnessed"),
        gettext_lazy("The head of the ledger was also signed by the cosigners: not even this agency can rewrite it."),
    ),
}


@register.simple_tag
def asset(name: str) -> str:
    """The versioned address of a static file."""
    return asset_url(name)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A decorative picture; the text beside it carries the meaning."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false" width="20" height="20"><use href="{}#{}"/></svg>',
        f"icon {extra}".strip(),
        asset_url("icons.svg"),
        name,
    )


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, width: str = "", label: str = "", hint: str = "", *, big: bool = False) -> dict[str, Any]:
    """A form field with label, hint and error. ``width``: xs, s, m, wide; ``big``: legend as a heading."""
    return dress(bound, width=width, label=label, hint=hint, big=big)


@register.inclusion_tag("components/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Every visible field of a form, one under another, and the hidden ones."""
    return {"form": form}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[Any] | str | None) -> dict[str, Any]:
    """What is wrong with the entry, each line a link to its field. Shows nothing when all is well.

    A form that the page does not have comes as an empty string from the template engine.
    """
    return {"errors": [line for form in forms if form and not isinstance(form, str) for line in _errors(form)]}


def _errors(form: BaseForm | BaseFormSet[Any]) -> Iterable[tuple[str, str]]:
    if isinstance(form, BaseFormSet):
        if not form.is_bound:
            return
        for message in form.non_form_errors():
            yield "", str(message)
        for one in form.forms:
            yield from _errors(one)
        return
    if not form.is_bound:
        return
    for message in form.non_field_errors():
        yield "", str(message)
    for name in form.errors:
        if name in form.fields:
            bound = form[name]
            for message in bound.errors:
                label = str(bound.label)
                yield first_id(bound), _("%(field)s: %(problem)s") % {"field": label, "problem": message}


@register.simple_tag
def ledger_state(state: Any) -> SafeString:
    """The tag of durable, sealed or witnessed, with what it means. Takes the word or a Place."""
    word = str(getattr(state, "state", state) or "durable")
    label, meaning = STATES[word]
    return format_html(
        '<span class="tag tag--{}" title="{}">{}<span class="visually-hidden">: {}</span></span>',
        word,
        meaning,
        label,
        meaning,
    )


@register.simple_tag
def tag(label: Any, kind: str = "") -> SafeString:
    """A small label; ``kind``: good, note, warn, bad or nothing."""
    return format_html('<span class="{}">{}</span>', f"tag tag--{kind}" if kind else "tag", label)


@register.simple_tag
def bdi(value: Any) -> SafeString:
    """A value whose direction must not disturb its surroundings: names, numbers, identifiers."""
    return format_html("<bdi>{}</bdi>", _given(value))


def _given(value: Any) -> Any:
    if value is None or value == "":
        return format_html('<span class="absent">{}</span>', _("not recorded"))
    return value


@register.simple_tag
def sensitive(value: Any, erasure: Any = None) -> SafeString:
    """Personal data, or why it is not there.

    ``erasure`` is the word ``redacted``, or an object with ``at`` and ``by`` (journal.queries.erasures_of).
    """
    if not erasure:
        return bdi(value)
    if erasure == "redacted":
        return format_html('<span class="withheld">{}</span>', _("redacted"))
    by = getattr(erasure.by, "label", None) or erasure.by
    text = _("erased on %(date)s by %(officer)s") % {"date": _moment(erasure.at), "officer": by}
    return format_html('<span class="withheld withheld--erased">{}</span>', text)


@register.simple_tag
def quantity(amount: Decimal | int | str | None, unit: str = "") -> SafeString:
    """An exact amount with its unit, digits in groups of three. Never rounded."""
    if amount is None or amount == "":
        return bdi(None)
    exact = Decimal(str(amount))
    # Leading and trailing zeros go; "1E+3" becomes "1000".
    plain = format(exact.normalize() if exact else Decimal(0), "f")
    shown = _grouped(plain)
    return format_html('<bdi class="nowrap">{}{}{}</bdi>', shown, "\u00a0" if unit else "", _unit(unit, exact))


def _grouped(plain: str) -> str:
    """Digits in threes by narrow spaces (ISO 80000-1 §7.3.1): a sign would divide decimals elsewhere."""
    sign, digits = ("\N{MINUS SIGN}", plain[1:]) if plain.startswith("-") else ("", plain)
    whole, _point, decimals = digits.partition(".")
    grouped = f"{int(whole):,}".replace(",", "\N{NARROW NO-BREAK SPACE}") if len(whole) > 4 else whole
    point = "." if get_language_bidi() else get_format("DECIMAL_SEPARATOR")
    return sign + grouped + (f"{point}{decimals}" if decimals else "")


def _unit(unit: str, amount: Decimal) -> str:
    count = int(amount) if amount == int(amount) else 2
    match unit:
        case "piece" | "pieces" | "pcs":
            return ngettext("piece", "pieces", count)
        case "pack" | "packs":
            return ngettext("pack", "packs", count)
        case "note" | "notes":
            return ngettext("note", "notes", count)
        case _:
            return unit


@register.simple_tag
def officer(view: Any) -> SafeString:
    """An officer by name and service number; by number alone when the name was erased."""
    if not view:
        return bdi(None)
    name, number = getattr(view, "name", None), getattr(view, "service_number", "")
    if not name:
        return format_html("<bdi>{}</bdi>", _("Officer %(number)s") % {"number": number or view})
    return format_html('<bdi>{}</bdi> <bdi class="soft nowrap">{}</bdi>', name, number)


@register.simple_tag
def when(value: datetime | date | None) -> SafeString:
    """A moment (or day) as a <time> element, in the node's time zone and the reader's language."""
    if value is None:
        return bdi(None)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _moment(value))


def _moment(value: datetime | date) -> str:
    # Django's English date puts the month first, as Americans do; police and customs elsewhere do not.
    pattern = "j F Y" if get_language() == "en" else "DATE_FORMAT"
    if not isinstance(value, datetime):
        return date_format(value, pattern)
    local = timezone.localtime(value)
    return f"{date_format(local, pattern)} {local:%H:%M %Z}"


@register.simple_tag
def drawing(svg: str) -> SafeString:
    """A QR code or bar code as inline SVG: only its paths are taken over, so nothing in it can act."""
    box = re.search(r'viewBox="([-0-9. ]+)"', svg)
    paths = re.findall(r'<path[^>]* d="([-MmLlHhVvCcZz0-9.,\s]+)"', svg)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}" aria-hidden="true" focusable="false">{}</svg>',
        box.group(1) if box else "0 0 1 1",
        format_html_join("", '<path d="{}"/>', ((path,) for path in paths)),
    )


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, after: str | None = None) -> dict[str, Any]:
    """Pages by key: ``after`` is the last key of this page, or nothing when it is the last page."""
    request = context["request"]
    rest = request.GET.copy()
    started = rest.pop("after", None)
    first = rest.urlencode()
    if after:
        rest["after"] = str(after)
    return {"first": f"?{first}" if started else "", "following": f"?{rest.urlencode()}" if after else ""}
