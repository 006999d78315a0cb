"""Notifications, preferences and the calendar feed over HTTP. Thin: the room's services do the work."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Literal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from copes.foundation.api.schemas import Asked, Id
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.refusals import Refusal, Unseen
from copes.foundation.scheduling import calendar, feed, preferences, queries, reading
from copes.foundation.scheduling.kinds import all_kinds
from copes.foundation.scheduling.mail import addresses

router = Router(tags=["notifications"])
Mode = Literal["now", "digest", "never"]
Kind = Annotated[str, Field(max_length=60)]


class NotificationOut(Schema):
    """Something you are told. ``url`` is a page of this site; ``case`` is the case it is about, if you may see it."""

    id: str
    kind: str
    title: str
    url: str
    case: str | None
    at: datetime
    read: bool
    urgent: bool


class Notifications(Schema):
    """A page of notifications, unread first, then newest first; ``next`` is the cursor of the page behind."""

    items: list[NotificationOut]
    unread: int
    next: str | None


class NotificationsFilter(Schema):
    """Which notifications."""

    kind: Annotated[str, Field(max_length=60)] = ""
    after: Annotated[str, Field(max_length=40)] = ""


class Marking(Asked):
    """Read, or unread again."""

    read: bool


class MarkingAll(Asked):
    """Those of one kind, or with an empty ``kind`` every notification."""

    kind: Kind


class MarkedAll(Schema):
    """The moment of the marking, null when nothing was unread."""

    at: datetime | None


class Preferences(Asked):
    """How you are told. Times are in ``zone``; an empty ``zone`` is the node's own."""

    kinds: dict[Kind, Mode]
    zone: Annotated[str, Field(max_length=60)] = ""
    quiet_from: time | None = None
    quiet_to: time | None = None
    urgent_passes: bool = True
    digest_hour: Annotated[int, Field(ge=0, le=23)] = 7


class PreferencesOut(Preferences):
    """How you are told, and the confirmed mail address."""

    address: str


class NewAddress(Asked):
    """A mail address, to which a code is sent."""

    address: Annotated[str, Field(max_length=254)]


class Code(Asked):
    """The code that came by mail."""

    code: Annotated[str, Field(max_length=20)]


class FeedOut(Schema):
    """Since when you have a calendar feed; null without one."""

    made_at: datetime | None


class NewFeed(Asked):
    """``replace``: whether a feed that is in force may be replaced, so that its address stops working."""

    replace: bool


class MadeFeed(Schema):
    """The secret address of your calendar feed. It is shown this once; the node keeps only a hash."""

    url: str


class DueOut(Schema):
    """Something due."""

    id: str
    title: str
    due: datetime
    url: str


@router.get("/notifications", response=Notifications)
def list_notifications(request: ApiRequest, wanted: Query[NotificationsFilter]) -> Notifications:
    """What you were told within 90 days, unread first."""
    page = queries.inbox(request.auth, kind=wanted.kind, after=wanted.after)
    items = [NotificationOut.model_validate(row) for row in page.rows]
    return Notifications(items=items, unread=queries.unread(request.auth.officer), next=page.after)


@router.post("/notifications/{notification}/read", response={204: None})
def mark_notification(request: ApiRequest, notification: Id, body: Marking) -> Status[None]:
    """Marks a notification as read, or as unread."""
    reading.mark(request.auth, notification, read=body.read)
    return Status(204, None)


@router.post("/notifications/read", response=MarkedAll)
def mark_notifications(request: ApiRequest, body: MarkingAll) -> MarkedAll:
    """Marks every notification as read, or those of one kind."""
    return MarkedAll(at=reading.mark_all(request.auth, kind=body.kind))


@router.get("/me/notification-preferences", response=PreferencesOut)
def read_notification_preferences(request: ApiRequest) -> PreferencesOut:
    """How you are told: by kind, quiet hours, digest, time zone, confirmed address."""
    return _preferences(request.auth.officer)


@router.put("/me/notification-preferences", response=PreferencesOut)
def set_notification_preferences(request: ApiRequest, body: Preferences) -> PreferencesOut:
    """Sets how you are told. Kinds that are left out keep their choice."""
    preferences.save(request.auth.officer, **body.model_dump())
    return _preferences(request.auth.officer)


@router.post("/me/notification-address", response={202: None})
def set_notification_address(request: ApiRequest, body: NewAddress) -> Status[None]:
    """Sends a code to a mail address; it is used once the code came back."""
    addresses.ask(request.auth.officer, body.address)
    return Status(202, None)


@router.post("/me/notification-address/code", response=PreferencesOut)
def confirm_notification_address(request: ApiRequest, body: Code) -> PreferencesOut:
    """Takes the mail address into use when the code is right."""
    addresses.confirm(request.auth.officer, body.code)
    return _preferences(request.auth.officer)


@router.delete("/me/notification-address", response={204: None})
def remove_notification_address(request: ApiRequest) -> Status[None]:
    """Forgets your mail address. 404 when there is none."""
    given = addresses.address_of(preferences.of(request.auth.officer))
    if not (given.verified or given.pending):
        raise _nothing()
    addresses.remove(request.auth.officer)
    return Status(204, None)


@router.get("/me/calendar", response=list[DueOut])
def list_due(request: ApiRequest) -> list[DueOut]:
    """What is due for you, the next first."""
    return [
        DueOut(id=entry.uid, title=entry.title, due=entry.due, url=entry.url)
        for entry in calendar.entries_of(request.auth)
    ]


@router.get("/me/calendar-feed", response=FeedOut)
def read_calendar_feed(request: ApiRequest) -> FeedOut:
    """Whether you have a calendar feed."""
    return FeedOut(made_at=feed.made_at(request.auth.officer))


@router.post("/me/calendar-feed", response={201: MadeFeed})
def renew_calendar_feed(request: ApiRequest, body: NewFeed) -> Status[MadeFeed]:
    """Makes the secret address of your calendar feed (RFC 5545)."""
    if not body.replace and feed.made_at(request.auth.officer):
        raise Refusal(
            "feed.exists",
            _("You have a calendar feed already."),
            _("Send replace: true, or end the former one first."),
            field="replace",
        )
    token = feed.renew(request.auth.officer)
    path = reverse("scheduling:feed_file", args=[token])
    return Status(201, MadeFeed(url=request.build_absolute_uri(path)))


@router.delete("/me/calendar-feed", response={204: None})
def end_calendar_feed(request: ApiRequest) -> Status[None]:
    """Ends your calendar feed. 404 when there is none."""
    if feed.made_at(request.auth.officer) is None:
        raise _nothing()
    feed.end(request.auth.officer)
    return Status(204, None)


def _nothing() -> Unseen:
    return Unseen("notifications.nothing", _("There is nothing to end."), _("Nothing needs to be done."))


def _preferences(officer: str) -> PreferencesOut:
    row = preferences.of(officer)
    return PreferencesOut(
        kinds={kind.code: preferences.mode_of(row, kind.code) for kind in all_kinds()},
        zone=row.zone,
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
        urgent_passes=row.urgent_passes,
        digest_hour=row.digest_hour,
        address=addresses.address_of(row).verified,
    )
