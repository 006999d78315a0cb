"""Values that screens and prints show, each with the record it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from copes.foundation.journal.queries import ErasureView, erasures_of
from copes.foundation.people.queries import OfficerView, officers_by_id


@dataclass(frozen=True, slots=True)
class Shown:
    """A value, the record (jti) and the JSON path it comes from. ``erasure`` says why a value is gone."""

    value: Any
    jti: str
    path: str
    erasure: ErasureView | None = None

    @property
    def present(self) -> bool:
        """Whether there is something to show: a value, or that it was erased."""
        return self.value not in (None, "", [], {}) or self.erasure is not None

    def __str__(self) -> str:
        return "" if self.value is None else str(self.value)


Erasures = Mapping[tuple[str, str], ErasureView]


def erasures_by_place(case: str) -> Erasures:
    """What was erased in a case, by record and path; ``by`` is the officer's label."""
    found = erasures_of(case)
    return place_erasures(found, officers_by_id(one.by for one in found) if found else {})


def place_erasures(found: Iterable[ErasureView], officers: Mapping[str, OfficerView]) -> Erasures:
    """Erasures by record and path, with the officers already read."""
    return {
        (one.jti, one.path): replace(one, by=officers[one.by].label) if one.by in officers else one for one in found
    }


class Reader:
    """Reads a projected body path by path and says where each value comes from, corrections considered."""

    def __init__(self, row: Any, erasures: Erasures) -> None:
        self.body: Mapping[str, Any] = row.body
        self.record_id: str = row.record_id
        self.sources: Mapping[str, Any] = row.sources
        self.erasures = erasures

    def __getitem__(self, path: str) -> Shown:
        """The value at ``path``, written without the leading ``body.``; absent values are None."""
        at: Any = self.body
        for key in path.split("."):
            if isinstance(at, list):
                at = at[int(key)] if int(key) < len(at) else None
            else:
                at = at.get(key) if isinstance(at, Mapping) else None
        jti, source = self.sources.get(f"body.{path}", (self.record_id, f"body.{path}"))
        return Shown(at, jti, source, None if at is not None else self._erasure(jti, source))

    def _erasure(self, jti: str, path: str) -> ErasureView | None:
        """The erasure of this value or of an object around it."""
        while path:
            if (found := self.erasures.get((jti, path))) is not None:
                return found
            path = path.rpartition(".")[0]
        return None

    def members(self, path: str) -> Iterator[str]:
        """Paths of the elements of a list that still have content."""
        listed = self[path].value or []
        for place, item in enumerate(listed):
            if item not in (None, {}, ""):
                yield f"{path}.{place}"

    def all(self, names: Iterable[str], path: str = "") -> dict[str, Shown]:
        """Several members of the object at ``path`` by name."""
        return {name: self[f"{path}.{name}" if path else name] for name in names}
