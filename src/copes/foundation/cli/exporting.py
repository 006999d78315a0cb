"""Writing the ledger to a folder as tlog-tiles, with its records beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from copes.foundation.cli.setup import fail
from copes.foundation.journal.hashes import HashReader, read_leaves
from copes.foundation.journal.queries import latest_checkpoint, ledger_vkey, whole_ledger
from copes.foundation.journal.tree import WIDTH
from copes.trust.ledger.tiles import encode_bundle, entries_path, tile_path


def export_ledger(folder: Path, progress: Callable[[int], None]) -> int:
    """Writes checkpoint, tiles, entry bundles, vkey and ``records.sdjwt`` into the new ``folder``; returns the size."""
    latest = latest_checkpoint()
    if latest is None:
        fail("The ledger was never sealed: run `copes seal` first.")
    if folder.exists() and any(folder.iterdir()):
        fail(f"{folder} is not empty: name a new folder.", 2)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "checkpoint").write_text(latest.note, encoding="utf-8")
    (folder / "ledger.vkey").write_text(ledger_vkey() + "\n", encoding="utf-8")
    _write_tiles(folder, latest.size)
    with (folder / "records.sdjwt").open("w", encoding="ascii") as out:
        for record in whole_ledger():
            if record.index >= latest.size:
                break
            out.write(record.compact() + "\n")
            if record.index % 1000 == 0:
                progress(record.index)
    return latest.size


def _write_tiles(folder: Path, size: int) -> None:
    reader = HashReader()
    level = 0
    while size >> (8 * level):
        total = size >> (8 * level)
        for number in range((total + WIDTH - 1) // WIDTH):
            width = min(WIDTH, total - number * WIDTH)
            _write(folder / tile_path(level, number, width), b"".join(reader.tile(level, number)[:width]))
            if level == 0:
                leaves = read_leaves(number * WIDTH, number * WIDTH + width)
                _write(folder / entries_path(number, width), encode_bundle(leaves))
        level += 1


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
