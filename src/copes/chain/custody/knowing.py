"""In whose hands exhibits are, for rooms that keep it with an index of their own."""

from __future__ import annotations

from collections.abc import Iterable

from copes.chain.custody.models import Exhibit
from copes.chain.custody.policies import in_hand
from copes.foundation.journal.acting import Acting


def hands_of(exhibits: Iterable[str]) -> dict[str, set[str]]:
    """The officers who hold each exhibit or are asked to receive it, in one query."""
    found = {}
    rows = Exhibit.objects.filter(id__in=set(exhibits)).values_list("id", "holder", "released_to", "state")
    for exhibit, holder, released_to, state in rows:
        found[exhibit] = {holder} | ({released_to} if released_to and state == "released" else set())
    return found


def in_hands_of(acting: Acting, exhibits: Iterable[str]) -> set[str]:
    """Those of the exhibits that the officer holds or is asked to receive now, in one query."""
    wanted = set(exhibits)
    if not wanted or not acting.officer:
        return set()
    return set(Exhibit.objects.filter(in_hand(acting), id__in=wanted).values_list("id", flat=True))
