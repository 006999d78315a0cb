"""Exhibits come to be, numbered within their case; what was wrongly described is corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from copes.chain.cases import policies as case_policies
from copes.chain.cases.services import append_correction
from copes.chain.cases.wording import BadFields, checked
from copes.chain.custody import policies
from copes.chain.custody.handling import refuse_used_seals
from copes.chain.custody.models import Exhibit
from copes.chain.custody.records import ExhibitCreated
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import Journal, writing
from copes.trust.records.ids import uuid7

FIXED = ("exhibit", "number", "holder", "seizure", "seal", "origin")


def next_ordinal(case: str) -> int:
    """The next exhibit number of a case; the caller holds the case (cases.services.lock_case)."""
    rows = Exhibit.objects.filter(case_id=case).order_by("-ordinal")
    return (rows.values_list("ordinal", flat=True).first() or 0) + 1


def prepare_exhibits(
    items: Sequence[Mapping[str, Any]], *, case: str, number: str, seizure: str, holder: str
) -> list[ExhibitCreated]:
    """The exhibits of a seizure, numbered on from the last of the case. ``number`` is the case's.

    Each item is the body of ``exhibit.created/1`` without ids and number; the total of cash is computed when it is
    not given. Raises BadFields with paths like ``items.0.unit``, BadInput for a seal in use elsewhere.
    """
    first = next_ordinal(case)
    bodies: list[ExhibitCreated] = []
    errors: list[tuple[str, str]] = []
    for place, item in enumerate(items):
        own = {
            "exhibit": uuid7(),
            "number": f"{number}/{first + place}",
            "holder": holder,
            "seizure": seizure,
        }
        try:
            bodies.append(checked(ExhibitCreated, {**with_total(item), **own}))
        except BadFields as bad:
            errors.extend((f"items.{place}.{path}" if path else f"items.{place}", text) for path, text in bad.errors)
    if errors:
        raise BadFields(errors)
    seals = [body.seal for body in bodies if body.seal]
    if seals:
        refuse_used_seals(seals, case)
    return bodies


def with_total(item: Mapping[str, Any]) -> dict[str, Any]:
    """The item, with the total of its cash when only denominations are given."""
    made = dict(item)
    cash = made.get("cash")
    if isinstance(cash, Mapping) and cash.get("total") is None:
        lines = cash.get("denominations") or []
        total = sum((Decimal(str(line["value"])) * int(line["count"]) for line in lines), Decimal(0))
        made["cash"] = {**cash, "total": total}
    return made


def append_exhibits(
    journal: Journal, bodies: Sequence[ExhibitCreated], *, case: str, at: datetime, rests_on: str
) -> list[str]:
    """Appends prepared exhibits to the act that seizes them; returns the ids of the records."""
    return [
        journal.append(body, case=case, occurred_at=at, about=[body.exhibit], rests_on=[rests_on]) for body in bodies
    ]


def correct_exhibit(acting: Acting, *, exhibit: str, facts: Mapping[str, Any], reason: str) -> str:
    """Records what was wrong in an exhibit's description; ``facts`` is the whole description as it should read.

    Number, holder, seizure and seal are not descriptions and stay. Returns the id of the correction. Raises Unseen,
    Forbidden, BadFields, BadInput when nothing differs.
    """
    acting = case_policies.require(acting, "correct")
    with writing(acting) as journal:
        row = policies.see_exhibit(acting, exhibit)
        fixed = {name: row.body[name] for name in FIXED if name in row.body}
        body = checked(ExhibitCreated, {**with_total(facts), **fixed})
        return append_correction(journal, row=row, kind=ExhibitCreated.kind, new=body, reason=reason)
