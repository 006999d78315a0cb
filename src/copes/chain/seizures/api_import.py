"""Importing a table of seizures over HTTP: look first, then all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from ninja import File, Router, Schema, Status, UploadedFile

from copes.chain.seizures import importing
from copes.chain.seizures.tables import Table
from copes.foundation.api.guard import seals
from copes.foundation.api.tokens import ApiRequest

router = Router(tags=["seizures"])
SHOWN = 20


class BadLineOut(Schema):
    """What is wrong in one place of the table. ``line`` counts from 1, the header; ``column`` may be empty."""

    line: int
    column: str
    reason: str
    mend: str


class LineOut(Schema):
    """A line as it would be recorded: one seizure with one exhibit."""

    line: int
    occurred_at: datetime
    known_to: str
    place: str
    description: str
    quantity: Decimal
    unit: str


class Preview(Schema):
    """The table as it would be imported: how many lines are good, the first of them, and every bad place."""

    layout: str
    good: int
    lines: list[LineOut]
    bad: list[BadLineOut]


class ImportedOut(Schema):
    """What an import recorded."""

    seizures: int
    records: int


@router.post("/cases/{case}/imports/preview", response=Preview)
@seals
def preview_import(request: ApiRequest, case: str, table: File[UploadedFile]) -> Preview:
    """Reads a CSV table (UTF-8, up to 10 MB and 20,000 lines) and names every bad line; records nothing."""
    data = table.read()
    return _preview(importing.preview_seizures(request.auth, case=case, data=data, name=table.name or ""))


@router.post("/cases/{case}/imports", response={201: ImportedOut})
def run_import(request: ApiRequest, case: str, table: File[UploadedFile]) -> Status[ImportedOut]:
    """Records a seizure and an exhibit for every line of a CSV table: all lines, or none."""
    done = importing.import_seizures(request.auth, case=case, data=table.read(), name=table.name or "")
    return Status(201, ImportedOut(seizures=done.seizures, records=done.records))


def _preview(table: Table) -> Preview:
    return Preview(
        layout=table.layout,
        good=len(table.lines),
        lines=[
            LineOut(
                line=one.line,
                occurred_at=one.occurred_at,
                known_to=one.known_to,
                place=one.place["name"],
                description=one.item["description"],
                quantity=one.item["quantity"],
                unit=one.item["unit"],
            )
            for one in table.lines[:SHOWN]
        ],
        bad=[
            BadLineOut(line=one.line, column=one.column, reason=str(one.reason), mend=str(one.mend))
            for one in table.bad
        ],
    )
