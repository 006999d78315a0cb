"""A custody event as an audited Django model keeps it."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords


class CustodyEvent(models.Model):
    """One release, with the columns of our own release."""

    exhibit = models.CharField(max_length=36, db_index=True)
    case = models.CharField(max_length=36, db_index=True)
    released_by = models.CharField(max_length=36)
    released_to = models.CharField(max_length=36)
    reason = models.CharField(max_length=20)
    condition = models.TextField()
    occurred_at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        app_label = "peer"
