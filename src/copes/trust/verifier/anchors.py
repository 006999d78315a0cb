"""What the reader brings from outside: keys, checkpoints, cosigners; and how the dossier's checkpoint stands
to them. Pure; without any of it nothing says whose ledger this is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from copes.trust.errors import TrustError
from copes.trust.ledger.checkpoints import Checkpoint, open_checkpoint
from copes.trust.ledger.notes import COSIGNATURE, Verified, Verifier, split_note
from copes.trust.verifier.findings import CHECKPOINT, Findings, Unproven, clean

COSIGNER_WORD = "cosigner "
UTC_ZONE = timezone(timedelta(0))
# A clock may be this far ahead of another before it means anything.
CLOCK_SECONDS = 300

Prove = Callable[[Checkpoint], bool]


@dataclass
class Anchors:
    """Everything from outside the dossier. Times are seconds since 1970-01-01 UTC."""

    keys: list[str] = field(default_factory=list)  # for this ledger: one must be its key
    known: list[str] = field(default_factory=list)  # keys of all ledgers the reader knows
    cosigners: list[str] = field(default_factory=list)
    held: list[bytes] = field(default_factory=list)  # signed checkpoints of this ledger that the reader holds
    quorum: int | None = None
    max_age: int | None = None
    now: int = 0


@dataclass
class Opened:
    """A checkpoint whose signature held, with the cosignatures that were proven."""

    checkpoint: Checkpoint
    key: Verifier
    cosigned: list[Verified]
    names: list[str]  # all cosigners the note names, proven or not
    anchored: bool = False
    growth_unproven: bool = False  # from a checkpoint that the reader holds to this one


def read_known(text: str) -> tuple[list[str], list[str]]:
    """The ledger keys and the cosigner keys in a known-ledgers file; `#` begins a comment. Raises Unproven."""
    keys: list[str] = []
    cosigners: list[str] = []
    for line in text.splitlines():
        entry = line.split(" #", 1)[0].strip()
        if not entry or entry.startswith("#"):
            continue
        if entry.startswith(COSIGNER_WORD):
            cosigners.append(entry[len(COSIGNER_WORD) :].strip())
        else:
            keys.append(entry)
    for vkey in (*keys, *cosigners):
        read_vkey(vkey)
    return keys, cosigners


def read_vkey(vkey: str) -> Verifier:
    """The verifier this note key describes; raises Unproven."""
    try:
        return Verifier.from_vkey(vkey)
    except TrustError as error:
        raise Unproven("vkey_invalid", detail=clean(error)) from error


def fingerprint(vkey: str) -> str:
    """SHA-256 of the vkey's line (without line end), in groups of four digits: what a person compares."""
    digits = hashlib.sha256(vkey.strip().encode()).hexdigest()
    return " ".join(digits[i : i + 4] for i in range(0, 64, 4))


def utc(seconds: int) -> str:
    """This moment as text, in UTC."""
    try:
        return datetime.fromtimestamp(seconds, UTC_ZONE).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def open_ledger_note(note: bytes, vkey: str, anchors: Anchors, findings: Findings) -> Opened:
    """The checkpoint in this note under the ledger's key, with the cosignatures of the reader's cosigners.

    Raises Unproven when the key is malformed, the note is not signed by it, or speaks of another origin.
    """
    key = read_vkey(vkey)
    usable: dict[bytes, Verifier] = {}
    for text in dict.fromkeys(anchors.cosigners):
        cosigner = read_vkey(text)
        # One key under two names, or the ledger's own, is no second witness.
        if cosigner.type == COSIGNATURE and cosigner.raw != key.raw:
            usable.setdefault(cosigner.raw, cosigner)
    try:
        _, lines = split_note(note)
        checkpoint, cosigned = open_checkpoint(note, key, list(usable.values()))
    except (TrustError, ValueError) as error:
        raise Unproven("checkpoint_invalid", detail=clean(error)) from error
    others = (line.name for line in lines if (line.name, line.key_id) != (key.name, key.key_id))
    names = list(dict.fromkeys(others))
    findings.held("held_checkpoint", CHECKPOINT, size=checkpoint.size)
    for one in cosigned:
        findings.held("held_cosigned", CHECKPOINT, name=one.name, time=utc(one.time or 0))
    given = {cosigner.name for cosigner in usable.values()}
    for name in names:
        if name in {one.name for one in cosigned}:
            continue
        if name in given:
            findings.failed("cosigner_other_key", CHECKPOINT, name=name)
        else:
            findings.unchecked("cosigner_key_absent", CHECKPOINT, name=name)
    return Opened(checkpoint, key, cosigned, names)


