"""Forms of the dossier room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

SEPARATOR = "|"


class DossierForm(forms.Form):
    """For whom a dossier is, why, and in which language. The fields to leave out stand in a table of their own."""

    recipient = forms.CharField(
        label=_("For whom"),
        help_text=_("The court, prosecutor or party who gets the dossier."),
        min_length=2,
        max_length=200,
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        help_text=_("Why it is handed out. This is kept in the log of disclosures. Name no person here."),
        min_length=3,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ChoiceField(label=_("Language of the dossier"), choices=settings.LANGUAGES)


class PrintForm(forms.Form):
    """In which language a document is printed."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class ReceiptForm(forms.Form):
    """The two languages of a receipt."""

    person = forms.ChoiceField(
        label=_("Language of the person"),
        help_text=_("The receipt shows both languages side by side."),
        choices=settings.LANGUAGES,
    )
    agency = forms.ChoiceField(label=_("Language of the agency"), choices=settings.LANGUAGES)


class LabelsForm(PrintForm):
    """Paper and language of labels."""

    paper = forms.ChoiceField(
        label=_("Paper"),
        choices=[("a4", _("A4 sheet, 24 labels of 70 × 37 mm")), ("roll", _("Roll, 62 mm wide"))],
        widget=forms.RadioSelect,
        initial="a4",
    )


def chosen_fields(data: Any) -> list[tuple[str, str]]:
    """The fields ticked in the table: record id and path. Anything misshapen is left out and refused later."""
    pairs = (value.partition(SEPARATOR) for value in data.getlist("withhold"))
    return [(jti, path) for jti, _separator, path in pairs]
