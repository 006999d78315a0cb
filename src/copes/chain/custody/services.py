"""Custody acts: release, receipt, refusal, cancellation. Seals, photographs, exhibits: see ``handling``, ``making``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.wording import checked
from copes.chain.custody import policies, rules, telling
from copes.chain.custody.handling import apply_seal, break_seal, check_seal, photograph
from copes.chain.custody.making import append_exhibits, correct_exhibit, prepare_exhibits
from copes.chain.custody.records import (
    MAX_BATCH,
    CustodyCancelled,
    CustodyDeclined,
    CustodyReceived,
    CustodyReleased,
)
from copes.chain.custody.rules import Standing
from copes.chain.custody.standing import keep_secret, standing
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.foundation.refusals import BadInput, Refusal

__all__ = [
    "append_exhibits",
    "apply_seal",
    "break_seal",
    "cancel",
    "check_seal",
    "correct_exhibit",
    "decline",
    "photograph",
    "prepare_exhibits",
    "receive",
    "release",
]
SealStates = str | Mapping[str, str]


def release(
    acting: Acting,
    *,
    exhibits: Sequence[str],
    to: str,
    reason: str,
    condition: str,
    remark: str | None = None,
    seals: SealStates = "not_checked",
    occurred_at: datetime | None = None,
) -> list[str]:
    """The holder gives exhibits out of hand to ``to``; one record per case (and per 200
    exhibits), all or none.

    ``seals`` is the state of the seals as seen, for all or by exhibit id. ``occurred_at`` is aware and defaults to
    now. Returns the ids of the releases. Raises Forbidden, Unseen, BadInput, Refusal (``custody.*``).
    """
    acting = policies.require_handler(acting)
    _some(exhibits)
    rules.check_parties(acting.officer, to)
    at = moment(occurred_at)
    with writing(acting) as journal:
        found = standing(exhibits)
        decide_all(acting, rules.RELEASE, found, at=at)
        policies.require_receiver(to)
        made = []
        for case, group in _groups(found):
            ids = [one.id for one in group]
            body = checked(
                CustodyReleased,
                {
                    "exhibits": ids,
                    "released_by": acting.officer,
                    "released_to": to,
                    "reason": reason,
                    "remark": remark or None,
                    "condition": condition,
                    "seals": _seen(group, seals),
                },
            )
            made.append(journal.append(body, case=case, occurred_at=at, about=ids))
            telling.released(made[-1], case=case, exhibits=ids, by=acting.officer, to=to, at=at)
    return made


def receive(
    acting: Acting,
    *,
    release: str,
    exhibits: Sequence[str],
    condition: str,
    remark: str | None = None,
    seals: SealStates = "not_checked",
    occurred_at: datetime | None = None,
    differs: bool = False,
) -> str:
    """The officer to whom exhibits were released takes some or all of them; the rest stays open.

    ``differs`` says that the receiver notes a difference to what was released: the releaser is told so. Returns the
    record's id. Raises Forbidden, Unseen, BadInput, Refusal (``custody.*``).
    """
    acting = policies.require_handler(acting)
    _some(exhibits)
    at = moment(occurred_at)
    with writing(acting) as journal:
        found = standing(exhibits)
        decide_all(acting, rules.RECEIVE, found, at=at, release=release)
        body = checked(
            CustodyReceived,
            {
                "release": release,
                "exhibits": list(exhibits),
                "received_by": acting.officer,
                "condition": condition,
                "remark": remark or None,
                "seals": _seen(found, seals),
            },
        )
        telling.received(release, case=found[0].case, exhibits=exhibits, by=found[0].holder, differs=differs)
        return journal.append(body, case=found[0].case, occurred_at=at, about=list(exhibits), rests_on=[release])


def decline(
    acting: Acting, *, release: str, exhibits: Sequence[str], reason: str, occurred_at: datetime | None = None
) -> str:
    """The officer to whom exhibits were released refuses them; they stay with the releaser.

    Returns the record's id. Raises Forbidden, Unseen, BadInput, Refusal (``custody.*``).
    """
    acting = policies.require_handler(acting)
    _some(exhibits)
    at = moment(occurred_at)
    with writing(acting) as journal:
        found = standing(exhibits)
        decide_all(acting, rules.DECLINE, found, at=at, release=release)
        body = checked(
            CustodyDeclined,
            {
                "release": release,
                "exhibits": list(exhibits),
                "received_by": acting.officer,
                "reason": reason,
            },
        )
        telling.declined(release, case=found[0].case, exhibits=exhibits, by=found[0].holder)
        return journal.append(body, case=found[0].case, occurred_at=at, about=list(exhibits), rests_on=[release])


def cancel(
    acting: Acting, *, release: str, exhibits: Sequence[str], reason: str, occurred_at: datetime | None = None
) -> str:
    """The releaser takes a release back before receipt; returns the record's id.

    Raises Forbidden, Unseen, BadInput, Refusal (``custody.*``).
    """
    acting = policies.require_handler(acting)
    _some(exhibits)
    at = moment(occurred_at)
    with writing(acting) as journal:
        found = standing(exhibits)
        decide_all(acting, rules.CANCEL, found, at=at, release=release)
        body = checked(CustodyCancelled, {"release": release, "exhibits": list(exhibits), "reason": reason})
        telling.cancelled(release, case=found[0].case, exhibits=exhibits, to=found[0].released_to)
        return journal.append(body, case=found[0].case, occurred_at=at, about=list(exhibits), rests_on=[release])


def moment(occurred_at: datetime | None) -> datetime:
    """When the act happened, to the second, as records state it. Raises BadInput when it lies in the future."""
    now = timezone.now()
    at = occurred_at or now
    if at > now:
        raise BadInput(
            "time.future",
            _("The time of the act lies in the future."),
            _("Give the time at which it happened."),
            field="occurred_at",
        )
    return at.replace(microsecond=0)


def decide_all(
    acting: Acting, act: str, exhibits: Sequence[Standing], *, at: datetime, release: str | None = None
) -> None:
    """Raises the first Refusal, or Unseen when the officer may not know of an exhibit a refusal would name."""
    try:
        for one in exhibits:
            rules.decide(act, one, officer=acting.officer, at=at, release=release)
    except Refusal:
        keep_secret(acting, exhibits)
        raise


def _groups(exhibits: Sequence[Standing]) -> Iterator[tuple[str, list[Standing]]]:
    """Exhibits by case, and so few together that a record holds them."""
    groups: dict[str, list[Standing]] = {}
    for one in exhibits:
        groups.setdefault(one.case, []).append(one)
    for case, group in groups.items():
        for at in range(0, len(group), MAX_BATCH):
            yield case, group[at : at + MAX_BATCH]


def _seen(exhibits: Sequence[Standing], seals: SealStates) -> list[dict[str, object]]:
    """What was seen of each seal; an exhibit without a seal has none to be intact or broken."""
    seen: list[dict[str, object]] = []
    for one in exhibits:
        state = seals if isinstance(seals, str) else seals.get(one.id, "not_checked")
        seen.append({"exhibit": one.id, "seal": one.seal, "state": state if one.seal else "none"})
    return seen


def _some(exhibits: Sequence[str]) -> None:
    if not exhibits or len(set(exhibits)) != len(exhibits):
        raise BadInput(
            "custody.no_exhibits",
            _("No exhibit is chosen, or one is chosen twice."),
            _("Choose each exhibit once."),
            field="exhibits",
        )
