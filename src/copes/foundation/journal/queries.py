"""Reads of the ledger for screens, prints, dossiers and the API."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from copes.foundation.config.current import current_node
from copes.foundation.journal.cosigned import proven_lines
from copes.foundation.journal.hashes import inclusion_proofs
from copes.foundation.journal.keys import ledger_signer
from copes.foundation.journal.models import (
    Checkpoint,
    Cosignature,
    Entry,
    Erasure,
    ErasureRequest,
    SigningKey,
)
from copes.foundation.journal.stored import (
    StoredRecord,
    records_by_jti,
    records_of_case,
    records_of_kinds,
    whole_ledger,
)
from copes.trust.records.sdjwt import header

# What signatures depend on besides the case's own records.
SUPPORTING = [
    "node.created/1",
    "key.enrolled/1",
    "key.rotated/1",
    "key.revoked/1",
    "agency.registered/1",
    "officer.enrolled/1",
    "officer.roles_changed/1",
    "officer.deactivated/1",
]
DURABLE, SEALED, WITNESSED = "durable", "sealed", "witnessed"


@dataclass(frozen=True)
class Place:
    """Where a record stands: its index, leaf data, and how far it is protected by now."""

    index: int
    leaf: bytes
    state: str
    checkpoint_size: int | None


@dataclass(frozen=True)
class CheckpointView:
    """A signed head with the cosignatures that came in."""

    size: int
    root: bytes
    note: str
    sealed_at: datetime
    cosigners: tuple[str, ...]

    @property
    def state(self) -> str:
        """``witnessed`` when the quorum has cosigned, else ``sealed``."""
        quorum = current_node().quorum
        return WITNESSED if quorum and len(self.cosigners) >= quorum else SEALED


@dataclass(frozen=True)
class ErasureView:
    """One erased salted field."""

    jti: str
    path: str
    digest: str
    at: datetime
    by: str
    ground: str


def _view(row: Checkpoint) -> CheckpointView:
    lines = proven_lines(row.note, Cosignature.objects.filter(size=row.size).values_list("name", "line"))
    note = row.note + "".join(line + "\n" for _, line in lines)
    return CheckpointView(row.size, bytes(row.root), note, row.sealed_at, tuple(name for name, _ in lines))


def latest_checkpoint() -> CheckpointView | None:
    """The newest signed head, with its cosignatures."""
    row = Checkpoint.objects.order_by("-size").first()
    return _view(row) if row else None


def recent_checkpoints(number: int = 20) -> list[CheckpointView]:
    """The newest heads, newest first."""
    return [_view(row) for row in Checkpoint.objects.order_by("-size")[:number]]


def latest_note() -> tuple[int, str] | None:
    """Size and signed note (without cosignatures) of the newest head."""
    return Checkpoint.objects.order_by("-size").values_list("size", "note").first()


def _protected_sizes() -> tuple[int, int]:
    """The sizes up to which records are sealed and witnessed."""
    sealed = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    quorum = current_node().quorum
    if not quorum:
        return sealed, 0
    sizes = Cosignature.objects.order_by("-size").values_list("size", flat=True)[: 50 * quorum]
    for row in Checkpoint.objects.filter(size__in=set(sizes)).order_by("-size"):
        lines = Cosignature.objects.filter(size=row.size).values_list("name", "line")
        if len(proven_lines(row.note, lines)) >= quorum:
            return sealed, row.size
    return sealed, 0


def places_of(jtis: Iterable[str]) -> dict[str, Place]:
    """Where records stand, by record id."""
    wanted = list(jtis)
    if not wanted:
        return {}
    sealed, witnessed = _protected_sizes()
    places = {}
    rows = Entry.objects.filter(jti__in=wanted).values_list("jti", "index", "leaf")
    for jti, index, leaf in rows:
        state = WITNESSED if index < witnessed else SEALED if index < sealed else DURABLE
        places[jti] = Place(index, bytes(leaf), state, sealed if index < sealed else None)
    return places


def place_of(jti: str) -> Place:
    """Where a record stands. Raises LookupError when there is no such record."""
    try:
        return places_of([jti])[jti]
    except KeyError:
        raise LookupError(f"no record {jti}") from None


def erasures_of(case: str | None) -> list[ErasureView]:
    """What was erased from the records of a case."""
    rows = Erasure.objects.filter(case_id=case).order_by("erased_at", "digest")
    return [ErasureView(r.jti, r.path, r.digest, r.erased_at, r.erased_by, r.ground) for r in rows]


def open_erasure_requests(case: str | None = None) -> list[ErasureRequest]:
    """Requests that wait for a second officer, oldest first."""
    rows = ErasureRequest.objects.filter(done_at=None)
    if case:
        rows = rows.filter(case_id=case)
    return list(rows.order_by("requested_at"))


def supporting_records(kids: Sequence[str], officers: Sequence[str]) -> list[StoredRecord]:
    """Records a dossier needs besides the case's own: the node's first, and those of keys and officers.

    Includes, for every key in ``kids``, its enrolment and end, the keys that signed those records in turn, and the
    records of roles of every officer whose key is among them: who made an administrator an administrator.
    """
    facts = [(record, record.fact()) for record in records_of_kinds(SUPPORTING)]
    owners = {str(fact.body["kid"]): str(fact.body["officer"]) for _, fact in facts if "kid" in fact.body}
    wanted: dict[int, StoredRecord] = {}
    signing, people, found = set(kids), set(officers), -1
    while found < len(wanted):
        found = len(wanted)
        people |= {owners[kid] for kid in signing if kid in owners}
        for record, fact in facts:
            if record.index in wanted:
                continue
            if fact.kind.startswith("key."):
                needed = bool(signing & {fact.body.get("kid"), fact.body.get("replaces")})
            else:
                about = {fact.body.get("officer"), *fact.about}
                needed = record.index == 0 or fact.kind == "agency.registered/1" or bool(people & about)
            if needed:
                wanted[record.index] = record
                signing |= {header(record.jwt)["kid"], fact.body.get("replaces", "")}
    return [wanted[index] for index in sorted(wanted)]


def keys_of(officer: str) -> list[SigningKey]:
    """Every key an officer ever had, newest first."""
    return list(SigningKey.objects.filter(officer=officer).order_by("-enrolled_index"))


def ledger_vkey() -> str:
    """The verifier key of this ledger, to be published (C2SP signed-note vkey)."""
    return ledger_signer().vkey


def ledger_fingerprint() -> str:
    """SHA-256 of the ledger's vkey line, in groups of four hex digits, to compare by eye or telephone."""
    digest = hashlib.sha256(ledger_vkey().encode("utf-8")).hexdigest()
    return " ".join(digest[at : at + 4] for at in range(0, 64, 4))


def ledger_size() -> int:
    """Number of records committed."""
    newest = Entry.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if newest is None else newest + 1


__all__ = [
    "CheckpointView",
    "ErasureView",
    "Place",
    "StoredRecord",
    "erasures_of",
    "inclusion_proofs",
    "keys_of",
    "latest_checkpoint",
    "latest_note",
    "ledger_fingerprint",
    "ledger_size",
    "ledger_vkey",
    "open_erasure_requests",
    "place_of",
    "places_of",
    "recent_checkpoints",
    "records_by_jti",
    "records_of_case",
    "records_of_kinds",
    "supporting_records",
    "whole_ledger",
]
