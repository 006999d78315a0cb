"""Moments in words relative to now: "overdue by 2 h". Units are symbols, so that no language has to decline them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def span_words(span: timedelta) -> str:
    """A length of time, rounded down to whole minutes, hours (below two days) or days."""
    if span < HOUR:
        return _("%(number)d min") % {"number": max(span // timedelta(minutes=1), 0)}
    if span < 2 * DAY:
        return _("%(number)d h") % {"number": span // HOUR}
    return _("%(number)d d") % {"number": span // DAY}


def due_words(due: datetime, now: datetime | None = None) -> str:
    """How long until ``due`` (aware), or how long ago it was."""
    at = now or timezone.now()
    if due < at:
        return _("overdue by %(time)s") % {"time": span_words(at - due)}
    return _("due in %(time)s") % {"time": span_words(due - at)}


def since_words(since: datetime, now: datetime | None = None) -> str:
    """How long something has lasted since ``since`` (aware); under a minute: just now."""
    span = (now or timezone.now()) - since
    if span < timedelta(minutes=1):
        return _("just now")
    return _("for %(time)s") % {"time": span_words(span)}
