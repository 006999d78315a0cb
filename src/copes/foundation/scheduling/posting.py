"""From a notice to the mail queue: whether it is mailed, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from copes.foundation.scheduling import preferences
from copes.foundation.scheduling.kinds import kind_of
from copes.foundation.scheduling.models import Letter, Notice, Preference
from copes.trust.records.ids import uuid7

DIGEST_AT_ONCE = 200  # officers a round


def post(notices: Sequence[Notice]) -> None:
    """Decides for fresh notices whether they are mailed at once, in the digest, or not at all.

    Only officers with a verified address are mailed. Must run inside the transaction that writes the notices.
    """
    known = preferences.of_many({one.officer for one in notices})
    letters, later = [], []
    for one in notices:
        wanted = known.get(one.officer)
        if wanted is None or wanted.verified_at is None:
            continue
        mode = preferences.mode_of(wanted, one.kind)
        if mode == "now":
            letters.append(_letter(one, wanted))
        elif mode == "digest":
            later.append(one.id)
    Letter.objects.bulk_create(letters)
    if later:
        Notice.objects.filter(id__in=later).update(digest=True)


def _letter(notice: Notice, wanted: Preference) -> Letter:
    declared = kind_of(notice.kind)
    due = preferences.mail_at(wanted, urgent=bool(declared and declared.urgent), now=notice.at)
    return new_letter(notice.officer, "notice", [notice.id], due=due)


def new_letter(
    officer: str, what: str, notices: Iterable[str] = (), *, due: datetime | None = None, code: str = ""
) -> Letter:
    """A letter for the queue, not saved; due now unless ``due`` says otherwise."""
    now = timezone.now()
    return Letter(
        id=uuid7(), officer=officer, what=what, notices=list(notices), code=code, made_at=now, due_at=due or now
    )


def make_digests(now: datetime | None = None) -> int:
    """Puts a digest into the queue for every officer whose hour has come; returns how many."""
    now = now or timezone.now()
    made = 0
    waiting = Notice.objects.filter(digest=True).order_by("officer").values_list("officer", flat=True).distinct()
    after = ""
    while officers := list(waiting.filter(officer__gt=after)[:DIGEST_AT_ONCE]):
        after = officers[-1]
        made += sum(_digest(wanted, now) for wanted in preferences.of_many(officers).values())
    return made


def _digest(wanted: Preference, now: datetime) -> bool:
    day = preferences.digest_day(wanted, now)
    if day is None:
        return False
    with transaction.atomic():
        waiting = Notice.objects.filter(officer=wanted.officer, digest=True)
        ids = list(waiting.filter(read_at=None).order_by("id").values_list("id", flat=True))
        waiting.update(digest=False)
        Preference.objects.filter(officer=wanted.officer).update(digest_on=day)
        if not ids or wanted.verified_at is None:
            return False
        new_letter(wanted.officer, "digest", ids).save(force_insert=True)
    return True
