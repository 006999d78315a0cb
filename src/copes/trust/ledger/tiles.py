"""The ledger as files: C2SP tlog-tiles (256 hashes a tile, entries in bundles), read and built."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from copes.trust.errors import LedgerError
from copes.trust.ledger.merkle import EMPTY_ROOT, HASH_BYTES, root_of

TILE_WIDTH = 256
_TILE_HEIGHT = 8
_MAX_ENTRY_BYTES = 65_535
Fetch = Callable[[str], bytes]


def _numbered(index: int, width: int) -> str:
    """``x001/x234/067`` and, for a partial tile, ``.p/<width>``."""
    if index < 0 or not 1 <= width <= TILE_WIDTH:
        raise LedgerError("tile.name", "there is no tile {index} of width {width}", index=index, width=width)
    rest, last = divmod(index, 1000)
    path = f"{last:03}"
    while rest:
        rest, group = divmod(rest, 1000)
        path = f"x{group:03}/{path}"
    return path if width == TILE_WIDTH else f"{path}.p/{width}"


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """Where a tile of hashes is served: ``tile/<level>/<index>[.p/<width>]``. Raises LedgerError."""
    if not 0 <= level <= 63:
        raise LedgerError("tile.name", "there is no tile level {level}", level=level)
    return f"tile/{level}/{_numbered(index, width)}"


def entries_path(index: int, width: int = TILE_WIDTH) -> str:
    """Where a bundle of entries is served: ``tile/entries/<index>[.p/<width>]``. Raises LedgerError."""
    return f"tile/entries/{_numbered(index, width)}"


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """Entries, each after its length in two bytes, big-endian. Raises LedgerError for one over 65,535
    bytes.
    """
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > _MAX_ENTRY_BYTES:
            raise LedgerError("tile.entry-size", "an entry has {size} bytes; 65,535 are allowed", size=len(entry))
        parts += (len(entry).to_bytes(2, "big"), entry)
    return b"".join(parts)


def decode_bundle(data: bytes) -> list[bytes]:
    """The entries ``encode_bundle`` wrote, at most 256. Raises LedgerError."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if start > len(data) or at > len(data) or len(entries) == TILE_WIDTH:
            raise LedgerError("tile.bundle", "this is not a bundle of entries")
        entries.append(data[start:at])
    return entries


def partial_width(level: int, size: int) -> int:
    """How many hashes the partial tile of a tile level has in a tree of ``size`` (0: there is none)."""
    return (size >> _TILE_HEIGHT * level) % TILE_WIDTH


def full_tiles_after(old_size: int, new_size: int) -> Iterator[tuple[int, int]]:
    """(level, index) of each tile that is full in the tree of ``new_size`` and was not in that of
    ``old_size``.
    """
    level = 0
    while new_size >> _TILE_HEIGHT * (level + 1):
        shift = _TILE_HEIGHT * (level + 1)
        for index in range(old_size >> shift, new_size >> shift):
            yield level, index
        level += 1


def tiles_of(size: int, old_size: int = 0) -> Iterator[tuple[int, int, int]]:
    """(level, index, width) of each tile a tree of ``size`` has: full ones new since ``old_size``, all
    partial ones.
    """
    for level, index in full_tiles_after(old_size, size):
        yield level, index, TILE_WIDTH
    level = 0
    while size >> _TILE_HEIGHT * level:
        width = partial_width(level, size)
        if width:
            yield level, size >> _TILE_HEIGHT * (level + 1), width
        level += 1


