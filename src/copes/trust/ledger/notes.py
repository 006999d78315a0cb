"""Signed notes (C2SP signed-note v1.0.0) with Ed25519 signatures (type 1) and timestamped cosignatures (type
4).
"""

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from copes.trust.errors import KeyRefused, NoteError
from copes.trust.records.ed25519_order import check_prime_order

SIGNATURE = 1
COSIGNATURE = 4
MAX_SIGNATURES = 100
MAX_NOTE_BYTES = 1_000_000
MAX_TIME = 2**63 - 1
_SIGNER_HEAD = b"copes-note-key/1 "
_KEY_NAME = re.compile(r"[^\s+\x00-\x20\x7f]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Verified:
    """One signature that held: whose, and for a cosignature the time it states (seconds since 1970 UTC)."""

    name: str
    key_id: str
    time: int | None


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature as it stands in a note, unverified. ``key_id`` is 8 hex digits."""

    name: str
    key_id: str
    signature: bytes
    line: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note of which at least one signature holds. ``unknown`` names the signers no key was given for."""

    text: str
    verified: list[Verified]
    unknown: list[str]


def _compute_key_id(name: str, kind: int, raw: bytes) -> str:
    return sha256(name.encode("utf-8") + b"\n" + bytes([kind]) + raw).hexdigest()[:8]


def _check_name(name: str) -> None:
    if not _KEY_NAME.fullmatch(name) or not name.isprintable():
        raise NoteError("note.key-name", "{name!r} cannot name a key", name=name)


def strict_base64(text: str) -> bytes:
    """The bytes behind standard base64: padded, canonical, nothing else. Raises NoteError."""
    try:
        data = b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError("note.base64", "this is not base64: {text!r}", text=text[:60]) from error
    if b64encode(data).decode("ascii") != text:
        raise NoteError("note.base64", "this is not canonical base64: {text!r}", text=text[:60])
    return data


def _cosigned(text: str, time: int) -> bytes:
    """The message a v1 cosignature signs (C2SP tlog-cosignature)."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


class Verifier:
    """A key that notes are checked with; made from its vkey."""

    __slots__ = ("_key", "key_id", "name", "raw", "type")

    def __init__(self, name: str, kind: int, raw: bytes) -> None:
        _check_name(name)
        if kind not in {SIGNATURE, COSIGNATURE}:
            raise NoteError("note.key-type", "note keys of type {kind} are not known here", kind=kind)
        check_prime_order(raw)
        self.name = name
        self.type = kind
        self.raw = raw
        self.key_id = _compute_key_id(name, kind, raw)
        self._key = Ed25519PublicKey.from_public_bytes(raw)

    @classmethod
    def from_vkey(cls, vkey: str) -> Self:
        """The key of a ``<name>+<8 hex>+<base64>`` line (one trailing newline allowed).

        Raises NoteError for another form, type or key id, KeyRefused for unsafe Ed25519 points.
        """
        parts = vkey.removesuffix("\n").split("+", 2)
        if len(parts) != 3:
            raise NoteError("note.vkey", "this is not a verifier key")
        name, key_id, encoded = parts
        data = strict_base64(encoded)
        if len(data) != 33:
            raise NoteError("note.vkey", "this is not a verifier key with an Ed25519 key")
        verifier = cls(name, data[0], data[1:])
        if verifier.key_id != key_id:
            raise NoteError("note.key-id", "the verifier key of {name} does not fit its id", name=name)
        return verifier

    @property
    def vkey(self) -> str:
        """The key as one line."""
        return f"{self.name}+{self.key_id}+{b64encode(bytes([self.type]) + self.raw).decode('ascii')}"

    def check(self, text: str, signature: bytes) -> int | None:
        """Return the time a cosignature states (None for a plain signature) when it holds. Raises
        NoteError.
        """
        time = None
        message = text.encode("utf-8")
        if self.type == COSIGNATURE:
            time = int.from_bytes(signature[:8], "big")
            signature, message = signature[8:], _cosigned(text, time)
        try:
            self._key.verify(signature, message)
        except InvalidSignature as error:
            raise NoteError("note.signature", "the signature of {name} does not hold", name=self.name) from error
        if time is not None and time > MAX_TIME:
            raise NoteError("note.time", "the cosignature of {name} states an impossible time", name=self.name)
        return time


class NoteSigner:
    """A private key that signs (``sign``) or cosigns (``cosign``) notes under a name; never both."""

    __slots__ = ("_key", "verifier")

    def __init__(self, name: str, kind: int, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.verifier = Verifier(name, kind, key.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return f"NoteSigner({self.verifier.vkey})"

    @classmethod
    def generate(cls, name: str, cosigner: bool = False) -> Self:
        """A new key. Raises NoteError for a name with spaces or plus signs."""
        return cls(name, COSIGNATURE if cosigner else SIGNATURE, Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The key ``to_bytes`` wrote. Raises KeyRefused or NoteError."""
        rest = data.removeprefix(_SIGNER_HEAD)
        if rest == data or len(rest) < 34 or rest[0] not in {SIGNATURE, COSIGNATURE}:
            raise KeyRefused("key.malformed", "this is not a note key that was kept here")
        try:
            name = rest[33:].decode("utf-8")
        except UnicodeDecodeError as error:
            raise KeyRefused("key.malformed", "this is not a note key that was kept here") from error
        return cls(name, rest[0], Ed25519PrivateKey.from_private_bytes(rest[1:33]))

    def to_bytes(self) -> bytes:
        """The key, readable; keep it closed."""
        kind = bytes([self.verifier.type])
        return _SIGNER_HEAD + kind + self._key.private_bytes_raw() + self.name.encode("utf-8")

    @property
    def name(self) -> str:
        """The name signatures carry."""
        return self.verifier.name

    @property
    def vkey(self) -> str:
        """The public key as one line."""
        return self.verifier.vkey

    def sign(self, text: str) -> str:
        """The signature line over ``text``, with its newline. Raises NoteError for a cosigner's key."""
        if self.verifier.type != SIGNATURE:
            raise NoteError("note.key-type", "the key of {name} cosigns only", name=self.name)
        return self._line(self._key.sign(_checked_text(text).encode("utf-8")))

    def cosign(self, text: str, time: int) -> str:
        """The v1 cosignature line over ``text`` at ``time`` (seconds since 1970 UTC), with its newline.

        Raises NoteError for a key that is not a cosigner's and for impossible times.
        """
        if self.verifier.type != COSIGNATURE:
            raise NoteError("note.key-type", "the key of {name} does not cosign", name=self.name)
        if not 0 <= time <= MAX_TIME:
            raise NoteError("note.time", "the cosignature of {name} states an impossible time", name=self.name)
        signature = self._key.sign(_cosigned(_checked_text(text), time))
        return self._line(time.to_bytes(8, "big") + signature)

    def _line(self, signature: bytes) -> str:
        encoded = b64encode(bytes.fromhex(self.verifier.key_id) + signature).decode("ascii")
        return f"— {self.name} {encoded}\n"


def _checked_text(text: str) -> str:
    if not text.endswith("\n") or _CONTROL.search(text):
        raise NoteError("note.text", "a note's text ends in a newline and holds no control characters")
    return text


def sign_note(text: str, signers: Iterable[NoteSigner]) -> str:
    """The note of ``text`` with one signature per signer. Raises NoteError for text that cannot be a
    note's.
    """
    lines = [signer.sign(text) for signer in signers]
    if not lines:
        raise NoteError("note.unsigned", "a note is signed at least once")
    return f"{text}\n{''.join(lines)}"


def split_note(note: bytes | str) -> tuple[str, list[SignatureLine]]:
    """The text and the signature lines of a note, *nothing verified*. Raises NoteError for another form."""
    try:
        whole = note.decode("utf-8") if isinstance(note, bytes) else note
        size = len(whole.encode("utf-8"))
    except UnicodeError as error:
        raise NoteError("note.form", "a note is UTF-8 text") from error
    if size > MAX_NOTE_BYTES:
        raise NoteError("note.too-big", "a note has at most {limit} bytes", limit=MAX_NOTE_BYTES)
    if _CONTROL.search(whole):
        raise NoteError("note.form", "a note holds no control characters")
    head, blank, tail = whole.rpartition("\n\n")
    if not blank or not head or not tail.endswith("\n"):
        raise NoteError("note.form", "a note is text, an empty line and signature lines")
    return head + "\n", parse_signature_lines(tail)


def parse_signature_lines(tail: str) -> list[SignatureLine]:
    """Signature lines, each ``— <name> <base64>`` and a newline, *nothing verified*. Raises NoteError."""
    lines = tail.removesuffix("\n").split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteError("note.too-many", "a note has at most {limit} signatures", limit=MAX_SIGNATURES)
    return [_signature_line(line) for line in lines]


def _signature_line(line: str) -> SignatureLine:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != "—" or not encoded:
        raise NoteError("note.signature-line", "this is not a signature line: {line!r}", line=line[:80])
    _check_name(name)
    data = strict_base64(encoded)
    if len(data) < 5:
        raise NoteError("note.signature-line", "this is not a signature line: {line!r}", line=line[:80])
    return SignatureLine(name, data[:4].hex(), data[4:], line + "\n")


def open_note(note: bytes | str, verifiers: Sequence[Verifier]) -> Note:
    """The note, once at least one signature by ``verifiers`` holds.

    Signatures by other keys are ignored (their names are listed); one by a known key that fails makes the
    whole note be refused; a key's further signatures are checked, the first one counts. Raises NoteError.
    """
    text, lines = split_note(note)
    known: dict[tuple[str, str], Verifier] = {}
    for verifier in verifiers:
        same = known.setdefault((verifier.name, verifier.key_id), verifier)
        if same.raw != verifier.raw:
            raise NoteError("note.ambiguous-key", "two keys are called {name} with one id", name=verifier.name)
    verified: dict[tuple[str, str], Verified] = {}
    unknown = []
    for line in lines:
        key = known.get((line.name, line.key_id))
        if key is None:
            unknown.append(line.name)
        else:
            time = key.check(text, line.signature)
            verified.setdefault((line.name, line.key_id), Verified(line.name, line.key_id, time))
    if not verified:
        raise NoteError("note.unverified", "no signature of the note is by a known key")
    return Note(text, list(verified.values()), unknown)


def add_signatures(note: str, lines: Iterable[str]) -> str:
    """The note with further signature lines (as ``cosign`` gives them), each once; nothing is verified.

    Raises NoteError when the note or a line is malformed.
    """
    _, present = split_note(note)
    have = {line.line for line in present}
    fresh = [each.line for text in lines for each in parse_signature_lines(text)]
    return note + "".join(line for line in dict.fromkeys(fresh) if line not in have)
