"""What may happen next in a case. Pure."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from copes.foundation.refusals import BadInput, Refusal


def control_may_end(started_at: datetime, ended_at: datetime | None, end: datetime) -> None:
    """A control ends once, after it began. Raises Refusal, BadInput."""
    if ended_at is not None:
        raise Refusal(
            "control.ended",
            _("This control has ended already."),
            _("If the time is wrong, record a correction."),
        )
    if end < started_at:
        raise BadInput(
            "control.ends_before_start",
            _("The end of the control lies before its start."),
            _("Give the time at which the control really ended, or correct its start."),
            field="ended_at",
        )


def not_in_future(at: datetime, now: datetime, field: str) -> None:
    """What happened lies in the past. Raises BadInput."""
    if at > now:
        raise BadInput(
            "time.future",
            _("The time of the act lies in the future."),
            _("Give the time at which it happened."),
            field=field,
        )


def access_may_be_granted(*, has_access: bool) -> None:
    """Access is granted to those who lack it. Raises Refusal."""
    if has_access:
        raise Refusal(
            "access.present",
            _("This officer has access to the case already."),
            _("Nothing needs to be done."),
            field="officer",
        )


def access_may_be_revoked(*, has_access: bool, members: int) -> None:
    """Access is revoked from those who have it, and one officer keeps it. Raises Refusal."""
    if not has_access:
        raise Refusal(
            "access.absent",
            _("This officer has no access to the case."),
            _("Open the case again: it may have been revoked meanwhile."),
        )
    if members <= 1:
        raise Refusal(
            "access.last",
            _("This officer is the last one with access to the case."),
            _("Give another officer access first."),
        )


def correction_changes_something(*, changed: int) -> None:
    """A correction states at least one other value. Raises BadInput."""
    if not changed:
        raise BadInput(
            "correction.empty",
            _("Nothing differs from what is recorded."),
            _("Change the values that are wrong, or go back without recording a correction."),
        )
