"""Exhibits, photographs and seals, from records to tables. Custody itself: see ``moves.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F

from copes.chain.cases.corrections import correct_row, corrects
from copes.chain.cases.rows import insert_rows
from copes.chain.custody import moves  # noqa: F401 - declares on import
from copes.chain.custody.models import Exhibit, Handover, Photograph, SealEvent
from copes.chain.custody.records import (
    ExhibitCreated,
    ExhibitPhotographed,
    SealApplied,
    SealBroken,
    SealChecked,
)
from copes.chain.custody.rules import HELD
from copes.foundation.journal.facts import Fact
from copes.foundation.journal.registry import projects, register_projection


@projects(ExhibitCreated)
def exhibit_created(facts: Sequence[Fact], db: str) -> None:
    """A row per exhibit, in the hands of its first holder."""
    insert_rows((_exhibit(f) for f in facts), db)


def _exhibit(f: Fact) -> Exhibit:
    number = f.body["number"]
    return Exhibit(
        id=f.body["exhibit"],
        case_id=f.case or "",
        record_id=f.jti,
        index=f.index,
        number=number,
        ordinal=int(number.rpartition("/")[2]),
        seizure=f.body["seizure"],
        created_at=f.occurred_at,
        holder=f.body["holder"],
        moved_at=f.occurred_at,
        state=HELD,
        seal=f.body.get("seal"),
        photographs=0,
        body=f.body,
        sources={},
        **described(f.body),
    )


def described(body: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a correction of the description changes."""
    cash, container = body.get("cash") or {}, body.get("container") or {}
    return {
        "category": body["category"],
        "description": body["description"],
        "quantity": _decimal(body.get("quantity")),
        "unit": body.get("unit") or "",
        "total": _decimal(cash.get("total")),
        "currency": cash.get("currency") or "",
        "container": container.get("number") or "",
    }


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


@corrects(ExhibitCreated)
def exhibit_corrected(fact: Fact, db: str) -> None:
    """The exhibit reads as corrected; number, holder and seal are not corrected but moved by their own acts."""
    exhibit = correct_row(Exhibit.objects.using(db).get(record_id=fact.corrects), fact)
    for column, value in described(exhibit.body).items():
        setattr(exhibit, column, value)
    exhibit.save(using=db, update_fields=["body", "sources", *described(exhibit.body)])


@projects(ExhibitPhotographed)
def exhibit_photographed(facts: Sequence[Fact], db: str) -> None:
    """A row per photograph."""
    insert_rows(
        (
            Photograph(
                id=f.jti,
                case_id=f.case or "",
                record_id=f.jti,
                exhibit_id=f.body["exhibit"],
                index=f.index,
                sha256=f.body["sha256"],
                name=f.body["name"],
                media_type=f.body["media_type"],
                size=f.body["size"],
                taken_at=datetime.fromisoformat(f.body["taken_at"]) if f.body.get("taken_at") else None,
                officer=f.officer or "",
                at=f.occurred_at,
            )
            for f in facts
        ),
        db,
    )
    for f in facts:
        Exhibit.objects.using(db).filter(id=f.body["exhibit"]).update(photographs=F("photographs") + 1)


def _seal_event(f: Fact, event: str, **more: Any) -> SealEvent:
    return SealEvent(
        id=f.jti,
        case_id=f.case or "",
        record_id=f.jti,
        exhibit_id=f.body["exhibit"],
        index=f.index,
        event=event,
        seal=f.body["seal"],
        officer=f.officer or "",
        at=f.occurred_at,
        **more,
    )


@projects(SealApplied)
def seal_applied(facts: Sequence[Fact], db: str) -> None:
    """The exhibit bears the seal."""
    insert_rows((_seal_event(f, "applied") for f in facts), db)
    for f in facts:
        Exhibit.objects.using(db).filter(id=f.body["exhibit"]).update(seal=f.body["seal"])


@projects(SealChecked)
def seal_checked(facts: Sequence[Fact], db: str) -> None:
    """Someone looked at the seal."""
    insert_rows((_seal_event(f, "checked", intact=f.body["intact"], text=f.body.get("remark")) for f in facts), db)


@projects(SealBroken)
def seal_broken(facts: Sequence[Fact], db: str) -> None:
    """The exhibit bears the seal no more, perhaps another."""
    insert_rows(
        (_seal_event(f, "opened", replaced_by=f.body.get("replaced_by"), text=f.body["reason"]) for f in facts),
        db,
    )
    for f in facts:
        Exhibit.objects.using(db).filter(id=f.body["exhibit"]).update(seal=f.body.get("replaced_by"))


register_projection(Exhibit, Handover, Photograph, SealEvent)
