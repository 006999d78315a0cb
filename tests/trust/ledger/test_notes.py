"""Signed notes and checkpoints: C2SP's rules, and what people try."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copes.trust.errors import KeyRefused, LedgerError, NoteError
from copes.trust.ledger.checkpoints import Checkpoint, open_checkpoint, parse_checkpoint, sign_checkpoint
from copes.trust.ledger.merkle import EMPTY_ROOT
from copes.trust.ledger.notes import NoteSigner, Verifier, add_signatures, open_note, sign_note, split_note
from tests.trust.anything import read_or_refused

TEXT = "Ognuno sta solo\n\nsul cuor della terra\n"
ALICE = NoteSigner.generate("alice.example/key")
BOB = NoteSigner.generate("bob.example/key")
WITNESS = NoteSigner.generate("witness.example/w1", cosigner=True)


def bend(line: str) -> str:
    """The same signature line with one bit of the signature flipped."""
    head, _, encoded = line.rstrip("\n").rpartition(" ")
    data = bytearray(b64decode(encoded))
    data[-1] ^= 1
    return f"{head} {b64encode(bytes(data)).decode()}\n"


def test_a_note_says_who_signed_and_whose_signature_nobody_could_check() -> None:
    note = open_note(sign_note(TEXT, [ALICE, BOB]), [BOB.verifier])
    assert note.text == TEXT
    assert [each.name for each in note.verified] == ["bob.example/key"]
    assert note.verified[0].time is None
    assert note.unknown == ["alice.example/key"]


def test_a_published_note_verifies() -> None:
    """The example of the C2SP signed-note specification: cosigned checkpoint syntax, two keys of one name."""
    note = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    )
    text, lines = split_note(note)
    assert parse_checkpoint(text).size == 20_852_163
    assert lines[0].key_id == "033de0ae"


def test_text_and_any_signature_bound_to_it() -> None:
    note = sign_note(TEXT, [ALICE])
    for bent in (
        note.replace("terra", "Terra"),
        note.replace(TEXT, TEXT + "\n"),
        note.replace("solo\n\n", "solo\n"),
    ):
        with pytest.raises(NoteError, match="does not hold"):
            open_note(bent, [ALICE.verifier])


def test_a_known_key_that_fails_spoils_the_note_even_beside_a_good_one() -> None:
    good = sign_note(TEXT, [ALICE])
    with pytest.raises(NoteError, match=r"bob\.example/key does not hold"):
        open_note(good + bend(BOB.sign(TEXT)), [ALICE.verifier, BOB.verifier])
    with pytest.raises(NoteError):
        open_note(good + bend(ALICE.sign(TEXT)), [ALICE.verifier])
    assert open_note(good + bend(BOB.sign(TEXT)), [ALICE.verifier]).unknown == ["bob.example/key"]


def test_a_stranger_under_a_known_name_is_only_a_stranger() -> None:
    impostor = NoteSigner.generate("alice.example/key")
    with pytest.raises(NoteError, match="no signature"):
        open_note(sign_note(TEXT, [impostor]), [ALICE.verifier])
    assert open_note(sign_note(TEXT, [impostor, ALICE]), [ALICE.verifier]).unknown == ["alice.example/key"]


def test_no_verifier_means_nothing_is_proven() -> None:
    with pytest.raises(NoteError, match="no signature"):
        open_note(sign_note(TEXT, [ALICE]), [])


def test_sixteen_signatures_and_more_are_accepted_and_there_is_a_limit() -> None:
    others = [NoteSigner.generate(f"signer.example/{number}") for number in range(16)]
    note = open_note(sign_note(TEXT, [*others, ALICE]), [ALICE.verifier, *(each.verifier for each in others)])
    assert len(note.verified) == 17
    line = BOB.sign(TEXT)
    open_note(sign_note(TEXT, [ALICE]) + line * 99, [ALICE.verifier])
    with pytest.raises(NoteError, match="at most 100"):
        open_note(sign_note(TEXT, [ALICE]) + line * 100, [ALICE.verifier])
    with pytest.raises(NoteError, match="bytes"):
        split_note("x" * 1_000_000 + "\n\n" + line)


def test_one_key_given_twice_counts_once_and_two_keys_with_one_id_are_refused() -> None:
    note = sign_note(TEXT, [ALICE, ALICE])
    assert len(open_note(note, [ALICE.verifier, Verifier.from_vkey(ALICE.vkey)]).verified) == 1
    twin = Verifier.from_vkey(BOB.vkey)
    twin.name, twin.key_id = ALICE.name, ALICE.verifier.key_id
    with pytest.raises(NoteError, match="two keys"):
        open_note(note, [ALICE.verifier, twin])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "\n\n",
        TEXT,
        TEXT + "\n",
        TEXT + "\nnot a signature\n",
        TEXT + "\n" + ALICE.sign(TEXT).rstrip("\n"),
        TEXT + "\n" + ALICE.sign(TEXT) + "\n",
        TEXT + "\n" + ALICE.sign(TEXT).replace("— ", "- "),
        TEXT + "\n" + ALICE.sign(TEXT).replace("— ", "—  "),
        TEXT + "\n" + ALICE.sign(TEXT).replace("\n", " \n"),
        TEXT + "\n" + ALICE.sign(TEXT).replace("alice", "al+ice"),
        TEXT + "\n" + ALICE.sign(TEXT).replace("alice", "al\u00a0ice"),
        TEXT + "\n" + ALICE.sign(TEXT).replace("=", ""),
        TEXT + "\n— alice.example/key AAAA\n",
        TEXT.replace("\n", "\r\n") + "\n" + ALICE.sign(TEXT),
        "a\tb\n\n" + ALICE.sign(TEXT),
        "\ud800\n\n" + ALICE.sign(TEXT),
        b"\xff\n\n" + ALICE.sign(TEXT).encode(),
    ],
)
def test_malformed_notes_are_refused(note: str | bytes) -> None:
    with pytest.raises(NoteError):
        open_note(note, [ALICE.verifier])


def test_stray_bits_in_base64_are_refused() -> None:
    """Two texts of one signature would be two leaves for one fact."""
    line = ALICE.sign(TEXT)
    assert line.endswith("=\n")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = line[-3]
    other = alphabet[alphabet.index(last) ^ 1]
    with pytest.raises(NoteError, match="canonical"):
        open_note(f"{TEXT}\n{line[:-3]}{other}=\n", [ALICE.verifier])


def test_vkeys_round_trip_and_bent_ones_are_refused() -> None:
    for signer in (ALICE, WITNESS):
        assert Verifier.from_vkey(signer.vkey + "\n").vkey == signer.vkey
    name, key_id, encoded = ALICE.vkey.split("+", 2)
    other = b64encode(b"\x01" + b64decode(BOB.vkey.split("+", 2)[2])[1:]).decode()
    for bad in (
        "",
        "x",
        f"{name}+{key_id}",
        f"{name}+00000000+{encoded}",
        f"{name}+{key_id.upper()}x+{encoded}",
        f"{name}+{key_id}+{other}",
        f"other.example+{key_id}+{encoded}",
        f"+{key_id}+{encoded}",
        f"{name}+{key_id}+{encoded[:-4]}",
        f"{name}+{key_id}+" + b64encode(b"\x02" + b64decode(encoded)[1:]).decode(),
    ):
        with pytest.raises(NoteError):
            Verifier.from_vkey(bad)


def test_a_low_order_note_key_is_refused_although_its_id_fits() -> None:
    with pytest.raises(KeyRefused, match="low order"):
        Verifier("bad.example", 1, (1).to_bytes(32, "little"))


def test_keys_are_kept_and_found_again_and_do_not_show_themselves() -> None:
    for signer in (ALICE, WITNESS):
        again = NoteSigner.from_bytes(signer.to_bytes())
        assert again.vkey == signer.vkey
        secret = signer.to_bytes().hex()
        assert secret[60:80] not in repr(signer)
    for bad in (
        b"",
        b"copes-note-key/1 ",
        ALICE.to_bytes()[:30],
        ALICE.to_bytes()[17:],
        b"copes-note-key/1 \x09" + b"x" * 40,
    ):
        with pytest.raises(KeyRefused):
            NoteSigner.from_bytes(bad)


def test_a_signer_does_not_cosign_nor_a_cosigner_sign() -> None:
    with pytest.raises(NoteError):
        WITNESS.sign(TEXT)
    with pytest.raises(NoteError):
        ALICE.cosign(TEXT, 1)
    with pytest.raises(NoteError):
        sign_note(TEXT, [])
    for bad in ("no newline", "tab\there\n", "return\r\n"):
        with pytest.raises(NoteError):
            ALICE.sign(bad)


# --- cosignatures


def test_a_cosignature_states_its_time_and_commits_to_it() -> None:
    note = add_signatures(sign_note(TEXT, [ALICE]), [WITNESS.cosign(TEXT, 1_700_000_000)])
    opened = open_note(note, [ALICE.verifier, WITNESS.verifier])
    assert [each.time for each in opened.verified] == [None, 1_700_000_000]
    line = WITNESS.cosign(TEXT, 1_700_000_000)
    data = bytearray(b64decode(line.rsplit(" ", 1)[1]))
    data[11] ^= 1  # the last byte of the time
    forged = f"— {WITNESS.name} {b64encode(bytes(data)).decode()}\n"
    with pytest.raises(NoteError, match="does not hold"):
        open_note(sign_note(TEXT, [ALICE]) + forged, [ALICE.verifier, WITNESS.verifier])


def test_the_cosigned_message_is_that_of_the_standard() -> None:
    line = WITNESS.cosign("o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", 1_679_315_147)
    data = b64decode(line.rsplit(" ", 1)[1])
    assert len(data) == 4 + 8 + 64
    message = b"cosignature/v1\ntime 1679315147\no\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    WITNESS.verifier._key.verify(data[12:], message)


@pytest.mark.parametrize("time", [-1, 2**63])
def test_impossible_times_are_not_cosigned(time: int) -> None:
    with pytest.raises(NoteError):
        WITNESS.cosign(TEXT, time)


def test_signatures_are_added_once() -> None:
    note = sign_note(TEXT, [ALICE])
    line = WITNESS.cosign(TEXT, 5)
    assert add_signatures(add_signatures(note, [line, line]), [line]).count(WITNESS.name) == 1
    with pytest.raises(NoteError):
        add_signatures(note, ["rubbish\n"])


# --- checkpoints

LOG = NoteSigner.generate("customs.example/ledger")
ROOT = bytes(range(32))


def test_a_checkpoint_reads_back_with_its_cosigners_only() -> None:
    checkpoint = Checkpoint("customs.example/ledger", 42, ROOT)
    note = add_signatures(sign_checkpoint(checkpoint, LOG), [WITNESS.cosign(checkpoint.text(), 9)])
    opened, cosigned = open_checkpoint(note, LOG.verifier, [WITNESS.verifier])
    assert opened == checkpoint
    assert [(each.name, each.time) for each in cosigned] == [("witness.example/w1", 9)]
    assert open_checkpoint(note, LOG.verifier)[1] == []


def test_a_checkpoint_only_cosigners_signed_is_refused() -> None:
    text = Checkpoint("customs.example/ledger", 42, ROOT).text()
    note = f"{text}\n{WITNESS.cosign(text, 9)}"
    with pytest.raises(NoteError, match="not signed by"):
        open_checkpoint(note, LOG.verifier, [WITNESS.verifier])


def test_a_checkpoint_of_another_ledger_is_refused_although_the_key_signed_it() -> None:
    note = sign_note(Checkpoint("customs.example/PRACTICE/ledger", 42, ROOT).text(), [LOG])
    with pytest.raises(LedgerError, match="not of"):
        open_checkpoint(note, LOG.verifier)
    with pytest.raises(LedgerError, match="does not sign for"):
        sign_checkpoint(Checkpoint("other.example/ledger", 42, ROOT), LOG)


def test_keys_of_the_wrong_type_are_refused() -> None:
    note = sign_checkpoint(Checkpoint("customs.example/ledger", 42, ROOT), LOG)
    with pytest.raises(LedgerError):
        open_checkpoint(note, LOG.verifier, [ALICE.verifier])
    with pytest.raises(LedgerError):
        open_checkpoint(note, WITNESS.verifier)


def test_extension_lines_of_others_are_kept() -> None:
    text = Checkpoint("a.example", 1, ROOT, ("more", "and more")).text()
    assert parse_checkpoint(text).extensions == ("more", "and more")
    assert parse_checkpoint(text).text() == text


GOOD_ROOT = b64encode(ROOT).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        f"a\n1\n{GOOD_ROOT}",
        f"\n1\n{GOOD_ROOT}\n",
        f"a\n01\n{GOOD_ROOT}\n",
        f"a\n-1\n{GOOD_ROOT}\n",
        f"a\n+1\n{GOOD_ROOT}\n",
        f"a\n1 \n{GOOD_ROOT}\n",
        f"a\n١\n{GOOD_ROOT}\n",
        f"a\n9223372036854775808\n{GOOD_ROOT}\n",
        f"a\n1\n{GOOD_ROOT[:-4]}\n",
        f"a\n1\n{GOOD_ROOT.rstrip('=')}\n",
        f"a\n1\n{GOOD_ROOT}\n\nx\n",
        f"a\n0\n{GOOD_ROOT}\n",
    ],
)
def test_malformed_checkpoints_are_refused(text: str) -> None:
    with pytest.raises(LedgerError):
        parse_checkpoint(text)


def test_the_empty_ledger_has_a_checkpoint() -> None:
    checkpoint = Checkpoint("customs.example/ledger", 0, EMPTY_ROOT)
    assert open_checkpoint(sign_checkpoint(checkpoint, LOG), LOG.verifier)[0] == checkpoint


# --- whatever comes

MIXED = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300),
    st.lists(st.sampled_from([TEXT, "\n", "— ", "a", "1\n", GOOD_ROOT, ALICE.sign(TEXT), "+", " ", "="])).map("".join),
)


@given(MIXED)
def test_any_input_is_read_or_refused(given_note: str | bytes) -> None:
    for read in (
        lambda: open_note(given_note, [ALICE.verifier]),
        lambda: parse_checkpoint(given_note if isinstance(given_note, str) else given_note.decode("latin-1")),
        lambda: Verifier.from_vkey(given_note if isinstance(given_note, str) else given_note.decode("latin-1")),
    ):
        read_or_refused(read)
