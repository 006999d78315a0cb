"""Cosigners over HTTP (C2SP tlog-witness): we ask partners to cosign our checkpoints."""

from __future__ import annotations

import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from django.db import IntegrityError, transaction

from copes.foundation.config.current import current_node
from copes.foundation.config.node import CosignerConfig
from copes.foundation.journal.hashes import consistency
from copes.foundation.journal.models import Cosignature
from copes.trust.errors import TrustError
from copes.trust.ledger.notes import Verifier
from copes.trust.ledger.witness import build_add_checkpoint, parse_cosignature_reply

log = structlog.get_logger(__name__)
TIMEOUT = 5  # seconds; a partner out of reach must not hold up a border post
CONFLICT = 409
LONGEST_REPLY = 16_384


@dataclass(frozen=True)
class CosignerAnswer:
    """What a cosigner answered: the HTTP status (0 when out of reach) and its text."""

    status: int
    text: str


def post_checkpoint(cosigner: CosignerConfig, body: bytes) -> CosignerAnswer:
    """Posts to a cosigner's ``add-checkpoint``. Never raises for an answer or a dead line: it returns them."""
    address = cosigner.url.rstrip("/") + "/add-checkpoint"
    if not address.startswith(("http://", "https://")):
        raise ValueError(f"cosigner address {cosigner.url!r}: write http:// or https://")
    request = urllib.request.Request(address, data=body, method="POST")  # noqa: S310 - scheme checked above
    try:
        trust = ssl.create_default_context(cafile=cosigner.ca or None)
        with urllib.request.urlopen(request, timeout=TIMEOUT, context=trust) as reply:  # noqa: S310 - as above
            return CosignerAnswer(reply.status, reply.read(LONGEST_REPLY).decode("utf-8", "replace"))
    except urllib.error.HTTPError as refused:
        return CosignerAnswer(refused.code, refused.read(LONGEST_REPLY).decode("utf-8", "replace"))
    except (OSError, TimeoutError) as unreachable:
        return CosignerAnswer(0, str(unreachable))


def ask_cosigners(size: int, note: str) -> None:
    """Asks every configured cosigner for its cosignature of a checkpoint, and keeps those that verify."""
    for cosigner in current_node().cosigners:
        _ask(cosigner, size, note)


def _last_size(cosigner: CosignerConfig) -> int:
    name = Verifier.from_vkey(cosigner.vkey).name
    newest = Cosignature.objects.filter(name=name).order_by("-size").values_list("size", flat=True).first()
    return newest or 0


def _ask(cosigner: CosignerConfig, size: int, note: str) -> None:
    old = _last_size(cosigner)
    answer = _post(cosigner, old, size, note)
    if answer.status == CONFLICT and answer.text.strip().isdigit() and int(answer.text) <= size:
        answer = _post(cosigner, int(answer.text), size, note)
    if answer.status != 200:
        log.warning("cosigner.refused", cosigner=cosigner.name, status=answer.status, text=answer.text[:200])
        return
    _keep(cosigner, size, note, answer.text)


def _post(cosigner: CosignerConfig, old: int, size: int, note: str) -> CosignerAnswer:
    return post_checkpoint(cosigner, build_add_checkpoint(old, consistency(old, size), note))


def _keep(cosigner: CosignerConfig, size: int, note: str, lines: str) -> None:
    verifier = Verifier.from_vkey(cosigner.vkey)
    try:
        (line, *_), cosigned = parse_cosignature_reply(lines, note, verifier)
    except TrustError as wrong:
        log.warning("cosigner.wrong", cosigner=cosigner.name, error=str(wrong))
        return
    if cosigned.time is None:
        log.warning("cosigner.wrong", cosigner=cosigner.name, error="no timestamp")
        return
    try:
        with transaction.atomic():
            Cosignature.objects.create(
                size=size,
                name=verifier.name,
                line=line.rstrip("\n"),
                cosigned_at=datetime.fromtimestamp(cosigned.time, tz=UTC),
            )
    except IntegrityError:
        log.info("cosigner.again", cosigner=cosigner.name, size=size)


def last_words() -> dict[str, int]:
    """What size each cosigner last saw of our ledger, for those that answer.

    Asked with an impossible old size, a tlog-witness answers 409 with the size it holds, or 404 for a ledger it
    does not know.
    """
    from copes.foundation.journal.queries import latest_note

    latest = latest_note()
    sizes: dict[str, int] = {}
    if latest is None:
        return sizes
    size, note = latest
    for cosigner in current_node().cosigners:
        answer = post_checkpoint(cosigner, build_add_checkpoint(size, [], note))
        if answer.status == CONFLICT and answer.text.strip().isdigit():
            sizes[cosigner.name] = int(answer.text)
        elif answer.status == 200:
            sizes[cosigner.name] = size
    return sizes
