"""Verifying a whole ledger: tree, tiles, entries and, where the records are at hand, every record. Streaming.

Reads through functions that it is given, keeps one hash per filled tile, and so needs the memory of the
custody it follows, not of the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from copes.trust.errors import TrustError
from copes.trust.ledger.checkpoints import Checkpoint
from copes.trust.ledger.merkle import leaf_hash
from copes.trust.ledger.tiles import (
    TILE_WIDTH,
    Tile,
    TileTree,
    bundles_of,
    decode_bundle,
    entries_path,
    split_hashes,
    tile_path,
    tiles_of,
)
from copes.trust.verifier.anchors import (
    Anchors,
    Opened,
    check_age,
    check_held,
    check_key,
    check_quorum,
    open_ledger_note,
    read_vkey,
)
from copes.trust.verifier.dossier import read_vkey_line
from copes.trust.verifier.findings import CHECKPOINT, LEDGER, Findings, Unproven, about_file
from copes.trust.verifier.keyring import Keyring, is_practice
from copes.trust.verifier.outcome import Outcome
from copes.trust.verifier.recordset import RecordChecker

TILE_NAME = re.compile(r"tile/(\d{1,2}|entries)/((?:x\d{3}/){0,4}\d{3})(?:\.p/(\d{1,3}))?\Z")
Place = tuple[int, int]  # tile level and index; entry bundles stand at level -1
ENTRIES_LEVEL = -1


@dataclass
class LedgerFiles:
    """A ledger: the note, the key if it lies beside, its tile files by name, and the records if they do too.

    `fetch` gives the bytes of a tile or bundle and raises OSError when it cannot be read.
    """

    note: bytes
    vkey: bytes | None
    tiles: Sequence[str]
    fetch: Callable[[str], bytes]
    records: Iterable[bytes] | None = None
    odd: Sequence[str] = ()


def verify_ledger(files: LedgerFiles, anchors: Anchors, progress: Callable[[int, int], None]) -> Outcome:
    """Check the whole ledger; never raises for its content. `progress` hears how many records are done."""
    outcome = Outcome("ledger")
    findings = outcome.findings
    for name in files.odd:
        findings.failed("bag_odd_file", about_file(name))
    try:
        vkey = _ledger_key(files, anchors)
        opened = open_ledger_note(files.note, vkey, anchors, findings)
        outcome.take_opened(opened, vkey, practice=is_practice(opened.checkpoint.origin))
        check_key(opened, vkey, anchors, findings)
    except Unproven as refusal:
        findings.failed(refusal.code, CHECKPOINT, **refusal.params)
        return outcome
    checker = RecordChecker(Keyring(opened.checkpoint.origin, vkey), findings, photographs=False)
    walk = TreeWalk(files, opened, anchors, findings)
    try:
        walk.follow(_leaves(files, checker, opened, progress))
    except OSError as error:
        findings.failed("file_unreadable", LEDGER, detail=str(error))
    walk.finish()
    _finish(files, walk, checker, outcome)
    for note in anchors.held:
        check_held(opened, note, walk.prove, findings)
    check_quorum(opened, anchors, findings)
    check_age(opened, checker.last_iat, anchors, findings)
    outcome.take_anchors(opened)
    return outcome


def _ledger_key(files: LedgerFiles, anchors: Anchors) -> str:
    """The key beside the ledger, else the one the reader gave or knows for the origin the note names."""
    if files.vkey is not None:
        return read_vkey_line(files.vkey)
    origin = files.note.split(b"\n", 1)[0].decode("utf-8", "replace")
    for vkey in (*anchors.keys, *anchors.known):
        if read_vkey(vkey).name == origin:
            return vkey
    raise Unproven("ledger_key_absent", origin=origin)


def _leaves(
    files: LedgerFiles,
    checker: RecordChecker,
    opened: Opened,
    progress: Callable[[int, int], None],
) -> Iterator[bytes]:
    """The leaf hashes: from the records when they are there (each is checked), else from the tiles."""
    size = opened.checkpoint.size
    if files.records is None:
        yield from _tile_leaves(files, size)
        return
    for index, line in enumerate(files.records):
        if index % 1000 == 0:
            progress(index, size)
        yield checker.admit(line, index)[0]


def _tile_leaves(files: LedgerFiles, size: int) -> Iterator[bytes]:
    here = set(files.tiles)
    for index, width in bundles_of(size):
        name = tile_path(0, index, width)
        if name not in here:
            name = tile_path(0, index)
        if name not in here:
            return
        try:
            yield from split_hashes(files.fetch(name))[:width]
        except TrustError:
            return


def parse_tile_name(name: str) -> tuple[Place, int]:
    """Place and width of the tile or bundle this name belongs to; raises Unproven for any other name."""
    found = TILE_NAME.match(name)
    if found is None:
        raise Unproven("tile_unknown")
    index = int(found[2].replace("x", "").replace("/", ""))
    width = int(found[3]) if found[3] else TILE_WIDTH
    try:
        if found[1] == "entries":
            level, canonical = ENTRIES_LEVEL, entries_path(index, width)
        else:
            level, canonical = int(found[1]), tile_path(int(found[1]), index, width)
    except TrustError as error:
        raise Unproven("tile_unknown") from error
    if canonical != name:
        raise Unproven("tile_unknown")
    return (level, index), width


class TreeWalk:
    """Grows the tree from leaf hashes and compares every tile file with what it must be."""

    def __init__(self, files: LedgerFiles, opened: Opened, anchors: Anchors, findings: Findings) -> None:
        self.files = files
        self.checkpoint = opened.checkpoint
        self.findings = findings
        self.tree = TileTree()
        self.compared = 0
        self.holds = False
        self.by_place: dict[Place, list[tuple[str, int]]] = {}
        for name in files.tiles:
            try:
                place, width = parse_tile_name(name)
            except Unproven as refusal:
                findings.failed(refusal.code, about_file(name))
                continue
            self.by_place.setdefault(place, []).append((name, width))
        self.roots: dict[int, bytes] = {0: self.tree.root()}
        self._stops = sorted(self._held_sizes(opened, anchors) - {0})

    def _held_sizes(self, opened: Opened, anchors: Anchors) -> set[int]:
        """Sizes of the checkpoints that the reader holds: the tree's root is noted when it has that size."""
        sizes: set[int] = set()
        for note in anchors.held:
            try:
                sizes.add(open_ledger_note(note, opened.key.vkey, Anchors(), Findings()).checkpoint.size)
            except Unproven:
                continue  # check_held says so
        return sizes

    def follow(self, leaves: Iterable[bytes]) -> None:
        """Take all leaf hashes in."""
        batch: list[bytes] = []
        for leaf in leaves:
            batch.append(leaf)
            size = self.tree.size + len(batch)
            if len(batch) == TILE_WIDTH or (self._stops and size == self._stops[0]):
                self._grow(batch)
                batch = []
        self._grow(batch)

    def _grow(self, batch: list[bytes]) -> None:
        for tile in self.tree.extend(batch):
            self._compare(tile)
        if self._stops and self.tree.size == self._stops[0]:
            self.roots[self._stops.pop(0)] = self.tree.root()

    def prove(self, held: Checkpoint) -> bool:
        """Whether the tree had this root at this size; raises Unproven when it had another."""
        root = self.roots.get(held.size)
        if root is None:
            return False
        if root != held.root:
            raise Unproven("anchor_inconsistent", held=held.size)
        return True

    def finish(self) -> None:
        """Compare the unfinished tiles and the root; say what is missing, unread or beyond."""
        findings, size = self.findings, self.checkpoint.size
        for tile in self.tree.partial_tiles():
            self._compare(tile)
        if self.tree.size != size:
            findings.failed("ledger_number", LEDGER, found=self.tree.size, size=size)
        elif self.tree.root() != self.checkpoint.root:
            findings.failed("ledger_root", LEDGER, size=size)
        else:
            self.holds = True
            findings.held("held_tree", LEDGER, size=size)
        if not self.files.tiles:
            findings.unchecked("tiles_absent", LEDGER)
            return
        self._say_missing(size)
        beyond = sum(len(names) for names in self.by_place.values())
        if beyond:
            findings.unchecked("tiles_beyond", LEDGER, count=beyond)
        if self.compared:
            findings.held("held_tiles", LEDGER, count=self.compared)

    def _say_missing(self, size: int) -> None:
        here = set(self.files.tiles)
        for level, index, width in tiles_of(size):
            if tile_path(level, index, width) not in here and tile_path(level, index) not in here:
                self.findings.failed("tile_missing", about_file(tile_path(level, index, width)))
        if any(name.startswith("tile/entries/") for name in here):
            for index, width in bundles_of(size):
                if entries_path(index, width) not in here and entries_path(index) not in here:
                    self.findings.failed("tile_missing", about_file(entries_path(index, width)))

    def _compare(self, tile: Tile) -> None:
        """Compare every file that holds this tile, whole or an earlier beginning of it."""
        for name, width in self.by_place.pop((tile.level, tile.index), ()):
            data = self._read(name)
            if data is not None:
                shown = min(width, tile.width) * 32
                self._judge(name, data[:shown] == tile.data[:shown] and len(data) == width * 32)
        if tile.level == 0:
            hashes = split_hashes(tile.data)
            for name, width in self.by_place.pop((ENTRIES_LEVEL, tile.index), ()):
                data = self._read(name)
                if data is not None:
                    self._judge(name, _bundle_fits(data, width, hashes))

    def _read(self, name: str) -> bytes | None:
        try:
            return self.files.fetch(name)
        except OSError as error:
            self.findings.failed("file_unreadable", about_file(name), detail=str(error))
            return None

    def _judge(self, name: str, good: bool) -> None:
        if good:
            self.compared += 1
        else:
            self.findings.failed("tile_differs", about_file(name))


