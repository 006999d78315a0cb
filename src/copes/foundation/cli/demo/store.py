"""The practice store: 3,380 real seizures, imported in bulk through the service that the screen uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources

from copes.chain.cases.services import add_note, open_case
from copes.chain.seizures.importing import Imported, import_seizures
from copes.foundation.journal.acting import Acting

NAME = "stride-2007-cocaine.csv"
NOTE = (
    "Practice store. 3,380 seizures of cocaine in the United States in 2007: state, purity, weight, month and price. "
    "Source: System to Retrieve Information from Drug Evidence (STRIDE), US Drug Enforcement Administration; "
    "unvalidated DEA data, inferences are the user's own. Only the month of each seizure is known: the day is set to "
    "the first at noon. Everything the source does not state is recorded as unknown."
)


def import_stride(acting: Acting, progress: Callable[[int], None]) -> Imported:
    """Opens the store's case and imports the whole table into it."""
    data = (resources.files("copes.data") / "goods" / NAME).read_bytes()
    case = open_case(
        acting, title="Practice store: cocaine seizures 2007 (STRIDE)", occurred_at=datetime(2007, 1, 1, tzinfo=UTC)
    ).id
    add_note(acting, case=case, text=NOTE)
    return import_seizures(acting, case=case, data=data, name=NAME, progress=progress)
