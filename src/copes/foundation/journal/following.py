"""Followers: tables that may lag behind the ledger, such as a search index or monthly sums.

A projection is written with the act itself, so every act waits for it. What an officer can wait a moment for follows
the ledger instead: a follower remembers how far it has read and takes what was added since, batch by batch. It holds
nothing that the ledger does not say, so it can be cleared and read again. `copes up` keeps followers close behind;
whoever reads a follower's tables calls `catch_up` first and thus never misses what was recorded before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction

from copes.foundation.journal.facts import Fact
from copes.foundation.journal.models import Edge, Entry, Following
from copes.foundation.journal.stored import stored

BATCH = 500
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Follower:
    """Who follows. ``take`` gets facts of ``kinds`` in ledger order, at most BATCH at once, inside a transaction.

    ``forget`` deletes everything that came from one case (or, with None, from records of no case); what is left of
    them is then taken again. ``clear`` deletes everything. Taking the same facts after forgetting must give the
    same tables.
    """

    name: str
    kinds: frozenset[str]
    take: Callable[[Sequence[Fact]], None]
    forget: Callable[[str | None], None]
    clear: Callable[[], None]


_followers: dict[str, Follower] = {}


def follow(follower: Follower) -> None:
    """Registers a follower. Raises ValueError when the name is taken."""
    if follower.name in _followers:
        raise ValueError(f"{follower.name} follows already")
    _followers[follower.name] = follower


def followers() -> list[Follower]:
    """Every follower, by name."""
    return [_followers[name] for name in sorted(_followers)]


def behind(name: str) -> int:
    """How many records the follower has not read yet."""
    size = Edge.objects.values_list("size", flat=True).first() or 0
    return size - (Following.objects.filter(name=name).values_list("position", flat=True).first() or 0)


def catch_up(name: str, *, at_most: int | None = None, progress: Progress | None = None) -> int:
    """Lets a follower read on, to the end of the ledger or ``at_most`` records; returns how many it read.

    Batches are transactions of their own: what was read stays read. Several callers at once take turns.
    """
    follower, done = _followers[name], 0
    while at_most is None or done < at_most:
        read = _one_batch(follower, BATCH if at_most is None else min(BATCH, at_most - done))
        if not read:
            break
        done += read
        if progress:
            progress(done)
    return done


def catch_up_all(*, at_most: int | None = None) -> int:
    """Lets every follower read on; returns how many records were read."""
    return sum(catch_up(follower.name, at_most=at_most) for follower in followers())


def _one_batch(follower: Follower, size: int) -> int:
    if behind(follower.name) <= 0:
        return 0
    with transaction.atomic():
        Following.objects.get_or_create(name=follower.name)
        mark = Following.objects.select_for_update().get(name=follower.name)
        span = Entry.objects.filter(index__gte=mark.position, index__lt=mark.position + size)
        read = span.count()
        if read:
            _take(follower, [record.fact() for record in stored(span.filter(kind__in=follower.kinds))])
            mark.position += read
            mark.save(update_fields=["position"])
    return read


def _take(follower: Follower, facts: Sequence[Fact]) -> None:
    for start in range(0, len(facts), BATCH):
        follower.take(facts[start : start + BATCH])


def read_again(case: str | None) -> None:
    """Makes every follower forget one case (or the records of none) and read what the ledger still says of it.

    Used after an erasure. Must run inside a transaction.
    """
    for follower in followers():
        mark = Following.objects.select_for_update().filter(name=follower.name).first()
        if mark is None:
            continue
        follower.forget(case)
        span = Entry.objects.filter(case_id=case, index__lt=mark.position, kind__in=follower.kinds)
        _take(follower, [record.fact() for record in stored(span)])


def start_again() -> None:
    """Clears every follower: each reads the ledger from its beginning when it next catches up."""
    with transaction.atomic():
        for follower in followers():
            follower.clear()
        Following.objects.all().delete()
