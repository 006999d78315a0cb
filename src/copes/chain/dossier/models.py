"""What screens read about dossiers. Rebuilt from the ledger; nothing else writes it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from copes.foundation.journal.fields import IdField


class Dossier(models.Model):
    """A dossier that was issued. ``recipient`` is None once erased; the files lie in the dossier's folder."""

    id = IdField(primary_key=True)
    case_id = IdField(db_index=True)
    record_id = IdField()
    language = models.CharField(max_length=10)
    recipient = models.TextField(null=True)  # None once erased
    purpose = models.TextField()
    withheld = models.IntegerField()
    records = models.IntegerField()
    files = models.IntegerField()
    issued_by = IdField()
    issued_at = models.DateTimeField()

    class Meta:
        db_table = "dossier_dossier"
        indexes: ClassVar = [models.Index(fields=["case_id", "issued_at"], name="dossier_of_case")]


class PrintChoice(models.Model):
    """What an officer chose when printing last: languages, paper. A convenience of this node, no projection."""

    id = models.BigAutoField(primary_key=True)
    officer = IdField()
    print = models.CharField(max_length=40)
    chosen = models.JSONField(default=dict)

    class Meta:
        db_table = "dossier_print_choice"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["officer", "print"], name="dossier_one_choice_per_print")
        ]
