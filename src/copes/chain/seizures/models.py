"""What screens read about seizures and detentions (projections)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from copes.foundation.journal.fields import IdField


class Seizure(models.Model):
    """A seizure or detention as recorded now, corrections applied."""

    id = IdField(primary_key=True)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="seizures"
    )
    record_id = IdField(db_index=True)
    index = models.BigIntegerField()
    act = models.CharField(max_length=10)
    control = IdField(null=True)
    occurred_at = models.DateTimeField()
    officer = IdField()
    items = models.PositiveIntegerField()
    closed_at = models.DateTimeField(null=True)
    body = models.JSONField()
    sources = models.JSONField(default=dict)

    class Meta:
        db_table = "seizures_seizure"
        indexes: ClassVar = [
            models.Index(fields=["case", "index"], name="seizures_seizure_case"),
            models.Index(fields=["officer", "occurred_at"], condition=Q(closed_at=None), name="seizures_seizure_open"),
        ]


class Print(models.Model):
    """A document or receipt that was printed."""

    id = IdField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.DO_NOTHING, db_constraint=False, related_name="prints")
    record_id = IdField()
    index = models.BigIntegerField()
    print = models.CharField(max_length=40)
    things = models.JSONField()
    sha256 = models.CharField(max_length=64)
    languages = models.JSONField()
    officer = IdField()
    at = models.DateTimeField()

    class Meta:
        db_table = "seizures_print"


class Favourite(models.Model):
    """A goods template of an officer's own. An ordinary table of this node, no projection; never in the ledger."""

    id = IdField(primary_key=True)
    officer = IdField(db_index=True)
    item = models.JSONField()

    class Meta:
        db_table = "seizures_favourite"
