"""The iCalendar feed (RFC 5545, RFC 7986): a secret address per officer, with numbers and links only."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, Todo

from copes.foundation.config.current import current_node
from copes.foundation.people.addressing import Addressee, addressees
from copes.foundation.scheduling.calendar import Entry, entries_of
from copes.foundation.scheduling.mail.writing import site
from copes.foundation.scheduling.models import Dated, Feed

REFRESH = timedelta(minutes=30)
PRODUCT = "-//OpenCOPES//Calendar feed//EN"


@dataclass(frozen=True)
class Revision:
    """How often an entry changed since it was first shown (SEQUENCE), and when last."""

    sequence: int
    changed_at: datetime


def renew(officer: str) -> str:
    """Makes a new secret address; the former one answers 404 from now on. Returns the token, shown this once."""
    token = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(
        officer=officer, defaults={"token_hash": _hashed(token), "made_at": timezone.now(), "used_at": None}
    )
    return token


def end(officer: str) -> None:
    """Ends the officer's feed."""
    Feed.objects.filter(officer=officer).delete()


def made_at(officer: str) -> datetime | None:
    """Since when the officer has a feed; None without one."""
    return Feed.objects.filter(officer=officer).values_list("made_at", flat=True).first()


def holder(token: str) -> Addressee | None:
    """Whose feed it is; None for a token that is not in force, or whose officer was deactivated."""
    row = Feed.objects.filter(token_hash=_hashed(token)).first()
    found = addressees([row.officer]).get(row.officer) if row else None
    if row and found and (row.used_at is None or timezone.now() - row.used_at > timedelta(hours=1)):
        Feed.objects.filter(officer=row.officer).update(used_at=timezone.now())
    return found


def _hashed(token: str) -> str:
    return hashlib.sha256(f"copes.feed\n{token}".encode()).hexdigest()


def calendar_of(one: Addressee) -> bytes:
    """The officer's calendar, in their language: the same bytes as long as nothing changed."""
    with translation.override(one.language):
        found = entries_of(one.acting)
        revisions = _revisions(one.acting.officer, found)
        calendar = _empty()
        for entry in found:
            calendar.add_component(_component(entry, revisions[entry.uid]))
        return bytes(calendar.to_ical())


def _empty() -> Calendar:
    node = current_node()
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = f"{_('PRACTICE')} – OpenCOPES" if node.practice else "OpenCOPES"
    calendar.add("name", name)  # RFC 7986 §5.1
    calendar.add("x-wr-calname", name)  # what clients read that know no RFC 7986
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})  # RFC 7986 §5.7
    calendar.add("source", f"{site()}/", parameters={"value": "URI"})
    return calendar


def _component(entry: Entry, revision: Revision) -> Todo | Event:
    part: Todo | Event = Todo() if entry.sort == "task" else Event()
    due = entry.due.astimezone(UTC)
    part.add("uid", f"{entry.uid}@{current_node().origin.replace('/', '.')}")
    part.add("dtstamp", revision.changed_at)
    part.add("last-modified", revision.changed_at)
    part.add("sequence", revision.sequence)
    part.add("summary", entry.title)
    part.add("url", f"{site()}{entry.url}")
    part.add("class", "CONFIDENTIAL")
    if entry.sort == "task":
        part.add("due", due)
        part.add("status", "NEEDS-ACTION")
    else:
        part.add("dtstart", due)
        part.add("dtend", due + entry.lasts)
        part.add("transp", "TRANSPARENT")
    if entry.remind_before is not None:
        part.add_component(_alarm(entry))
    return part


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    related = {"related": "END"} if entry.sort == "task" else {}  # a task has no start (RFC 5545 §3.8.6.3)
    alarm.add("trigger", -(entry.remind_before or timedelta(0)), parameters=related)
    return alarm


def _revisions(officer: str, found: Sequence[Entry]) -> dict[str, Revision]:
    """Each entry's revision; an entry that says something new gets the next. Three queries at most."""
    now = timezone.now().replace(microsecond=0)
    keys = {f"{officer}:{entry.uid}": entry for entry in found}
    with transaction.atomic():
        known = {row.id: row for row in Dated.objects.filter(id__in=keys)}
        fresh, changed = [], []
        for key, entry in keys.items():
            digest, row = _digest(entry), known.get(key)
            if row is None:
                known[key] = Dated(id=key, digest=digest, changed_at=now, seen_at=now)
                fresh.append(known[key])
            elif row.digest != digest or now - row.seen_at > timedelta(days=1):
                row.sequence += row.digest != digest
                row.changed_at = now if row.digest != digest else row.changed_at
                row.digest, row.seen_at = digest, now
                changed.append(row)
        Dated.objects.bulk_create(fresh, ignore_conflicts=True)
        Dated.objects.bulk_update(changed, ["digest", "sequence", "changed_at", "seen_at"])
    return {entry.uid: Revision(known[key].sequence, known[key].changed_at) for key, entry in keys.items()}


def _digest(entry: Entry) -> str:
    said = [entry.title, entry.due.astimezone(UTC).isoformat(), entry.url, entry.sort, str(entry.lasts)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
