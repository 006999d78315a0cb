"""Forms of batches: what holds for all lines, and for each line what was seen of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.codes import choices
from copes.chain.cases.entries import EntryForm, WhenField, officer_choices
from copes.chain.cases.forms import area
from copes.chain.custody import codes
from copes.chain.custody.batches import Line
from copes.chain.custody.queries import ExhibitRow
from copes.foundation.people.queries import OfficerView
from copes.foundation.refusals import BadInput

SEEN = [("", _("Choose")), *((code, codes.SEAL_STATES[code]) for code in ("intact", "broken", "none", "not_checked"))]
LINE_SEEN = [("", _("As chosen below")), *SEEN[1:]]
MISSING = "missing"
RECEIPT_SEEN = [*LINE_SEEN, (MISSING, _("Not here: decline it"))]


class _BatchForm(EntryForm):
    """A form with a seal state and a note for every line."""

    def lines_of(self, rows: Sequence[ExhibitRow], seen: Sequence[Any], note: Any) -> None:
        """Adds the fields of each line."""
        for row in rows:
            number = {"number": row.number}
            self.fields[f"seal_{row.id}"] = forms.ChoiceField(
                label=_("Seal of %(number)s") % number, choices=seen, required=False
            )
            self.fields[f"note_{row.id}"] = forms.CharField(
                label=note % number,
                max_length=400,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )


class ReleaseForm(_BatchForm):
    """To whom exhibits are released, why, and in what condition."""

    released_to = forms.ChoiceField(label=_("Released to"))
    reason = forms.ChoiceField(label=_("Reason"), choices=choices(codes.REASONS))
    condition = forms.CharField(
        label=_("Condition"), max_length=500, help_text=_("How the things look. Name no person here.")
    )
    seals = forms.ChoiceField(label=_("Seals"), choices=SEEN)
    remark = forms.CharField(label=_("Remark"), widget=area(2), required=False)
    occurred_at = WhenField(label=_("When"), required=False, help_text=_("Leave it empty if it happens now."))

    common = ("released_to", "reason", "condition", "seals", "remark", "occurred_at")

    def __init__(
        self, *args: Any, officers: Sequence[OfficerView] = (), rows: Sequence[ExhibitRow] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["released_to"].choices = [("", _("Choose")), *officer_choices(officers)]  # type: ignore[attr-defined]  # a choice field
        self.lines_of(rows, LINE_SEEN, _("Condition of %(number)s, if it differs"))

    def shared(self) -> list[forms.BoundField]:
        """The fields that hold for every line."""
        return [self[name] for name in self.common]

    @staticmethod
    def batch(facts: Mapping[str, Any], chosen: Sequence[str]) -> tuple[dict[str, Any], list[Line]]:
        """What holds for all, and the lines."""
        seals = facts.get("seals", "not_checked")
        lines = [Line(one, facts.get(f"seal_{one}", seals), facts.get(f"note_{one}", "")) for one in chosen]
        return {name: facts[name] for name in ReleaseForm.common if name in facts and name != "seals"}, lines


class ReceiveForm(_BatchForm):
    """What is received, and in what condition; or why not."""

    exhibits = forms.MultipleChoiceField(label=_("Exhibits in front of you"), required=False)
    condition = forms.CharField(
        label=_("Condition"),
        max_length=500,
        required=False,
        help_text=_("Needed to receive: how the things look to you. Name no person here."),
    )
    seals = forms.ChoiceField(label=_("Seals"), choices=SEEN, required=False)
    remark = forms.CharField(label=_("Remark"), widget=area(2), required=False)
    reason = forms.CharField(label=_("Reason, if you decline"), max_length=500, widget=area(2), required=False)

    common = ("condition", "seals", "remark", "reason")

    def __init__(self, *args: Any, rows: Sequence[ExhibitRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exhibits"].choices = [(row.id, row.number) for row in rows]  # type: ignore[attr-defined]  # a choice field
        self.lines_of(rows, RECEIPT_SEEN, _("Difference at %(number)s: weight, packing, number"))

    def shared(self) -> list[forms.BoundField]:
        """The fields that hold for every line."""
        return [self[name] for name in self.common]

    @staticmethod
    def batch(facts: Mapping[str, Any], rows: Sequence[ExhibitRow]) -> dict[str, Any]:
        """What `batches.receive_batch` takes. Raises BadInput for a line that is ticked and said to be missing."""
        ticked, seals = facts.get("exhibits", []), facts.get("seals", "not_checked")
        missing = {
            row.id: facts.get(f"note_{row.id}") or str(_("Not here when the release was received"))
            for row in rows
            if facts.get(f"seal_{row.id}") == MISSING
        }
        both = next((row for row in rows if row.id in missing and row.id in ticked), None)
        if both is not None:
            raise BadInput(
                "custody.ticked_and_missing",
                _("%(number)s is ticked and said to be missing.") % {"number": both.number},
                _("Untick it, or choose what you saw of its seal."),
                field=f"seal_{both.id}",
            )
        if not ticked and not missing:
            raise BadInput(
                "custody.no_exhibits",
                _("No exhibit is ticked."),
                _("Scan or tick what lies in front of you."),
                field="exhibits",
            )
        lines = [Line(one, facts.get(f"seal_{one}", seals), facts.get(f"note_{one}", "")) for one in ticked]
        return {
            "lines": lines,
            "missing": missing,
            "condition": facts.get("condition", ""),
            "remark": facts.get("remark"),
        }
