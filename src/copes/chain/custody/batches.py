"""Many exhibits at once, each line with what was seen of it: a release, or a receipt with its differences.

A record states one condition for the exhibits it names. Lines that look different therefore make records of their
own; all of them become durable together, or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from copes.chain.custody import services
from copes.foundation.journal.acting import Acting

WHOLE = ""


@dataclass(frozen=True)
class Line:
    """One exhibit of a batch. An empty ``condition`` means that of the whole batch."""

    exhibit: str
    seal: str = "not_checked"
    condition: str = WHOLE


def release_batch(
    acting: Acting, *, lines: Sequence[Line], to: str, reason: str, condition: str, **facts: object
) -> list[str]:
    """Releases a batch to one officer for one reason; returns the ids of the releases. Raises as `services.release`.

    One release per case and per condition.
    """
    made: list[str] = []
    with transaction.atomic():
        for said, group in _by_condition(lines).items():
            made += services.release(
                acting,
                exhibits=[line.exhibit for line in group],
                to=to,
                reason=reason,
                condition=said or condition,
                seals={line.exhibit: line.seal for line in group},
                **facts,  # type: ignore[arg-type]  # the remark and the time, as the form gives them
            )
    return made


def receive_batch(
    acting: Acting,
    *,
    release: str,
    lines: Sequence[Line],
    condition: str,
    missing: Mapping[str, str],
    remark: str | None = None,
) -> int:
    """Receives the lines of a release; returns how many differ. Raises as `services.receive` and `decline`.

    A line with a condition of its own, or with a seal that is not intact, differs: the releaser is told. ``missing``
    exhibits (id → what is said of them) are declined: they stay with the releaser, who answers for them. What is in
    neither stays open.
    """
    groups = _by_condition(lines)
    differing = sum(len(group) for said, group in groups.items() if said)
    with transaction.atomic():
        for said, group in groups.items():
            broken = any(line.seal == "broken" for line in group)
            differing += sum(line.seal == "broken" for line in group) if not said else 0
            services.receive(
                acting,
                release=release,
                exhibits=[line.exhibit for line in group],
                condition=said or condition,
                remark=remark,
                seals={line.exhibit: line.seal for line in group},
                differs=bool(said) or broken,
            )
        for reason, exhibits in _by_reason(missing).items():
            services.decline(acting, release=release, exhibits=exhibits, reason=reason)
    return differing + len(missing)


def _by_condition(lines: Sequence[Line]) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.condition.strip(), []).append(line)
    return groups


def _by_reason(missing: Mapping[str, str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for exhibit, reason in missing.items():
        groups.setdefault(reason, []).append(exhibit)
    return groups
