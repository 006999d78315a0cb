"""Records edited, removed, added, moved, doubled; and what an insider could sign."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest

from copes.trust.records.disclosures import decode_disclosure
from copes.trust.records.jose import b64u, dump_json, unb64u
from copes.trust.records.sdjwt import Salted
from tests.trust.verifier.plans import T0, Act, ident, key, moment


def change_line(dossier, name, change) -> None:
    number = dossier.places.index(dossier.ledger.plan.place(name))

    def edit(data: bytes) -> bytes:
        lines = data.split(b"\n")
        lines[number] = change(lines[number].decode()).encode()
        return b"\n".join(lines)

    dossier.edit("data/records.sdjwt", edit)


def edit_payload(line: str, change) -> str:
    jwt, *rest = line.split("~")
    head, body, signature = jwt.split(".")
    claims = json.loads(unb64u(body))
    change(claims)
    return "~".join((f"{head}.{b64u(dump_json(claims))}.{signature}", *rest))


def test_an_edited_record(plan, issue, check) -> None:
    dossier = issue(plan)
    change_line(
        dossier, "seizure", lambda line: edit_payload(line, lambda c: c["body"]["quantity"].update(net_g="450.00"))
    )
    result = check(dossier)
    assert result.exit == 1
    assert {"signature_invalid", "record_not_included", "pdf_fact_differs"} <= result.codes()
    assert plan["seizure"].jti in result.named("signature_invalid")


def test_an_edited_record_signed_again_by_its_officer(plan, issue, check) -> None:
    """The officer holds the key but not the ledger: the signature is good, the place is not."""
    dossier = issue(plan)

    def resign(line: str) -> str:
        edited = edit_payload(line, lambda c: c["body"]["quantity"].update(net_g="450.00"))
        signing_input = edited.split("~")[0].rpartition(".")[0]
        signature = b64u(key("amara").sign(signing_input.encode()))
        return "~".join((f"{signing_input}.{signature}", *edited.split("~")[1:]))

    change_line(dossier, "seizure", resign)
    result = check(dossier)
    assert "record_not_included" in result.codes()
    assert "signature_invalid" not in result.codes()


def test_an_edited_disclosure(plan, issue, check) -> None:
    dossier = issue(plan)

    def edit(line: str) -> str:
        parts = line.split("~")
        salt, *rest = decode_disclosure(parts[1])
        parts[1] = b64u(dump_json([salt, *rest[:-1], "something else"]))
        return "~".join(parts)

    change_line(dossier, "release1", edit)
    result = check(dossier)
    assert "record_invalid" in result.codes()
    assert plan["release1"].jti in result.named("record_invalid")


def test_a_disclosure_given_twice_or_moved_to_another_record(plan, issue, check) -> None:
    dossier = issue(plan)
    taken = dossier.lines()[dossier.places.index(plan.place("release1"))].decode().split("~")[1]
    change_line(dossier, "receipt1", lambda line: line + taken + "~")
    assert plan["receipt1"].jti in check(dossier).named("record_invalid")


def test_a_disclosure_left_out_behind_the_manifest(plan, issue, check) -> None:
    dossier = issue(plan)
    change_line(dossier, "release1", lambda line: line.split("~")[0] + "~")
    assert {"withheld_unlisted", "issued_withheld"} <= check(dossier).codes()


def test_two_salted_fields_with_one_digest(plan, issue, check) -> None:
    """A digest standing twice could be read as either field (RFC 9901, 7.1)."""
    dossier = issue(plan)
    change_line(
        dossier, "release2", lambda line: edit_payload(line, lambda c: c["body"].update(_sd=c["body"]["_sd"] * 2))
    )
    assert "digest" in check(dossier).named("record_invalid")


def remove_line(data: bytes, number: int) -> bytes:
    lines = data.split(b"\n")
    del lines[number]
    return b"\n".join(lines)


def test_a_record_removed_with_its_proof_and_counts_adjusted(plan, issue, check) -> None:
    dossier = issue(plan)
    number = dossier.places.index(plan.place("late"))
    for name in ("data/records.sdjwt", "data/proofs.jsonl"):
        dossier.edit(name, lambda data: remove_line(data, number))

    def adjust(manifest) -> None:
        manifest["records"] -= 1
        manifest["claims"]["signatures"] -= 1
        manifest["claims"]["inclusion"] -= 1

    dossier.edit_json(adjust)
    result = check(dossier)
    assert "issued_record_missing" in result.codes()
    assert plan["late"].jti in result.named("issued_record_missing")


def test_a_record_of_the_ledger_added(plan, issue, check) -> None:
    """A true record with a true proof, but none that the issuer listed."""
    dossier = issue(plan)
    before = len(dossier.places)
    extra = plan.place("noise1")
    other = dossier.ledger
    lines = dossier.lines()
    proofs = (dossier.folder / "data/proofs.jsonl").read_bytes().split(b"\n")[:-1]
    from copes.trust.ledger.merkle import inclusion_proof
    from tests.trust.verifier.factory import subtree_reader

    hashes = other.hashes()
    proof = [b64encode(h).decode() for h in inclusion_proof(extra, len(hashes), subtree_reader(hashes))]
    at = sum(place < extra for place in dossier.places)
    lines.insert(at, other.lines()[extra].encode())
    proofs.insert(at, json.dumps({"index": extra, "jti": plan["noise1"].jti, "hashes": proof}).encode())
    dossier.edit("data/records.sdjwt", lambda _: b"\n".join(lines) + b"\n")
    dossier.edit("data/proofs.jsonl", lambda _: b"\n".join(proofs) + b"\n")
    result = check(dossier)
    assert {"issued_record_added", "record_case"} <= result.codes()
    assert result.report["numbers"]["records"] == before + 1


@pytest.mark.parametrize("also_proofs", [True, False])
def test_records_reordered(plan, issue, check, also_proofs) -> None:
    dossier = issue(plan)

    def swap(data: bytes) -> bytes:
        lines = data.split(b"\n")
        lines[12], lines[13] = lines[13], lines[12]
        return b"\n".join(lines)

    dossier.edit("data/records.sdjwt", swap)
    if also_proofs:
        dossier.edit("data/proofs.jsonl", swap)
    codes = check(dossier).codes()
    assert ("record_order" in codes) if also_proofs else ({"record_not_included", "proof_other"} <= codes)


def test_a_record_doubled(plan, issue, check) -> None:
    dossier = issue(plan)
    number = dossier.places.index(plan.place("receipt1"))

    def double(data: bytes) -> bytes:
        lines = data.split(b"\n")
        lines.insert(number, lines[number])
        return b"\n".join(lines)

    dossier.edit("data/records.sdjwt", double)
    dossier.edit("data/proofs.jsonl", double)
    assert {"record_order", "record_twice", "custody_release_unknown"} & check(dossier).codes() >= {
        "record_order",
        "record_twice",
    }


def test_the_end_of_the_dossier_cut_off(plan, issue, check) -> None:
    dossier = issue(plan)
    for name in ("data/records.sdjwt", "data/proofs.jsonl"):
        dossier.edit(name, lambda data: b"\n".join(data.split(b"\n")[:-4]) + b"\n")
    assert "issued_absent" in check(dossier).codes()


def test_a_file_cut_in_the_middle_of_a_line(plan, issue, check) -> None:
    dossier = issue(plan)
    dossier.edit("data/records.sdjwt", lambda data: data[:-40])
    assert {"lines_invalid", "issued_absent"} <= check(dossier).codes()


def test_a_record_of_another_case(plan, issue, check) -> None:
    plan.acts[plan.place("late")].case = "case"
    dossier_plan = plan
    dossier_plan.add("stray", "note.added/1", {"note": ident("n")}, after="late")
    dossier_plan["stray"].extra["sub"] = ident("other")
    result = check(issue(dossier_plan))
    assert "record_case" in result.codes()
    assert plan["stray"].jti in result.named("record_case")


def test_a_record_of_another_ledger(plan, issue, check) -> None:
    plan.add("foreigner", "note.added/1", {"note": ident("n")}, after="late")
    plan["foreigner"].extra["iss"] = "elsewhere.example/ledger"
    assert "record_iss" in check(issue(plan)).codes()


def test_the_time_of_recording_goes_back(plan, issue, check) -> None:
    plan["release2"].iat = T0
    result = check(issue(plan))
    assert plan["release2"].jti in result.named("time_backward")


def test_a_clock_two_minutes_behind_is_no_matter(plan, issue, check) -> None:
    plan["late"].iat = T0 + 60 * (plan.place("late") - 1) - 119
    assert check(issue(plan)).exit == 0


def test_an_act_later_than_its_record(plan, issue, check) -> None:
    plan["late"].occurred_at = moment(T0 + 60 * plan.place("late") + 301)
    assert plan["late"].jti in check(issue(plan)).named("time_ahead")


def test_references_to_records_that_are_not_there_are_listed(plan, issue, check) -> None:
    absent = Act("x", "note.added/1", {}).jti
    plan["receipt1"].extra["rests_on"] = [absent]
    plan["receipt2"].extra["corrects"] = plan["late"].jti
    result = check(issue(plan))
    assert result.exit == 0
    assert absent in result.named("reference_absent")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("jti", "not-a-uuid"),
        ("kind", "Custody Released"),
        ("iat", True),
        ("iat", 10**40),
        ("iat", -1),
        ("iat", 1.5),
        ("occurred_at", "2025-10-09"),
        ("occurred_at", "2025-10-09T08:54:10"),
        ("occurred_at", "2025-W41-4T08:54:10+00:00"),
        ("about", []),
        ("rests_on", [7]),
        ("actor", []),
        ("assurance", ["node"]),
        ("body", None),
        ("surprise", 1),
        ("sub", 5),
        ("corrects", "ffff"),
        ("device", {"id": "d", "counter": "7"}),
    ],
)
def test_common_fields_of_a_wrong_form(plan, issue, check, field, value) -> None:
    plan["late"].extra[field] = value
    assert check(issue(plan)).codes() & {"record_field", "record_invalid"}


def test_a_moment_beyond_the_calendar(plan, issue, check) -> None:
    plan["late"].occurred_at = "9999-12-31T23:59:59-14:00"
    assert check(issue(plan)).exit == 1


def test_the_case_may_not_be_a_salted_field(plan, issue, check) -> None:
    """A withheld `sub` would make a record of another case look like one of none."""
    plan["late"].extra["sub"] = Salted(ident("other"))
    plan.withhold.add(("late", "sub"))
    assert "_sd" in check(issue(plan)).named("record_field")


def test_duplicate_members_and_deep_nesting_in_a_payload(plan, issue, check) -> None:
    dossier = issue(plan)
    for body in (b'{"jti":"a","jti":"b"}', b"[" * 40_000, b'{"a":' * 9_000, b'{"iat":' + b"9" * 30_000 + b"}"):
        change_line(dossier, "late", lambda line, body=body: ".".join((line.split(".")[0], b64u(body), "AAAA")) + "~")
        assert check(dossier).exit == 1


def test_a_device_that_forks_its_own_records(plan, issue, check) -> None:
    for counter, name in enumerate(("release1", "receipt1", "receipt2")):
        plan[name].extra["device"] = {"id": "d", "counter": min(counter, 1), "prev": "AAAA"}
    assert "device_chain" in check(issue(plan)).codes()
