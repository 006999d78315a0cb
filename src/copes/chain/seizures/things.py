"""The things of a seizure as they are entered: one after another, like the last, or from a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.entries import MOST, Rows
from copes.chain.custody.forms import CashForm, ItemForm
from copes.chain.seizures.favourites import favourite_of
from copes.chain.seizures.goods import goods_named

LIKE = ("description", "category", "unit")  # what "like the last" takes over; the quantity is asked
NEVER_SAME = ("seal", "photos", "vehicle__registration", "vehicle__vin")  # what no two things have in common


class PicturesInput(forms.ClearableFileInput):
    """Several photographs at once, from the camera where there is one."""

    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Photographs; what is a picture and what is not is decided where it is kept (custody.photograph)."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, none when there are none."""
        return [super(PicturesField, self).clean(one, initial) for one in data or []]


class SeizedThingForm(ItemForm):
    """One thing that is seized, with its photographs."""

    photos = PicturesField(
        label=_("Photographs"),
        required=False,
        widget=PicturesInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
        help_text=_("JPEG, PNG or WebP, at most 25 MB each."),
    )

    def facts(self) -> dict[str, Any]:
        """The thing without its photographs."""
        facts = super().facts()
        facts.pop("photos", None)
        return facts

    @property
    def photos_sent(self) -> list[Any]:
        """The photographs that came with the form."""
        return list(self.cleaned_data.get("photos") or [])


class Things(Rows):
    """Things; ``add`` may ask for ``items:last``, ``items:same``, ``items:goods:CODE`` and ``items:mine:ID``."""

    def __init__(self, data: Any, files: Any, officer: str) -> None:
        self.officer = officer
        super().__init__(SeizedThingForm, "items", data=data, files=files)

    def like(self, wanted: str, data: Any) -> list[dict[str, Any]]:
        """What the new things begin with."""
        kind, _colon, code = wanted.partition(":")
        last = dict(self.forms[-1].initial) if self.forms else {}
        if kind == "last":
            return [{name: last.get(name, "") for name in LIKE}]
        if kind == "same":
            same = {name: value for name, value in last.items() if name not in NEVER_SAME}
            return [same] * (_number(data.get("items-same", "")) - 1)
        if kind == "mine":
            return [favourite_of(self.officer, code)]
        if kind == "goods":
            return [_begun(code)]
        return [{}]

    def _add(self, starts: Any) -> None:
        if any(starts) and self.forms and not any(self.forms[-1].initial.values()):
            self.forms.pop()
        super()._add(starts)


class Cash(Rows):
    """Cash, with what ``add`` may ask for: ``cash:goods:CODE``."""

    def __init__(self, data: Any, officers: Any) -> None:
        super().__init__(CashForm, "cash", data=data, least=0, extra={"officers": officers})

    def like(self, wanted: str, data: Any) -> list[dict[str, Any]]:
        """What the new entry begins with."""
        kind, _colon, code = wanted.partition(":")
        return [_begun(code)] if kind == "goods" else super().like(wanted, data)


def _begun(code: str) -> dict[str, Any]:
    found = goods_named(code)
    if found is None:
        return {}
    shown = found.shown()
    return {name: shown[name] for name in (*LIKE, "currency") if shown[name]}


def _number(text: str) -> int:
    return max(1, min(int(text), MOST)) if text.isdecimal() else 1


def photos_of(rows: Mapping[str, Rows]) -> list[tuple[int, Any]]:
    """Every photograph that was sent, with the place of its thing among the things that were filled in."""
    things = rows["items"].filled() if "items" in rows else []
    return [
        (place, photo)
        for place, form in enumerate(things)
        if isinstance(form, SeizedThingForm)
        for photo in form.photos_sent
    ]
