"""What may happen next with access to a case. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from copes.foundation.refusals import BadInput, Forbidden, Refusal

LONGEST_LOAN = timedelta(days=92)
REQUESTS_A_DAY = 20


def not_too_many(asked: int) -> None:
    """An officer asks at most twenty times in a day. Raises Refusal."""
    if asked >= REQUESTS_A_DAY:
        raise Refusal(
            "access.too_many",
            _("You asked for access %(most)d times within a day.") % {"most": REQUESTS_A_DAY},
            _("Speak with your supervisor: a colleague of the case can give you access directly."),
        )


def lacks_access(*, sees: bool) -> None:
    """Access is asked for, or taken, by those who lack it. Raises Refusal."""
    if sees:
        raise Refusal(
            "access.yours",
            _("You have access to this case already."),
            _("Open it from the list of cases."),
            field="number",
        )


def lasts(until: datetime, now: datetime) -> None:
    """Access for a time ends within three months from now. Raises BadInput."""
    if not now < until <= now + LONGEST_LOAN:
        raise BadInput(
            "access.until",
            _("Access for a time ends in the future, within three months."),
            _("Choose another day, or give lasting access."),
            field="until",
        )


def glass_may_break(*, kept_out: bool, hours: int, most: int) -> None:
    """Breaking the glass is for those who work on cases, for a few hours. Raises Forbidden, BadInput."""
    if kept_out:
        raise Forbidden(
            "access.role",
            _("Auditors and administrators see no case content, in no emergency."),
            _("Call an officer of the case or a supervisor of its agency."),
        )
    if not 1 <= hours <= most:
        raise BadInput(
            "access.hours",
            _("Emergency access lasts from one to %(most)d hours.") % {"most": most},
            _("Choose fewer hours; ask for access if you need it longer."),
            field="hours",
        )


def still_open(*, decided: bool) -> None:
    """A request or review is decided once. Raises Refusal."""
    if decided:
        raise Refusal(
            "access.decided",
            _("A colleague decided this already."),
            _("Open the list again."),
        )


def another_decides(*, same: bool) -> None:
    """Nobody decides on their own access. Raises Forbidden."""
    if same:
        raise Forbidden(
            "access.four_eyes",
            _("You cannot decide on your own access."),
            _("Another officer of the case, or another supervisor, decides."),
        )
