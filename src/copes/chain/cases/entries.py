"""Entries: forms with repeating parts, checked by the model of the fact they state, and nothing typed is lost.

A field named ``place__name`` stands for ``place.name`` of the record. Everything works without scripts: "add" is a
button that sends the form and shows it again with one more part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.wording import BadFields
from copes.foundation.refusals import Refusal
from copes.foundation.web.fields import dress

MOST = 150
READ = 400  # so many repetitions are read, so that too many are refused with the mend and never dropped quietly
ADD = "add"
# Digits and separators of Arabic and Persian keyboards.
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.", "\N{ARABIC THOUSANDS SEPARATOR}\u200e\u200f")
# What a phone's keyboard should do, by the last part of a field's name.
KEYBOARDS: dict[str, dict[str, str]] = {
    "name": {"autocapitalize": "words"},
    "registration": {"autocapitalize": "characters", "spellcheck": "false", "data-scan": "plate"},
    "vin": {"autocapitalize": "characters", "spellcheck": "false", "data-scan": "text"},
    "seal": {"autocapitalize": "characters", "spellcheck": "false", "data-scan": "seal"},
    "typed": {"autocapitalize": "characters", "spellcheck": "false", "data-scan": "container"},
    "container": {"autocapitalize": "characters", "spellcheck": "false", "data-scan": "container"},
    "hs_code": {"inputmode": "numeric", "spellcheck": "false"},
    "currency": {"autocapitalize": "characters", "spellcheck": "false"},
}


class ExactField(forms.CharField):
    """A number exactly as typed: comma or point before decimals, spaces between groups; the record checks the rest."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"})

    def to_python(self, value: Any) -> str:
        """The number with a point and without spaces."""
        return exact(super().to_python(value) or "")


def exact(typed: str) -> str:
    """A number as typed, with a point before decimals and ASCII digits, nothing else changed.

    Arabic (٠-٩) and Persian (۰-۹) digits and their separators count. Of a comma and a point the later one stands before
    the decimals; one that stands more than once divides groups. What is no number stays wrong and is refused later.
    """
    text = "".join(typed.translate(DIGITS).split()).replace("\u202f", "").replace("\N{MINUS SIGN}", "-")
    decimal = max(".,", key=text.rfind) if "." in text or "," in text else ""
    other = "," if decimal == "." else "."
    if decimal and text.count(decimal) > 1 and other not in text:
        groups = text.split(decimal)[1:]
        return text.replace(decimal, "") if all(len(group) == 3 for group in groups) else text
    return text.replace(other, "").replace(",", ".") if decimal else text


class WhenField(forms.DateTimeField):
    """A moment in the node's time zone; starts with a moment as a record states it, too."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")

    def prepare_value(self, value: Any) -> Any:
        """A recorded moment in the node's time zone; what was typed stays as it is."""
        if isinstance(value, str):
            try:
                recorded = datetime.fromisoformat(value)
            except ValueError:
                return value
            return super().prepare_value(recorded) if recorded.tzinfo else value
        return super().prepare_value(value)


class EntryForm(forms.Form):
    """A form, or one repetition of a part of one."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _suit_keyboard(name.rpartition("__")[2], field.widget)

    def facts(self) -> dict[str, Any]:
        """What was entered, nested as the record is; what was left empty is left out."""
        return nest({name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])})

    def blank(self) -> bool:
        """Whether nothing was entered in this repetition."""
        return not any(_entered(self, name) for name in self.fields)


def _suit_keyboard(name: str, widget: forms.Widget) -> None:
    """Tells a device's keyboard what is typed here; texts keep its dictation and correction."""
    if isinstance(widget, forms.Textarea):
        widget.attrs.setdefault("autocapitalize", "sentences")
    elif isinstance(widget, forms.TextInput):
        for key, value in {"enterkeyhint": "next", "autocomplete": "off", **KEYBOARDS.get(name, {})}.items():
            widget.attrs.setdefault(key, value)


def _entered(form: forms.Form, name: str) -> Any:
    field = form.fields[name]
    return field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))


def nest(flat: Mapping[str, Any]) -> dict[str, Any]:
    """``{"place__name": "x"}`` as ``{"place": {"name": "x"}}``."""
    nested: dict[str, Any] = {}
    for name, value in flat.items():
        *steps, last = name.split("__")
        at = nested
        for step in steps:
            at = at.setdefault(step, {})
        at[last] = value
    return nested


