"""The ledger's own tables. They are append-only by database trigger (see triggers.py); nothing else writes them.

``Erasure`` is the one projection here: what was erased, when, by whom and on what ground.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from copes.foundation.journal.fields import IdField


class Entry(models.Model):
    """A signed record at its place in the ledger."""

    index = models.BigIntegerField(primary_key=True)
    jti = IdField(unique=True)
    kind = models.CharField(max_length=60)
    case_id = IdField(null=True)
    leaf = models.BinaryField(max_length=32)
    jwt = models.TextField()

    class Meta:
        db_table = "journal_entry"
        indexes: ClassVar = [models.Index(fields=["case_id", "index"], name="journal_entry_case")]


class Disclosure(models.Model):
    """The salt and value behind one salted field. Deleted by erasure only; the record still verifies without."""

    entry = models.BigIntegerField(db_index=True)
    digest = models.CharField(max_length=43)
    path = models.CharField(max_length=200)
    encoded = models.TextField()

    class Meta:
        db_table = "journal_disclosure"


class Edge(models.Model):
    """The right edge of the tree: size and the roots of its complete subtrees (one row, only ever growing)."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    size = models.BigIntegerField()
    hashes = models.BinaryField()
    last_iat = models.BigIntegerField()

    class Meta:
        db_table = "journal_edge"


class Tile(models.Model):
    """A full tile: 256 hashes of one level (C2SP tlog-tiles)."""

    id = models.CharField(primary_key=True, max_length=24)
    data = models.BinaryField()

    class Meta:
        db_table = "journal_tile"


class Checkpoint(models.Model):
    """A signed head of the tree."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "journal_checkpoint"


class Cosignature(models.Model):
    """A partner's cosignature of one of our checkpoints: one line of a signed note."""

    id = models.BigAutoField(primary_key=True)
    size = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=200)
    line = models.TextField()
    cosigned_at = models.DateTimeField()

    class Meta:
        db_table = "journal_cosignature"
        constraints: ClassVar = [models.UniqueConstraint(fields=["size", "name"], name="one_cosignature_each")]


class CosignedLog(models.Model):
    """A partner's log that we cosign, and the last head we cosigned: it only ever grows."""

    origin = models.CharField(primary_key=True, max_length=200)
    vkey = models.TextField()
    size = models.BigIntegerField(default=0)
    root = models.BinaryField(max_length=32, default=bytes)

    class Meta:
        db_table = "journal_cosigned_log"


class Following(models.Model):
    """How far a follower has read the ledger: the number of records it has taken (see following.py)."""

    name = models.CharField(primary_key=True, max_length=40)
    position = models.BigIntegerField(default=0)

    class Meta:
        db_table = "journal_following"


class SigningKey(models.Model):
    """A key that may sign, or might once (projection). ``officer`` is empty for the node's own key."""

    kid = models.CharField(primary_key=True, max_length=43)
    record_id = IdField()
    case_id = IdField(null=True)
    officer = models.CharField(max_length=36, db_index=True)
    agency = models.CharField(max_length=36)
    jwk = models.JSONField()
    assurance = models.CharField(max_length=10)
    not_before = models.BigIntegerField()
    not_after = models.BigIntegerField()
    enrolled_index = models.BigIntegerField()
    ended_index = models.BigIntegerField(null=True)
    ended_reason = models.TextField(default="")

    class Meta:
        db_table = "journal_signing_key"


class Erasure(models.Model):
    """One erased salted field (projection)."""

    digest = models.CharField(primary_key=True, max_length=43)
    case_id = IdField(null=True, db_index=True)
    record_id = IdField()
    jti = IdField(db_index=True)
    path = models.CharField(max_length=200)
    ground = models.TextField()
    requested_by = IdField()
    erased_by = IdField()
    erased_at = models.DateTimeField()

    class Meta:
        db_table = "journal_erasure"


class ErasureRequest(models.Model):
    """A request to erase, waiting for a second officer, or done (projection)."""

    id = IdField(primary_key=True)
    case_id = IdField(null=True, db_index=True)
    record_id = IdField()
    jti = IdField()
    paths = models.JSONField()
    ground = models.TextField()
    requested_by = IdField()
    requested_at = models.DateTimeField()
    done_by = IdField(null=True)
    done_at = models.DateTimeField(null=True)
    declined = models.BooleanField(default=False)

    class Meta:
        db_table = "journal_erasure_request"
