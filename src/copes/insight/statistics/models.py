"""Sums of seizures, and the plain facts they were added up from. Tables of a follower: they may lag behind the ledger.

No personal data: free text about persons, plates, names and how something was hidden (a salted field) never enter
here. All of it can be cleared and read again from the ledger.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from copes.foundation.journal.fields import IdField


class SeizureFact(models.Model):
    """What one seizure or detention adds to the sums now, corrections applied.

    ``source`` names the table it was imported from, if it was. ``cells`` are ``[category, unit, exhibits, whole,
    nano]`` for each category and unit; the unit is empty in the line that counts every exhibit of the category.
    """

    id = IdField(primary_key=True)
    case_id = IdField(db_index=True)
    agency = IdField()
    act = models.CharField(max_length=10)
    at = models.DateTimeField()
    month = models.DateField()
    place = models.CharField(max_length=210)
    transport = models.CharField(max_length=20)
    detection = models.CharField(max_length=20)
    concealment = models.CharField(max_length=30)
    way = models.CharField(max_length=900)
    source = models.CharField(max_length=200)
    categories = models.CharField(max_length=400)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    cells = models.JSONField()

    class Meta:
        db_table = "statistics_seizure"
        indexes: ClassVar = [
            models.Index(fields=["agency", "at", "id"], name="statistics_seizure_at"),
            models.Index(fields=["agency", "place"], name="statistics_seizure_place"),
        ]


class Total(models.Model):
    """One cell of the cube of sums. ``scope`` names the dimensions it is told apart by; the others are empty.

    ``seizures`` counts seizures with at least one exhibit in the cell. A quantity is ``whole`` + ``nano`` / 10⁹ in
    the base unit: two integers, because both databases add integers exactly. ``unit`` is empty where exhibits are
    counted whatever their unit.
    """

    id = models.CharField(primary_key=True, max_length=32)
    agency = IdField()
    act = models.CharField(max_length=10)
    month = models.DateField()
    scope = models.CharField(max_length=40)
    category = models.CharField(max_length=20)
    place = models.CharField(max_length=210)
    transport = models.CharField(max_length=20)
    detection = models.CharField(max_length=20)
    concealment = models.CharField(max_length=30)
    way = models.CharField(max_length=900)
    unit = models.CharField(max_length=10)
    seizures = models.BigIntegerField()
    exhibits = models.BigIntegerField()
    whole = models.BigIntegerField()
    nano = models.BigIntegerField()

    class Meta:
        db_table = "statistics_total"
        indexes: ClassVar = [models.Index(fields=["agency", "scope", "month"], name="statistics_total_month")]


class Spot(models.Model):
    """Where a place lies: the coordinates (WGS 84) that the newest seizure there states."""

    id = models.CharField(primary_key=True, max_length=32)
    agency = IdField()
    place = models.CharField(max_length=210)
    latitude = models.DecimalField(max_digits=9, decimal_places=6)
    longitude = models.DecimalField(max_digits=9, decimal_places=6)

    class Meta:
        db_table = "statistics_spot"
        indexes: ClassVar = [models.Index(fields=["agency"], name="statistics_spot_agency")]
