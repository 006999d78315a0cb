"""What the reader brings from outside: keys, older and newer checkpoints, cosigners, the calendar."""

from __future__ import annotations

import base64

import pytest

from copes.trust.ledger.checkpoints import Checkpoint, sign_checkpoint
from copes.trust.ledger.notes import NoteSigner
from tests.trust.verifier.conftest import run
from tests.trust.verifier.factory import build_ledger, write_consistency, write_dossier
from tests.trust.verifier.plans import ORIGIN, STEP, T0, Plan, cosigner_key, ident, moment, standard


@pytest.fixture
def rewritten(tmp_path) -> tuple[str, object]:
    """The true ledger's key, and a dossier in which somebody rewrote the story and every hash and signature."""
    true = standard()
    forged = standard()
    forged.ledger_key = "the forger's"
    forged["seizure"].body["quantity"]["net_g"] = "450.00"
    return true.signer().vkey, write_dossier(forged, tmp_path / "forged")


def test_a_chain_rewritten_under_another_key(rewritten) -> None:
    key, forged = rewritten
    assert run(forged.folder).exit == 3, "consistent in itself: only an anchor can tell"
    result = run(forged.folder, "--key", key)
    assert (result.exit, result.codes()) == (1, {"key_mismatch"})


def test_a_known_ledgers_file_tells_it_too(rewritten, tmp_path, monkeypatch) -> None:
    key, forged = rewritten
    known = tmp_path / "known.txt"
    known.write_text(
        f"# published in the gazette\n{key}\n\ncosigner {cosigner_key('police.example/cosigner').vkey} # police\n"
    )
    assert run(forged.folder, "--known", str(known)).codes() == {"key_mismatch"}
    monkeypatch.setenv("COPES_KNOWN_LEDGERS", str(known))
    assert run(forged.folder).codes() == {"key_mismatch"}
    true = write_dossier(standard(), tmp_path / "true")
    result = run(true.folder)
    assert (result.exit, result.report["numbers"]["cosignatures"]) == (0, 1)


def test_the_readers_own_list_is_looked_in(plan, issue, tmp_path) -> None:
    dossier = issue(plan)
    place = tmp_path / ".config/copes/known-ledgers.txt"
    place.parent.mkdir(parents=True)
    place.write_text(dossier.vkey + "\n")
    assert run(dossier.folder).exit == 0


def test_a_list_that_does_not_know_the_ledger_leaves_it_unanchored(plan, issue, tmp_path) -> None:
    known = tmp_path / "known.txt"
    known.write_text(NoteSigner.generate("elsewhere.example/ledger").vkey + "\n")
    assert run(issue(plan).folder, "--known", str(known)).exit == 3


def test_a_key_given_for_another_ledger_is_no_anchor(plan, issue) -> None:
    other = NoteSigner.generate("elsewhere.example/ledger").vkey
    assert run(issue(plan).folder, "--key", other).codes() == {"key_mismatch"}


def test_the_key_may_stand_in_a_file(plan, issue) -> None:
    dossier = issue(plan)
    assert run(dossier.folder, "--key", str(dossier.folder / "data/ledger.vkey")).exit == 0


def test_the_checkpoint_of_another_ledger(plan, issue, check) -> None:
    other = standard()
    other.origin = "elsewhere.example/ledger"
    dossier = issue(plan)
    dossier.edit("data/checkpoint", lambda _: build_ledger(other).note().encode())
    assert "checkpoint_invalid" in check(dossier).codes()


def test_the_checkpoint_and_key_of_another_ledger(plan, issue) -> None:
    other = standard()
    other.origin = "elsewhere.example/ledger"
    dossier = issue(plan)
    dossier.edit("data/checkpoint", lambda _: build_ledger(other).note().encode())
    dossier.edit("data/ledger.vkey", lambda _: other.signer().vkey.encode() + b"\n")
    result = run(dossier.folder, "--key", other.signer().vkey)
    assert {"claim_differs", "record_iss", "record_not_included"} <= result.codes()


def test_an_older_checkpoint_put_in(plan, issue, check) -> None:
    dossier = issue(plan)
    dossier.edit("data/checkpoint", lambda _: dossier.ledger.note(12).encode())
    assert {"record_not_included", "claim_differs"} <= check(dossier).codes()


def held(tmp_path, note: str) -> str:
    path = tmp_path / "held.note"
    path.write_text(note)
    return str(path)


def grown(plan: Plan) -> str:
    """The ledger's checkpoint some records later."""
    plan.add("later", "note.added/1", {"note": ident("later")}, case="other")
    ledger = build_ledger(plan)
    return ledger.note()


def test_a_stale_checkpoint_presented_as_current(plan, issue, check, tmp_path) -> None:
    dossier = issue(plan)
    result = check(dossier, "--checkpoint", held(tmp_path, grown(plan)))
    assert (result.exit, result.codes()) == (1, {"stale_size"})


