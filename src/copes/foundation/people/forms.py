"""Forms about officers, their passwords, keys and tokens. Bounds are those of people.records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from copes.foundation.people.roles import LABELS


def _password(label: Any, autocomplete: str, hint: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, help_text=hint, max_length=200)


def _new_password() -> forms.CharField:
    hint = _("At least 12 characters. Four words that do not belong together are easy to keep in mind.")
    return _password(_("New password"), "new-password", hint)


def reason_field(hint: Any) -> forms.CharField:
    """Why an act is done, for its record."""
    return forms.CharField(
        label=_("Reason"),
        help_text=hint,
        min_length=3,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class _TwicePassword(forms.Form):
    """A new password, entered twice."""

    first = "password"

    def clean(self) -> dict[str, Any]:
        """Both entries must be the same."""
        data = super().clean() or {}
        if data.get(self.first) and data.get("again") and data[self.first] != data["again"]:
            self.add_error("again", _("The two passwords differ."))
        return data


class ActivateForm(_TwicePassword):
    """The code from the administrator and the first password."""

    code = forms.CharField(
        label=_("Activation code"),
        help_text=_("The administrator handed it to you. It works once, for seven days."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
    )
    password = _new_password()
    again = _password(_("New password once more"), "new-password")


class ChangePasswordForm(_TwicePassword):
    """The old password and the new one."""

    old = _password(_("Password you use now"), "current-password")
    password = _new_password()
    again = _password(_("New password once more"), "new-password")


class UnlockForm(forms.Form):
    """The password, which opens the signing key for this session."""

    password = _password(_("Password"), "current-password")


class InviteForm(forms.Form):
    """A new officer."""

    name = forms.CharField(label=_("Name"), min_length=2, max_length=200)
    service_number = forms.CharField(
        label=_("Service number"), help_text=_("As it stands on the service card."), max_length=60
    )
    username = forms.RegexField(
        r"^[\w.@+-]+$",
        label=_("Sign-in name"),
        help_text=_("Letters, digits and . @ + - _"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Notices go there. It is no part of any record."),
    )
    agency = forms.ChoiceField(label=_("Agency"))
    office = forms.ChoiceField(label=_("Office"), required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=lambda: list(LABELS.items()), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, agencies: list[tuple[str, str]], offices: Mapping[str, tuple[str, str]], **kwargs: Any
    ) -> None:
        """``offices``: agency and words of each office that may be chosen, by id."""
        super().__init__(*args, **kwargs)
        self.offices = offices
        place = self.fields["office"]
        if isinstance(place, forms.ChoiceField):
            place.choices = [("", _("None")), *((one, words) for one, (_agency, words) in offices.items())]
        if not offices:
            del self.fields["office"]
        choice = self.fields["agency"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = agencies
        if len(agencies) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = agencies[0][0]

    def clean(self) -> dict[str, Any]:
        """The office must be one of the agency."""
        data = super().clean() or {}
        office = data.get("office")
        if office and data.get("agency") and self.offices[office][0] != data["agency"]:
            self.add_error("office", _("The officer's agency has no such office."))
        return data


class RolesForm(forms.Form):
    """Other roles for an officer."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=lambda: list(LABELS.items()), widget=forms.CheckboxSelectMultiple
    )
    reason = reason_field(_("It becomes part of the record."))


class ReasonForm(forms.Form):
    """Why a key is revoked or an officer's account closed."""

    reason = reason_field(_("It becomes part of the record. Name no private matters."))


class TokenForm(forms.Form):
    """A new API token."""

    name = forms.CharField(
        label=_("What the token is for"), help_text=_("For example: scales in store B."), max_length=100
    )
    days = forms.IntegerField(label=_("Days it is good for"), min_value=1, max_value=365, initial=90)
    password = _password(
        _("Your password"), "current-password", _("A token signs in your name: your password must allow it.")
    )


class ReadsFilter(forms.Form):
    """Which reads the auditor wants to see."""

    officer = forms.ChoiceField(label=_("Officer"), required=False)
    number = forms.CharField(
        label=_("Case number"), required=False, max_length=36, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    since = forms.DateField(
        label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    kind = forms.CharField(label=_("What was read"), required=False, max_length=40)
    purpose = forms.CharField(label=_("Purpose contains"), required=False, max_length=100)
    after = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, officers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["officer"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("Everyone")), *officers]

    def clean(self) -> dict[str, Any]:
        """A purpose is looked for within an officer, a case or a month: all readings would take too long."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        short = bool(since and until and (until - since).days <= 31)
        if data.get("purpose") and not (data.get("officer") or data.get("number") or short):
            self.add_error("purpose", _("Choose an officer, a case, or at most 31 days as well."))
        return data
