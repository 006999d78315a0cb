"""Telling officers something: notices now, reminders later. Rooms call this inside their act's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from copes.foundation.people.addressing import Addressee, addressees
from copes.foundation.scheduling import posting
from copes.foundation.scheduling.kinds import (
    NoticeKind,
    case_numbers,
    cases_seen,
    kind_of,
    register_cases,
    register_kind,
)
from copes.foundation.scheduling.models import Notice, Reminder
from copes.trust.records.ids import uuid7

__all__ = ["NoticeKind", "notify", "register_cases", "register_kind", "remind", "settle"]

LONGEST_FACT = 100


def notify(
    officers: Iterable[str],
    *,
    kind: str,
    url: str,
    case: str | None = None,
    facts: Mapping[str, str] | None = None,
    key: str = "",
) -> None:
    """Tells officers something once the surrounding transaction has committed; nothing when it is rolled back.

    ``url`` is a path of this site. ``case`` is the id of the case it is about: whoever may not see the case is not
    told, or, when the kind has a title for that, told without naming it. ``facts`` fill the kind's title: numbers
    and codes, never names, titles of cases or other personal data; ``facts["case"]`` (the number) is added by
    itself. A notice with the ``key`` of an earlier one to the same officer replaces it and is unread again.
    Raises ValueError for a kind nobody declared, an address elsewhere, and a fact longer than 100 characters. What
    fails after the commit is logged and does not undo the act.
    """
    said = _checked(kind, url, facts or {}, key)
    wanted = sorted(set(officers))
    if wanted:
        transaction.on_commit(partial(tell, wanted, kind, url, case, said, key), robust=True)


def settle(key: str, officers: Iterable[str] | None = None) -> None:
    """Takes back what was told under ``key`` (to ``officers``, or to everyone) and what was still to be told.

    Works once the surrounding transaction has committed. Raises ValueError for an empty key.
    """
    if not key:
        raise ValueError("only notices with a key can be settled")
    transaction.on_commit(partial(_take_back, key, None if officers is None else sorted(set(officers))), robust=True)


def remind(
    officers: Iterable[str],
    *,
    due: datetime,
    before: timedelta,
    kind: str,
    url: str,
    key: str,
    case: str | None = None,
    facts: Mapping[str, str] | None = None,
) -> None:
    """Tells officers of a deadline ``before`` it is ``due`` (aware), at once when that moment has passed.

    A reminder with the same key and officer replaces the earlier one; ``settle(key)`` takes it back. Otherwise as
    `notify`. Raises ValueError as there, and for an empty key or a naive ``due``.
    """
    said = _checked(kind, url, facts or {}, key)
    if not key or due.tzinfo is None:
        raise ValueError("a reminder needs a key and an aware moment")
    row = {"kind": kind, "url": url, "case_id": case, "facts": said, "tell_at": due - before}
    transaction.on_commit(partial(_keep_reminders, sorted(set(officers)), key, row), robust=True)


def tell(officers: list[str], kind: str, url: str, case: str | None, facts: Mapping[str, str], key: str) -> None:
    """Writes the notices at once and hands them to the mail queue; rooms call `notify`."""
    with transaction.atomic():
        told = [one for one in addressees(officers).values() if _may_be_told(one, kind, case)]
        names = [one.acting.officer for one in told]
        if key:
            _forget(Notice.objects.filter(key=key, officer__in=names).values_list("id", flat=True))
        if case and "case" not in facts:
            facts = {**facts, "case": case_numbers([case]).get(case, "")}
        rows = [
            Notice(id=uuid7(), officer=name, kind=kind, url=url, case_id=case, facts=facts, key=key, at=timezone.now())
            for name in names
        ]
        Notice.objects.bulk_create(rows)
        posting.post(rows)


def _checked(kind: str, url: str, facts: Mapping[str, str], key: str) -> dict[str, str]:
    if kind_of(kind) is None:
        raise ValueError(f"no room declares notices of kind {kind}")
    if not is_own_path(url):
        raise ValueError("a notice leads to a page of this site")
    said = {name: str(value) for name, value in facts.items()}
    if any(len(value) > LONGEST_FACT for value in said.values()) or len(key) > 200 or len(url) > 300:
        raise ValueError("a notice holds numbers and codes, not texts")
    return said


def is_own_path(url: str) -> bool:
    """Whether ``url`` is a path of this site, and nothing that a browser takes for an address elsewhere."""
    return url.startswith("/") and not url.startswith(("//", "/\\")) and url.isprintable() and "\\" not in url


def _may_be_told(one: Addressee, kind: str, case: str | None) -> bool:
    if case is None:
        return True
    declared = kind_of(kind)
    return bool(declared and declared.unseen_title) or case in cases_seen(one.acting, [case])


def _take_back(key: str, officers: list[str] | None) -> None:
    with transaction.atomic():
        told, planned = Notice.objects.filter(key=key), Reminder.objects.filter(key=key)
        if officers is not None:
            told, planned = told.filter(officer__in=officers), planned.filter(officer__in=officers)
        _forget(told.values_list("id", flat=True))
        planned.delete()


def _forget(ids: Iterable[str]) -> None:
    gone = list(ids)
    if gone:
        Notice.objects.filter(id__in=gone).delete()


def _keep_reminders(officers: list[str], key: str, row: Mapping[str, Any]) -> None:
    with transaction.atomic():
        Reminder.objects.filter(key=key, officer__in=officers).delete()
        Reminder.objects.bulk_create(Reminder(id=uuid7(), officer=one, key=key, **row) for one in officers)
