"""Tables of this room. ``Thing`` follows the ledger (copes.foundation.journal.following) and can be read again at any
time; saved and recent searches are a convenience of this node, neither facts nor projections.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from copes.foundation.journal.fields import IdField


class Thing(models.Model):
    """Something that can be found. Ids rise with the ledger: newest first is the greatest id first.

    ``page`` says on which kind of page it stands: that of ``parent``, else its own. ``words`` (folded) and ``scope``
    (the kind, and who may find it) together are exactly what the index holds.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12)
    case_id = IdField(null=True)
    record_id = IdField(db_index=True)
    thing = IdField()
    parent = IdField(blank=True)
    page = models.CharField(max_length=10)
    code = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=300)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    corrected = models.BooleanField(default=False)
    words = models.TextField()
    scope = models.TextField()

    class Meta:
        db_table = "search_thing"
        indexes: ClassVar = [
            models.Index(fields=["case_id", "id"], name="search_thing_case"),
            models.Index(fields=["thing"], name="search_thing_thing"),
            models.Index(fields=["parent"], condition=~Q(parent=""), name="search_thing_parent"),
        ]


class Scope(models.Model):
    """A short number for who may find something: ``m:officer`` (member), ``h:officer`` (in hand), ``a:agency``."""

    name = models.CharField(max_length=40, unique=True)

    class Meta:
        db_table = "search_scope"


class SavedSearch(models.Model):
    """A search or filtered list that an officer keeps, under a name of the officer's own."""

    id = IdField(primary_key=True)
    officer = IdField(db_index=True)
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=1000)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "search_saved"


class RecentSearch(models.Model):
    """What an officer looked for lately; only the officer sees it, and only the last ten are kept."""

    officer = IdField()
    text = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "search_recent"
        constraints: ClassVar = [models.UniqueConstraint(fields=["officer", "text"], name="search_recent_once")]
        indexes: ClassVar = [models.Index(fields=["officer", "-at"], name="search_recent_newest")]
