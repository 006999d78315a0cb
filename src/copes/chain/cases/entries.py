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
ADD = "add"


class ExactField(forms.CharField):
    """A number exactly as typed: comma or point before decimals, spaces between groups; the record checks the rest."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"})

    def to_python(self, value: Any) -> str:
        """The number with a point and without spaces."""
        text = super().to_python(value) or ""
        return "".join(text.split()).replace("\u202f", "").replace("\N{MINUS SIGN}", "-").replace(",", ".")


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

    def facts(self) -> dict[str, Any]:
        """What was entered, nested as the record is; what was left empty is left out."""
        return nest({name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])})

    def blank(self) -> bool:
        """Whether nothing was entered in this repetition."""
        return not any(_entered(self, name) for name in self.fields)


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
        initial: Sequence[Mapping[str, Any]] = (),
        least: int = 1,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        self.prefix, self.extra = prefix, dict(extra or {})
        adding = data is not None and data.get(ADD) == prefix
        keeping = data is not None and bool(data.get(ADD))
        count = _count(data, prefix) if data is not None else max(len(initial), least)
        self.forms: list[EntryForm] = []
        for place in range(count):
            name = f"{prefix}-{place}"
            if data is None:
                start = initial[place] if place < len(initial) else {}
                self.forms.append(form(prefix=name, initial=dict(start), **self.extra))
            else:
                bound = form(data, prefix=name, **self.extra)
                self.forms.append(_kept(bound, form, self.extra) if keeping else bound)
        if adding and count < MOST:
            self.forms.append(form(prefix=f"{prefix}-{count}", **self.extra))

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
    return min(int(text), MOST) if text.isascii() and text.isdigit() else 1


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
