"""Forms of the dossier room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from copes.chain.dossier.prints.papers import papers

SEPARATOR = "|"
PAPERS = [("a4", "A4"), ("us-letter", "US Letter")]


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
    """In which language a document is printed, and on which paper."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    page = forms.ChoiceField(label=_("Paper"), choices=PAPERS, required=False, initial="a4")

    def clean_page(self) -> str:
        """A4 when nothing was chosen."""
        return self.cleaned_data.get("page") or "a4"


class ReportForm(PrintForm):
    """A report in one language, or in two side by side."""

    second = forms.ChoiceField(
        label=_("Second language"),
        help_text=_("With a second language both stand side by side. Give the person's own first."),
        choices=[("", _("None")), *settings.LANGUAGES],
        required=False,
    )
    field_order = ("language", "second", "page")


class ReceiptForm(forms.Form):
    """The two languages of a receipt."""

    person = forms.ChoiceField(
        label=_("Language of the person"),
        help_text=_("The receipt shows both languages side by side."),
        choices=settings.LANGUAGES,
    )
    agency = forms.ChoiceField(label=_("Language of the agency"), choices=settings.LANGUAGES)
    page = forms.ChoiceField(label=_("Paper"), choices=PAPERS, required=False, initial="a4")

    def clean_page(self) -> str:
        """A4 when nothing was chosen."""
        return self.cleaned_data.get("page") or "a4"


class NoticeForm(ReceiptForm):
    """To whom a notice is addressed, and its two languages."""

    to = forms.TypedChoiceField(label=_("Addressed to"), coerce=int, empty_value="0", required=False)
    field_order = ("to", "person", "agency", "page")

    def __init__(self, *args: Any, persons: Sequence[str] = (), **kwargs: Any) -> None:
        """``persons``: the names in the seizure's record, in its order."""
        super().__init__(*args, **kwargs)
        named = list(enumerate(persons)) or [(0, str(_("The owner, without a name")))]
        field = self.fields["to"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = named
        self.fields["person"].help_text = _("The notice shows both languages side by side.")


class LabelsForm(forms.Form):
    """Paper, language, place of the first label, and copies."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    paper = forms.ChoiceField(label=_("Paper"), initial="a4")
    start = forms.IntegerField(
        label=_("First label at place"),
        help_text=_("On a sheet partly used: count row by row from the top left. 1 is a whole sheet."),
        min_value=1,
        max_value=100,
        required=False,
        initial=1,
    )
    copies = forms.IntegerField(
        label=_("Labels for each exhibit"), min_value=1, max_value=10, required=False, initial=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The papers are read from their data, in the active language."""
        super().__init__(*args, **kwargs)
        field = self.fields["paper"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(name, paper.words) for name, paper in papers().items()]

    def clean_start(self) -> int:
        """A whole sheet when nothing was entered."""
        return self.cleaned_data.get("start") or 1

    def clean_copies(self) -> int:
        """One of each when nothing was entered."""
        return self.cleaned_data.get("copies") or 1


def chosen_fields(data: Any) -> list[tuple[str, str]]:
    """The fields ticked in the table: record id and path. Anything misshapen is left out and refused later."""
    pairs = (value.partition(SEPARATOR) for value in data.getlist("withhold"))
    return [(jti, path) for jti, _separator, path in pairs]
