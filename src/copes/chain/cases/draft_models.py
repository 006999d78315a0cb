"""What this node keeps to make recording easier. Ordinary tables, no projections: nothing here is a fact.

Losing them costs an officer some typing and no record. They are never part of the ledger, of a dossier or of an
export.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from copes.foundation.journal.fields import IdField


class Draft(models.Model):
    """A form an officer has not sent yet. ``data`` is closed under the officer's own key (see drafts.py)."""

    id = IdField(primary_key=True)
    officer = IdField()
    form = models.CharField(max_length=80)
    data = models.TextField()
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cases_draft"
        constraints: ClassVar = [models.UniqueConstraint(fields=["officer", "form"], name="cases_draft_one")]


class Habit(models.Model):
    """What an officer recorded last: places and legal powers, to be offered again. No personal data."""

    officer = IdField(primary_key=True)
    places = models.JSONField(default=list)
    powers = models.JSONField(default=list)

    class Meta:
        db_table = "cases_habit"
