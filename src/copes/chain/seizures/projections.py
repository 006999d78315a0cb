"""Seizures, detentions and prints, from records to tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from copes.chain.cases.corrections import correct_row, corrects
from copes.chain.cases.rows import insert_rows
from copes.chain.seizures.models import Print, Seizure
from copes.chain.seizures.records import DetentionRecorded, PrintIssued, ReceiptIssued, SeizureRecorded
from copes.foundation.journal.facts import Fact
from copes.foundation.journal.registry import projects, register_projection

SEIZURE, DETENTION = "seizure", "detention"


def _insert(facts: Sequence[Fact], db: str, act: str) -> None:
    insert_rows(
        (
            Seizure(
                id=f.body["seizure"],
                case_id=f.case or "",
                record_id=f.jti,
                index=f.index,
                act=act,
                control=f.body.get("control"),
                occurred_at=f.occurred_at,
                officer=f.officer or "",
                items=len(f.body["items"]),
                closed_at=_moment(f.body.get("closed_at")),
                body=f.body,
                sources={},
            )
            for f in facts
        ),
        db,
    )


@projects(SeizureRecorded)
def seizure_recorded(facts: Sequence[Fact], db: str) -> None:
    """A row per seizure."""
    _insert(facts, db, SEIZURE)


@projects(DetentionRecorded)
def detention_recorded(facts: Sequence[Fact], db: str) -> None:
    """A row per detention."""
    _insert(facts, db, DETENTION)


@corrects(SeizureRecorded, DetentionRecorded)
def seizure_corrected(fact: Fact, db: str) -> None:
    """The report reads as corrected."""
    seizure = correct_row(Seizure.objects.using(db).get(record_id=fact.corrects), fact)
    seizure.closed_at = _moment(seizure.body.get("closed_at"))
    seizure.save(using=db, update_fields=["body", "sources", "closed_at"])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _print(f: Fact, kind: str, things: list[str]) -> Print:
    return Print(
        id=f.jti,
        case_id=f.case or "",
        record_id=f.jti,
        index=f.index,
        print=kind,
        things=things,
        sha256=f.body["sha256"],
        languages=f.body["languages"],
        officer=f.officer or "",
        at=f.occurred_at,
    )


@projects(ReceiptIssued)
def receipt_issued(facts: Sequence[Fact], db: str) -> None:
    """A row per receipt."""
    insert_rows((_print(f, "receipt", [f.body["seizure"]]) for f in facts), db)


@projects(PrintIssued)
def print_issued(facts: Sequence[Fact], db: str) -> None:
    """A row per print."""
    insert_rows((_print(f, f.body["print"], list(f.body["things"])) for f in facts), db)


register_projection(Seizure, Print)
