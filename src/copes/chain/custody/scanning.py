"""A scan at the custody desk: which exhibit it means, and why it cannot be put on the list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from copes.chain.custody import queries, rules
from copes.chain.custody.queries import ExhibitRow
from copes.chain.custody.rules import Standing
from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import Refusal, Unseen

UNKNOWN = _("No single exhibit you may see has this number.")
TWICE = _("It is on the list already.")
NOT_HERE = _("It is not part of this release.")


@dataclass(frozen=True)
class Scan:
    """What a scan came to: the exhibit, or the reason why not. ``twice`` marks a repetition, which harms nothing."""

    code: str
    row: ExhibitRow | None = None
    problem: str | Promise = ""
    twice: bool = False


def scan_to_release(acting: Acting, code: str, chosen: Collection[str]) -> Scan:
    """An exhibit for a release: one the officer sees, holds, and has not put on the list yet."""
    try:
        row = queries.find_exhibit(acting, code)
    except Unseen:
        return Scan(code, problem=UNKNOWN)
    if row.id in chosen:
        return Scan(code, row, TWICE, twice=True)
    try:
        rules.decide(rules.RELEASE, _standing(row), officer=acting.officer, at=timezone.now())
    except Refusal as refusal:
        return Scan(code, row, f"{refusal.reason} {refusal.mend}")
    return Scan(code, row)


def scan_to_receive(acting: Acting, code: str, waiting: Collection[str], ticked: Collection[str]) -> Scan:
    """An exhibit of the release that is being received, not ticked yet."""
    try:
        row = queries.find_exhibit(acting, code)
    except Unseen:
        return Scan(code, problem=UNKNOWN)
    if row.id not in waiting:
        return Scan(code, row, NOT_HERE)
    if row.id in ticked:
        return Scan(code, row, TWICE, twice=True)
    return Scan(code, row)


def _standing(row: ExhibitRow) -> Standing:
    holder = row.holder.id if row.holder else ""
    return Standing(row.id, row.number, row.case, holder, row.moved_at, row.state, row.release, seal=row.seal)