def unnest(nested: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """The other way round, for the initial values of a correction; lists stay as they are."""
    flat: dict[str, Any] = {}
    for name, value in nested.items():
        if isinstance(value, Mapping):
            flat.update(unnest(value, f"{before}{name}__"))
        else:
            flat[f"{before}{name}"] = value
    return flat


class Rows:
    """A part that repeats: persons, items, containers. Blank repetitions are not recorded."""

    def __init__(
        self,
        form: type[EntryForm],
        prefix: str,
        *,
        data: Any = None,
        files: Any = None,
        initial: Sequence[Mapping[str, Any]] = (),
        least: int = 1,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        self.prefix, self.extra, self.form = prefix, dict(extra or {}), form
        wanted = (data.get(ADD) or "") if data is not None else ""
        adding = wanted == prefix or wanted.startswith(f"{prefix}:")
        keeping = data is not None and bool(data.get(ADD))
        count = _count(data, prefix) if data is not None else max(len(initial), least)
        self.forms: list[EntryForm] = []
        for place in range(count):
            name = f"{prefix}-{place}"
            if data is None:
                start = initial[place] if place < len(initial) else {}
                self.forms.append(form(prefix=name, initial=dict(start), **self.extra))
            else:
                bound = form(data, files, prefix=name, **self.extra)
                self.forms.append(_kept(bound, form, self.extra) if keeping else bound)
        if adding:
            self._add(self.like(wanted.removeprefix(prefix).removeprefix(":"), data))

    def like(self, wanted: str, data: Any) -> list[dict[str, Any]]:  # noqa: ARG002 - rooms that offer more look at it
        """What the repetitions begin with that ``add`` asks for: here one, empty."""
        return [{}]

    def _add(self, starts: Sequence[Mapping[str, Any]]) -> None:
        for start in starts:
            if len(self.forms) < MOST:
                place = len(self.forms)
                self.forms.append(self.form(prefix=f"{self.prefix}-{place}", initial=dict(start), **self.extra))

    @property
    def blank(self) -> EntryForm:
        """One more repetition, for scripts to add without the server."""
        return self.form(prefix=f"{self.prefix}-__n__", **self.extra)

    @property
    def count(self) -> int:
        """How many repetitions are shown."""
        return len(self.forms)

    def filled(self) -> list[EntryForm]:
        """The repetitions in which something was entered."""
        return [form for form in self.forms if form.is_bound and not form.blank()]

    def is_valid(self) -> bool:
        """Whether every filled repetition is, by itself."""
        good = True
        for form in self.filled():
            good = form.is_valid() and good
        return good

    def facts(self) -> list[dict[str, Any]]:
        """What was entered, one after another."""
        return [form.facts() for form in self.filled()]


def _count(data: Any, prefix: str) -> int:
    text = data.get(f"{prefix}-count", "")
    return min(int(text), READ) if text.isascii() and text.isdigit() else 1


def _kept(bound: EntryForm, form: type[EntryForm], extra: Mapping[str, Any]) -> EntryForm:
    """The form with what was typed and without judgement: it was sent only to get one more part."""
    typed = {name: _entered(bound, name) for name in bound.fields}
    return form(prefix=bound.prefix, initial=typed, **extra)


class Entry:
    """A main form and its repeating parts."""

    def __init__(self, form: EntryForm, **rows: Rows) -> None:
        self.form, self.rows = form, rows
        self.others: list[str] = []

    def is_valid(self) -> bool:
        """Whether every form is, by itself; the record's own model comes after."""
        good = self.form.is_valid()
        for rows in self.rows.values():
            good = rows.is_valid() and good
        return good

    def facts(self) -> dict[str, Any]:
        """What was entered, nested as the record is."""
        return {**self.form.facts(), **{name: rows.facts() for name, rows in self.rows.items()}}

    def refuse(self, refusal: Refusal) -> None:
        """Puts a refusal, or each of several problems, where it belongs."""
        if isinstance(refusal, BadFields):
            for path, message in refusal.errors:
                self._place(path, message)
        else:
            self._place(refusal.field or "", f"{refusal.reason} {refusal.mend}")

    def _place(self, path: str, message: str) -> None:
        head, _dot, rest = path.partition(".")
        if head in self.rows and rest[:1].isdigit():
            number, _dot, inner = rest.partition(".")
            filled = self.rows[head].filled()
            if int(number) < len(filled):
                add_error(filled[int(number)], inner, message)
                return
        add_error(self.form, path, message)

    def problems(self) -> list[tuple[str, str]]:
        """Every problem with the id of the control where it is mended, for the summary above the form."""
        found = [("", message) for message in self.others]
        for form in [self.form, *(one for rows in self.rows.values() for one in rows.filled())]:
            if not form.is_bound:
                continue
            for name, messages in form.errors.items():
                target = dress(form[name])["first_id"] if name in form.fields else ""
                found.extend((target, str(message)) for message in messages)
        return found


def add_error(form: forms.Form, path: str, message: str) -> None:
    """Puts a problem at the field of the path, at a field nearest to it, or above the form."""
    keys = path.split(".") if path else []
    while keys:
        name = "__".join(keys)
        if name in form.fields:
            form.add_error(name, message)
            return
        keys.pop()
    form.add_error(None, message)


def kept_form(form: type[EntryForm], data: Any, **extra: Any) -> EntryForm:
    """The main form shown again with what was typed, because one more part was asked for."""
    return _kept(form(data, **extra), form, extra) if data.get(ADD) else form(data, **extra)


def plain(value: Any) -> Any:
    """A recorded value as a form field shows it."""
    return format(value, "f") if isinstance(value, Decimal) else value


def officer_choices(officers: Iterable[Any]) -> list[tuple[str, str]]:
    """Officers for a select or check boxes."""
    return [(one.id, one.label) for one in officers]


YES_NO: list[tuple[str, Promise]] = [("yes", _("Yes")), ("no", _("No"))]
