"""Agencies and officers (projections), and what belongs to this node only: accounts, sealed keys, tokens, readings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from copes.foundation.journal.fields import IdField


class Agency(models.Model):
    """An agency or office (projection)."""

    id = IdField(primary_key=True)
    case_id = IdField(null=True)
    record_id = IdField()
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)

    class Meta:
        db_table = "people_agency"


class Officer(models.Model):
    """An officer (projection). ``name`` and ``service_number`` are None once erased."""

    id = IdField(primary_key=True)
    case_id = IdField(null=True)
    record_id = IdField()
    agency = models.ForeignKey(Agency, on_delete=models.DO_NOTHING, db_constraint=False, related_name="officers")
    name = models.CharField(max_length=200, null=True)
    service_number = models.CharField(max_length=60, null=True)
    roles = models.JSONField()
    active = models.BooleanField(default=True)
    enrolled_at = models.DateTimeField()
    office_id = IdField(null=True, db_index=True)

    class Meta:
        db_table = "people_officer"


class Office(models.Model):
    """An office of an agency, where officers work (projection)."""

    id = IdField(primary_key=True)
    case_id = IdField(null=True)
    record_id = IdField()
    agency = models.ForeignKey(Agency, on_delete=models.DO_NOTHING, db_constraint=False, related_name="offices")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "people_office"


class Delegation(models.Model):
    """An officer stands in for an absent one of the same agency and roles, for a period (projection)."""

    id = IdField(primary_key=True)
    case_id = IdField(null=True)
    record_id = IdField()
    officer = IdField()
    delegate = IdField()
    agency = IdField()
    begins = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=500)
    ended_at = models.DateTimeField(null=True)
    ended_by = IdField(null=True)

    class Meta:
        db_table = "people_delegation"
        indexes: ClassVar = [
            models.Index(fields=["officer"], name="people_delegation_officer"),
            models.Index(fields=["delegate"], name="people_delegation_delegate"),
            models.Index(fields=["agency", "until"], name="people_delegation_agency"),
        ]


class Proposal(models.Model):
    """An act that needs a second officer, proposed and not yet decided, or decided (projection)."""

    id = IdField(primary_key=True)
    case_id = IdField(null=True)
    record_id = IdField()
    act = models.CharField(max_length=40)
    subject = IdField()
    values = models.JSONField()
    reason = models.CharField(max_length=500)
    agency = IdField()
    proposed_by = IdField()
    proposed_at = models.DateTimeField()
    decided_by = IdField(null=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "people_proposal"
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "proposed_at"], condition=models.Q(decided_at=None), name="people_proposal_open"
            )
        ]


class ReadsDigest(models.Model):
    """What the ledger says of a span of readings (projection of ``reads.digested``)."""

    id = IdField(primary_key=True)
    case_id = IdField(null=True)
    record_id = IdField()
    index = models.BigIntegerField(unique=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    number = models.IntegerField()
    root = models.CharField(max_length=64)
    marks = models.TextField()

    class Meta:
        db_table = "people_reads_digest"


class SignIn(models.Model):
    """An open session of an account: since when, from where, with what. Not a projection: it serves this node only."""

    id = models.CharField(primary_key=True, max_length=40)
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="sign_ins")
    began = models.DateTimeField()
    seen = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)
    browser = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)
    opened_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "people_sign_in"


class LinkedIdentity(models.Model):
    """Who an officer is at an identity provider: issuer and subject (OpenID Connect Core 1.0 section 5.7).

    Not a projection: it serves signing in to this node only. The linking itself is a record.
    """

    id = IdField(primary_key=True)
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    linked_by = IdField()

    class Meta:
        db_table = "people_linked_identity"
        constraints: ClassVar = [models.UniqueConstraint(fields=["issuer", "subject"], name="people_identity_once")]


if TYPE_CHECKING:
    _Manager = BaseUserManager["Account"]
else:
    _Manager = BaseUserManager


class AccountManager(_Manager):
    """Accounts are made by people.services only."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Sign-in names do not tell upper from lower case."""
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """How an officer signs in. Not a projection: passwords never enter the ledger."""

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    officer = models.OneToOneField(Officer, on_delete=models.DO_NOTHING, db_constraint=False, related_name="account")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        db_table = "people_account"

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """The officer's name, or the sign-in name once it is erased."""
        return self.officer.name or self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """No one holds Django permissions: policies.py of each room decides."""
        return False


class Activation(models.Model):
    """A one-time code with which an officer sets a password; only its hash is kept, here and in the record."""

    id = models.CharField(primary_key=True, max_length=64)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    record_id = IdField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "people_activation"


class SealedKey(models.Model):
    """An officer's private key, sealed under the officer's password."""

    kid = models.CharField(primary_key=True, max_length=43)
    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="sealed_key")
    sealed = models.TextField()

    class Meta:
        db_table = "people_sealed_key"


class UnlockedKey(models.Model):
    """A private key wrapped for one session, under a secret that only the browser's cookie holds."""

    id = models.CharField(primary_key=True, max_length=64)
    kid = models.CharField(max_length=43)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    wrapped = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_unlocked_key"


class ApiToken(models.Model):
    """A token for the API: its hash, and the private key wrapped under the token itself."""

    id = models.CharField(primary_key=True, max_length=64)
    kid = models.CharField(max_length=43)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    wrapped = models.TextField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_api_token"


class Reading(models.Model):
    """One read of personal data (Directive (EU) 2016/680 art. 25): who, when, what, why. Append-only by trigger."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    officer = IdField(db_index=True)
    case_id = IdField(null=True, db_index=True)
    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=100)
    purpose = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "people_reading"
