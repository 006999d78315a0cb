"""An officer's own goods templates: what the officer seizes often, offered beside those of the house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from django.utils.translation import gettext_lazy as _

from copes.chain.custody.records import Category, Unit
from copes.chain.seizures.models import Favourite
from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import BadInput, unseen
from copes.trust.records.ids import uuid7

MOST = 40
LONGEST = 500


def favourites_of(acting: Acting) -> list[dict[str, str]]:
    """The officer's templates, oldest first: ``id``, ``label``, ``description``, ``category``, ``unit``."""
    rows = Favourite.objects.filter(officer=acting.officer).order_by("id")[:MOST]
    return [{"id": row.id, "label": row.item["description"].splitlines()[0][:60], **row.item} for row in rows]


def favourite_of(officer: str, identifier: str) -> dict[str, Any]:
    """One of the officer's templates, for a form to begin with; empty when it is not theirs."""
    row = Favourite.objects.filter(officer=officer, id=identifier).first()
    return dict(row.item) if row else {}


def keep_favourite(acting: Acting, item: Mapping[str, str]) -> str:
    """Keeps a description with category and unit; returns the template's id. Raises BadInput."""
    description = str(item.get("description") or "").strip()
    category, unit = str(item.get("category") or ""), str(item.get("unit") or "")
    if not description or len(description) > LONGEST:
        raise BadInput(
            "template.description", _("A template needs a description."), _("Describe the thing first."),
            field="description",
        )  # fmt: skip
    if category not in {"", *get_args(Category)} or unit not in {"", *get_args(Unit)}:
        raise BadInput("template.codes", _("Choose one of the values offered."), _("Open the form again."))
    if Favourite.objects.filter(officer=acting.officer).count() >= MOST:
        raise BadInput("template.many", _("You have too many templates."), _("Remove one of them first."))
    kept = {"description": description, "category": category, "unit": unit}
    same = Favourite.objects.filter(officer=acting.officer, item=kept).first()
    return same.id if same else Favourite.objects.create(id=uuid7(), officer=acting.officer, item=kept).id


def drop_favourite(acting: Acting, identifier: str) -> None:
    """Forgets one of the officer's templates. Raises Unseen."""
    gone, _rows = Favourite.objects.filter(officer=acting.officer, id=identifier).delete()
    if not gone:
        raise unseen()
