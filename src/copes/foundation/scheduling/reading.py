"""What an officer does with notices: reads them, marks them, takes that back."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import Unseen
from copes.foundation.scheduling.kinds import cases_seen
from copes.foundation.scheduling.models import Notice
from copes.foundation.scheduling.queries import may_tell


def _mine(acting: Acting, notice: str) -> Notice:
    """The officer's notice. Raises Unseen for another's, and for one of a case the officer may no longer see."""
    row = Notice.objects.filter(officer=acting.officer, id=notice).first()
    if row is None or not may_tell(row, cases_seen(acting, [row.case_id] if row.case_id else [])):
        raise Unseen(
            "notice.unknown",
            _("This notification is no longer there."),
            _("Open your notifications: it was settled, or is older than 90 days."),
        )
    return row


def open_notice(acting: Acting, notice: str) -> str:
    """Marks a notice as read and returns the path it leads to. Raises Unseen."""
    row = _mine(acting, notice)
    Notice.objects.filter(id=row.id, read_at=None).update(read_at=timezone.now())
    return row.url


def mark(acting: Acting, notice: str, *, read: bool) -> datetime | None:
    """Marks a notice as read or unread; returns the moment by which `unmark` takes a reading back. Raises Unseen."""
    row = _mine(acting, notice)
    now = timezone.now() if read else None
    Notice.objects.filter(id=row.id).update(read_at=now)
    return now


def mark_all(acting: Acting, *, kind: str = "") -> datetime | None:
    """Marks every notice (of a kind) as read; returns the moment by which `unmark` takes it back, None for nothing."""
    now = timezone.now()
    fresh = Notice.objects.filter(officer=acting.officer, read_at=None)
    if kind:
        fresh = fresh.filter(kind=kind)
    return now if fresh.update(read_at=now) else None


def unmark(acting: Acting, moment: datetime) -> int:
    """Makes unread again what was marked at ``moment``; returns how many."""
    return Notice.objects.filter(officer=acting.officer, read_at=moment).update(read_at=None)
