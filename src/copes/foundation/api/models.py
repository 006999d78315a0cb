"""Answers kept for `Idempotency-Key`. Not a projection: they belong to this node's API only and expire."""

from __future__ import annotations

from django.db import models

from copes.foundation.journal.fields import IdField


class KeptAnswer(models.Model):
    """The answer to one write, found by a hash of officer and key and sealed under the key itself.

    ``status`` is None while the act is under way (only acts that cannot share one transaction with this row are
    ever seen so). Whoever holds a copy of this table, but not the client's keys, reads no answer in it.
    """

    id = models.CharField(primary_key=True, max_length=64)
    officer = IdField()
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    sealed = models.BinaryField(default=b"")
    claimed_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "api_kept_answer"
