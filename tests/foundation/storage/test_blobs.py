"""The blob store: write-once, named by content, never silently wrong."""

from __future__ import annotations

import hashlib
import io

import pytest

from copes.foundation.cli.checks import check_blobs
from copes.foundation.storage.services import (
    BlobDamagedError,
    BlobMissingError,
    all_blobs,
    blob_path,
    has_blob,
    put_blob,
    read_blob,
)


def test_what_is_put_is_read_back(node):
    data = bytes(range(256)) * 9000
    blob = put_blob(io.BytesIO(data))
    assert (blob.sha256, blob.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert read_blob(blob.sha256) == data
    assert has_blob(blob.sha256)


def test_the_same_bytes_are_stored_once_and_never_overwritten(node):
    first = put_blob(b"photograph")
    before = blob_path(first.sha256).stat()
    assert put_blob(b"photograph") == first
    after = blob_path(first.sha256).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert after.st_mode & 0o222 == 0
    assert list(all_blobs()) == [first.sha256]


def test_a_changed_blob_is_never_handed_out_and_check_names_it(node):
    blob = put_blob(b"photograph")
    path = blob_path(blob.sha256)
    path.chmod(0o644)
    path.write_bytes(b"photogrAph")
    with pytest.raises(BlobDamagedError):
        read_blob(blob.sha256)
    (found,) = check_blobs()
    assert blob.sha256 in str(found)


def test_a_missing_blob_is_said_to_be_missing(node):
    with pytest.raises(BlobMissingError):
        read_blob("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 63, "Z" * 64, "", "0" * 64 + "/x"])
def test_only_hashes_name_blobs(node, name):
    with pytest.raises(ValueError, match="SHA-256"):
        blob_path(name)
