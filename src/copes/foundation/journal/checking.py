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
from copes.foundation.journal.cosigned import cosigned_at, proven_lines
from copes.foundation.journal.keys import ledger_signer, node_key
from copes.foundation.journal.models import Checkpoint, Cosignature, Disclosure, Edge, Entry, Erasure, SigningKey, Tile
from copes.foundation.journal.rebuilding import differences
from copes.foundation.journal.stored import StoredRecord, whole_ledger
from copes.foundation.journal.tree import WIDTH, tile_id
from copes.foundation.journal.writing import CLOCK_TOLERANCE
from copes.trust.errors import TrustError
from copes.trust.ledger.checkpoints import open_checkpoint
from copes.trust.ledger.merkle import CompactRange, leaf_hash, root_of
from copes.trust.ledger.notes import Verifier
from copes.trust.records.sdjwt import leaf_data
from copes.trust.verifier.findings import FAILED, Findings
from copes.trust.verifier.keyring import Keyring
from copes.trust.verifier.messages import say
from copes.trust.verifier.recordset import RecordChecker

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
    for name in triggers.foreign(connection):
        yield Finding("triggers", name, "the trigger is not ours: it could change what is written")


def check_records(progress: Progress | None = None) -> list[Finding]:
    """Every record: place, hash, signature, key at that place, salted fields, and the tree over all of them."""
    reader = _Records()
    for record in whole_ledger():
        reader.read(record)
        if progress and record.index % 1000 == 0:
            progress("records", record.index)
    return reader.finish()


class _Records:
    """Reads the ledger once, with the verifier's own rules of keys, roles, times and custody."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self.findings = Findings()
        keyring = Keyring(current_node().origin, ledger_signer().vkey)
        self.checker = RecordChecker(keyring, self.findings, photographs=False)
        self.compact = CompactRange()
        self.tiles: list[list[bytes]] = [[]]
        self.roots = {row.size: row for row in Checkpoint.objects.all()}
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
        self._tile(0, leaf_hash(leaf))
        self._content(record)
        row = self.roots.pop(self.compact.size, None)
        if row is not None:
            self._head(row)

    def _head(self, row: Checkpoint) -> None:
        subject = f"checkpoint {row.size}"
        if bytes(row.root) != self.compact.root():
            self.found.append(Finding("heads", subject, "the records no longer give the root it signed"))
        if row.sealed_at.timestamp() < self.checker.last_iat - CLOCK_TOLERANCE:
            self.found.append(Finding("heads", subject, "is dated before the records it covers"))

    def _tile(self, level: int, hashed: bytes) -> None:
        """Every full tile, at every level, holds the hashes of what lies beneath it."""
        if level == len(self.tiles):
            self.tiles.append([])
        tile = self.tiles[level]
        tile.append(hashed)
        if len(tile) < WIDTH:
            return
        name = tile_id(level, (self.compact.size >> (8 * (level + 1))) - 1)
        data = Tile.objects.filter(id=name).values_list("data", flat=True).first()
        if data is None or bytes(data) != b"".join(tile):
            self.found.append(Finding("heads", f"tile {name}", "does not hold the hashes of what lies beneath it"))
        self.tiles[level] = []
        self._tile(level + 1, root_of(tile))

    def _content(self, record: StoredRecord) -> None:
        _, checked = self.checker.admit(record.compact().encode("ascii", "replace"), record.index)
        if checked is None:
            return
        if (checked.jti, checked.kind, checked.claims.get("sub")) != (record.jti, record.kind, record.case):
            self.report(record, "is indexed under another id, kind or case than it states")
        stated = {digest: path for digest, _, path in record.disclosures}
        if stated != {digest: path for digest, path in checked.paths.items() if digest not in checked.withheld}:
            self.report(record, "has salted fields filed under another digest or path than they have")
        for digest in set(checked.withheld) - self.erased:
            self.report(record, f"lacks the salted field {digest}, and no erasure is recorded for it")

    def _rules(self) -> None:
        """What the verifier's rules found, in words."""
        self.checker.finish()
        for item in self.findings.items:
            if item.status == FAILED:
                place = f"record {item.subject.index} ({item.subject.name})"
                subject = f"exhibit {item.subject.name}" if item.subject.kind == "exhibit" else place
                self.found.append(Finding("records", subject, say("en", item.code, item.params)))
        for status, code, number in self.findings.left_out():
            if status == FAILED:
                self.found.append(Finding("records", code, f"{number} more of this kind"))

    def finish(self) -> list[Finding]:
        self._rules()
        edge = Edge.objects.filter(id=1).first()
        if edge is not None and edge.last_iat != self.checker.last_iat:
            self.found.append(Finding("heads", "edge", "the time of the last record is not the one it states"))
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
    kept = anchor.read_anchor(current_node().anchor)
    if kept.size and not Checkpoint.objects.filter(size=kept.size).exists():
        found.append(Finding("heads", "anchor", f"{kept.size} records were signed, that signed head is not there"))
    return found + check_cosignatures() + compare_outside()


def check_cosignatures() -> list[Finding]:
    """Every stored cosignature is a configured cosigner's, of the head it is filed under, at the time it states."""
    notes = dict(Checkpoint.objects.values_list("size", "note"))
    found = []
    for row in Cosignature.objects.all():
        subject = f"cosignature of {row.name} at {row.size}"
        if not proven_lines(notes.get(row.size, ""), [(row.name, row.line)]):
            found.append(Finding("heads", subject, "does not verify under the key of a configured cosigner"))
        elif cosigned_at(row.line) != int(row.cosigned_at.timestamp()):
            found.append(Finding("heads", subject, "states another time than the table"))
    return found


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
