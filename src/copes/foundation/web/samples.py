"""The form of the style page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind."""

    place = forms.CharField(
        label=_("Place of the control"), help_text=_("As an officer who was not there would find it.")
    )
    found = forms.CharField(
        label=_("What was found"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=60
    )
    means = forms.ChoiceField(
        label=_("Means of transport"),
        choices=[("road", _("Road")), ("rail", _("Rail")), ("sea", _("Sea")), ("air", _("Air"))],
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=[("kg", "kg"), ("g", "g")])
    photograph = forms.FileField(label=_("Photograph"), required=False)
    agreed = forms.BooleanField(label=_("The person was told the grounds of the control"))
