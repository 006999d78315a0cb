"""Holes an adversary found, each now closed: what was accepted and must not be."""

from __future__ import annotations

import time

import pytest

from tests.trust.verifier.conftest import run
from tests.trust.verifier.factory import bag, build_ledger, write_dossier
from tests.trust.verifier.plans import (
    PHOTO,
    T0,
    digest,
    enrolment,
    ident,
    key,
    moment,
    received,
    released,
    standard,
)

BORIS = {"signer": "boris", "officer": "boris"}
ADMIN = {"signer": "admin", "officer": "admin", "case": None}


def holders(name):
    return lambda manifest: [row.__setitem__("holder", ident(name)) for row in manifest["exhibits"]]


def test_known_ledgers_beside_the_dossier_do_not_vouch_for_it(plan, issue, tmp_path, monkeypatch) -> None:
    dossier = issue(plan)
    (tmp_path / "var").mkdir()
    for name in ("var/known-ledgers.txt", "known-ledgers.txt"):
        (tmp_path / name).write_text(dossier.vkey + "\n")
    assert run(dossier.folder).exit == 3


def test_a_fork_of_what_the_reader_holds(plan, tmp_path) -> None:
    held = tmp_path / "held"
    held.write_text(build_ledger(plan).note(8))
    forked = standard()
    forked["seizure"].body["quantity"]["net_g"] = "1.00"
    dossier = write_dossier(forked, tmp_path / "d")
    result = run(dossier.folder, "--key", dossier.vkey, "--checkpoint", str(held))
    assert (result.exit, result.report["result"]) == (3, "growth_unproven")


def test_the_role_of_administrator_must_be_proven_to_enrol_keys(plan, issue, check) -> None:
    plan.drop("officer-boris")
    body = enrolment(plan, "dina")
    plan.add("evil", "key.enrolled/1", body, after="key-chen", case=None, role="administrator", **BORIS)
    plan.add("act", "custody.released/1", released(["two"], "boris", "dina"), **BORIS)
    plan.add("got", "custody.received/1", received(plan, "act", ["two"], "dina"), signer="dina", officer="dina")
    plan.manifest = lambda m: m["exhibits"][1].__setitem__("holder", ident("dina"))
    result = check(issue(plan))
    assert {"administrator_unproven", "key_unknown"} <= result.codes()


def test_an_administrator_whose_record_is_here_may(plan, issue, check) -> None:
    plan.add("more", "key.enrolled/1", enrolment(plan, "boris", "boris2"), after="receipt1", **ADMIN)
    plan["release2"].signer = "boris2"
    assert check(issue(plan)).exit == 0


def rotation(plan, **changes):
    return {**enrolment(plan, "boris", "boris2", **changes), "replaces": key("boris").kid}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"assurance": "passkey"}, "key_self_assurance"),
        ({"agency": ident("otheragency")}, "key_other_agency"),
    ],
)
def test_an_officer_does_not_raise_their_own_key(plan, issue, check, changes, code) -> None:
    plan.add("self", "key.rotated/1", rotation(plan, **changes), after="receipt1", case=None, **BORIS)
    result = check(issue(plan))
    assert (result.exit, code in result.codes()) == (1, True)


def test_an_administrator_moves_nobody_to_another_agency(plan, issue, check) -> None:
    body = enrolment(plan, "boris", "boris2", agency=ident("otheragency"))
    plan.add("moved", "key.enrolled/1", body, after="receipt1", **ADMIN)
    assert check(issue(plan)).codes() >= {"key_other_agency"}


def test_a_release_to_oneself(plan, issue, check) -> None:
    plan["release1"].body["released_to"] = ident("amara")
    for name in ("receipt1", "receipt2"):
        plan[name].signer = plan[name].officer = "amara"
        plan[name].body["received_by"] = ident("amara")
    plan.drop("receipt3")
    plan.drop("release2")
    plan.manifest = holders("amara")
    assert "custody_to_oneself" in check(issue(plan)).codes()


def planted(plan):
    plan["exhibit-three"].body["holder"] = ident("boris")
    plan.manifest = lambda m: m["exhibits"][2].__setitem__("holder", ident("boris"))
    plan.drop("late")
    plan.files.pop("exhibits/EX-2025-000017-1/seal.jpg")
    return plan


def test_an_exhibit_planted_in_anothers_hands(plan, issue, check) -> None:
    assert "EX-2025-000017/3" in check(issue(planted(plan))).named("custody_foreign_holder")


def test_an_exhibit_in_the_hands_of_one_of_the_seizing_officers(plan, issue, check) -> None:
    plan["seizure"].body["officers"] = [ident("amara"), ident("boris")]
    assert check(issue(planted(plan))).exit == 0


def test_a_later_seizure_that_corrects_nothing_hides_an_early_release(plan, issue, check) -> None:
    plan["release1"].occurred_at = moment(T0 - 7200)
    body = dict(plan["seizure"].body)
    plan.add("again", "seizure.recorded/1", body, occurred_at=moment(T0 - 9000), extra={"corrects": ident("nothing")})
    assert {"seizure_corrects", "custody_before_seizure"} <= check(issue(plan)).codes()


def test_a_seizure_may_be_corrected_by_naming_its_record(plan, issue, check) -> None:
    body = {"seizure": ident("seizure")}
    extra = {"corrects": plan["seizure"].jti}
    plan.add("again", "seizure.recorded/1", body, after="late", occurred_at=moment(T0 - 9000), extra=extra)
    assert check(issue(plan)).exit == 0


