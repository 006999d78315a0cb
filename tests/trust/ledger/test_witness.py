"""The witness as a ledger meets it, and as someone who wants a fork cosigned does."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copes.trust.errors import LedgerError, NoteError
from copes.trust.ledger.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from copes.trust.ledger.merkle import EMPTY_ROOT, consistency_proof, leaf_hash, root_of
from copes.trust.ledger.notes import NoteSigner, add_signatures, sign_note
from copes.trust.ledger.witness import (
    KnownLog,
    Response,
    build_add_checkpoint,
    handle,
    parse_add_checkpoint,
    parse_conflict,
    parse_cosignature_reply,
)
from tests.trust.anything import read_or_refused

LOG = NoteSigner.generate("customs.example/ledger")
COSIGNER = NoteSigner.generate("prosecutor.example/witness", cosigner=True)
NOW = 1_790_000_000


class Ledger:
    """A ledger that can be made to lie: its leaves are whatever one sets."""

    def __init__(self, count: int, rewritten: int | None = None) -> None:
        self.leaves = [leaf_hash(b"%d" % number) for number in range(count)]
        if rewritten is not None:
            self.leaves[rewritten] = leaf_hash(b"rewritten")

    def note(self, size: int | None = None) -> str:
        leaves = self.leaves[:size]
        return sign_checkpoint(Checkpoint(LOG.name, len(leaves), root_of(leaves)), LOG)

    def proof(self, old: int) -> list[bytes]:
        return consistency_proof(old, len(self.leaves), self.read)

    def read(self, level: int, index: int) -> bytes:
        return root_of(self.leaves[index << level : (index + 1) << level])


class Witness:
    """A witness that remembers, as the one behind HTTP does."""

    def __init__(self) -> None:
        self.known = KnownLog(LOG.name, LOG.verifier)

    def post(self, body: bytes, now: int = NOW) -> Response:
        response = handle(parse_add_checkpoint(body), self.known, COSIGNER, now)
        if response.new_state is not None:
            size, root = response.new_state
            self.known = replace(self.known, size=size, root=root)
        else:
            assert response.status != 200
        return response


def test_a_ledger_that_only_grows_is_cosigned_each_time() -> None:
    witness = Witness()
    old = 0
    for size in (0, 1, 5, 5, 300, 1000):
        ledger = Ledger(size)
        response = witness.post(build_add_checkpoint(old, ledger.proof(old), ledger.note()), NOW + size)
        assert response.status == 200
        lines, verified = parse_cosignature_reply(response.body, ledger.note(), COSIGNER.verifier)
        assert verified.time == NOW + size
        note = add_signatures(ledger.note(), lines)
        assert open_checkpoint(note, LOG.verifier, [COSIGNER.verifier])[1] == [verified]
        old = size


def test_an_unknown_ledger_is_404() -> None:
    request = parse_add_checkpoint(build_add_checkpoint(0, [], Ledger(3).note()))
    assert handle(request, None, COSIGNER, NOW).status == 404
    stranger = NoteSigner.generate("other.example/ledger")
    known = KnownLog("other.example/ledger", stranger.verifier)
    assert handle(request, known, COSIGNER, NOW).status == 404


def test_a_checkpoint_another_key_signed_is_403() -> None:
    witness, ledger = Witness(), Ledger(3)
    impostor = NoteSigner.generate(LOG.name)
    forged = sign_checkpoint(Checkpoint(LOG.name, 3, root_of(ledger.leaves)), impostor)
    assert witness.post(build_add_checkpoint(0, [], forged)).status == 403
    bent = ledger.note().replace("\n3\n", "\n4\n")
    assert witness.post(build_add_checkpoint(0, [], bent)).status == 403
    assert witness.known.size == 0


def test_a_replayed_or_skipping_request_is_told_the_size() -> None:
    witness, ledger = Witness(), Ledger(10)
    body = build_add_checkpoint(0, [], ledger.note())
    assert witness.post(body).status == 200
    replay = witness.post(body)
    assert (replay.status, replay.body, replay.content_type) == (409, "10\n", "text/x.tlog.size")
    assert parse_conflict(replay.body) == 10
    bigger = Ledger(20)
    assert witness.post(build_add_checkpoint(5, bigger.proof(5), bigger.note())).status == 409
    assert witness.post(build_add_checkpoint(10, bigger.proof(10), bigger.note())).status == 200


def test_a_rolled_back_ledger_is_told_what_was_cosigned() -> None:
    witness = Witness()
    witness.post(build_add_checkpoint(0, [], Ledger(10).note()))
    rolled_back = Ledger(7)
    assert witness.post(build_add_checkpoint(7, [], rolled_back.note())).body == "10\n"
    assert witness.post(build_add_checkpoint(10, [], rolled_back.note())).status == 400


def test_a_rewritten_ledger_is_never_cosigned() -> None:
    witness = Witness()
    honest = Ledger(10)
    witness.post(build_add_checkpoint(0, [], honest.note()))
    forked = Ledger(20, rewritten=3)
    assert witness.post(build_add_checkpoint(10, forked.proof(10), forked.note())).status == 422
    assert witness.post(build_add_checkpoint(10, Ledger(20).proof(10), forked.note())).status == 422
    assert witness.post(build_add_checkpoint(10, [], forked.note())).status == 422
    same_size = Ledger(10, rewritten=9)
    conflict = witness.post(build_add_checkpoint(10, [], same_size.note()))
    assert (conflict.status, conflict.body) == (409, "10\n")
    assert witness.known.root == root_of(honest.leaves)


def test_a_first_checkpoint_carries_no_proof() -> None:
    ledger = Ledger(4)
    assert Witness().post(build_add_checkpoint(0, [b"x" * 32], ledger.note())).status == 422
    assert Witness().post(build_add_checkpoint(5, [], ledger.note())).status == 400


def test_what_the_ledger_signed_but_is_no_checkpoint_is_400() -> None:
    note = sign_note(f"{LOG.name}\nmany\nx\n", [LOG])
    assert Witness().post(build_add_checkpoint(0, [], note)).status == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        b"old 0\n\n",
        b"old 0\n\nnot a note\n",
        b"old -1\n\n" + Ledger(1).note().encode(),
        b"old 00\n\n" + Ledger(1).note().encode(),
        b"old\n\n" + Ledger(1).note().encode(),
        b"new 0\n\n" + Ledger(1).note().encode(),
        b"old 0\nAAAA\n\n" + Ledger(1).note().encode(),
        b"old 0\nnot base64\n\n" + Ledger(1).note().encode(),
        b"old 0\n" + (b64encode(b"x" * 32) + b"\n") * 64 + b"\n" + Ledger(1).note().encode(),
        b"old 0\n\n" + Ledger(1).note().encode() + b"\xff",
        b"old 0\n\n" + b"x" * 300_000,
    ],
)
def test_malformed_requests_are_refused(body: bytes) -> None:
    with pytest.raises(LedgerError):
        parse_add_checkpoint(body)


def test_sixty_three_proof_lines_are_read() -> None:
    body = build_add_checkpoint(1, [b"x" * 32] * 63, Ledger(1).note())
    assert len(parse_add_checkpoint(body).proof) == 63


def test_a_witness_that_answers_nonsense_is_not_believed() -> None:
    ledger = Ledger(4)
    good = handle(
        parse_add_checkpoint(build_add_checkpoint(0, [], ledger.note())),
        KnownLog(LOG.name, LOG.verifier, 0, EMPTY_ROOT),
        COSIGNER,
        NOW,
    ).body
    other = NoteSigner.generate("other.example/witness", cosigner=True)
    with pytest.raises(NoteError, match="did not cosign"):
        parse_cosignature_reply(good, ledger.note(), other.verifier)
    with pytest.raises(NoteError, match="does not hold"):
        parse_cosignature_reply(good, Ledger(5).note(), COSIGNER.verifier)
    extra = other.cosign(ledger.note().split("\n\n")[0] + "\n", NOW)
    assert parse_cosignature_reply(extra + good, ledger.note(), COSIGNER.verifier)[0] == [good]
    for bad in ("", "\n", good.rstrip("\n"), "OK\n", b"\xff\n"):
        with pytest.raises(NoteError):
            parse_cosignature_reply(bad, ledger.note(), COSIGNER.verifier)
    for bad in ("", "ten\n", "10\n\n", "-1\n", b"\xff"):
        with pytest.raises(LedgerError):
            parse_conflict(bad)


@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(st.sampled_from([b"old ", b"1", b"\n", Ledger(2).note().encode(), b64encode(b"y" * 32)])).map(
            b"".join
        ),
    )
)
def test_any_request_is_answered_or_refused(body: bytes) -> None:
    request = read_or_refused(lambda: parse_add_checkpoint(body))
    if request is None:
        return
    known = KnownLog(LOG.name, LOG.verifier, 2, root_of(Ledger(2).leaves))
    assert handle(request, known, COSIGNER, NOW).status in {200, 400, 403, 404, 409, 422}
