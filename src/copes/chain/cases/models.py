"""What screens read about cases. Every table but ``SentForm`` is a projection."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from copes.chain.cases.access_models import AccessRequest, TemporaryAccess
from copes.chain.cases.draft_models import Draft, Habit
from copes.foundation.journal.fields import IdField

__all__ = [
    "AccessRequest",
    "Case",
    "Control",
    "Correction",
    "Draft",
    "Habit",
    "Member",
    "Note",
    "SentForm",
    "Task",
    "TemporaryAccess",
]


class Case(models.Model):
    """A case. Its id is a UUIDv7, so that cases in order of id are cases in order of opening."""

    id = IdField(primary_key=True)
    case_id = IdField()
    record_id = IdField()
    number = models.CharField(max_length=24, unique=True)
    year = models.PositiveIntegerField()
    ordinal = models.PositiveIntegerField()
    title = models.CharField(max_length=200, null=True)
    suspected_offence = models.CharField(max_length=200, null=True)
    agency = IdField()
    opened_by = IdField()
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="open")
    state_at = models.DateTimeField(null=True)
    state_by = IdField(null=True)
    state_record = IdField(null=True)
    state_reason = models.CharField(max_length=500, null=True)

    class Meta:
        db_table = "cases_case"
        indexes: ClassVar = [
            models.Index(fields=["agency", "case_id"], name="cases_case_agency"),
            models.Index(fields=["agency", "state", "case_id"], name="cases_case_state"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "ordinal"], name="cases_case_ordinal")]


class Member(models.Model):
    """An officer who needs to know of a case, or once did. The id is that of the record which gave access."""

    id = IdField(primary_key=True)
    case = models.ForeignKey(
        Case, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="members"
    )
    record_id = IdField()
    officer = IdField()
    reason = models.CharField(max_length=500, null=True)
    granted_by = IdField()
    granted_at = models.DateTimeField()
    active = models.BooleanField(default=True)
    revoked_by = IdField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=500, null=True)

    class Meta:
        db_table = "cases_member"
        indexes: ClassVar = [
            models.Index(fields=["officer", "case"], condition=Q(active=True), name="cases_member_officer"),
            models.Index(fields=["case"], name="cases_member_case"),
        ]


class Control(models.Model):
    """A control as it is recorded now, corrections applied. ``sources`` says where corrected values come from."""

    id = IdField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, db_constraint=False, related_name="controls")
    record_id = IdField(db_index=True)
    index = models.BigIntegerField()
    officer = IdField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    body = models.JSONField()
    sources = models.JSONField(default=dict)

    class Meta:
        db_table = "cases_control"
        indexes: ClassVar = [
            models.Index(fields=["officer", "started_at"], condition=Q(ended_at=None), name="cases_control_lasting")
        ]


class Correction(models.Model):
    """A correction of an earlier record."""

    id = IdField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, db_constraint=False, related_name="corrections")
    record_id = IdField()
    index = models.BigIntegerField()
    corrects = IdField(db_index=True)
    record_kind = models.CharField(max_length=60)
    thing = IdField(db_index=True)
    paths = models.JSONField()
    reason = models.CharField(max_length=500, null=True)
    officer = IdField()
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_correction"


class Note(models.Model):
    """A note on a case."""

    id = IdField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, db_constraint=False, related_name="notes")
    record_id = IdField()
    index = models.BigIntegerField()
    officer = IdField()
    at = models.DateTimeField()
    text = models.TextField(null=True)

    class Meta:
        db_table = "cases_note"


class Task(models.Model):
    """Something an officer is asked to do for a case. ``title`` and ``text`` are None once erased."""

    id = IdField(primary_key=True)
    case = models.ForeignKey(
        Case, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="tasks"
    )
    record_id = IdField()
    index = models.BigIntegerField()
    assigned_by = IdField()
    assigned_at = models.DateTimeField()
    assignee = IdField()
    title = models.CharField(max_length=200, null=True)
    text = models.TextField(null=True)
    due_at = models.DateTimeField(null=True)
    urgent = models.BooleanField(default=False)
    things = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="open")
    ended_at = models.DateTimeField(null=True)
    ended_by = IdField(null=True)
    end_record = IdField(null=True)
    note = models.TextField(null=True)

    class Meta:
        db_table = "cases_task"
        indexes: ClassVar = [
            models.Index(fields=["case", "index"], name="cases_task_case"),
            models.Index(fields=["assignee", "index"], name="cases_task_assignee"),
            models.Index(fields=["assigned_by", "index"], name="cases_task_given"),
            models.Index(fields=["assignee", "due_at"], condition=Q(state="open"), name="cases_task_due"),
        ]


class SentForm(models.Model):
    """A form that was sent and what came of it, so that the same form sent twice acts once. Not a projection."""

    id = IdField(primary_key=True)
    officer = IdField()
    at = models.DateTimeField(db_index=True)
    outcome = models.CharField(max_length=300)

    class Meta:
        db_table = "cases_sent_form"
