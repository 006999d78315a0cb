"""What screens read about exhibits and custody (projections).

Lists run in order of case id (newest case first) and number within the case; every index that a list uses ends so.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from copes.foundation.journal.fields import IdField

# Receipt was declined, or the seal was not intact at receipt: the releaser must know.
DIFFERED = Q(state="declined") | Q(answer_seal_state="broken")


class Exhibit(models.Model):
    """An exhibit as it stands now: ``holder`` answers for it; ``release_id`` is the open release, if any."""

    id = IdField(primary_key=True)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="exhibits"
    )
    record_id = IdField(db_index=True)
    index = models.BigIntegerField()
    number = models.CharField(max_length=40, unique=True)
    ordinal = models.PositiveIntegerField()
    seizure = IdField(db_index=True)
    category = models.CharField(max_length=20)
    description = models.TextField()
    quantity = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    unit = models.CharField(max_length=10, default="")
    total = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, default="")
    container = models.CharField(max_length=11, default="")
    created_at = models.DateTimeField()
    holder = IdField()
    moved_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    release_id = IdField(null=True)
    released_to = IdField(null=True)
    released_at = models.DateTimeField(null=True)
    seal = models.CharField(max_length=60, null=True)
    photographs = models.PositiveIntegerField(default=0)
    body = models.JSONField()
    sources = models.JSONField(default=dict)

    class Meta:
        db_table = "custody_exhibit"
        indexes: ClassVar = [
            models.Index(fields=["case", "ordinal"], name="custody_exhibit_case"),
            models.Index(fields=["holder", "case", "ordinal"], name="custody_exhibit_holder"),
            models.Index(fields=["category", "case", "ordinal"], name="custody_exhibit_category"),
            models.Index(fields=["holder", "category", "case", "ordinal"], name="custody_exhibit_held_category"),
            models.Index(fields=["case", "ordinal"], condition=Q(state="released"), name="custody_exhibit_released"),
            models.Index(
                fields=["released_to", "case", "ordinal"], condition=Q(state="released"), name="custody_exhibit_to"
            ),
            models.Index(fields=["seal"], condition=Q(seal__isnull=False), name="custody_exhibit_seal"),
            models.Index(fields=["container"], condition=~Q(container=""), name="custody_exhibit_container"),
        ]


class Handover(models.Model):
    """One exhibit in one release, and what became of it: one link of the chain of custody."""

    id = models.CharField(primary_key=True, max_length=80)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="handovers"
    )
    record_id = IdField(db_index=True)
    exhibit = models.ForeignKey(
        Exhibit, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="handovers"
    )
    index = models.BigIntegerField()
    place = models.PositiveIntegerField()
    released_by = IdField()
    released_to = IdField()
    released_at = models.DateTimeField()
    reason = models.CharField(max_length=20)
    remark = models.TextField(null=True)
    condition = models.CharField(max_length=500)
    seal = models.CharField(max_length=60, null=True)
    seal_state = models.CharField(max_length=12)
    state = models.CharField(max_length=10)
    answer_id = IdField(null=True)
    answer_index = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_condition = models.CharField(max_length=500, default="")
    answer_seal_state = models.CharField(max_length=12, default="")
    answer_text = models.TextField(null=True)

    class Meta:
        db_table = "custody_handover"
        indexes: ClassVar = [
            models.Index(fields=["exhibit", "index"], name="custody_handover_exhibit"),
            models.Index(fields=["case"], name="custody_handover_case"),
            models.Index(fields=["released_to", "index"], condition=Q(state="open"), name="custody_handover_to"),
            models.Index(fields=["released_by", "index"], condition=Q(state="open"), name="custody_handover_by"),
            models.Index(fields=["released_by", "answered_at"], condition=DIFFERED, name="custody_handover_differed"),
        ]


class Photograph(models.Model):
    """A photograph of an exhibit; the picture is a blob."""

    id = IdField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.DO_NOTHING, db_constraint=False, related_name="photographs")
    record_id = IdField()
    exhibit = models.ForeignKey(Exhibit, on_delete=models.DO_NOTHING, db_constraint=False, related_name="pictures")
    index = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=20)
    size = models.BigIntegerField()
    taken_at = models.DateTimeField(null=True)
    officer = IdField()
    at = models.DateTimeField()

    class Meta:
        db_table = "custody_photograph"


class SealEvent(models.Model):
    """Something that happened to a seal of an exhibit: applied, checked or opened."""

    id = IdField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.DO_NOTHING, db_constraint=False, related_name="seal_events")
    record_id = IdField()
    exhibit = models.ForeignKey(Exhibit, on_delete=models.DO_NOTHING, db_constraint=False, related_name="seal_events")
    index = models.BigIntegerField()
    event = models.CharField(max_length=10)
    seal = models.CharField(max_length=60)
    intact = models.BooleanField(null=True)
    replaced_by = models.CharField(max_length=60, null=True)
    text = models.TextField(null=True)
    officer = IdField()
    at = models.DateTimeField()

    class Meta:
        db_table = "custody_seal_event"
