"""Forms of this room. What is right is decided by the models of the facts; forms say what to ask and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.codes import choices
from copes.chain.cases.entries import (
    Entry,
    EntryForm,
    Rows,
    WhenField,
    add_error,
    kept_form,
    officer_choices,
    unnest,
)
from copes.chain.cases.forms import PersonForm, ReasonForm, area, country_choices
from copes.chain.seizures import codes
from copes.chain.seizures.things import Cash, Things, photos_of
from copes.foundation.people.queries import OfficerView

YES_NO = [("true", _("Yes")), ("false", _("No"))]
CASH_FIELDS = {"total": "total", "counters": "second_counter", "currency": "currency", "denominations": "other"}


class SeizureForm(EntryForm):
    """The report of a seizure or detention."""

    occurred_at = WhenField(label=_("When"))
    control = forms.ChoiceField(label=_("Control it rests on"), required=False)
    cause = forms.CharField(label=_("Cause"), widget=area(), help_text=_("Why the things were taken."))
    legal_basis__text = forms.CharField(label=_("Legal basis"), max_length=200)
    legal_basis__citation = forms.CharField(
        label=_("Where the law says it"), max_length=200, required=False, help_text=_("Law and article.")
    )
    legal_basis__jurisdiction = forms.ChoiceField(
        label=_("Law of which country"), required=False, choices=country_choices
    )
    detection = forms.ChoiceField(label=_("How it was detected"), required=False, choices=choices(codes.DETECTION))
    concealment_place = forms.ChoiceField(
        label=_("Where it was concealed"), required=False, choices=choices(codes.CONCEALMENT)
    )
    concealment = forms.CharField(label=_("How it was concealed"), required=False, widget=area(2))
    place__name = forms.CharField(label=_("Place of the seizure"), max_length=200)
    place__country = forms.ChoiceField(label=_("Country"), required=False, choices=country_choices)
    route__origin = forms.CharField(label=_("Origin"), max_length=200, required=False)
    route__departure = forms.CharField(label=_("Departure"), max_length=200, required=False)
    route__transit = forms.CharField(label=_("Transit"), max_length=200, required=False)
    route__destination = forms.CharField(label=_("Destination"), max_length=200, required=False)
    officers = forms.MultipleChoiceField(
        label=_("Seizing officers"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In many countries a report by one officer has less force."),
    )
    prosecution__capacity = forms.CharField(
        label=_("In charge of prosecution: capacity"), max_length=200, required=False
    )
    prosecution__name = forms.CharField(label=_("In charge of prosecution: name"), max_length=200, required=False)
    prosecution__residence = forms.CharField(
        label=_("In charge of prosecution: residence"), max_length=200, required=False
    )
    presence = forms.ChoiceField(label=_("The person, when things were described"), choices=choices(codes.PRESENCE))
    summons__how = forms.CharField(label=_("How the person was summoned"), max_length=200, required=False)
    summons__at = WhenField(label=_("When the person was summoned"), required=False)
    declaration = forms.CharField(label=_("Declaration made to the person"), widget=area(2), required=False)
    guardian__name = forms.CharField(label=_("Guardian of the things: name"), max_length=200, required=False)
    guardian__capacity = forms.CharField(label=_("Guardian of the things: capacity"), max_length=200, required=False)
    drafted_at__name = forms.CharField(label=_("Place of drafting"), max_length=200)
    started_at = WhenField(label=_("Start of drafting"))
    closed_at = WhenField(label=_("Closing of the report"), required=False)
    read_to_person = forms.ChoiceField(
        label=_("Was the report read to the person?"), choices=YES_NO, widget=forms.RadioSelect
    )
    signature = forms.ChoiceField(label=_("Signature of the person"), choices=choices(codes.SIGNATURE))
    copy_given = forms.ChoiceField(label=_("Copy for the person"), choices=choices(codes.COPY))
    statements = forms.CharField(label=_("Statements of the person"), widget=area(2), required=False)
    reservations = forms.CharField(label=_("Reservations"), widget=area(2), required=False)

    def __init__(
        self, *args: Any, officers: Sequence[OfficerView] = (), controls: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"].choices = officer_choices(officers)  # type: ignore[attr-defined]  # a choice field
        self.fields["control"].choices = [("", _("None")), *controls]  # type: ignore[attr-defined]  # a choice field

    def section(self, *names: str) -> list[Any]:
        """Bound fields, for a part of the page."""
        return [self[name] for name in names if name in self.fields]


class SeizureEntry(Entry):
    """The report with its things: items first, then cash, in one list of the record."""

    def items(self) -> list[dict[str, Any]]:
        """The things, as bodies of exhibits."""
        return [*self.rows["items"].facts(), *self.rows["cash"].facts()]

    def photos(self) -> list[tuple[int, Any]]:
        """The photographs that were sent, each with the place of its thing in the list."""
        return photos_of(self.rows)

    def facts(self) -> dict[str, Any]:
        """The report without its things."""
        facts = super().facts()
        return {name: value for name, value in facts.items() if name not in {"items", "cash", "reason"}}

    def _place(self, path: str, message: str) -> None:
        head, _dot, rest = path.partition(".")
        number, _dot, inner = rest.partition(".")
        if head == "items" and number.isdigit() and "items" in self.rows:
            things, cash = self.rows["items"].filled(), self.rows["cash"].filled()
            place = int(number)
            if place < len(things):
                add_error(things[place], inner, message)
            elif place - len(things) < len(cash):
                name = inner.removeprefix("cash.").split(".")[0]
                add_error(cash[place - len(things)], CASH_FIELDS.get(name, name), message)
            else:
                add_error(self.form, "", message)
            return
        super()._place(path, message)


def seizure_entry(
    data: Any,
    *,
    officers: Sequence[OfficerView],
    controls: Sequence[tuple[str, str]],
    initial: Mapping[str, Any],
    correcting: bool = False,
    files: Any = None,
    officer: str = "",
) -> SeizureEntry:
    """The form of a report; ``initial`` is a recorded body when it is corrected."""
    body = {name: value for name, value in initial.items() if name != "items"}
    persons = [one for one in body.pop("persons", []) or [] if one]
    if isinstance(body.get("read_to_person"), bool):
        body["read_to_person"] = str(body["read_to_person"]).lower()
    extra: dict[str, Any] = {"officers": officers, "controls": controls}
    form = SeizureForm(initial=unnest(body), **extra) if data is None else kept_form(SeizureForm, data, **extra)
    if correcting:
        del form.fields["occurred_at"]
        reason = Rows(ReasonForm, "reason", data=data)
        return SeizureEntry(form, persons=Rows(PersonForm, "persons", data=data, initial=persons), reason=reason)
    return SeizureEntry(
        form,
        persons=Rows(PersonForm, "persons", data=data, initial=persons),
        items=Things(data, files, officer),
        cash=Cash(data, officers),
    )


class ListForm(EntryForm):
    """A list of seizures."""

    list = forms.FileField(
        label=_("List (CSV, UTF-8)"),
        help_text=_(
            "The first line names the columns: date, place, country, description, category, quantity, unit, and if"
            " you like hs_code and cause; or, as in STRIDE: state, potency, weight, month, price."
        ),
    )
