"""Forms about agencies, offices, delegation, proposals and identity providers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from copes.foundation.people.forms import ReasonForm, reason_field
from copes.foundation.people.roles import LABELS

Choices = list[tuple[str, str]]


def choose(form: forms.Form, name: str, choices: Choices, first: Any = None) -> None:
    """Fills a choice field."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [*([("", first)] if first is not None else []), *choices]


class AgencyForm(forms.Form):
    """Another agency of this node."""

    name = forms.CharField(label=_("Name of the agency"), min_length=2, max_length=200)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country (two letters)"),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "characters"}),
    )


class OfficeForm(forms.Form):
    """An office of an agency."""

    agency = forms.ChoiceField(label=_("Agency"))
    name = forms.CharField(label=_("Name of the office"), min_length=2, max_length=200)
    place = forms.CharField(label=_("Town or post"), max_length=200, required=False)

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "agency", agencies)


class PlaceForm(forms.Form):
    """The office an officer works in."""

    office = forms.ChoiceField(label=_("Office"), required=False)

    def __init__(self, *args: Any, offices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "office", offices, _("None"))


class ReactivateForm(ReasonForm):
    """The roles with which a closed account opens again."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=lambda: list(LABELS.items()), widget=forms.CheckboxSelectMultiple
    )


class IdentityForm(forms.Form):
    """Who an officer is at an identity provider."""

    issuer = forms.ChoiceField(label=_("Identity provider"))
    subject = forms.CharField(
        label=_("Subject there"),
        max_length=255,
        help_text=_("The value “sub” that the provider gives this person; it never changes."),
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, issuers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "issuer", issuers)


class DelegateForm(forms.Form):
    """Who stands in while the officer is away."""

    delegate = forms.ChoiceField(label=_("Colleague"), help_text=_("Of your agency, with all of your roles."))
    begins = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = reason_field(_("For example: annual leave. Name no private matters."))

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "delegate", colleagues, _("Choose"))
