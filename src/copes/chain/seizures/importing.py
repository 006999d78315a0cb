"""Importing a table of seizures into a case: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from copes.chain.cases import policies
from copes.chain.cases.services import lock_case
from copes.chain.cases.wording import checked
from copes.chain.custody.making import next_ordinal
from copes.chain.custody.records import ExhibitCreated
from copes.chain.seizures.records import SeizureRecorded
from copes.chain.seizures.services import line_of
from copes.chain.seizures.tables import SeizureLine, Table, read_table
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import Journal, writing
from copes.foundation.refusals import BadInput
from copes.trust.records.ids import uuid7

Progress = Callable[[int], None]
TELL_EVERY = 100


@dataclass(frozen=True)
class Imported:
    """What an import recorded."""

    seizures: int
    records: int


def preview_seizures(acting: Acting, *, case: str, data: bytes, name: str) -> Table:
    """The table as it would be imported, with every bad line. Raises Unseen, Forbidden."""
    acting = policies.require(acting, "record_seizure")
    policies.see_case(acting, case)
    return read_table(data, name=name, now=timezone.now())


def import_seizures(acting: Acting, *, case: str, data: bytes, name: str, progress: Progress | None = None) -> Imported:
    """Records a seizure and an exhibit for every line of the table: all lines, or none.

    The exhibits are in the hands of who imports. Raises Unseen, Forbidden, and BadInput (``import.bad_lines``) when a
    line is bad.
    """
    acting = policies.require(acting, "record_seizure")
    table = read_table(data, name=name, now=timezone.now())
    if table.bad:
        first = table.bad[0]
        raise BadInput(
            "import.bad_lines",
            _("%(number)d places of the table are wrong; the first in line %(line)d: %(reason)s")
            % {"number": len(table.bad), "line": first.line, "reason": first.reason},
            first.mend,
            field=f"line {first.line} {first.column}".strip(),
        )
    with writing(acting) as journal:
        policies.see_case(acting, case)
        number = lock_case(case)
        first_ordinal = next_ordinal(case)
        made = []
        for place, line in enumerate(table.lines):
            exhibit = _exhibit(acting, f"{number}/{first_ordinal + place}", table, line)
            made.append((exhibit, line, _append_seizure(journal, acting, case, line, exhibit)))
            if progress and place % TELL_EVERY == 0:
                progress(place)
        # the exhibits after all seizures: runs of one kind are projected together
        for exhibit, line, jti in made:
            at, about = line.occurred_at, [exhibit.exhibit]
            journal.append(exhibit, case=case, occurred_at=at, about=about, rests_on=[jti])
    return Imported(len(table.lines), 2 * len(table.lines))


def _exhibit(acting: Acting, number: str, table: Table, line: SeizureLine) -> ExhibitCreated:
    return checked(
        ExhibitCreated,
        {
            **line.item,
            "exhibit": uuid7(),
            "number": number,
            "holder": acting.officer,
            "seizure": uuid7(),
            "origin": {"source": table.source[:200], "line": line.line, "time_known_to": line.known_to},
        },
    )


def _append_seizure(journal: Journal, acting: Acting, case: str, line: SeizureLine, exhibit: ExhibitCreated) -> str:
    return journal.append(
        checked(SeizureRecorded, _report(acting, line, exhibit)),
        case=case,
        occurred_at=line.occurred_at,
        about=[exhibit.seizure, exhibit.exhibit],
    )


def _report(acting: Acting, line: SeizureLine, exhibit: ExhibitCreated) -> dict[str, Any]:
    """The report of an imported seizure: what the table does not say is stated as unknown, never presumed."""
    return {
        "seizure": exhibit.seizure,
        "cause": line.cause,
        "legal_basis": {"text": "Not stated by the source"},
        "officers": [acting.officer],
        "presence": "unknown",
        "place": line.place,
        "drafted_at": line.place,
        "started_at": line.occurred_at,
        "read_to_person": False,
        "signature": "not_asked",
        "copy_given": "not_given",
        "items": [line_of(exhibit)],
    }
