"""What screens read about seizures and detentions (projections)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

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
    body = models.JSONField()
    sources = models.JSONField(default=dict)

    class Meta:
        db_table = "seizures_seizure"
        indexes: ClassVar = [models.Index(fields=["case", "index"], name="seizures_seizure_case")]


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
