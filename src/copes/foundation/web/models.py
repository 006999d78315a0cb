"""What the web floor remembers. Conveniences of one node, not facts: no records stand behind these tables."""

from __future__ import annotations

from django.db import models

from copes.foundation.journal.fields import IdField


class TourTaken(models.Model):
    """That an officer took the first-run tour of the practice ledger, or put it aside.

    An ordinary table of one node, not a projection: dropping it only offers the tour once more.
    """

    officer = IdField(primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """For the shell."""
        return f"{self.officer} {self.at:%Y-%m-%d}"
