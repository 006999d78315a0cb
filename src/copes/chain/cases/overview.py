"""People and things of a case with their links: who was met in which role, at which control or seizure, with what.

The same person in a control and in the seizure that rests on it stands there twice in the records, by two ids;
this page shows what is recorded and does not presume that two entries mean one person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from copes.chain.cases import codes
from copes.chain.cases.links_picture import Node, Picture, picture
from copes.chain.cases.models import Control
from copes.chain.cases.shown import Erasures, Reader, Shown
from copes.chain.custody.codes import CATEGORIES
from copes.chain.custody.overview_queries import Thing
from copes.chain.seizures.queries import ReportFact
from copes.foundation.people.queries import OfficerView

PERSON = ("role", "name", "born", "nationality")
TRANSPORT = ("transport", "registration", "country", "description")
CONTAINER = ("number", "typed")
ACTS: dict[str, Promise] = {
    "control": gettext_lazy("Control"),
    "seizure": gettext_lazy("Seizure"),
    "detention": gettext_lazy("Detention"),
}


@dataclass(frozen=True)
class Held:
    """An exhibit with the officer who answers for it."""

    thing: Thing
    holder: OfficerView | None
    released_to: OfficerView | None


@dataclass(frozen=True)
class Act:
    """A control or a report, with the people and things that belong to it."""

    kind: str  # control, seizure, detention
    id: str
    at: datetime
    place: Shown
    open: bool
    corrected: bool
    officer: OfficerView | None
    rests_on: str | None = None
    persons: tuple[dict[str, Shown], ...] = ()
    transport: tuple[dict[str, Shown], ...] = ()
    containers: tuple[dict[str, Shown], ...] = ()
    exhibits: tuple[Held, ...] = ()
    items: int = 0
    following: tuple[Act, ...] = field(default=())

    @property
    def more(self) -> int:
        """How many exhibits of the report are not among those listed."""
        return max(self.items - len(self.exhibits), 0)


def acts_of_case(
    controls: Sequence[Control],
    reports: Sequence[ReportFact],
    things: Sequence[Thing],
    officers: dict[str, OfficerView],
    erasures: Erasures,
) -> tuple[Act, ...]:
    """Controls in order, each followed by the reports that rest on it; reports without a control at the end."""
    made = [_report(one, things, officers) for one in reports]
    found = []
    for row in controls:
        following = tuple(act for act in made if act.rests_on == row.id)
        found.append(_control(row, following, officers, erasures))
    known = {row.id for row in controls}
    return (*found, *(act for act in made if act.rests_on not in known))


def _control(row: Control, following: tuple[Act, ...], officers: dict[str, OfficerView], erasures: Erasures) -> Act:
    read = Reader(row, erasures)
    return Act(
        kind="control",
        id=row.id,
        at=row.started_at,
        place=read["place.name"],
        open=row.ended_at is None,
        corrected=any(source[1].startswith("body.fields.") for source in row.sources.values()),
        officer=officers.get(row.officer),
        persons=tuple(_members(read, "persons", PERSON)),
        transport=tuple(_members(read, "means_of_transport", TRANSPORT)),
        containers=tuple(_members(read, "containers", CONTAINER)),
        following=following,
    )


def _report(one: ReportFact, things: Sequence[Thing], officers: dict[str, OfficerView]) -> Act:
    return Act(
        kind=one.act,
        id=one.id,
        at=one.occurred_at,
        place=one.read["place.name"],
        open=one.closed_at is None,
        corrected=any(source[1].startswith("body.fields.") for source in one.read.sources.values()),
        officer=officers.get(one.officer),
        rests_on=one.control,
        persons=tuple(_members(one.read, "persons", PERSON)),
        exhibits=tuple(
            Held(thing, officers.get(thing.holder), officers.get(thing.released_to or ""))
            for thing in things
            if thing.seizure == one.id
        ),
        items=one.items,
    )


def _members(read: Reader, name: str, members: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for path in read.members(name):
        yield read.all(members, path)


def drawn(acts: Sequence[Act], *, rtl: bool) -> Picture:
    """The picture of people, acts and things with their links."""
    nodes: list[Node] = []
    links: list[tuple[str, str]] = []
    for act in _flat(acts):
        nodes.append(Node(act.id, 1, act.kind, str(ACTS[act.kind]), _day(act.at)))
        if act.rests_on:
            links.append((act.rests_on, act.id))
        for node in _around(act):
            nodes.append(node)
            links.append((node.id, act.id))
    return picture(nodes, links, rtl=rtl)


def _flat(acts: Sequence[Act]) -> Iterator[Act]:
    for act in acts:
        yield act
        yield from act.following


def _day(at: datetime) -> str:
    # English as `when` writes it: the day first
    return date_format(timezone.localtime(at), "j F Y" if get_language() == "en" else "DATE_FORMAT")


def _around(act: Act) -> Iterator[Node]:
    """The people and things of one act. What was erased has no name."""
    for place, one in enumerate(act.persons):
        role = codes.label(codes.PERSON_ROLES, str(one["role"].value or ""))
        yield Node(f"{act.id}/p{place}", 0, "person", str(one["name"].value or _("Name not shown")), role)
    for place, one in enumerate(act.transport):
        kind = codes.label(codes.TRANSPORT, str(one["transport"].value or ""))
        yield Node(f"{act.id}/t{place}", 2, "transport", str(one["registration"].value or kind), kind)
    for place, one in enumerate(act.containers):
        yield Node(f"{act.id}/c{place}", 2, "container", str(one["number"].value or ""), _("Container"))
    for held in act.exhibits:
        yield Node(held.thing.id, 2, "exhibit", held.thing.number, codes.label(CATEGORIES, held.thing.category))
