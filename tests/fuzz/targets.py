"""Coverage-guided fuzzing (atheris) of everything that reads bytes from strangers.

``python -m tests.fuzz.targets NAME [-runs=N]`` runs one target; libFuzzer's options work. A parser may refuse with
the house's own error and with nothing else.
"""

from __future__ import annotations

import contextlib
import sys

import atheris

with atheris.instrument_imports(include=["copes.trust"]):
    from copes.trust.errors import TrustError
    from copes.trust.ledger.checkpoints import parse_checkpoint
    from copes.trust.ledger.notes import Verifier, open_note
    from copes.trust.ledger.tiles import decode_bundle
    from copes.trust.ledger.witness import parse_add_checkpoint
    from copes.trust.records.keys import PublicKey
    from copes.trust.records.sdjwt import header, parse, payload, resolve
    from copes.trust.verifier.bag import parse_manifest
    from copes.trust.verifier.findings import Findings

VKEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"


def note(data: bytes) -> None:
    """A signed note from anywhere."""
    with contextlib.suppress(TrustError):
        open_note(data, [Verifier.from_vkey(VKEY)])


def checkpoint(data: bytes) -> None:
    """A checkpoint's text."""
    with contextlib.suppress(TrustError):
        parse_checkpoint(data.decode("utf-8", "replace"))


def vkey(data: bytes) -> None:
    """A verifier key."""
    with contextlib.suppress(TrustError):
        Verifier.from_vkey(data.decode("utf-8", "replace"))


def bundle(data: bytes) -> None:
    """An entry bundle."""
    with contextlib.suppress(TrustError):
        decode_bundle(data)


def witness(data: bytes) -> None:
    """A request to cosign."""
    with contextlib.suppress(TrustError):
        parse_add_checkpoint(data)


def record(data: bytes) -> None:
    """An SD-JWT with its disclosures."""
    with contextlib.suppress(TrustError):
        jwt, disclosures = parse(data.decode("utf-8", "replace"))
        header(jwt)
        resolve(payload(jwt), disclosures)


def claims(data: bytes) -> None:
    """A record whose payload is arbitrary JSON: the part a forger controls wholly."""
    import base64

    def b64(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    half = len(data) // 2
    with contextlib.suppress(TrustError):
        resolve(payload(f"{b64(b'{}')}.{b64(data[:half])}.{b64(b'x')}"), [b64(data[half:])])


def key(data: bytes) -> None:
    """A public key as JSON."""
    import json

    try:
        jwk = json.loads(data)
    except (ValueError, RecursionError):
        return
    with contextlib.suppress(TrustError):
        PublicKey.from_jwk(jwk)


def manifest(data: bytes) -> None:
    """A BagIt manifest: never raises, only reports."""
    parse_manifest(data, "manifest-sha256.txt", Findings())


TARGETS = {f.__name__: f for f in (note, checkpoint, vkey, bundle, witness, record, claims, key, manifest)}

if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
