"""`Idempotency-Key`: the same key and request get the same answer, and the act is recorded once.

The row that keeps the answer is written in the transaction of the act itself: a crash leaves both or neither, so
a repeated request can never record an act twice. What is kept, and why refusals are: docs/api/README.md.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from copes.foundation.api.models import KeptAnswer
from copes.foundation.api.problems import InProgress
from copes.foundation.refusals import BadInput, Refusal

LIFETIME = timedelta(days=30)
LONGEST_ACT = timedelta(minutes=10)
KEPT_REFUSALS = frozenset({400, 403, 404, 409})
_KEY = re.compile(r"[\x21\x23-\x7e]{16,255}")
_KEPT_HEADERS = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy")
_NO_NONCE = bytes(12)  # every row has an encryption key of its own, used once

Answer = Callable[[], HttpResponse]


class OtherRequest(Refusal):
    """The key was used before, for another request."""

    status = 422


def key_of(request: HttpRequest, *, required: bool) -> str | None:
    """The request's idempotency key. Raises BadInput when it is missing but required, or has no good form."""
    given = request.headers.get("Idempotency-Key", "").strip().removeprefix('"').removesuffix('"')
    if not given and not required:
        return None
    if not given:
        raise BadInput(
            "idempotency.key_missing",
            _("A write needs the header Idempotency-Key, so that a repeated request is not recorded twice."),
            _("Make a random UUID for each act and send it in that header; repeat it only with the same request."),
            field="Idempotency-Key",
        )
    if not _KEY.fullmatch(given):
        raise BadInput(
            "idempotency.key_form",
            _("The idempotency key has no good form."),
            _("Use 16 to 255 printable ASCII characters, best a random UUID."),
            field="Idempotency-Key",
        )
    return given


def fingerprint(request: HttpRequest) -> str:
    """SHA-256 over method, address and body; of a multipart body over its parts, as the boundary is random."""
    digest = hashlib.sha256()
    _feed(digest, request.method or "", request.get_full_path())
    if request.content_type != "multipart/form-data":
        _feed(digest, request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        _feed(digest, "field", name, *[str(value) for value in values])
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            if isinstance(file, UploadedFile):
                _feed(digest, "file", name, file.name or "", file.content_type or "", _file_digest(file))
    return digest.hexdigest()


def _feed(digest: hashlib._Hash, *parts: str | bytes) -> None:
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)


def _file_digest(file: UploadedFile[Any]) -> bytes:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.digest()


class Keeper:
    """The kept answer of one officer, key and request."""

    def __init__(self, officer: str, key: str, request: HttpRequest) -> None:
        secret = f"copes-idempotency/1\n{officer}\n{key}".encode()
        self.officer = officer
        self.id = hashlib.sha256(secret).hexdigest()
        self.request = fingerprint(request)
        self._cipher = AESGCM(HKDF(SHA256(), 32, None, b"copes kept answer").derive(secret))

    def answer_once(self, answer: Answer, *, whole: bool) -> HttpResponse:
        """The kept answer, or that of ``answer``, which is then kept.

        ``whole``: act and kept answer are one transaction; a second request with the key waits for the first.
        Else (acts that seal the ledger on their way and so commit in between) the key is claimed first, and a
        second request meanwhile is refused. Raises OtherRequest, InProgress, Refusal.
        """
        row = KeptAnswer.objects.filter(id=self.id, expires_at__gt=timezone.now()).first()
        if row is not None:
            return self._repeat(row)
        return self._in_one(answer) if whole else self._in_steps(answer)

    def _in_one(self, answer: Answer) -> HttpResponse:
        with transaction.atomic():
            before = self._claim()
            if before is not None:
                return self._repeat(before)
            with transaction.atomic():
                response = answer()
                if response.status_code >= 400:
                    transaction.set_rollback(True)
            self._keep(response)
            return response

    def _in_steps(self, answer: Answer) -> HttpResponse:
        with transaction.atomic():
            before = self._claim()
        if before is not None:
            return self._repeat(before)
        response = answer()
        with transaction.atomic():
            self._keep(response)
        return response

    def _claim(self) -> KeptAnswer | None:
        """Writes the row, or returns the one that is there. PostgreSQL waits here for whoever holds the key."""
        now = timezone.now()
        KeptAnswer.objects.filter(expires_at__lte=now).delete()
        try:
            with transaction.atomic():
                KeptAnswer.objects.create(
                    id=self.id,
                    officer=self.officer,
                    request=self.request,
                    claimed_at=now,
                    expires_at=now + LIFETIME,
                )
        except IntegrityError:
            return KeptAnswer.objects.get(id=self.id)
        return None

    def _keep(self, response: HttpResponse) -> None:
        rows = KeptAnswer.objects.filter(id=self.id)
        if response.status_code >= 400 and response.status_code not in KEPT_REFUSALS:
            rows.delete()
            return
        head = json.dumps({name: response[name] for name in _KEPT_HEADERS if name in response})
        answer = head.encode("utf-8") + b"\n" + response.content
        rows.update(
            status=response.status_code,
            sealed=self._cipher.encrypt(_NO_NONCE, answer, self.request.encode("ascii")),
        )

    def _repeat(self, row: KeptAnswer) -> HttpResponse:
        if row.request != self.request:
            raise OtherRequest(
                "idempotency.other_body",
                _("This idempotency key was used before, for another request. Nothing was recorded now."),
                _("Make a new key for every act. To repeat a request, repeat it unchanged."),
                field="Idempotency-Key",
            )
        if row.status is None:
            raise _under_way(row)
        try:
            answer = self._cipher.decrypt(_NO_NONCE, bytes(row.sealed), self.request.encode("ascii"))
        except InvalidTag:
            raise _unknown_outcome() from None
        head, _newline, content = answer.partition(b"\n")
        response = HttpResponse(content, status=row.status, headers=json.loads(head))
        response["Idempotency-Replayed"] = "true"
        return response


def _under_way(row: KeptAnswer) -> Refusal:
    if timezone.now() - row.claimed_at > LONGEST_ACT:
        return _unknown_outcome()
    return InProgress(
        "idempotency.in_progress",
        _("A request with this idempotency key is being answered right now."),
        _("Wait a few seconds, then send the same request again."),
    )


def _unknown_outcome() -> Refusal:
    return Refusal(
        "idempotency.unknown",
        _("The node stopped while it worked on this request; its answer is lost."),
        _("Look whether the act was recorded; if it was not, send it with a new idempotency key."),
    )
