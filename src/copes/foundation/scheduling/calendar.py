"""The officer's calendar: what is due, from every room that declares a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from copes.foundation.journal.acting import Acting
from copes.foundation.scheduling.wording import filled

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Sort = Literal["task", "moment"]
MOST = 500  # entries of one source in one calendar


@dataclass(frozen=True)
class Entry:
    """Something due. ``text`` is a lazy text with named placeholders, filled with ``facts``: numbers and codes.

    ``uid`` is the id of the thing it is about and stays the same as long as that is due. ``due`` is aware. A
    ``task`` is something to be done by then; a ``moment`` happens then and lasts ``lasts``.
    """

    uid: str
    text: StrOrPromise
    due: datetime
    url: str
    facts: Mapping[str, str] = field(default_factory=dict)
    sort: Sort = "task"
    lasts: timedelta = timedelta(0)
    remind_before: timedelta | None = timedelta(hours=24)

    @property
    def title(self) -> str:
        """What is due, in the active language."""
        return filled(self.text, self.facts)


Source = Callable[[Acting], Iterable[Entry]]
_sources: list[Source] = []


def register_calendar(source: Source) -> None:
    """Declares a source: ``source(acting)`` yields the open entries of an officer, and only what they may see.

    It must use a fixed number of queries and yield at most 500 entries, the next due first. The officer of a feed
    acts without a signing key.
    """
    if source not in _sources:
        _sources.append(source)


def entries_of(acting: Acting) -> list[Entry]:
    """Everything due for the officer, the next first."""
    found = [entry for source in _sources for entry in source(acting)]
    return sorted(found, key=lambda entry: (entry.due, entry.uid))