def _bundle_fits(data: bytes, width: int, hashes: Sequence[bytes]) -> bool:
    """Whether a bundle of this width holds the leaf data of these hashes, as far as both reach."""
    try:
        entries = decode_bundle(data)
    except TrustError:
        return False
    return len(entries) == width and all(
        leaf_hash(entry) == expected
        for entry, expected in zip(entries, hashes)  # noqa: B905 - lengths may differ
    )


def _finish(files: LedgerFiles, walk: TreeWalk, checker: RecordChecker, outcome: Outcome) -> None:
    """What was proven of the records, and what is never proven."""
    findings, size = outcome.findings, walk.tree.size
    if files.records is None:
        findings.unchecked("records_absent", LEDGER)
    else:
        outcome.inclusion = size if walk.holds else 0
        checker.finish()
        outcome.records, outcome.signatures = size, checker.signatures
        outcome.disclosures, outcome.withheld = checker.disclosures, checker.withheld
        outcome.exhibits = checker.book.connected()
        if checker.signatures == size:
            findings.held("held_signatures", LEDGER, count=size)
        findings.unchecked("truth_unknown", LEDGER)
        if checker.withheld:
            findings.unchecked("withheld_unknown", LEDGER, count=checker.withheld)
    findings.unchecked("timestamp_absent", LEDGER)
