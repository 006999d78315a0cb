"""What this room records needs no table of its own: the ledger and the reads audit say it."""

from __future__ import annotations

from collections.abc import Sequence

from copes.foundation.journal.facts import Fact
from copes.foundation.journal.registry import projects
from copes.insight.search.records import ListExported


@projects(ListExported)
def list_exported(facts: Sequence[Fact], db: str) -> None:
    """Nothing to project."""
    del facts, db