def test_an_exhibit_created_before_its_seizure(plan, issue, check) -> None:
    plan["exhibit-two"].occurred_at = moment(T0 - 7200)
    assert "EX-2025-000017/2" in check(issue(plan)).named("custody_created_early")


def test_a_photograph_by_somebody_who_did_not_hold_it(plan, issue, check) -> None:
    plan["late"].signer = plan["late"].officer = "boris"
    assert "EX-2025-000017/1" in check(issue(plan)).named("photograph_not_holder")


def test_one_photograph_is_not_of_two_exhibits(plan, issue, check) -> None:
    stated = {"exhibit": ident("one"), "sha256": digest(PHOTO + b"two"), "name": "one.jpg"}
    plan.add("steal", "exhibit.photographed/1", stated, after="late")
    plan.files["exhibits/EX-2025-000017-1/one.jpg"] = PHOTO + b"two"
    assert "EX-2025-000017/2" in check(issue(plan)).named("photograph_twice")


def test_sealing_an_old_dossier_again_makes_it_no_newer(plan, issue, check) -> None:
    day = 86_400
    plan.cosigned_at = T0 + 400 * day
    from tests.trust.verifier.plans import cosigner_key

    dossier = issue(plan)
    cosigner = cosigner_key("police.example/cosigner").vkey
    now = moment(T0 + 401 * day)
    options = ("--key", dossier.vkey, "--cosigner", cosigner, "--max-age", "30d", "--now", now)
    assert check(dossier, *options).codes() == {"stale_age"}


def test_how_many_records_follow_is_always_said(plan, issue, check) -> None:
    plan.after = 5
    assert "Records that follow: 5." in check(issue(plan)).named("records_after")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("exhibit-two", "body.number"),
        ("seizure", "occurred_at"),
        ("release1", "occurred_at"),
        ("receipt3", "occurred_at"),
        ("officer-boris", "body.name"),
    ],
)
def test_a_report_that_leaves_out_what_every_report_must_state(plan, issue, check, name, path) -> None:
    plan.facts = lambda facts: [fact for fact in facts if (fact[0], fact[1]) != (plan[name].jti, path)]
    result = check(issue(plan))
    assert (result.exit, result.codes()) == (1, {"pdf_fact_missing"})
    assert path in result.named("pdf_fact_missing")


def test_a_report_with_one_trivial_fact(plan, issue, check) -> None:
    plan.facts = lambda _: [[plan["opened"].jti, "kind", "case.opened/1"]]
    assert check(issue(plan)).codes() == {"pdf_fact_missing"}


@pytest.mark.parametrize(("described", "missed"), [("White powder", True), ("\U00013000 figurine", False)])
def test_a_description_must_be_in_the_report_if_its_fonts_can_draw_it(plan, issue, check, described, missed) -> None:
    plan["exhibit-two"].body["description"] = described
    assert check(issue(plan)).codes() == ({"pdf_fact_missing"} if missed else set())


def test_a_corrected_description_stands_for_the_first(plan, issue, check) -> None:
    plan["exhibit-two"].body["description"] = "White powder"
    body = {
        "record_kind": "exhibit.created/1",
        "thing": ident("two"),
        "fields": [{"path": "body.description", "value": "Brown powder"}],
        "reason": "mistyped",
    }
    extra = {"corrects": plan["exhibit-two"].jti}
    made = plan.add("corrected", "correction.recorded/1", body, after="late", extra=extra)
    plan.facts = lambda facts: [*facts, [made.jti, "body.fields.0.value", "Brown powder"]]
    assert check(issue(plan)).exit == 0


def test_a_middleman_renames_a_withheld_field(plan, issue, check) -> None:
    def relabel(manifest) -> None:
        for row in manifest["withheld"]:
            row["path"] = row["path"].replace(".name", ".shoe_size")

    dossier = issue(plan)
    dossier.edit_json(relabel)
    assert check(dossier).codes() == {"issued_withheld_list"}


def test_a_middleman_calls_redacted_fields_erased(plan, issue, check) -> None:
    dossier = issue(plan)
    dossier.edit_json(lambda m: [row.__setitem__("why", "erased") for row in m["withheld"]])
    assert check(dossier).codes() == {"issued_withheld_list"}


def test_a_list_of_withheld_fields_that_nobody_signed(plan, issue, check) -> None:
    plan.signs_withheld = False
    assert "withheld_digest" in check(issue(plan)).named("record_field")


def test_a_holder_left_out_of_the_manifest(plan, issue, check) -> None:
    plan.manifest = lambda m: m["exhibits"][0].__setitem__("holder", None)
    assert check(issue(plan)).codes() == {"manifest_holder"}


@pytest.mark.parametrize("filling", [b"<x:xmpmeta ", b"/Type /Metadata stream\nx", b"<x:xmpmeta></x:xmpmeta>"])
def test_a_report_cannot_hang_the_verifier(plan, issue, check, monkeypatch, filling) -> None:
    monkeypatch.setattr(
        "tests.trust.verifier.factory.pdf", lambda facts, compress=False: b"%PDF-1.7\n" + filling * 40_000
    )
    dossier = issue(plan)
    began = time.process_time()
    assert check(dossier).exit == 1
    assert time.process_time() - began < 2


def test_a_report_that_was_not_issued_is_not_even_read(plan, issue, check) -> None:
    dossier = issue(plan)
    (dossier.folder / "data/report.pdf").write_bytes(b"%PDF-1.7\n")
    bag(dossier.folder)
    result = check(dossier)
    assert (result.exit, "report_unread" in result.codes("unchecked")) == (1, True)
    assert "pdf_no_facts" not in result.codes()
