"""The jobs of every node: followers, reminders, mails, digests, and what expires."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from copes.foundation.journal.following import catch_up, followers
from copes.foundation.people.reading import digest_reads
from copes.foundation.scheduling import posting, services
from copes.foundation.scheduling.jobs import Work, register_job, register_jobs
from copes.foundation.scheduling.mail import queue
from copes.foundation.scheduling.models import Dated, Notice, Reminder

FOLLOWED_AT_ONCE = 2_000  # records a round: a few seconds at most
REMINDED_AT_ONCE = 200
KEPT = timedelta(days=90)


def register_chores() -> None:
    """Declares this room's jobs, the most urgent first."""
    register_jobs(followers_reading)
    register_job(Work("reads", timedelta(hours=1), digest_reads, at_end=True))
    for name, every, do in (
        ("reminders", timedelta(seconds=30), give_reminders),
        ("mail", timedelta(seconds=5), queue.send_due),
        ("digests", timedelta(minutes=5), posting.make_digests),
        ("sessions", timedelta(hours=6), SessionStore.clear_expired),
        ("old notifications", timedelta(hours=6), forget_old),
    ):
        register_job(Work(name, every, do))


def followers_reading() -> list[Work]:
    """A job for each table that follows the ledger: one that fails stops no other."""
    return [
        Work(f"follower {one.name}", timedelta(seconds=1), partial(catch_up, one.name, at_most=FOLLOWED_AT_ONCE))
        for one in followers()
    ]


def give_reminders() -> int:
    """Gives the reminders whose moment has come; returns how many. A kind nobody declares any more is dropped."""
    due = list(Reminder.objects.filter(tell_at__lte=timezone.now()).order_by("tell_at")[:REMINDED_AT_ONCE])
    for one in due:
        services.tell([one.officer], one.kind, one.url, one.case_id, one.facts, one.key)
        one.delete()
    return len(due)


def forget_old() -> None:
    """Deletes notices older than 90 days, ended mails, and calendar entries that no feed has shown for as long."""
    old = timezone.now() - KEPT
    Notice.objects.filter(at__lt=old).delete()
    Dated.objects.filter(seen_at__lt=old).delete()
    queue.forget_old()
