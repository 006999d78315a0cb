"""Checks that need more than one room: blobs against the records that name them."""

from __future__ import annotations

from copes.foundation.journal.checking import Finding
from copes.foundation.journal.stored import records_of_kinds
from copes.foundation.storage.services import BlobDamagedError, BlobMissingError, all_blobs, read_blob


def check_blobs() -> list[Finding]:
    """Every blob that a record names is there and whole; so is every other blob in the store."""
    named = {}
    for record in records_of_kinds(["exhibit.photographed/1"]):
        fact = record.fact()
        named[fact.body["sha256"]] = f"photograph {fact.body.get('name')} (record {record.index})"
    found = []
    for sha256 in sorted(named.keys() | set(all_blobs())):
        subject = named.get(sha256, f"blob {sha256}")
        try:
            read_blob(sha256)
        except BlobMissingError:
            found.append(Finding("blobs", subject, "is missing from the store"))
        except BlobDamagedError:
            found.append(Finding("blobs", subject, "was changed: its content no longer has its hash"))
    return found
