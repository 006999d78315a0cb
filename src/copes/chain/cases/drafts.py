"""Drafts: what an officer typed and has not sent. Kept on the node, read by that officer only.

A draft is closed with ChaCha20-Poly1305 under a key that only the officer's unlocked signing key can make: HKDF-SHA256
over its signature of a fixed text (Ed25519 signatures are deterministic, RFC 8032 §5.1.6). So neither a copy of the
database nor an administrator can read it. A session that signs nothing (or with ES256, whose signatures differ each
time) closes it under the node's secret instead. A draft ends when its form is sent, when it is discarded, or 14 days
after it was last saved; it never enters the ledger.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.draft_models import Draft
from copes.chain.cases.entries import ADD
from copes.chain.cases.policies import visible_cases
from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import BadInput
from copes.trust.errors import RecordError
from copes.trust.records.ids import uuid7
from copes.trust.records.jose import b64u, unb64u

KEPT = timedelta(days=14)
MOST_BYTES = 512 * 1024
MOST_DRAFTS = 40
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", ADD, "do", "password"})
CONTINUED = "draft"  # the value of ADD that shows a form again with what a draft holds
_FORM = re.compile(r"control|(control|seizure|detention)/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MESSAGE = b"copes-draft-key/1\n"
TITLES: dict[str, Promise] = {
    "control": _("Control"),
    "seizure": _("Seizure"),
    "detention": _("Detention"),
}
Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class DraftView:
    """A draft in a list: which form, of which case, saved when, and where it goes on."""

    form: str
    title: str | Promise
    case: str | None
    number: str | None
    url: str
    saved_at: datetime


def save_draft(acting: Acting, form: str, fields: Fields) -> datetime:
    """Keeps what was typed so far in place of what was kept before; returns when (UTC). Raises BadInput."""
    _known(form)
    kept = [(name, value) for name, value in fields if name not in NEVER_KEPT]
    text = json.dumps(kept, ensure_ascii=False).encode()
    if len(text) > MOST_BYTES:
        raise BadInput("draft.large", _("This draft is too large to be kept."), _("Send the form."))
    now = timezone.now()
    with transaction.atomic():
        Draft.objects.filter(updated_at__lt=now - KEPT).delete()
        mine = Draft.objects.filter(officer=acting.officer)
        if mine.exclude(form=form).count() >= MOST_DRAFTS:
            raise BadInput("draft.many", _("You have too many unsent forms."), _("Send or discard some of them."))
        Draft.objects.update_or_create(
            officer=acting.officer,
            form=form,
            defaults={"data": _closed(acting, form, text), "updated_at": now},
            create_defaults={"id": uuid7(), "data": _closed(acting, form, text), "updated_at": now},
        )
    return now


def draft_saved_at(acting: Acting, form: str) -> datetime | None:
    """When the officer's draft of this form was last saved, None without one."""
    rows = Draft.objects.filter(officer=acting.officer, form=form, updated_at__gte=timezone.now() - KEPT)
    return rows.values_list("updated_at", flat=True).first()


def draft_of(acting: Acting, form: str) -> QueryDict | None:
    """What the officer typed, as a form takes it, to be shown again and not yet judged.

    None when there is no draft, or when it was closed under a key that is locked or gone.
    """
    row = Draft.objects.filter(officer=acting.officer, form=form, updated_at__gte=timezone.now() - KEPT).first()
    fields = _opened(acting, row) if row else None
    if fields is None:
        return None
    data = QueryDict(mutable=True)
    for name, value in fields:
        data.appendlist(name, value)
    data[ADD] = CONTINUED
    return data


def discard_draft(acting: Acting, form: str) -> None:
    """Forgets the officer's draft of this form."""
    Draft.objects.filter(officer=acting.officer, form=form).delete()


def drafts_of(acting: Acting) -> list[DraftView]:
    """The officer's unsent forms, last saved first; two queries. Cases the officer sees no more are left out."""
    rows = list(
        Draft.objects.filter(officer=acting.officer, updated_at__gte=timezone.now() - KEPT)
        .order_by("-updated_at")
        .values_list("form", "updated_at")[:MOST_DRAFTS]
    )
    wanted = {case for form, _at in rows if (case := form.partition("/")[2])}
    numbers = dict(visible_cases(acting).filter(id__in=wanted).values_list("id", "number")) if wanted else {}
    found = []
    for form, at in rows:
        kind, _slash, case = form.partition("/")
        if case and case not in numbers:
            continue
        found.append(DraftView(form, TITLES[kind], case or None, numbers.get(case), address(form), at))
    return found


def address(form: str) -> str:
    """Where a form is filled in."""
    kind, _slash, case = form.partition("/")
    if not case:
        return reverse("cases:new_control")
    if kind == "control":
        return reverse("cases:control_new", args=[case])
    return reverse("seizures:new", args=[case]) + ("?act=detention" if kind == "detention" else "")


def _known(form: str) -> None:
    if not _FORM.fullmatch(form):
        raise BadInput("draft.form", _("There is no such form."), _("Open the form again."))


def _closed(acting: Acting, form: str, text: bytes) -> str:
    kind, key = _key(acting)
    nonce = os.urandom(12)
    return f"{kind}.{b64u(nonce + ChaCha20Poly1305(key).encrypt(nonce, text, _context(acting, form)))}"


def _opened(acting: Acting, row: Draft) -> list[tuple[str, str]] | None:
    kind, _dot, text = row.data.partition(".")
    own, key = _key(acting)
    if kind != own:
        if kind != "node":
            return None
        key = _node_key(acting)
    try:
        raw = unb64u(text)
        plain = ChaCha20Poly1305(key).decrypt(raw[:12], raw[12:], _context(acting, row.form))
    except (InvalidTag, RecordError):
        return None
    fields: list[Any] = json.loads(plain)
    return [(str(name), str(value)) for name, value in fields]


def _context(acting: Acting, form: str) -> bytes:
    return f"draft {acting.officer} {form}".encode()


def _key(acting: Acting) -> tuple[str, bytes]:
    """The kind of key (``node``, or the signing key's id) and its 32 bytes."""
    signer = acting.signer
    if signer is None or signer.alg != "EdDSA":
        return "node", _node_key(acting)
    return signer.kid, _derived(signer.sign(_MESSAGE + acting.officer.encode()), b"copes draft")


def _node_key(acting: Acting) -> bytes:
    return _derived(settings.SECRET_KEY.encode(), b"copes draft of " + acting.officer.encode())


def _derived(secret: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)
