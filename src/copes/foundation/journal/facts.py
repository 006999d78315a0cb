"""A fact as projections see it: a record with its salted fields revealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """One record, read. An erased salted field is absent from ``body``: use ``body.get``."""

    index: int
    jti: str
    kind: str
    case: str | None
    occurred_at: datetime
    recorded_at: datetime
    actor: Mapping[str, Any]
    about: tuple[str, ...]
    rests_on: tuple[str, ...]
    corrects: str | None
    body: Mapping[str, Any]

    @property
    def officer(self) -> str | None:
        """The officer who acted; None for acts of the node itself."""
        return self.actor.get("officer")


def fact_from_claims(index: int, claims: Mapping[str, Any]) -> Fact:
    """A fact from a record's claims with salted fields revealed (docs/trust/format.md §1)."""
    return Fact(
        index=index,
        jti=claims["jti"],
        kind=claims["kind"],
        case=claims.get("sub"),
        occurred_at=datetime.fromisoformat(claims["occurred_at"]),
        recorded_at=datetime.fromtimestamp(claims["iat"], tz=UTC),
        actor=claims["actor"],
        about=tuple(claims.get("about", ())),
        rests_on=tuple(claims.get("rests_on", ())),
        corrects=claims.get("corrects"),
        body=claims["body"],
    )
