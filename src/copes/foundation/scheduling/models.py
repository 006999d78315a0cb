"""What this node tells its officers and does by the clock. None of it is a projection: the ledger knows nothing of it.

Notices, preferences, mails and calendar feeds are conveniences of one node. No row holds personal data beyond the
officer's own mail address: notices keep a code and numbers, their text is made when it is read or mailed.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from copes.foundation.journal.fields import IdField


class Notice(models.Model):
    """Something an officer is told. The id is a UUIDv7: notices in order of id are notices in order of time."""

    id = IdField(primary_key=True)
    officer = IdField()
    kind = models.CharField(max_length=60)
    case_id = IdField(null=True)
    url = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    key = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_index=True)
    read_at = models.DateTimeField(null=True)
    digest = models.BooleanField(default=False)  # waits for the officer's next digest

    class Meta:
        db_table = "scheduling_notice"
        indexes: ClassVar = [
            models.Index(fields=["officer", "id"], name="scheduling_notice_officer"),
            models.Index(fields=["officer", "id"], condition=Q(read_at=None), name="scheduling_notice_unread"),
            models.Index(fields=["officer"], condition=Q(digest=True), name="scheduling_notice_digest"),
            models.Index(fields=["key"], condition=~Q(key=""), name="scheduling_notice_key"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["officer", "key"], condition=~Q(key=""), name="scheduling_notice_once"),
        ]


class Reminder(models.Model):
    """A notice to be given later, unless it is settled before."""

    id = IdField(primary_key=True)
    officer = IdField()
    kind = models.CharField(max_length=60)
    case_id = IdField(null=True)
    url = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    key = models.CharField(max_length=200)
    tell_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "scheduling_reminder"
        indexes: ClassVar = [models.Index(fields=["key"], name="scheduling_reminder_key")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["officer", "key"], name="scheduling_reminder_once"),
        ]


class Preference(models.Model):
    """How an officer wants to be told. ``kinds`` names the mail mode of kinds that differ from the kind's own.

    ``address`` is used only once ``verified_at`` is set; ``pending`` waits for its code. An empty ``zone`` means the
    node's time zone.
    """

    officer = IdField(primary_key=True)
    kinds = models.JSONField(default=dict)
    zone = models.CharField(max_length=60, blank=True)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    urgent_passes = models.BooleanField(default=True)
    digest_hour = models.PositiveSmallIntegerField(default=7)
    digest_on = models.DateField(null=True)  # the officer's own day for which the digest was made last
    address = models.EmailField(blank=True)
    verified_at = models.DateTimeField(null=True)
    pending = models.EmailField(blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "scheduling_preference"


class Letter(models.Model):
    """A mail to be sent. Its text is made when it is sent, in the officer's language of that moment."""

    id = IdField(primary_key=True)
    officer = IdField(db_index=True)
    what = models.CharField(max_length=10)  # notice, digest, code
    notices = models.JSONField(default=list)  # ids of the notices it tells
    code = models.CharField(max_length=12, blank=True)  # of a code mail; wiped when it is sent
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")  # waiting, sent, failed, dropped
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "scheduling_letter"
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="scheduling_letter_due"),
            models.Index(fields=["ended_at"], condition=Q(state="failed"), name="scheduling_letter_failed"),
        ]


class Feed(models.Model):
    """An officer's secret calendar address: the hash of its token. Ending it deletes the row."""

    officer = IdField(primary_key=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "scheduling_feed"


class Dated(models.Model):
    """What the calendar feed last said of an entry, so that SEQUENCE and DTSTAMP change only when the entry does."""

    id = models.CharField(primary_key=True, max_length=120)  # officer and uid
    digest = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "scheduling_dated"


class Job(models.Model):
    """One kind of work the worker does by the clock: when it last ran and what went wrong."""

    name = models.CharField(primary_key=True, max_length=60)
    ran_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "scheduling_job"
