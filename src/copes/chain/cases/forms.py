"""Forms of this room. What is right is decided by the models of the facts; forms say what to ask and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from copes.chain.cases import codes
from copes.chain.cases.entries import (
    Entry,
    EntryForm,
    ExactField,
    Rows,
    WhenField,
    kept_form,
    officer_choices,
    unnest,
)
from copes.foundation.people.queries import OfficerView

LOCALES = {"sr-latn": "sr_Latn", "sr": "sr_Cyrl"}


@cache
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    from pycountry import countries

    names = Locale.parse(LOCALES.get(language, language)).territories
    found = [(one.alpha_2, names.get(one.alpha_2, one.name)) for one in countries]
    return tuple(sorted(found, key=lambda pair: pair[1]))


def country_choices() -> list[tuple[str, object]]:
    """Every country in the reader's language (CLDR names)."""
    return [("", _("Choose")), *_countries(get_language() or "en")]


def area(rows: int = 3) -> forms.Textarea:
    """A field for several lines."""
    return forms.Textarea(attrs={"rows": rows})


class CaseForm(EntryForm):
    """Opens a case."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("A few words by which colleagues will know the case.")
    )
    suspected_offence = forms.CharField(
        label=_("Suspected offence"),
        max_length=200,
        required=False,
        help_text=_("Your assessment, kept apart from what was found. Leave it empty if there is none yet."),
    )


class ControlForm(EntryForm):
    """A control."""

    started_at = WhenField(label=_("Start of the control"))
    ended_at = WhenField(
        label=_("End of the control"), required=False, help_text=_("Leave it empty while the control lasts.")
    )
    grounds = forms.CharField(
        label=_("Grounds"), widget=area(), help_text=_("Why this person, vehicle or consignment was controlled.")
    )
    legal_power__text = forms.CharField(
        label=_("Legal power"), max_length=200, help_text=_("The power the officers acted under, in words.")
    )
    legal_power__citation = forms.CharField(
        label=_("Where the law says it"), max_length=200, required=False, help_text=_("Law and article.")
    )
    legal_power__jurisdiction = forms.ChoiceField(
        label=_("Law of which country"), required=False, choices=country_choices
    )
    place__name = forms.CharField(label=_("Place"), max_length=200)
    place__country = forms.ChoiceField(label=_("Country"), required=False, choices=country_choices)
    place__latitude = ExactField(label=_("Latitude"), required=False, help_text=_("Degrees, for example 45.525."))
    place__longitude = ExactField(label=_("Longitude"), required=False, help_text=_("Degrees, for example 4.874."))
    officers = forms.MultipleChoiceField(label=_("Officers present"), widget=forms.CheckboxSelectMultiple)
    found = forms.CharField(
        label=_("What was found"), widget=area(), required=False, help_text=_("What you saw, not what you suspect.")
    )

    def __init__(self, *args: Any, officers: Sequence[OfficerView] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"].choices = officer_choices(officers)  # type: ignore[attr-defined]  # a choice field


class NewControlForm(ControlForm):
    """A control that opens its case."""

    title = forms.CharField(
        label=_("Title of the case"),
        max_length=200,
        required=False,
        help_text=_("Left empty, the case is named after the place and what was found."),
    )


class TransportForm(EntryForm):
    """A means of transport."""

    transport = forms.ChoiceField(label=_("Kind"), choices=codes.choices(codes.TRANSPORT))
    registration = forms.CharField(label=_("Registration or name"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country of registration"), required=False, choices=country_choices)
    description = forms.CharField(label=_("Description"), max_length=200, required=False)


class ContainerForm(EntryForm):
    """A freight container."""

    typed = forms.CharField(
        label=_("Container number"), max_length=40, help_text=_("As painted on it, for example CSQU 305438 3.")
    )


class PersonForm(EntryForm):
    """A person met at a control or seizure."""

    person = forms.CharField(widget=forms.HiddenInput, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=codes.choices(codes.PERSON_ROLES),
        help_text=_("The role as you saw it. Nobody is a suspect by default."),
    )
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    born = forms.DateField(
        label=_("Date of birth"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    nationality = forms.ChoiceField(label=_("Nationality"), required=False, choices=country_choices)
    document = forms.CharField(
        label=_("Identity document"), max_length=200, required=False, help_text=_("Kind, number and who issued it.")
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)


class EndControlForm(EntryForm):
    """When a control ended."""

    ended_at = WhenField(label=_("End of the control"))


class ReasonForm(EntryForm):
    """Why an act is needed."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=area(2))


class GrantForm(EntryForm):
    """Access to a case."""

    officer = forms.ChoiceField(label=_("Officer"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=area(2), help_text=_("Why the officer needs to know of this case.")
    )

    def __init__(self, *args: Any, officers: Sequence[OfficerView] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = [("", _("Choose")), *officer_choices(officers)]  # type: ignore[attr-defined]  # a choice field


class NoteForm(EntryForm):
    """A note on a case."""

    text = forms.CharField(label=_("Note"), widget=area(4))


def control_entry(
    data: Any,
    officers: Sequence[OfficerView],
    initial: Mapping[str, Any] | None = None,
    form: type[ControlForm] = ControlForm,
) -> Entry:
    """The form of a control with its repeating parts; ``initial`` is a recorded body when it is corrected."""
    body = dict(initial or {})
    parts = {name: body.pop(name, []) or [] for name in ("means_of_transport", "containers", "persons")}
    if data is None:
        main: EntryForm = form(initial=unnest(body), officers=officers)
    else:
        main = kept_form(form, data, officers=officers)
    return Entry(
        main,
        persons=Rows(PersonForm, "persons", data=data, initial=_some(parts["persons"])),
        means_of_transport=Rows(
            TransportForm, "means_of_transport", data=data, initial=_some(parts["means_of_transport"])
        ),
        containers=Rows(ContainerForm, "containers", data=data, initial=_some(parts["containers"])),
    )


def _some(parts: Sequence[Any]) -> list[Any]:
    return [part for part in parts if part]