def test_an_older_checkpoint_than_the_reader_accepts(plan, issue, check) -> None:
    dossier = issue(plan)
    last = T0 + STEP * len(plan.acts)
    fresh = check(dossier, "--key", dossier.vkey, "--max-age", "30d", "--now", moment(last + 86_400))
    assert (fresh.exit, "held_age" in fresh.codes("held")) == (0, True)
    result = check(dossier, "--key", dossier.vkey, "--max-age", "30d", "--now", moment(last + 31 * 86_400))
    assert (result.exit, result.codes()) == (1, {"stale_age"})


def test_a_checkpoint_from_the_future(plan, issue, check) -> None:
    dossier = issue(plan)
    assert check(dossier, "--max-age", "1", "--now", moment(T0 - 9999)).codes() == {"from_future"}


def test_the_same_checkpoint_in_the_readers_hand(plan, issue, tmp_path) -> None:
    dossier = issue(plan)
    result = run(dossier.folder, "--checkpoint", held(tmp_path, dossier.ledger.note()))
    assert (result.exit, "held_same" in result.codes("held")) == (0, True)


def test_a_split_view_at_the_same_size(plan, issue, tmp_path) -> None:
    dossier = issue(plan)
    size = len(dossier.ledger.leaves)
    other = sign_checkpoint(Checkpoint(ORIGIN, size, b"\x01" * 32), plan.signer())
    assert run(dossier.folder, "--checkpoint", held(tmp_path, other)).codes() == {"anchor_differs"}


def test_a_history_that_does_not_continue_the_one_in_hand(plan, issue, tmp_path) -> None:
    dossier = issue(plan)
    write_consistency(dossier, 9)
    other = sign_checkpoint(Checkpoint(ORIGIN, 9, b"\x01" * 32), plan.signer())
    assert run(dossier.folder, "--checkpoint", held(tmp_path, other)).codes() == {"anchor_inconsistent"}


def test_a_checkpoint_in_hand_of_another_ledger(plan, issue, tmp_path) -> None:
    other = standard()
    other.origin = "elsewhere.example/ledger"
    assert run(issue(plan).folder, "--checkpoint", held(tmp_path, build_ledger(other).note())).codes() == {
        "anchor_other"
    }


def test_too_few_cosigners(plan, issue, check) -> None:
    plan.cosigners = ("police.example/cosigner",)
    dossier = issue(plan)
    key = cosigner_key("police.example/cosigner").vkey
    result = check(dossier, "--key", dossier.vkey, "--cosigner", key, "--cosigner", key, "--quorum", "2")
    assert result.codes() == {"quorum_missed"}


def test_one_key_under_two_names_is_one_cosigner(plan, issue, check, monkeypatch) -> None:
    """A v1 cosignature does not commit to its cosigner's name."""
    single = cosigner_key("police.example/cosigner")
    twin = NoteSigner("court.example/cosigner", 4, single._key)
    plan.cosigners = ("police.example/cosigner", "court.example/cosigner")
    real = cosigner_key
    monkeypatch.setattr(
        "tests.trust.verifier.factory.cosigner_key",
        lambda name: twin if name.startswith("court") else real(name),
    )
    dossier = issue(plan)
    result = check(dossier, "--key", dossier.vkey, "--cosigner", single.vkey, "--cosigner", twin.vkey, "--quorum", "2")
    assert "quorum_missed" in result.codes()


def test_a_forged_cosignature(plan, issue, check) -> None:
    forger = NoteSigner.generate("police.example/cosigner", cosigner=True)
    dossier = issue(plan)
    result = check(dossier, "--key", dossier.vkey, "--cosigner", forger.vkey)
    assert "cosigner_other_key" in result.codes()


def test_a_cosignature_removed_or_spoilt(plan, issue, check) -> None:
    dossier = issue(plan)
    dossier.edit("data/checkpoint", lambda data: data[: data.rstrip(b"\n").rindex(b"\n") + 1])
    assert check(dossier).codes() == {"cosigners_differ"}


def test_a_spoilt_cosignature_of_a_known_cosigner_spoils_the_note(plan, issue, check) -> None:
    dossier = issue(plan)

    def spoil(data: bytes) -> bytes:
        head, _, last = data.rstrip(b"\n").rpartition(b" ")
        raw = bytearray(base64.b64decode(last))
        raw[-1] ^= 1
        return head + b" " + base64.b64encode(raw) + b"\n"

    dossier.edit("data/checkpoint", spoil)
    key = cosigner_key("police.example/cosigner").vkey
    assert "checkpoint_invalid" in check(dossier, "--key", dossier.vkey, "--cosigner", key).codes()


def test_cosigned_before_its_records_were_made(plan, issue, check) -> None:
    plan.cosigned_at = T0
    dossier = issue(plan)
    key = cosigner_key("police.example/cosigner").vkey
    assert "cosigned_early" in check(dossier, "--key", dossier.vkey, "--cosigner", key).codes()
