"""Officers as others address them without a request: who they are, in which language they read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from copes.foundation.journal.acting import Acting
from copes.foundation.people.middleware import acting_for
from copes.foundation.people.models import Account


@dataclass(frozen=True)
class Addressee:
    """An active officer. ``acting`` cannot sign; ``language`` is the officer's own or else the node's."""

    acting: Acting
    language: str
    email: str


def addressees(officers: Collection[str]) -> dict[str, Addressee]:
    """Officers by id who may act now, in one query; whoever was deactivated is left out."""
    rows = Account.objects.filter(officer_id__in=set(officers)).select_related("officer")
    found = ((row, acting_for(row, None)) for row in rows)
    return {
        acting.officer: Addressee(acting, row.language or settings.LANGUAGE_CODE, row.email)
        for row, acting in found
        if acting is not None
    }
