"""The blob store: content-addressed, write-once. A blob's name is its SHA-256; a blob is never changed."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from copes.foundation.config.current import current_node

CHUNK = 1 << 20
_NAME = re.compile(r"[0-9a-f]{64}")


class BlobMissingError(Exception):
    """No blob of that name is in the store."""


class BlobDamagedError(Exception):
    """The blob's content no longer has the hash it is named by."""


@dataclass(frozen=True)
class Blob:
    """A stored blob: its SHA-256 in lower-case hex, and its size in bytes."""

    sha256: str
    size: int


def blob_path(sha256: str) -> Path:
    """Where a blob lies, whether or not it is there. Raises ValueError for anything but a SHA-256 in hex."""
    if not _NAME.fullmatch(sha256):
        raise ValueError("a blob is named by its SHA-256, 64 hex digits")
    return current_node().blobs / sha256[:2] / sha256[2:]


def put_blob(data: bytes | BinaryIO) -> Blob:
    """Stores bytes durably (written aside, synced, linked under their hash, mode 0444); the same bytes are stored once.

    Raises OSError when the disk is full; nothing half-written is ever found under a hash.
    """
    folder = current_node().blobs
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".new-{secrets.token_hex(8)}"
    digest, size = hashlib.sha256(), 0
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    try:
        for chunk in _chunks(data):
            digest.update(chunk)
            size += len(chunk)
            _write_all(handle, chunk)
        os.fsync(handle)
        target = blob_path(digest.hexdigest())
        target.parent.mkdir(exist_ok=True)
        try:
            os.link(temporary, target)
        except FileExistsError:
            pass
        else:
            _sync_folder(target.parent)
    finally:
        os.close(handle)
        temporary.unlink(missing_ok=True)
    return Blob(digest.hexdigest(), size)


def read_blob(sha256: str) -> bytes:
    """The blob's bytes, checked against its name. Raises BlobMissingError, BlobDamagedError."""
    try:
        data = blob_path(sha256).read_bytes()
    except FileNotFoundError:
        raise BlobMissingError(sha256) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise BlobDamagedError(sha256)
    return data


def has_blob(sha256: str) -> bool:
    """Whether the blob is in the store (its content is not read)."""
    return blob_path(sha256).exists()


def all_blobs() -> Iterator[str]:
    """The names of every blob in the store."""
    folder = current_node().blobs
    for path in sorted(folder.glob("??/*")):
        yield path.parent.name + path.name


def _chunks(data: bytes | BinaryIO) -> Iterator[bytes]:
    if isinstance(data, bytes):
        yield data
        return
    while chunk := data.read(CHUNK):
        yield chunk


def _write_all(handle: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(handle, view) :]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