def bundles_of(size: int, old_size: int = 0) -> Iterator[tuple[int, int]]:
    """(index, width) of each entry bundle a tree of ``size`` has: full ones new since ``old_size``, the
    partial one.
    """
    for index in range(old_size // TILE_WIDTH, size // TILE_WIDTH):
        yield index, TILE_WIDTH
    if size % TILE_WIDTH:
        yield size // TILE_WIDTH, size % TILE_WIDTH


def split_hashes(data: bytes) -> list[bytes]:
    """A tile's hashes. Raises LedgerError when it is not 1 to 256 of them."""
    if not data or len(data) % HASH_BYTES or len(data) > TILE_WIDTH * HASH_BYTES:
        raise LedgerError("tile.size", "a tile has {size} bytes", size=len(data))
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile and where it belongs; ``data`` is its hashes end to end."""

    level: int
    index: int
    data: bytes

    @property
    def width(self) -> int:
        """How many hashes it has, 256 when full."""
        return len(self.data) // HASH_BYTES

    @property
    def path(self) -> str:
        """Where it is served."""
        return tile_path(self.level, self.index, self.width)


class TileReader:
    """Subtree hashes of a tree of ``size``, from tiles that ``fetch`` gives by path.

    With ``root``, every tile is proven before a hash of it is used: the right edge's tiles by the root, each
    other one by the hash of it in the tile above. Without, tiles are taken as they come, and whoever uses
    the hashes checks the result. ``fetch`` raises LookupError or OSError for a tile it lacks; a partial tile
    it lacks is looked for as a full one. Raises LedgerError for a missing, cut or altered tile.
    """

    def __init__(self, fetch: Fetch, size: int, root: bytes | None = None) -> None:
        self._fetch = fetch
        self.size = size
        self._tiles: dict[tuple[int, int], list[bytes]] = {}
        self._proven = root is not None
        if root is not None and self.edge_root() != root:
            raise LedgerError("tile.root", "the ledger's tiles do not lead to its checkpoint's root")

    def __call__(self, level: int, index: int) -> bytes:
        """The same as ``read``, so that a reader is what the proofs ask for."""
        return self.read(level, index)

    def read(self, level: int, index: int) -> bytes:
        """The hash over leaves ``index << level`` to ``(index + 1) << level``, all inside the tree."""
        if level < 0 or index < 0 or (index + 1) << level > self.size:
            raise LedgerError("tile.outside", "no subtree {index} of level {level} here", index=index, level=level)
        tile_level, height = divmod(level, _TILE_HEIGHT)
        first = index << height
        hashes = self.tile(tile_level, first // TILE_WIDTH)
        at = first % TILE_WIDTH
        return root_of(hashes[at : at + (1 << height)])

    def tile(self, level: int, index: int) -> list[bytes]:
        """The hashes of one tile, proven when a root was given."""
        found = self._tiles.get((level, index))
        if found is None:
            found = self._load(level, index)
            if self._proven and len(found) == TILE_WIDTH:
                above = self.tile(level + 1, index // TILE_WIDTH)[index % TILE_WIDTH]
                if root_of(found) != above:
                    raise LedgerError("tile.altered", "the tile {path} was altered", path=tile_path(level, index))
            self._tiles[level, index] = found
        return found

    def edge_root(self) -> bytes:
        """The root that the partial tiles on the right edge lead to."""
        edge = []
        level = 0
        while self.size >> _TILE_HEIGHT * level:
            has_partial = partial_width(level, self.size)
            index = self.size >> _TILE_HEIGHT * (level + 1)
            edge.append(self._tiles.setdefault((level, index), self._load(level, index)) if has_partial else [])
            level += 1
        return _edge_root(edge)

    def leaf_hashes(self) -> Iterator[bytes]:
        """Every leaf hash of the tree in order."""
        for index in range(-(-self.size // TILE_WIDTH)):
            yield from self.tile(0, index)

    def _load(self, level: int, index: int) -> list[bytes]:
        width = min(TILE_WIDTH, (self.size >> _TILE_HEIGHT * level) - index * TILE_WIDTH)
        paths = [tile_path(level, index, width)]
        if width < TILE_WIDTH:
            paths.append(tile_path(level, index))
        data = self._first(paths)
        if len(data) < width * HASH_BYTES or (len(data) != width * HASH_BYTES and len(data) != TILE_WIDTH * HASH_BYTES):
            raise LedgerError("tile.size", "the tile {path} has {size} bytes", path=paths[0], size=len(data))
        return split_hashes(data[: width * HASH_BYTES])

    def _first(self, paths: Sequence[str]) -> bytes:
        for path in paths[:-1]:
            try:
                return self._fetch(path)
            except (LookupError, OSError):
                continue
        try:
            return self._fetch(paths[-1])
        except (LookupError, OSError) as error:
            raise LedgerError("tile.missing", "the tile {path} is missing", path=paths[0]) from error


def _edge_root(edge: Sequence[Sequence[bytes]]) -> bytes:
    """The root over the partial tiles of each level, lowest level first."""
    rest: list[bytes] = []
    for hashes in edge:
        row = [*hashes, *rest]
        rest = [root_of(row)] if row else []
    return rest[0] if rest else EMPTY_ROOT


class TileTree:
    """A growing tree that keeps its right edge as partial tiles and hands out tiles as they fill.

    ``edge`` holds the partial tiles, lowest level first (as ``dump`` writes them). Raises LedgerError when
    they do not fit the size.
    """

    def __init__(self, size: int = 0, edge: Iterable[bytes] = ()) -> None:
        self.size = size
        self._edge = [split_hashes(each) if each else [] for each in edge]
        while self._edge and not self._edge[-1]:
            self._edge.pop()
        widths = [len(each) for each in self._edge]
        expected = sum(width << _TILE_HEIGHT * level for level, width in enumerate(widths))
        if size != expected or TILE_WIDTH in widths:
            raise LedgerError("ledger.edge", "the tree's edge does not fit its size {size}", size=size)

    def append(self, leaf_hash: bytes) -> list[Tile]:
        """Add one leaf hash; the tiles this fills, lowest level first."""
        return self.extend((leaf_hash,))

    def extend(self, leaf_hashes: Iterable[bytes]) -> list[Tile]:
        """Add leaf hashes in order; the tiles this fills, in the order they fill."""
        filled: list[Tile] = []
        if not self._edge:
            self._edge.append([])
        lowest = self._edge[0]
        for each in leaf_hashes:
            lowest.append(each)
            self.size += 1
            if len(lowest) == TILE_WIDTH:
                filled += self._carry()
                lowest = self._edge[0]
        return filled

    def _carry(self) -> Iterator[Tile]:
        level = 0
        while level < len(self._edge) and len(self._edge[level]) == TILE_WIDTH:
            hashes, self._edge[level] = self._edge[level], []
            yield Tile(level, (self.size >> _TILE_HEIGHT * (level + 1)) - 1, b"".join(hashes))
            level += 1
            if level == len(self._edge):
                self._edge.append([])
            self._edge[level].append(root_of(hashes))

    def partial_tiles(self) -> list[Tile]:
        """The tiles on the right edge that are not full, lowest level first; none is empty."""
        return [
            Tile(level, self.size >> _TILE_HEIGHT * (level + 1), b"".join(hashes))
            for level, hashes in enumerate(self._edge)
            if hashes
        ]

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        return _edge_root(self._edge)

    def dump(self) -> bytes:
        """The tree's state: 8 bytes of size, then the partial tiles' hashes, lowest level first."""
        return self.size.to_bytes(8, "big") + b"".join(each for hashes in self._edge for each in hashes)

    @classmethod
    def load(cls, data: bytes) -> "TileTree":
        """What ``dump`` wrote. Raises LedgerError."""
        size, at, edge = int.from_bytes(data[:8], "big"), 8, []
        for level in range(8):
            end = at + partial_width(level, size) * HASH_BYTES
            edge.append(data[at:end])
            at = end
        if at != len(data):
            raise LedgerError("ledger.edge", "this is not the kept edge of a tree")
        return cls(size, edge)
