"""The index follows the ledger: acts do not wait for it, and whoever asks lets it catch up first.

What was corrected is found by the new value and by the old: an officer may hold paper that says the old one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from copes.chain.cases.corrections import set_value
from copes.chain.cases.knowing import Knowing, who_knows
from copes.chain.cases.queries import corrections_of
from copes.chain.custody.knowing import hands_of
from copes.foundation.journal.facts import Fact
from copes.foundation.journal.following import Follower
from copes.foundation.journal.queries import records_by_jti
from copes.foundation.journal.registry import kinds
from copes.insight.search import index
from copes.insight.search.extracting import PLACES, READERS, Found, corrected, things_of
from copes.insight.search.models import Scope, Thing

NAME = "search"
CORRECTION = "correction.recorded/1"
IN_HAND = ("exhibit", "seal", "container", "transport")
PAGES = {
    "control.recorded/1": "control",
    "seizure.recorded/1": "seizure",
    "detention.recorded/1": "seizure",
    "exhibit.created/1": "exhibit",
    "seal.applied/1": "exhibit",
    "seal.broken/1": "exhibit",
    "officer.enrolled/1": "officer",
}
EVERYONE = "p:people"  # officers of the node: for whoever may see the list of people


def follower() -> Follower:
    """What to follow and how."""
    about = {kind for kind in kinds() if kind.partition(".")[0] in {"access", "custody"}}
    return Follower(NAME, frozenset({*READERS, *about, CORRECTION}), take, forget, clear)


def take(facts: Sequence[Fact]) -> None:
    """Writes what the facts say into the index."""
    made = [_thing(fact, found) for fact in facts for found in things_of(fact.kind, fact.body)]
    _write(made)
    for fact in facts:
        if fact.kind == CORRECTION:
            _write(_as_corrected(fact))
    cases = {fact.case for fact in facts if fact.kind.startswith("access.") and fact.case}
    moved = {one for fact in facts if fact.kind.startswith("custody.") for one in fact.body.get("exhibits", ())}
    _rescope(cases, moved)


def forget(case: str | None) -> None:
    """Takes everything of one case, or of none, out of tables and files."""
    index.remove(list(Thing.objects.filter(case_id=case).values_list("id", flat=True)))
    index.backend().purge()


def clear() -> None:
    """Empties the index."""
    index.backend().clear()
    Thing.objects.all().delete()
    Scope.objects.all().delete()


def _thing(fact: Fact, found: Found) -> Thing:
    return Thing(
        id=fact.index * PLACES + found.place,
        kind=found.kind,
        case_id=fact.case,
        record_id=fact.jti,
        thing=found.thing,
        parent=found.parent,
        page=PAGES.get(fact.kind, "case"),
        code=found.code,
        title=found.title,
        detail=found.detail,
        at=fact.occurred_at,
        words=" ".join(found.words()),
        scope="",
    )


def _as_corrected(fact: Fact) -> list[Thing]:
    """The things of the corrected record, with the words of all its states."""
    jtis = [one.record_id for one in corrections_of(fact.case or "") if one.corrects == fact.corrects]
    records = {record.jti: record.fact() for record in records_by_jti([fact.corrects or "", *jtis])}
    original = records.pop(fact.corrects or "", None)
    if original is None:
        return []
    later = sorted((one for one in records.values() if one.index <= fact.index), key=lambda one: one.index)
    made: dict[int, Thing] = {}
    last: list[int] = []
    for body in corrected(original, later, set_value):
        last = []
        for found in things_of(original.kind, body):
            row = _thing(original, found)
            before = made.get(found.place)
            if before is not None and before.words != row.words:
                row.words, row.corrected = _joined(row.words, before.words), True
            made[found.place] = row
            last.append(found.place)
    for place in made.keys() - set(last):
        made[place].corrected = True
    return list(made.values())


def _joined(new: str, old: str) -> str:
    return " ".join(dict.fromkeys([*new.split(), *old.split()]))


def _write(rows: Iterable[Thing]) -> None:
    listed = list(rows)
    if listed:
        _set_scopes(listed)
        index.write(listed)


def _rescope(cases: set[str], exhibits: set[str]) -> None:
    """Writes again what others may find since access was given or taken, or exhibits went from hand to hand."""
    if not cases and not exhibits:
        return
    rows = list(Thing.objects.filter(Q(case_id__in=cases) | Q(thing__in=exhibits) | Q(parent__in=exhibits)))
    before = {row.id: row.scope for row in rows}
    _set_scopes(rows)
    index.write(row for row in rows if row.scope != before[row.id])


def _set_scopes(rows: Sequence[Thing]) -> None:
    """Sets who may find each row."""
    known = who_knows({row.case_id for row in rows if row.case_id})
    hands = hands_of({_exhibit(row) for row in rows if row.kind in IN_HAND})
    names = {row.id: _scopes(row, known, hands) for row in rows}
    numbers = index.numbers({one for listed in names.values() for one in listed}, make=True)
    for row in rows:
        row.scope = " ".join([index.kind_token(row.kind), *sorted(numbers[one] for one in names[row.id])])


def _scopes(row: Thing, known: dict[str, Knowing], hands: dict[str, set[str]]) -> list[str]:
    if row.kind == "officer":
        return [EVERYONE]
    case = known.get(row.case_id or "")
    held = hands.get(_exhibit(row), set()) if row.kind in IN_HAND else set()
    told = [f"a:{case.agency}", *(f"m:{one}" for one in case.members)] if case else []
    return [*told, *(f"h:{one}" for one in held)]


def _exhibit(row: Thing) -> str:
    return row.parent or row.thing


__all__ = ["EVERYONE", "NAME", "clear", "follower", "forget", "take"]
