"""A dossier nobody touched: what is said of it, and with which exit code."""

from __future__ import annotations

import io
from contextlib import redirect_stdout

import pytest

from copes.trust.verifier.cli import main
from tests.trust.verifier.conftest import run
from tests.trust.verifier.factory import write_consistency, write_dossier, write_ledger, zipped
from tests.trust.verifier.plans import cosigner_key, ident, standard


def test_everything_holds_when_the_key_is_known(plan, issue, check) -> None:
    dossier = issue(plan)
    keys = [cosigner_key(name).vkey for name in plan.cosigners]
    result = check(dossier, "--key", dossier.vkey, "--cosigner", keys[0], "--cosigner", keys[1], "--quorum", "2")
    assert result.exit == 0
    assert result.codes() == set()
    numbers = result.report["numbers"]
    assert numbers["records"] == numbers["signatures"] == numbers["inclusion"] == len(dossier.places)
    assert (numbers["exhibits"], numbers["cosignatures"], numbers["withheld"]) == (3, 2, 2)
    assert {"held_bag", "held_custody", "held_issued", "held_pdf_facts", "held_quorum"} <= result.codes("held")
    assert {"truth_unknown", "newest_unknown", "timestamp_absent"} <= result.codes("unchecked")


def test_without_a_key_it_is_consistent_but_not_anchored(plan, issue) -> None:
    result = run(issue(plan).folder)
    assert (result.exit, result.report["result"]) == (3, "not_anchored")


def test_a_zip_of_it_verifies_as_well(plan, issue, tmp_path) -> None:
    dossier = issue(plan)
    assert run(zipped(dossier.folder, tmp_path / "sent"), "--key", dossier.vkey).exit == 0


def test_facts_in_a_compressed_metadata_stream_are_read(plan, issue, check) -> None:
    plan.compress_xmp = True
    result = check(issue(plan))
    assert (result.exit, "held_pdf_facts" in result.codes("held")) == (0, True)


def test_without_the_text_program_the_visible_text_is_listed_as_unchecked(plan, issue, check, monkeypatch) -> None:
    dossier = issue(plan)
    monkeypatch.setenv("PATH", "/nowhere")
    result = check(dossier)
    assert (result.exit, "pdf_text_unchecked" in result.codes("unchecked")) == (0, True)


def test_practice_is_said_loudly_at_both_ends(tmp_path) -> None:
    dossier = write_dossier(standard(practice=True), tmp_path / "practice")
    out = io.StringIO()
    with redirect_stdout(out):
        assert main([str(dossier.folder), "--key", dossier.vkey, "--lang", "en"]) == 0
    assert out.getvalue().count("PRACTICE. This comes from a practice ledger") == 2


def test_the_report_shows_the_fingerprint_to_compare(plan, issue) -> None:
    import hashlib

    dossier = issue(plan)
    out = io.StringIO()
    with redirect_stdout(out):
        main([str(dossier.folder), "--lang", "en"])
    digits = hashlib.sha256((dossier.folder / "data/ledger.vkey").read_bytes().strip()).hexdigest()
    assert digits in out.getvalue().replace(" ", "")
    assert "Compare it" in out.getvalue()


def test_a_consistency_proof_in_the_dossier_ties_it_to_an_older_checkpoint(plan, issue, tmp_path) -> None:
    dossier = issue(plan)
    held = tmp_path / "held"
    held.write_text(dossier.ledger.note(9))
    result = run(dossier.folder, "--checkpoint", str(held))
    assert (result.exit, "consistency_absent" in result.codes("unchecked")) == (3, True)
    result = run(dossier.folder, "--checkpoint", str(held), "--key", dossier.vkey)
    assert (result.exit, result.report["result"]) == (3, "growth_unproven"), "what was asked has no answer"
    write_consistency(dossier, 9)
    result = run(dossier.folder, "--checkpoint", str(held))
    assert (result.exit, "held_consistent" in result.codes("held")) == (0, True)


def test_a_corrected_record_and_a_partial_receipt_connect(plan, issue, check) -> None:
    plan.add(
        "declined",
        "custody.released/1",
        _release("two", "boris", "chen"),
        signer="boris",
        officer="boris",
        after="receipt3",
    )
    plan.add(
        "no",
        "custody.declined/1",
        _answer(plan, "declined", "two", "chen"),
        signer="chen",
        officer="chen",
        after="declined",
    )
    again = plan.add(
        "again", "custody.released/1", _release("two", "boris", "amara"), signer="boris", officer="boris", after="no"
    )
    cancelled = {"release": again.jti, "exhibits": [ident("two")]}
    plan.add("undo", "custody.cancelled/1", cancelled, signer="boris", officer="boris", after="again")
    result = check(issue(plan))
    assert (result.exit, result.report["numbers"]["exhibits"]) == (0, 3)


def _release(exhibit, by, to):
    return {
        "exhibits": [ident(exhibit)],
        "released_by": ident(by),
        "released_to": ident(to),
        "reason": "x",
        "condition": "y",
    }


def _answer(plan, release, exhibit, by):
    return {"release": plan[release].jti, "exhibits": [ident(exhibit)], "received_by": ident(by)}


def test_a_whole_ledger_holds(plan, tmp_path) -> None:
    write_ledger(plan, tmp_path / "ledger")
    result = run(tmp_path / "ledger", "--key", plan.signer().vkey)
    assert (result.exit, result.codes()) == (0, set())
    assert {"held_tree", "held_tiles", "held_signatures", "held_custody"} <= result.codes("held")


@pytest.mark.slow
def test_a_thousand_exhibits_and_five_thousand_records_within_ten_seconds(plan, issue, check) -> None:
    import time

    from tests.trust.verifier.plans import T0, many_exhibits

    many_exhibits(plan, exhibits=997)
    plan.cosigned_at = T0 + 10**6
    dossier = issue(plan)
    assert len(dossier.places) > 5000
    began = time.process_time()
    result = check(dossier)
    spent = time.process_time() - began
    assert (result.exit, result.report["numbers"]["exhibits"]) == (0, 1000)
    assert spent < 10, spent
