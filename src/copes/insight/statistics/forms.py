"""The filters of a dashboard as a form; what is right is decided by `filters.read_filters`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from copes.chain.seizures.codes import ACTS
from copes.insight.statistics import numbers
from copes.insight.statistics.filters import NOT_STATED, Filters

ANY = ("", pgettext_lazy("filter", "All"))


def _month(label: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"type": "month", "pattern": "[0-9]{4}-[0-9]{2}", "placeholder": "2026-11"})
    return forms.CharField(label=label, required=False, max_length=7, widget=widget)


class FilterForm(forms.Form):
    """Period and dimensions; every field may stay empty."""

    act = forms.ChoiceField(label=_("Count"), required=False)
    unit = forms.ChoiceField(label=_("Measure"), required=False)
    category = forms.ChoiceField(label=_("Commodity"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    transport = forms.ChoiceField(label=_("Means of transport"), required=False)
    concealment = forms.ChoiceField(label=_("Place of concealment"), required=False)
    detection = forms.ChoiceField(label=_("Method of detection"), required=False)

    def __init__(self, filters: Filters, *, places: list[str], units: tuple[str, ...]) -> None:
        super().__init__(initial=_initial(filters))
        self.fields = {"from": _month(_("From month")), "to": _month(_("To month")), **self.fields}
        acts = {"seizure": _("Seizures"), "detention": _("Detentions")}
        self._choose("act", [(code, acts[code]) for code in ACTS])
        self._choose("unit", [("", _("Number of reports")), *((unit, numbers.unit_name(unit)) for unit in units)])
        for name, codes in numbers.CODES.items():
            rest = [] if name == "category" else [(NOT_STATED, pgettext("value", "Not stated"))]
            self._choose(name, [ANY, *codes.items(), *rest])
        chosen = filters.values.get("place")
        known = places if chosen is None or chosen in places else [chosen, *places]
        named = sorted(((place, numbers.place_name(place)) for place in known), key=lambda pair: pair[1])
        self._choose("place", [ANY, *named])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field


def _initial(filters: Filters) -> dict[str, str]:
    return {
        "from": f"{filters.start:%Y-%m}" if filters.start else "",
        "to": f"{filters.end:%Y-%m}" if filters.end else "",
        "act": filters.act,
        "unit": filters.unit,
        **{name: value or NOT_STATED for name, value in filters.values.items()},
    }
