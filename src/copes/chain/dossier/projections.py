"""Dossiers, from records to tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from copes.chain.dossier.models import Dossier
from copes.chain.dossier.records import DossierIssued
from copes.foundation.journal.facts import Fact
from copes.foundation.journal.registry import projects, register_projection


def _length(stated: Sequence[str] | Mapping[str, Any]) -> int:
    """How many lines a list states, or the digest that stands for it."""
    return int(stated["count"]) if isinstance(stated, Mapping) else len(stated)


@projects(DossierIssued)
def dossier_issued(facts: Sequence[Fact], db: str) -> None:
    """A dossier was made."""
    Dossier.objects.using(db).bulk_create(
        Dossier(
            id=fact.body["dossier"],
            case_id=fact.case or "",
            record_id=fact.jti,
            language=fact.body["language"],
            recipient=fact.body.get("recipient"),
            purpose=fact.body["purpose"],
            withheld=fact.body["withheld"],
            records=_length(fact.body["records"]) + 1,
            files=_length(fact.body["files"]),
            issued_by=fact.officer or "",
            issued_at=fact.occurred_at,
        )
        for fact in facts
    )


register_projection(Dossier)
