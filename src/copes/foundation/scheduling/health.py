"""What `copes doctor` says of the worker and of mail. Nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from copes.foundation.config.current import current_node
from copes.foundation.scheduling import jobs
from copes.foundation.scheduling.mail.server import MailError, connected
from copes.foundation.scheduling.models import Letter

LATELY = timedelta(days=7)
LONG = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    good: bool
    text: str


def examine() -> Iterator[Finding]:
    """The worker's jobs, then the mail server if there is one."""
    yield worker()
    yield mail()


def worker() -> Finding:
    """Whether every job ran when it was due, and ended well."""
    states = jobs.states()
    failed = [f"{one.name}: {one.error}" for one in states if one.error]
    late = [f"{one.name}: late, last run {one.ran_at:%Y-%m-%d %H:%M} UTC" for one in states if one.late and one.ran_at]
    if failed or late:
        return Finding("worker", good=False, text="; ".join(failed + late))
    if all(one.ran_at is None for one in states):
        return Finding("worker", good=True, text="has not worked for this node yet (`copes up` starts it)")
    return Finding("worker", good=True, text=f"{len(states)} jobs, none failed or late")


def mail() -> Finding:
    """Whether the mail server can be used, and which mails did not arrive."""
    if current_node().mail is None:
        return Finding("mail", good=True, text="no mail server is configured; officers are told on the site only")
    try:
        with connected():
            pass
    except MailError as trouble:
        return Finding("mail", good=False, text=str(trouble))
    failed, stuck = failures(), stuck_letters()
    if failed or stuck:
        why = f"; the last: {failed[0].error}" if failed else ""
        text = f"{len(failed)} mails refused for good within 7 days, {stuck} waiting for over an hour{why}"
        return Finding("mail", good=False, text=text)
    return Finding("mail", good=True, text="the server accepts connections, every mail was taken")


def failures() -> list[Letter]:
    """Mails of the last seven days that can never arrive, newest first; at most 100."""
    since = timezone.now() - LATELY
    return list(Letter.objects.filter(state="failed", ended_at__gte=since).order_by("-ended_at")[:100])


def stuck_letters() -> int:
    """How many mails were due an hour ago and still wait."""
    now = timezone.now()
    return Letter.objects.filter(state="waiting", tries__gt=0, made_at__lt=now - LONG).count()
