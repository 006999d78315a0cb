"""Forms of need-to-know: asking for access, answering, breaking the glass, reviewing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from copes.chain.cases.entries import EntryForm
from copes.chain.cases.forms import area


class RequestForm(EntryForm):
    """Access to the case of a number."""

    number = forms.CharField(
        label=_("Case number"),
        max_length=24,
        help_text=_("As it stands on a document or label, for example FR-2026-000012."),
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false", "autocapitalize": "characters"}),
    )
    reason = forms.CharField(
        label=_("Why you need to know"),
        max_length=500,
        widget=area(3),
        help_text=_("Officers of the case read it and decide. It becomes part of the record."),
    )


class GrantRequestForm(EntryForm):
    """The answer yes, for good or for a time."""

    until = forms.DateField(
        label=_("Until the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty for lasting access. Access for a time cannot be passed on."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=area(2))


class DeclineRequestForm(EntryForm):
    """The answer no."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=area(2), help_text=_("The officer who asked reads it.")
    )


class GlassForm(EntryForm):
    """Immediate access in an emergency."""

    number = forms.CharField(
        label=_("Case number, exhibit number or label"),
        max_length=60,
        help_text=_("Type it, or scan the label of the exhibit in your hands."),
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false", "data-scan": "label"}),
    )
    reason = forms.CharField(
        label=_("What the emergency is"),
        max_length=500,
        widget=area(3),
        help_text=_("A supervisor reviews it. Say why asking for access would be too late."),
    )
    hours = forms.TypedChoiceField(label=_("For how long"), coerce=int)
    understood = forms.BooleanField(
        label=_("I understand that supervisors are told at once and that this is reviewed."),
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = [number for number in (1, 2, 4, 8) if number <= most] or [1]
        words = ngettext_lazy("%(number)d hour", "%(number)d hours", "number")
        self.fields["hours"].choices = [(one, words % {"number": one}) for one in hours]  # type: ignore[attr-defined]


class ReviewForm(EntryForm):
    """What the supervisor found."""

    justified = forms.ChoiceField(
        label=_("Was it justified?"),
        choices=[("yes", _("Yes, justified")), ("no", _("No, not justified"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=area(3),
        help_text=_("What you checked and what follows. The officer reads it."),
    )


class LendForm(EntryForm):
    """Cases in which a delegate stands in for an absent officer."""

    cases = forms.MultipleChoiceField(label=_("Cases"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=area(2))

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = cases  # type: ignore[attr-defined]  # a choice field
