"""The witness: cosigning another ledger's checkpoints (C2SP tlog-witness v1.0.0), without any I/O.

Whoever serves this reads what is known of the ledger, calls ``handle``, and writes ``new_state`` durably,
all under one lock, before the answer leaves: otherwise two requests could cosign a fork.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from copes.trust.errors import LedgerError, NoteError, ProofError
from copes.trust.ledger.checkpoints import Checkpoint, parse_checkpoint, parse_size
from copes.trust.ledger.merkle import EMPTY_ROOT, HASH_BYTES, verify_consistency
from copes.trust.ledger.notes import (
    NoteSigner,
    Verified,
    Verifier,
    open_note,
    parse_signature_lines,
    split_note,
    strict_base64,
)

MAX_PROOF_LINES = 63
MAX_REQUEST_BYTES = 256 * 1024
SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """An add-checkpoint request, well formed but *nothing verified*; ``origin`` says whose state to look
    up.
    """

    old_size: int
    proof: tuple[bytes, ...]
    note: str

    @property
    def origin(self) -> str:
        """The origin the checkpoint claims."""
        return self.note.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class KnownLog:
    """A ledger this witness cosigns: its key, and the last checkpoint cosigned (size 0, empty root: none)."""

    origin: str
    verifier: Verifier
    size: int = 0
    root: bytes = EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Response:
    """What to answer. ``new_state`` (size, root) is to be stored before answering, when there is one."""

    status: int
    body: str
    new_state: tuple[int, bytes] | None = None
    content_type: str = TEXT_TYPE


def parse_add_checkpoint(body: bytes) -> Request:
    """The request in ``body``. Raises LedgerError (answer 400) for any other form."""
    if len(body) > MAX_REQUEST_BYTES:
        raise LedgerError("witness.too-big", "a request has at most {limit} bytes", limit=MAX_REQUEST_BYTES)
    try:
        head, blank, note = body.decode("utf-8").partition("\n\n")
    except UnicodeDecodeError as error:
        raise LedgerError("witness.form", "a request is UTF-8 text") from error
    first, *lines = head.split("\n")
    if not blank or not first.startswith("old "):
        raise LedgerError("witness.form", "a request is 'old <size>', proof lines, an empty line, a checkpoint")
    if len(lines) > MAX_PROOF_LINES:
        raise LedgerError("witness.form", "a request has at most {limit} proof lines", limit=MAX_PROOF_LINES)
    proof = tuple(strict_base64(line) for line in lines)
    if any(len(each) != HASH_BYTES for each in proof):
        raise LedgerError("witness.form", "a hash in the proof has not 32 bytes")
    split_note(note)
    return Request(parse_size(first.removeprefix("old ")), proof, note)


def build_add_checkpoint(old_size: int, proof: Sequence[bytes], note: str) -> bytes:
    """The request that asks a witness to cosign ``note``, a consistency proof from ``old_size`` with it."""
    lines = "".join(f"{b64encode(each).decode('ascii')}\n" for each in proof)
    return f"old {old_size}\n{lines}\n{note}".encode()


def handle(request: Request, known: KnownLog | None, cosigner: NoteSigner, now: int) -> Response:
    """The answer to a request: 200 and the cosignature at ``now`` (seconds since 1970 UTC), or a refusal.

    404 unknown origin, 403 no good signature by the ledger, 400 sizes out of order, 409 another old size
    (the body is the size last cosigned) or another root at the same size, 422 a proof that does not hold.
    """
    if known is None or known.origin != request.origin:
        return Response(404, "the ledger is not known here\n")
    try:
        opened = open_note(request.note, [known.verifier])
    except NoteError:
        return Response(403, "the checkpoint is not signed by the ledger's key\n")
    try:
        checkpoint = parse_checkpoint(opened.text)
    except LedgerError as error:
        return Response(400, f"{error}\n")
    refusal = _refusal(request, checkpoint, known)
    if refusal is not None:
        return refusal
    return Response(200, cosigner.cosign(opened.text, now), (checkpoint.size, checkpoint.root))


def _refusal(request: Request, checkpoint: Checkpoint, known: KnownLog) -> Response | None:
    """Why a checkpoint the ledger signed is not cosigned; None when it is a continuation of the last one."""
    if request.old_size > checkpoint.size:
        return Response(400, "the old size is above the checkpoint's\n")
    same_size = checkpoint.size == known.size
    if request.old_size != known.size or (same_size and checkpoint.root != known.root):
        return Response(409, f"{known.size}\n", None, SIZE_TYPE)
    try:
        verify_consistency(known.size, checkpoint.size, request.proof, known.root, checkpoint.root)
    except ProofError as error:
        return Response(422, f"{error}\n")
    return None


def parse_cosignature_reply(body: bytes | str, note: str, cosigner: Verifier) -> tuple[list[str], Verified]:
    """The signature lines by ``cosigner`` in a 200 answer to ``note``, and the first, verified.

    Lines by other keys are ignored. Raises NoteError when none is there or one does not hold.
    """
    try:
        text = body.decode("utf-8") if isinstance(body, bytes) else body
    except UnicodeDecodeError as error:
        raise NoteError("note.form", "a note is UTF-8 text") from error
    if not text.endswith("\n"):
        raise NoteError("note.form", "a witness answers with signature lines")
    own, _ = split_note(note)
    lines = [
        line for line in parse_signature_lines(text) if (line.name, line.key_id) == (cosigner.name, cosigner.key_id)
    ]
    if not lines:
        raise NoteError("note.unverified", "the witness {name} did not cosign", name=cosigner.name)
    times = [cosigner.check(own, line.signature) for line in lines]
    return [line.line for line in lines], Verified(cosigner.name, cosigner.key_id, times[0])


def parse_conflict(body: bytes | str) -> int:
    """The size a witness states in a 409 answer. Raises LedgerError."""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    return parse_size(text.removesuffix("\n"))
