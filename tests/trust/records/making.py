"""Records a hostile but enrolled signer could make: any header, any payload, any disclosure."""

from __future__ import annotations

import json

from copes.trust.records.disclosures import disclosure_digest
from copes.trust.records.jose import b64u, dump_json
from copes.trust.records.private import PrivateKey
from copes.trust.records.sdjwt import TYP

KEY = PrivateKey.generate()


def signed_with(claims: dict, key: PrivateKey = KEY, head: dict | None = None, body: bytes | None = None) -> str:
    """A JWT a hostile but enrolled signer could make: any header, any payload."""
    first = b64u(dump_json(head or {"alg": key.alg, "kid": key.kid, "typ": TYP}))
    text = f"{first}.{b64u(dump_json(claims) if body is None else body)}"
    return f"{text}.{b64u(key.sign(text.encode()))}"


def disclosure(*content: object) -> tuple[str, str]:
    encoded = b64u(json.dumps(list(content)).encode())
    return encoded, disclosure_digest(encoded)
