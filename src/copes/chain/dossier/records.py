"""The facts about dossiers. (Prints and receipts are stated by the seizures room.)

``dossier.issued/1`` follows docs/trust/format.md §4.1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from copes.trust.records.model import Body, Sensitive
from copes.trust.verifier.manifest import withheld_lines

Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Language = Literal["en", "fr", "es", "ru", "ar", "sr", "sr-latn"]

LONGEST_LIST = 14_000  # bytes of JSON; record ids and files beyond this are stated as count and digest


class Digest(Body):
    """A list too long for a record: how many lines, and the SHA-256 of the lines joined by line feeds."""

    count: Annotated[int, Field(ge=0)]
    digest: Sha256


class DossierIssued(Body):
    """A dossier of a case was made, for whom and why, and what is in it."""

    kind: ClassVar[str] = "dossier.issued/1"
    dossier: Uuid
    records: list[Uuid] | Digest
    files: Digest
    withheld: Annotated[int, Field(ge=0)]
    withheld_digest: Sha256
    language: Language
    recipient: Annotated[str, Field(min_length=2, max_length=200), Sensitive]
    purpose: Annotated[str, Field(min_length=3, max_length=500)]


def digest_of(lines: Sequence[str]) -> Digest:
    """The digest that stands for a long list."""
    joined = "\n".join(lines).encode("utf-8")
    return Digest(count=len(lines), digest=hashlib.sha256(joined).hexdigest())


def stated_withheld(rows: Sequence[Mapping[str, str]]) -> str:
    """The digest over the manifest's list of withheld fields, so that nobody on the way changes places or reasons."""
    return digest_of(withheld_lines(rows)).digest


def stated_records(jtis: Sequence[str]) -> list[str] | Digest:
    """Record ids as ``dossier.issued/1`` states them."""
    return list(jtis) if len(jtis) * 39 <= LONGEST_LIST else digest_of(jtis)


def stated_files(files: Mapping[str, str]) -> Digest:
    """Files as ``dossier.issued/1`` states them: the digest over ``path sha256`` lines sorted by path.

    Always the digest: names of members of a record hold no dots, and file names do.
    """
    return digest_of([f"{path} {digest}" for path, digest in sorted(files.items())])
