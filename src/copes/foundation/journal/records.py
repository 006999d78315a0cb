"""The facts the journal itself states: the node's beginning, keys, and erasures."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from copes.trust.records.model import Body, Sensitive

Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]


class NodeCreated(Body):
    """Record 0: whose ledger this is (docs/trust/format.md §2)."""

    kind: ClassVar[str] = "node.created/1"
    origin: str
    agency: Uuid
    agency_name: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    practice: bool
    node_key: dict[str, Any]
    ledger_key: str


class KeyEnrolled(Body):
    """A key begins to count for an officer, with proof that its holder has it (format.md §3)."""

    kind: ClassVar[str] = "key.enrolled/1"
    key: dict[str, Any]
    kid: str
    officer: Uuid
    agency: Uuid
    assurance: Annotated[str, Field(pattern="^(node|device|passkey)$")] = "node"
    not_before: int
    not_after: int
    proof: str


class KeyRotated(KeyEnrolled):
    """A key takes the place of another, which counts no more from here on."""

    kind: ClassVar[str] = "key.rotated/1"
    replaces: str


class KeyRevoked(Body):
    """A key counts no more from here on."""

    kind: ClassVar[str] = "key.revoked/1"
    kid: str
    officer: Uuid
    reason: Annotated[str, Field(min_length=3, max_length=500)]


class ErasedField(Body):
    """One salted field, by its digest and where it stood."""

    kind: ClassVar[str] = ""
    digest: str
    path: str


class ErasureRequested(Body):
    """An officer asks that salted fields of a record be erased; a second officer decides."""

    kind: ClassVar[str] = "erasure.requested/1"
    request: Uuid
    record: Uuid
    fields: list[ErasedField]
    ground: Annotated[str, Field(min_length=10, max_length=1000)]


class RecordErased(Body):
    """Salted fields of a record are erased from this node; its proofs keep verifying."""

    kind: ClassVar[str] = "record.erased/1"
    request: Uuid
    record: Uuid
    fields: list[ErasedField]
    ground: Annotated[str, Field(min_length=10, max_length=1000)]


class ErasureDeclined(Body):
    """The second officer does not approve the erasure."""

    kind: ClassVar[str] = "erasure.declined/1"
    request: Uuid
    record: Uuid
    reason: Annotated[str, Field(min_length=3, max_length=1000)]


__all__ = [
    "ErasedField",
    "ErasureDeclined",
    "ErasureRequested",
    "KeyEnrolled",
    "KeyRevoked",
    "KeyRotated",
    "NodeCreated",
    "RecordErased",
    "Sensitive",
    "Uuid",
]
