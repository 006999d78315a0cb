"""The calendar feed: read back by three programs that others wrote, secret, steady, and silent about names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from copes.foundation.scheduling import agenda_views, calendar, feed
from copes.foundation.scheduling.calendar import Entry
from tests.interop.tools import node as interop
from tests.support import Officers

DUE = datetime(2031, 3, 4, 15, 30, tzinfo=UTC)
LONG = "Фотографировать; взвесить, опечатать\\ " * 5


@pytest.fixture(autouse=True)
def _own_sources() -> Iterator[None]:
    before = list(calendar._sources)
    agenda_views.asked.forget()
    agenda_views.guessed.forget()
    yield
    calendar._sources[:] = before


def due(**changes) -> Entry:
    facts = {
        "uid": "01a1",
        "text": "Task in %(case)s",
        "due": DUE,
        "url": "/cases/1/",
        "facts": {"case": "FR-2031-000001"},
    }
    return Entry(**facts | changes)


def fetch(token: str, **headers: str):
    return Client().get(f"/notifications/calendar/{token}.ics", secure=True, headers=headers)


def test_a_task_is_a_todo_with_an_alarm_and_a_moment_is_an_event(officers: Officers):
    mine = officers.custodian.officer
    calendar._sources[:] = [
        lambda acting: (
            [due(), due(uid="01a2", text=LONG, sort="moment", lasts=timedelta(hours=1))]
            if acting.officer == mine
            else []
        )
    ]
    answer = fetch(feed.renew(mine))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75  # RFC 5545 §3.1
    read = Calendar.from_ical(answer.content)
    (todo,) = read.walk("VTODO")
    assert todo["due"].dt == DUE
    assert todo["summary"].translate({0x2068: None, 0x2069: None}) == "Task in FR-2031-000001"
    assert str(todo["url"]).endswith("/cases/1/")
    assert todo["uid"].startswith("01a1@test.example")
    (alarm,) = todo.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(hours=-24)
    assert alarm["trigger"].params["RELATED"] == "END"
    (event,) = read.walk("VEVENT")
    assert event["summary"] == LONG
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=1)
    assert Calendar.from_ical(fetch(feed.renew(officers.second.officer)).content).walk("VTODO") == []


def test_the_same_calendar_is_not_sent_twice_and_a_change_counts_up(officers: Officers):
    entries = [due()]
    calendar._sources[:] = [lambda acting: entries]
    token = feed.renew(officers.custodian.officer)
    first = fetch(token)
    again = fetch(token, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    entries[:] = [due(due=DUE + timedelta(days=1))]
    moved = fetch(token, if_none_match=first["ETag"])
    assert moved.status_code == 200
    before, after = (Calendar.from_ical(one.content).walk("VTODO")[0] for one in (first, moved))
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)


def test_a_feed_that_was_renewed_ended_or_never_made_is_not_there(officers: Officers):
    mine = officers.custodian.officer
    old = feed.renew(mine)
    new = feed.renew(mine)
    assert fetch(old).status_code == 404
    assert fetch(new).status_code == 200
    feed.end(mine)
    assert fetch(new).status_code == 404
    assert fetch("x").status_code == 404


def test_guessing_and_asking_too_often_is_held_back(officers: Officers):
    for _ in range(agenda_views.guessed.rate):
        assert fetch("guess").status_code == 404
    held = fetch("guess")
    assert held.status_code == 429
    assert int(held["Retry-After"]) > 0
    token = feed.renew(officers.custodian.officer)
    assert fetch(token).status_code == 200
    for _ in range(agenda_views.asked.rate - 1):
        fetch(token)
    assert fetch(token).status_code == 429


def test_the_agenda_shows_what_is_overdue_and_what_is_due(officers: Officers, client_for: Callable[..., Client]):
    now = timezone.now()
    calendar._sources[:] = [
        lambda acting: [
            due(uid="1", due=now - timedelta(hours=3), facts={"case": "LATE-1"}),
            due(uid="2", due=now + timedelta(minutes=1), facts={"case": "SOON-1"}),
            due(uid="3", due=now + timedelta(days=30), facts={"case": "FAR-1"}),
        ]
    ]
    client = client_for(officers.custodian)
    page = client.get("/notifications/calendar/").content.decode()
    overdue = page.index('id="overdue"')
    assert overdue < page.index("LATE-1")
    assert "FAR-1" not in page
    assert "1 more is due later." in page
    for strange in ("?from=x", "?from=9999-12-31", "?from=0001-01-01", "?span=year", "?from=2026-02-30"):
        assert client.get(f"/notifications/calendar/{strange}").status_code == 200


@pytest.mark.interop
def test_the_parser_that_mail_programs_use_reads_the_same(officers: Officers):
    calendar._sources[:] = [lambda acting: [due(), due(uid="01a2", text=LONG, sort="moment")]]
    body = fetch(feed.renew(officers.custodian.officer)).content
    done = interop("calendar.mjs", {"text": body.decode()})
    assert done.returncode == 0, done.stderr
    said = {"due": "2031-03-04T15:30:00.000Z", "name": "OpenCOPES", "summary": LONG, "seconds": -24 * 3600}
    assert json.loads(done.stdout) == said


def test_nothing_of_the_token_is_kept(officers: Officers):
    token = feed.renew(officers.custodian.officer)
    kept = json.dumps([list(row) for row in feed.Feed.objects.values_list("officer", "token_hash")])
    assert token not in kept
