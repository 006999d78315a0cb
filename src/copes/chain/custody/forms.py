"""Forms of this room. What is right is decided by the models of the facts; forms say what to ask and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.codes import choices
from copes.chain.cases.entries import EntryForm, ExactField, WhenField, officer_choices
from copes.chain.cases.forms import area, country_choices
from copes.chain.cases.wording import MESSAGES
from copes.chain.custody import codes
from copes.foundation.people.queries import OfficerView


class CancelForm(EntryForm):
    """Why a release is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=area(2))


class SealForm(EntryForm):
    """A new seal."""

    seal = forms.CharField(label=_("Seal number"), max_length=60)


class CheckSealForm(EntryForm):
    """What was seen of a seal."""

    seal = forms.CharField(label=_("Seal number"), max_length=60, help_text=_("As you read it on the exhibit."))
    intact = forms.ChoiceField(
        label=_("Is the seal intact?"), choices=[("true", _("Yes")), ("false", _("No"))], widget=forms.RadioSelect
    )
    remark = forms.CharField(label=_("Remark"), widget=area(2), required=False)


class BreakSealForm(EntryForm):
    """Why a seal was opened."""

    seal = forms.CharField(label=_("Seal number"), max_length=60, help_text=_("As you read it on the exhibit."))
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=area(2))
    replaced_by = forms.CharField(label=_("New seal number"), max_length=60, required=False)


class PhotographForm(EntryForm):
    """A photograph."""

    picture = forms.FileField(label=_("Photograph"), help_text=_("JPEG, PNG or WebP, at most 25 MB."))
    taken_at = WhenField(label=_("Taken"), required=False)


class ItemForm(EntryForm):
    """One thing that is seized, or the description of an exhibit."""

    description = forms.CharField(label=_("Description"), widget=area(2))
    category = forms.ChoiceField(
        label=_("Category"),
        choices=choices({code: label for code, label in codes.CATEGORIES.items() if code != "cash"}),
    )
    quantity = ExactField(label=_("Quantity"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), choices=choices(codes.UNITS), required=False)
    gross_g = ExactField(label=_("Gross weight (g)"), required=False)
    net_g = ExactField(label=_("Net weight (g)"), required=False)
    seal = forms.CharField(label=_("Seal number"), max_length=60, required=False)
    found_where = forms.CharField(label=_("Found where"), max_length=200, required=False)
    container = forms.CharField(label=_("Container number"), max_length=40, required=False)
    vehicle__registration = forms.CharField(label=_("Vehicle: registration"), max_length=60, required=False)
    vehicle__vin = forms.CharField(label=_("Vehicle: identification number"), max_length=60, required=False)
    vehicle__make = forms.CharField(label=_("Vehicle: make and model"), max_length=200, required=False)
    vehicle__country = forms.ChoiceField(
        label=_("Vehicle: country of registration"), required=False, choices=country_choices
    )
    hs_code = forms.CharField(label=_("HS code"), max_length=10, required=False)
    value__amount = ExactField(label=_("Estimated value"), required=False)
    value__currency = forms.CharField(
        label=_("Currency of the value"), max_length=3, required=False, help_text=_("Three letters, for example EUR.")
    )


def _note_name(currency: str, value: str, form: str) -> str:
    return f"n_{currency}_{form}_{value.replace('.', '_')}"


TWO: dict[str, Any] = {"required": MESSAGES["two_counters"]}


class CashForm(EntryForm):
    """Cash, counted by denomination by two officers."""

    description = forms.CharField(label=_("Description"), widget=area(2))
    currency = forms.CharField(
        label=_("Currency"), max_length=3, help_text=_("Three letters, for example EUR."), initial=""
    )
    first_counter = forms.ChoiceField(label=_("First count by"), error_messages=TWO)
    second_counter = forms.ChoiceField(label=_("Second count by"), error_messages=TWO)
    total = ExactField(
        label=_("Total as announced"),
        required=False,
        help_text=_("If you enter it, it must equal the sum of the denominations."),
    )
    other = forms.CharField(
        label=_("Other denominations"),
        widget=area(2),
        required=False,
        help_text=_("One to a line, value × count: 1000 × 12"),
    )
    seal = forms.CharField(label=_("Seal number"), max_length=60, required=False)
    found_where = forms.CharField(label=_("Found where"), max_length=200, required=False)

    def __init__(self, *args: Any, officers: Sequence[OfficerView] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_counter", "second_counter"):
            self.fields[name].choices = [("", _("Choose")), *officer_choices(officers)]  # type: ignore[attr-defined]  # a choice field
        for currency, notes in codes.DENOMINATIONS.items():
            for value, form in notes:
                field = forms.IntegerField(
                    label=value, required=False, min_value=0, widget=forms.TextInput(attrs={"inputmode": "numeric"})
                )
                self.fields[_note_name(currency, value, form)] = field

    def pads(self) -> list[tuple[str, str, list[Any]]]:
        """The fields of each currency's pad: currency, form, bound fields."""
        return [
            (currency, form, [self[_note_name(currency, value, kind)] for value, kind in notes if kind == form])
            for currency, notes in codes.DENOMINATIONS.items()
            for form in ("note", "coin")
        ]

    def clean(self) -> dict[str, Any]:
        """Lines of other denominations must read as value and count."""
        cleaned = super().clean() or {}
        for line in str(cleaned.get("other") or "").splitlines():
            if line.strip() and _line(line) is None:
                self.add_error("other", _("Write one denomination to a line, value × count: 1000 × 12"))
                break
        return cleaned

    def facts(self) -> dict[str, Any]:
        """An item of category cash, with its denominations."""
        cleaned = self.cleaned_data
        currency = str(cleaned.get("currency") or "").strip().upper()
        lines = [
            {"value": value, "count": cleaned[_note_name(currency, value, form)], "form": form}
            for value, form in codes.DENOMINATIONS.get(currency, ())
            if cleaned.get(_note_name(currency, value, form))
        ]
        lines += [found for line in str(cleaned.get("other") or "").splitlines() if (found := _line(line))]
        cash: dict[str, Any] = {
            "currency": currency,
            "denominations": lines,
            "counters": [cleaned[name] for name in ("first_counter", "second_counter") if cleaned.get(name)],
        }
        if cleaned.get("total"):
            cash["total"] = cleaned["total"]
        item = {"description": cleaned.get("description"), "category": "cash", "cash": cash}
        return item | {name: cleaned[name] for name in ("seal", "found_where") if cleaned.get(name)}


def _line(line: str) -> dict[str, Any] | None:
    parts = line.replace("×", "x").replace("*", "x").lower().replace(",", ".").split("x")
    if len(parts) != 2 or not parts[1].strip().isdigit():
        return None
    value = "".join(parts[0].split())
    return {"value": value, "count": int(parts[1]), "form": "note"} if value.replace(".", "", 1).isdigit() else None
