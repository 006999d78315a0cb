"""Which room projects which kind of fact into which tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import models

from copes.foundation.journal.acting import Acting
from copes.foundation.journal.facts import Fact
from copes.trust.records.model import Body

Projector = Callable[[Sequence[Fact], str], None]

_projectors: dict[str, Projector] = {}
_bodies: dict[str, type[Body]] = {}
_tables: list[type[models.Model]] = []


_case_guards: list[Callable[[Acting, str], object]] = []


def guards_cases(guard: Callable[[Acting, str], object]) -> None:
    """Declares who asks whether an officer may see a case: ``guard(acting, case)`` raises Unseen when not."""
    _case_guards.append(guard)


def see_case(acting: Acting, case: str) -> None:
    """Raises Unseen when the officer has no need to know of the case."""
    for guard in _case_guards:
        guard(acting, case)


def projects(body: type[Body]) -> Callable[[Projector], Projector]:
    """Declares the projector of one kind of fact.

    The projector gets facts of that kind in ledger order and the alias of the database to write to. It must be a
    pure replay: same facts, same rows, on the live database and on fresh tables alike. Raises ValueError when a
    kind is declared twice.
    """

    def register(projector: Projector) -> Projector:
        if body.kind in _projectors:
            raise ValueError(f"{body.kind} has a projector already")
        _projectors[body.kind] = projector
        _bodies[body.kind] = body
        return projector

    return register


def register_projection(*tables: type[models.Model]) -> None:
    """Names a room's projection tables, parents first: they can be dropped and rebuilt from the ledger."""
    for table in tables:
        if table not in _tables:
            _tables.append(table)


def projector_of(kind: str) -> Projector:
    """The projector of a kind. Raises LookupError for a kind that no room declares."""
    try:
        return _projectors[kind]
    except KeyError:
        raise LookupError(f"no room projects records of kind {kind}") from None


def body_of(kind: str) -> type[Body]:
    """The body model of a kind. Raises LookupError for a kind that no room declares."""
    try:
        return _bodies[kind]
    except KeyError:
        raise LookupError(f"no room declares records of kind {kind}") from None


def kinds() -> list[str]:
    """Every declared kind, sorted."""
    return sorted(_bodies)


def projection_tables() -> list[type[models.Model]]:
    """Every projection table, parents first."""
    return list(_tables)


def project(facts: Sequence[Fact], db: str) -> None:
    """Projects facts in order, handing runs of one kind to its projector together."""
    start = 0
    for end in range(1, len(facts) + 1):
        if end == len(facts) or facts[end].kind != facts[start].kind:
            projector_of(facts[start].kind)(facts[start:end], db)
            start = end
