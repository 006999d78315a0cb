"""`copes check`: everything this node can prove about itself, and everything it cannot.

Each check yields findings in words; none of them trusts a table that another check has not compared with the
ledger. What only an outsider can see (a ledger rewritten as a whole) is what cosigners and printed receipts are for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from copes.foundation.config.current import current_node
from copes.foundation.journal import anchor, cosigning, freezing, triggers
from copes.foundation.journal.keys import ledger_signer, node_key
from copes.foundation.journal.models import Checkpoint, Disclosure, Edge, Entry, Erasure, SigningKey, Tile
from copes.foundation.journal.rebuilding import differences
from copes.foundation.journal.stored import StoredRecord, whole_ledger
from copes.foundation.journal.tree import WIDTH
from copes.trust.errors import TrustError
from copes.trust.ledger.checkpoints import open_checkpoint
from copes.trust.ledger.merkle import CompactRange, leaf_hash, root_of
from copes.trust.ledger.notes import Verifier
from copes.trust.records.keys import PublicKey
from copes.trust.records.sdjwt import check_signature, header, leaf_data, payload, resolve

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: which check, what it is about, and in words what is wrong."""

    check: str
    subject: str
    text: str

    def __str__(self) -> str:
        return f"{self.check}: {self.subject}: {self.text}"


def check_node(progress: Progress | None = None) -> list[Finding]:
    """Runs every check; an empty list means that all held."""
    found = list(check_triggers())
    found += check_records(progress)
    found += check_heads()
    found += check_keys()
    if not any(finding.check == "records" for finding in found):
        found += check_projections(progress)
    return found


def check_triggers() -> Iterator[Finding]:
    """The triggers that refuse changes are there, and as they were made."""
    for name in triggers.missing(connection):
        yield Finding("triggers", name, "the trigger is missing, disabled or changed")


def check_records(progress: Progress | None = None) -> list[Finding]:
    """Every record: place, hash, signature, key at that place, salted fields, and the tree over all of them."""
    reader = _Records()
    for record in whole_ledger():
        reader.read(record)
        if progress and record.index % 1000 == 0:
            progress("records", record.index)
    return reader.finish()