def check_key(opened: Opened, vkey: str, anchors: Anchors, findings: Findings) -> None:
    """The ledger's key is one the reader knows; another key for the same origin is a failure."""
    origin = opened.checkpoint.origin
    same = [key for key in anchors.known if read_vkey(key).name == origin]
    if vkey in anchors.keys or (not anchors.keys and vkey in same):
        opened.anchored = True
        findings.held("held_key_known", origin=origin)
    elif anchors.keys or same:
        findings.failed("key_mismatch", origin=origin, known=fingerprint((anchors.keys or same)[0]))


def check_held(opened: Opened, note: bytes, prove: Prove, findings: Findings) -> None:
    """The checkpoint agrees with one that the reader holds, signed by the same key.

    `prove` shows that an older tree is the beginning of this one: it returns False when there is no proof at
    hand and raises TrustError or Unproven when there is one that does not hold.
    """
    try:
        held, _ = open_checkpoint(note, opened.key, [])
    except (TrustError, ValueError) as error:
        findings.failed("anchor_other", CHECKPOINT, detail=clean(error))
        return
    here = opened.checkpoint
    if held.size > here.size:
        findings.failed("stale_size", CHECKPOINT, held=held.size, size=here.size)
    elif held.size == here.size:
        _same_root(held, opened, findings)
    else:
        _check_growth(held, opened, prove, findings)


def _check_growth(held: Checkpoint, opened: Opened, prove: Prove, findings: Findings) -> None:
    """Without a proof the checkpoint in hand vouches for nothing, and the question asked has no answer."""
    here = opened.checkpoint
    try:
        proven = prove(held)
    except (TrustError, Unproven):
        findings.failed("anchor_inconsistent", CHECKPOINT, held=held.size, size=here.size)
        return
    if proven:
        opened.anchored = True
        findings.held("held_consistent", CHECKPOINT, held=held.size, size=here.size)
    else:
        opened.growth_unproven = True
        findings.unchecked("consistency_absent", CHECKPOINT, held=held.size, size=here.size)


def _same_root(held: Checkpoint, opened: Opened, findings: Findings) -> None:
    here = opened.checkpoint
    if held.root == here.root:
        opened.anchored = True
        findings.held("held_same", CHECKPOINT, size=here.size)
    else:
        findings.failed("anchor_differs", CHECKPOINT, size=here.size)


def check_quorum(opened: Opened, anchors: Anchors, findings: Findings) -> None:
    """As many cosigners as the reader demands have signed."""
    if anchors.quorum is None:
        return
    number = len({one.key_id for one in opened.cosigned})
    if number < anchors.quorum:
        findings.failed("quorum_missed", CHECKPOINT, number=number, quorum=anchors.quorum)
    else:
        findings.held("held_quorum", CHECKPOINT, number=number, quorum=anchors.quorum)


def check_age(opened: Opened, last_iat: int, anchors: Anchors, findings: Findings) -> None:
    """The last record is not older than the reader accepts, and no cosigner saw the checkpoint before it.

    The time of a cosignature does not count as new: an old dossier can be sealed and cosigned again.
    """
    for one in opened.cosigned:
        if one.time is not None and one.time + CLOCK_SECONDS < last_iat:
            findings.failed("cosigned_early", CHECKPOINT, name=one.name, time=utc(one.time))
    newest = last_iat
    if anchors.max_age is None:
        if not any("stale_size" in finding.code for finding in findings.items):
            findings.unchecked("newest_unknown", CHECKPOINT, time=utc(newest))
    elif anchors.now - newest > anchors.max_age:
        findings.failed("stale_age", CHECKPOINT, time=utc(newest))
    elif newest - anchors.now > CLOCK_SECONDS:
        findings.failed("from_future", CHECKPOINT, time=utc(newest))
    else:
        findings.held("held_age", CHECKPOINT, time=utc(newest))
