"""What screens read about access to cases beyond membership: requests, and access for a time. Projections."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from copes.foundation.journal.fields import IdField


class AccessRequest(models.Model):
    """An officer asked for access. Without a case when the number asked for is no case's."""

    id = IdField(primary_key=True)
    case = models.ForeignKey(
        "cases.Case",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="access_requests",
    )
    record_id = IdField()
    officer = IdField()
    agency = IdField()
    reason = models.CharField(max_length=500, null=True)
    at = models.DateTimeField()
    decided_by = IdField(null=True)
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, null=True)

    class Meta:
        db_table = "cases_access_request"
        indexes: ClassVar = [
            models.Index(fields=["case"], condition=Q(decided_at=None), name="cases_request_open"),
            models.Index(fields=["officer", "at"], name="cases_request_officer"),
        ]


class TemporaryAccess(models.Model):
    """Access to a case until a moment: lent by another officer, or taken by breaking the glass.

    It counts while ``until`` lies in the future and nobody ended it. The id is that of the record.
    """

    id = IdField(primary_key=True)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="lent"
    )
    record_id = IdField()
    officer = IdField()
    broken_glass = models.BooleanField()
    instead_of = IdField(null=True)
    exhibit = IdField(null=True)
    reason = models.CharField(max_length=500, null=True)
    given_by = IdField()
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = IdField(null=True)
    reviewed_by = IdField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    justified = models.BooleanField(null=True)
    review = models.CharField(max_length=500, null=True)

    class Meta:
        db_table = "cases_temporary_access"
        indexes: ClassVar = [
            models.Index(fields=["officer", "case"], condition=Q(ended_at=None), name="cases_lent_officer"),
            models.Index(fields=["case", "given_at"], name="cases_lent_case"),
            models.Index(
                fields=["given_at"], condition=Q(broken_glass=True, reviewed_at=None), name="cases_lent_unreviewed"
            ),
        ]
