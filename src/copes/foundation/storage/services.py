"""What other rooms may ask of storage."""

from copes.foundation.storage.backup import BackupError, BackupMade, back_up, check_backup, restore
from copes.foundation.storage.blobs import (
    Blob,
    BlobDamagedError,
    BlobMissingError,
    all_blobs,
    blob_path,
    has_blob,
    put_blob,
    read_blob,
)

__all__ = [
    "BackupError",
    "BackupMade",
    "Blob",
    "BlobDamagedError",
    "BlobMissingError",
    "all_blobs",
    "back_up",
    "blob_path",
    "check_backup",
    "has_blob",
    "put_blob",
    "read_blob",
    "restore",
]
