"""What may happen next to an exhibit, given the facts so far. Pure; the transition table is data.

Docs, diagrams and tests are made from ``TRANSITIONS``. At any time exactly one holder answers for an exhibit: a
release does not change that, a receipt does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from copes.foundation.refusals import BadInput, Refusal

HELD, RELEASED = "held", "released"
RELEASE, RECEIVE, DECLINE, CANCEL = "release", "receive", "decline", "cancel"
PHOTOGRAPH, SEAL, CHECK_SEAL, BREAK_SEAL = "photograph", "seal", "check_seal", "break_seal"
HOLDER, ADDRESSEE = "holder", "addressee"


@dataclass(frozen=True, slots=True)
class Standing:
    """An exhibit as the rules see it. ``holder`` answers for it; custody last moved or came back at ``moved_at``."""

    id: str
    number: str
    case: str
    holder: str
    moved_at: datetime
    state: str = HELD
    release: str | None = None
    released_to: str | None = None
    released_at: datetime | None = None
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """One act: in which state it may happen, by whom, and which state follows."""

    act: str
    before: frozenset[str]
    after: str | None
    by: frozenset[str]
    kind: str


ANY = frozenset({HELD, RELEASED})
TRANSITIONS: tuple[Transition, ...] = (
    Transition(RELEASE, frozenset({HELD}), RELEASED, frozenset({HOLDER}), "custody.released/1"),
    Transition(RECEIVE, frozenset({RELEASED}), HELD, frozenset({ADDRESSEE}), "custody.received/1"),
    Transition(DECLINE, frozenset({RELEASED}), HELD, frozenset({ADDRESSEE}), "custody.declined/1"),
    Transition(CANCEL, frozenset({RELEASED}), HELD, frozenset({HOLDER}), "custody.cancelled/1"),
    Transition(PHOTOGRAPH, ANY, None, frozenset({HOLDER}), "exhibit.photographed/1"),
    Transition(SEAL, frozenset({HELD}), None, frozenset({HOLDER}), "seal.applied/1"),
    Transition(CHECK_SEAL, ANY, None, frozenset({HOLDER, ADDRESSEE}), "seal.checked/1"),
    Transition(BREAK_SEAL, frozenset({HELD}), None, frozenset({HOLDER}), "seal.broken/1"),
)
BY_ACT = {transition.act: transition for transition in TRANSITIONS}

Words = tuple[str, Promise, Promise]
NOT_HOLDER: Words = (
    "custody.not_holder",
    _("You do not hold exhibit %(number)s."),
    _("Only the officer who holds it may do this. Open the exhibit to see who that is."),
)
ALREADY_RELEASED: Words = (
    "custody.already_released",
    _("Exhibit %(number)s is released already and waits for receipt."),
    _("Wait until it is received, or cancel the release first."),
)
NOT_RELEASED: Words = (
    "custody.not_released",
    _("Exhibit %(number)s is not waiting for receipt."),
    _("Open your custody desk again: it was received, declined or cancelled meanwhile."),
)
NOT_ADDRESSEE: Words = (
    "custody.not_addressee",
    _("Exhibit %(number)s was not released to you."),
    _("Ask the holder to release it to you."),
)
OTHER_RELEASE: Words = (
    "custody.other_release",
    _("Exhibit %(number)s is not part of this release."),
    _("Untick it, or open the release it belongs to."),
)
TOO_EARLY: Words = (
    "custody.too_early",
    _("The time lies before the last act on exhibit %(number)s."),
    _("Give the time at which it really happened: after its seizure and its last hand-over."),
)
SEALED_ALREADY: Words = (
    "seal.present",
    _("Exhibit %(number)s bears seal %(seal)s already."),
    _("Record first that this seal was opened."),
)
NO_SEAL: Words = (
    "seal.absent",
    _("Exhibit %(number)s bears no seal."),
    _("Apply a seal first."),
)
OTHER_SEAL: Words = (
    "seal.other",
    _("Exhibit %(number)s bears seal %(seal)s, not the one entered."),
    _("Read the seal again. If the seal on the exhibit really is another, tell your supervisor at once."),
)


def decide(act: str, exhibit: Standing, *, officer: str, at: datetime, release: str | None = None) -> None:
    """Raises Refusal when ``officer`` may not do ``act`` with the exhibit at that time.

    ``release`` is the release that a receipt, refusal or cancellation answers.
    """
    rule = BY_ACT[act]
    if exhibit.state not in rule.before:
        if act in {RECEIVE, DECLINE, CANCEL}:
            raise _refusal(NOT_RELEASED, exhibit)
        raise _refusal(NOT_HOLDER if officer != exhibit.holder else ALREADY_RELEASED, exhibit)
    if release is not None and release != exhibit.release:
        raise _refusal(OTHER_RELEASE, exhibit)
    if not _is_among(rule.by, exhibit, officer):
        raise _refusal(NOT_ADDRESSEE if rule.by == {ADDRESSEE} else NOT_HOLDER, exhibit)
    floor = exhibit.released_at if exhibit.released_at and act in {RECEIVE, DECLINE, CANCEL} else exhibit.moved_at
    if at < floor:
        raise _refusal(TOO_EARLY, exhibit, field="occurred_at", kind=BadInput)


def decide_seal(act: str, exhibit: Standing, seal: str | None) -> None:
    """Raises Refusal when the seal on the exhibit does not allow the act."""
    if act == SEAL and exhibit.seal:
        raise _refusal(SEALED_ALREADY, exhibit)
    if act in {CHECK_SEAL, BREAK_SEAL}:
        if not exhibit.seal:
            raise _refusal(NO_SEAL, exhibit)
        if seal != exhibit.seal:
            raise _refusal(OTHER_SEAL, exhibit, field="seal")


def check_parties(officer: str, to: str) -> None:
    """A hand-over needs two people. Raises BadInput."""
    if officer == to:
        raise BadInput(
            "custody.same_person",
            _("You cannot release exhibits to yourself."),
            _("Choose the officer who takes them: a hand-over needs two people."),
            field="released_to",
        )


def after(act: str, exhibit: Standing, *, at: datetime, release: str | None = None, to: str | None = None) -> Standing:
    """The exhibit after an act that ``decide`` allowed: the model that projections must agree with."""
    if act == RELEASE:
        return replace(exhibit, state=RELEASED, release=release, released_to=to, released_at=at)
    if act == RECEIVE:
        holder = exhibit.released_to or exhibit.holder
        return replace(
            exhibit, state=HELD, holder=holder, moved_at=at, release=None, released_to=None, released_at=None
        )
    if act in {DECLINE, CANCEL}:
        return replace(exhibit, state=HELD, moved_at=at, release=None, released_to=None, released_at=None)
    return exhibit


def transition_rows() -> Iterable[tuple[str, str, str, str, str]]:
    """The table for the documentation: act, states before, by whom, state after, kind of record."""
    for rule in TRANSITIONS:
        before, by = " / ".join(sorted(rule.before)), " / ".join(sorted(rule.by))
        yield rule.act, before, by, rule.after or "unchanged", rule.kind


def _is_among(allowed: frozenset[str], exhibit: Standing, officer: str) -> bool:
    return (HOLDER in allowed and officer == exhibit.holder) or (
        ADDRESSEE in allowed and exhibit.released_to is not None and officer == exhibit.released_to
    )


def _refusal(words: Words, exhibit: Standing, *, field: str | None = None, kind: type[Refusal] = Refusal) -> Refusal:
    code, reason, mend = words
    return kind(code, reason % {"number": exhibit.number, "seal": exhibit.seal or ""}, mend, field=field)