class _Records:
    """Reads the ledger once, keeping the compact range and the keys that count."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self.compact = CompactRange()
        self.tile: list[bytes] = []
        self.keys: dict[str, PublicKey] = {}
        self.ended: set[str] = set()
        self.roots = {row.size: bytes(row.root) for row in Checkpoint.objects.all()}
        self.erased = set(Erasure.objects.values_list("digest", flat=True))

    def report(self, record: StoredRecord, text: str) -> None:
        self.found.append(Finding("records", f"record {record.index} ({record.kind}, {record.jti})", text))

    def read(self, record: StoredRecord) -> None:
        if record.index != self.compact.size:
            self.report(record, f"stands where record {self.compact.size} should: records were removed or added")
        leaf = leaf_data(record.jwt)
        if leaf != record.leaf:
            self.report(record, "was changed after it was written: its hash differs")
        self.compact.append(leaf_hash(leaf))
        self._tile(record, leaf_hash(leaf))
        self._content(record)
        root = self.roots.pop(self.compact.size, None)
        if root is not None and root != self.compact.root():
            self.found.append(
                Finding(
                    "heads",
                    f"checkpoint {self.compact.size}",
                    "the records no longer give the root it signed",
                )
            )

    def _tile(self, record: StoredRecord, hashed: bytes) -> None:
        self.tile.append(hashed)
        if len(self.tile) == WIDTH:
            number = record.index // WIDTH
            row = Tile.objects.filter(id=f"0/{number}").first()
            if row is None or bytes(row.data) != b"".join(self.tile):
                self.found.append(Finding("heads", f"tile 0/{number}", "does not hold the hashes of its records"))
            self.tile = []

    def _content(self, record: StoredRecord) -> None:
        try:
            kid = header(record.jwt)["kid"]
            claims = payload(record.jwt)
            if record.index == 0:
                self.keys[kid] = PublicKey.from_jwk(claims["body"]["node_key"])
            key = self.keys.get(kid)
            if key is None or kid in self.ended:
                self.report(record, "is signed by a key that does not count at this place")
                return
            check_signature(record.jwt, key)
            resolved = resolve(claims, [encoded for _, encoded, _ in record.disclosures])
        except TrustError as wrong:
            self.report(record, str(wrong))
            return
        if (claims["jti"], claims["kind"], claims.get("sub")) != (record.jti, record.kind, record.case):
            self.report(record, "is indexed under another id, kind or case than it states")
        stated = {digest: path for digest, _, path in record.disclosures}
        if stated != {digest: resolved.paths.get(digest) for digest in set(resolved.paths) - set(resolved.withheld)}:
            self.report(record, "has salted fields filed under another digest or path than they have")
        for digest in set(resolved.withheld) - self.erased:
            self.report(record, f"lacks the salted field {digest}, and no erasure is recorded for it")
        self._keys(claims)

    def _keys(self, claims: dict[str, object]) -> None:
        body = claims["body"]
        assert isinstance(body, dict)  # noqa: S101 - the record's shape was checked when it was read
        if claims["kind"] in ("key.enrolled/1", "key.rotated/1"):
            self.keys[body["kid"]] = PublicKey.from_jwk(body["key"])
        if claims["kind"] in ("key.revoked/1", "key.rotated/1"):
            self.ended.add(body.get("replaces") or body["kid"])

    def finish(self) -> list[Finding]:
        edge = Edge.objects.filter(id=1).first()
        if edge is None:
            if self.compact.size:
                self.found.append(Finding("heads", "edge", "the edge of the tree is missing"))
        elif edge.size != self.compact.size or bytes(edge.hashes) != self.compact.dump():
            self.found.append(Finding("heads", "edge", "the edge of the tree does not follow from the records"))
        for size in self.roots:
            self.found.append(
                Finding(
                    "heads",
                    f"checkpoint {size}",
                    f"{size} records were signed, {self.compact.size} are there",
                )
            )
        orphans = Disclosure.objects.exclude(entry__in=Entry.objects.values("index")).count()
        if orphans:
            self.found.append(Finding("records", "salted fields", f"{orphans} belong to no record"))
        return self.found


def check_heads() -> list[Finding]:
    """Checkpoints are signed by this ledger's key; the anchor and the cosigners know nothing newer."""
    found = []
    if reason := freezing.frozen_reason():
        found.append(Finding("heads", "ledger", f"is frozen: {reason}"))
    verifier = Verifier.from_vkey(ledger_signer().vkey)
    for row in Checkpoint.objects.all():
        try:
            opened, _ = open_checkpoint(row.note, verifier)
        except TrustError as wrong:
            found.append(Finding("heads", f"checkpoint {row.size}", str(wrong)))
            continue
        if (opened.size, opened.root, opened.origin) != (row.size, bytes(row.root), current_node().origin):
            found.append(Finding("heads", f"checkpoint {row.size}", "the table says other than the signed note"))
    return found + compare_outside()


def compare_outside() -> list[Finding]:
    """The database against the anchor and what cosigners last saw: neither may be ahead of it."""
    found = []
    size = Edge.objects.filter(id=1).values_list("size", flat=True).first() or 0
    kept = anchor.read_anchor(current_node().anchor)
    if kept.size > size:
        found.append(Finding("heads", "anchor", f"{kept.size} records were signed, the database holds {size}"))
    elif kept.size:
        leaves = Entry.objects.filter(index__lt=kept.size).order_by("index").values_list("leaf", flat=True)
        if root_of([leaf_hash(bytes(leaf)) for leaf in leaves.iterator()]) != kept.root:
            found.append(Finding("heads", "anchor", f"the first {kept.size} records are not those that were signed"))
    for name, seen in cosigning.last_words().items():
        if seen > size:
            found.append(Finding("heads", f"cosigner {name}", f"saw {seen} records, the database holds {size}"))
    return found


def check_keys() -> list[Finding]:
    """The node's key on disk is the one that record 0 states."""
    enrolled = SigningKey.objects.filter(officer="", ended_index=None).values_list("kid", flat=True)
    if Entry.objects.exists() and node_key().kid not in set(enrolled):
        return [Finding("keys", "node key", "the key on disk is not the one the ledger states")]
    return []


def check_projections(progress: Progress | None = None) -> list[Finding]:
    """Every row that screens read follows from the ledger."""

    def tell(done: int) -> None:
        if progress:
            progress("replay", done)

    return [Finding("projections", difference.table, str(difference)) for difference in differences(tell)]
