"""Who acts: the officer, in the role they act in, with the key that signs for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol


class Signer(Protocol):
    """A key that can sign: an officer's unlocked key, or the node's."""

    @property
    def kid(self) -> str:
        """RFC 7638 thumbprint of the public key."""

    @property
    def alg(self) -> str:
        """JOSE algorithm, ``EdDSA`` or ``ES256``."""

    def sign(self, data: bytes) -> bytes:
        """The raw JOSE signature over ``data``."""


@dataclass(frozen=True)
class Acting:
    """An officer acting in a role. ``signer`` is None while the signing key is locked."""

    officer: str
    agency: str
    role: str
    roles: frozenset[str]
    name: str = ""
    signer: Signer | None = None
    purpose: str = ""

    def actor(self) -> Mapping[str, Any]:
        """The ``actor`` member of a record (docs/trust/format.md §1)."""
        if not self.officer:
            return {"node": True}
        return {"officer": self.officer, "agency": self.agency, "role": self.role}

    def has(self, *roles: str) -> bool:
        """Whether the officer holds at least one of ``roles``."""
        return not self.roles.isdisjoint(roles)

    def with_role(self, *candidates: str) -> Acting:
        """The same officer acting in the first of ``candidates`` that they hold; unchanged when none."""
        for role in candidates:
            if role in self.roles:
                return replace(self, role=role)
        return self

    @classmethod
    def node(cls, signer: Signer) -> Acting:
        """The node itself, for acts no officer performs."""
        return cls(officer="", agency="", role="", roles=frozenset(), signer=signer)
