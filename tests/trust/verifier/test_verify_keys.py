"""Keys: not enrolled, not yet, no more, not theirs; and who may change them."""

from __future__ import annotations

import pytest

from tests.trust.verifier.plans import DAY, T0, enrolment, ident, key, released

CUSTODIAN = {"signer": "boris", "officer": "boris"}
ADMIN = {"signer": "admin", "officer": "admin", "case": None}


def revocation(officer, name=None):
    return {"kid": key(name or officer).kid, "officer": ident(officer), "reason": "lost device"}


def test_a_key_that_was_never_enrolled(plan, issue, check) -> None:
    plan.drop("key-boris")
    result = check(issue(plan))
    assert plan["receipt1"].jti in result.named("key_unknown")
    assert result.report["numbers"]["exhibits"] < 3


def test_a_key_enrolled_later(plan, issue, check) -> None:
    act = plan["key-boris"]
    plan.drop("key-boris")
    plan.acts.insert(plan.place("receipt2") + 1, act)
    result = check(issue(plan))
    assert "key_unknown" in result.codes()
    assert plan["release2"].jti not in str(result.report["findings"])


def test_a_key_expired_or_not_yet_valid(plan, issue, check, tmp_path) -> None:
    plan["key-boris"].body["not_after"] = T0
    assert "key_expired" in check(issue(plan)).codes()


def test_a_key_before_its_time(plan, issue, check) -> None:
    plan["key-boris"].body["not_before"] = T0 + 30 * DAY
    assert "key_early" in check(issue(plan)).codes()


def test_a_key_revoked_at_that_place_and_good_before(plan, issue, check) -> None:
    plan.add("revoked", "key.revoked/1", revocation("boris"), after="receipt1", **ADMIN)
    result = check(issue(plan))
    assert {"key_revoked"} <= result.codes()
    revoked = [f["subject"]["name"] for f in result.report["findings"] if f["code"] == "key_revoked"]
    assert revoked == [plan["receipt2"].jti, plan["release2"].jti]


def test_a_rotated_key_counts_no_more(plan, issue, check) -> None:
    body = {**enrolment(plan, "boris", "boris2"), "replaces": key("boris").kid}
    plan.add("rotated", "key.rotated/1", body, after="receipt1", case=None, **CUSTODIAN)
    for name in ("receipt2", "release2"):
        plan[name].signer = "boris2"
    assert check(issue(plan)).exit == 0


def test_a_rotated_key_used_again(plan, issue, check) -> None:
    body = {**enrolment(plan, "boris", "boris2"), "replaces": key("boris").kid}
    plan.add("rotated", "key.rotated/1", body, after="receipt1", case=None, **CUSTODIAN)
    assert "key_replaced" in check(issue(plan)).codes()


def test_a_revoked_key_cannot_come_back(plan, issue, check) -> None:
    plan.add("revoked", "key.revoked/1", revocation("boris"), after="receipt1", **ADMIN)
    plan.add("back", "key.enrolled/1", enrolment(plan, "boris"), after="revoked", **ADMIN)
    assert "key_again" in check(issue(plan)).codes()


def test_another_officer_named_as_actor(plan, issue, check) -> None:
    plan["release2"].officer = "amara"
    assert {"actor_officer"} <= check(issue(plan)).codes()


def test_the_node_signing_for_an_officer(plan, issue, check) -> None:
    plan["release2"].signer = "node"
    assert "actor_node" in check(issue(plan)).codes()


def test_another_agency_than_the_keys(plan, issue, check) -> None:
    plan["late"].extra["actor"] = {"officer": ident("amara"), "agency": ident("elsewhere"), "role": "front_line"}
    assert "actor_agency" in check(issue(plan)).codes()


def test_a_better_assurance_than_enrolled(plan, issue, check) -> None:
    plan["late"].extra["assurance"] = "passkey"
    assert "key_assurance" in check(issue(plan)).codes()


def test_a_custodian_enrolling_a_key_for_somebody_else(plan, issue, check) -> None:
    body = enrolment(plan, "dina")
    plan.add("escalation", "key.enrolled/1", body, after="receipt1", case=None, **CUSTODIAN)
    plan.add(
        "use",
        "custody.released/1",
        released(["three"], "amara", "dina"),
        after="escalation",
        signer="dina",
        officer="dina",
    )
    result = check(issue(plan))
    assert {"key_role", "key_unknown"} <= result.codes()
    assert plan["escalation"].jti in result.named("key_role")


def test_a_custodian_calling_himself_administrator(plan, issue, check) -> None:
    plan.add(
        "escalation",
        "key.enrolled/1",
        enrolment(plan, "dina"),
        after="receipt1",
        case=None,
        role="administrator",
        **CUSTODIAN,
    )
    result = check(issue(plan))
    assert "actor_role" in result.codes()


def test_a_custodian_making_himself_administrator(plan, issue, check) -> None:
    body = {"officer": ident("boris"), "roles": ["administrator"], "reason": "promotion"}
    plan.add("escalation", "officer.roles_changed/1", body, after="receipt1", case=None, **CUSTODIAN)
    plan.add(
        "then",
        "key.enrolled/1",
        enrolment(plan, "dina"),
        after="escalation",
        case=None,
        role="administrator",
        **CUSTODIAN,
    )
    assert {"officer_role", "actor_role"} <= check(issue(plan)).codes()


def test_roles_that_no_record_states_are_listed_as_unchecked(plan, issue, check) -> None:
    plan.drop("officer-amara")
    result = check(issue(plan))
    assert (result.exit, "roles_unknown" in result.codes("unchecked")) == (0, True)


def test_an_officer_enrols_no_further_key_of_his_own(plan, issue, check) -> None:
    plan.add("second", "key.enrolled/1", enrolment(plan, "boris", "boris2"), after="receipt1", case=None, **CUSTODIAN)
    plan["release2"].signer = "boris2"
    assert {"key_self_enrolled", "key_unknown"} <= check(issue(plan)).codes()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"proof": "AAAA"}, "key_possession"),
        ({"kid": "somethingelse"}, "key_kid"),
        ({"key": {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43}}, "key_form"),
        ({"key": {"kty": "OKP", "crv": "Ed25519", "x": "AQ" + "A" * 41}}, "key_form"),
        ({"key": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}}, "key_form"),
        ({"key": {"kty": ["OKP"], "crv": {}, "x": 4}}, "key_form"),
        ({"key": "text"}, "record_field"),
        ({"assurance": "sworn"}, "record_field"),
        ({"not_after": "never"}, "record_field"),
        ({"officer": "nobody"}, "record_field"),
    ],
)
def test_an_enrolment_that_does_not_stand(plan, issue, check, change, code) -> None:
    plan["key-chen"].body |= change
    result = check(issue(plan))
    assert code in result.codes()
    assert "key_unknown" in result.codes()


def test_a_proof_of_possession_made_for_another_ledger(plan, issue, check) -> None:
    other = enrolment(plan, "chen")
    plan.origin, true = "elsewhere.example/ledger", plan.origin
    other = enrolment(plan, "chen")
    plan.origin = true
    plan["key-chen"].body["proof"] = other["proof"]
    assert "key_possession" in check(issue(plan)).codes()


def test_revoking_somebody_elses_key_by_naming_the_wrong_officer(plan, issue, check) -> None:
    body = {**revocation("chen"), "officer": ident("boris")}
    plan.add("revoked", "key.revoked/1", body, after="receipt1", case=None, **CUSTODIAN)
    assert "key_owner" in check(issue(plan)).codes()


def test_record_0_under_another_node_key(plan, issue, check) -> None:
    plan["node"].signer = "admin"
    assert "first_record_key" in check(issue(plan)).codes()


def test_record_0_missing(plan, issue, check) -> None:
    plan.drop("node")
    assert "first_record_absent" in check(issue(plan)).codes()


def test_a_second_beginning(plan, issue, check) -> None:
    plan.add("again", "node.created/1", dict(plan["node"].body), after="late", signer="node", officer=None, case=None)
    assert "first_record_place" in check(issue(plan)).codes()


def test_record_0_naming_another_ledger_key(plan, issue, check) -> None:
    from copes.trust.ledger.notes import NoteSigner

    plan["node"].body["ledger_key"] = NoteSigner.generate(plan.origin).vkey
    assert "ledger_key_differs" in check(issue(plan)).codes()


@pytest.mark.parametrize("practice", [True, False])
def test_practice_and_origin_disagree(plan, issue, check, practice) -> None:
    from tests.trust.verifier.plans import PRACTICE_ORIGIN, standard

    plan = standard(practice=not practice)
    plan["node"].body["practice"] = practice
    assert plan.origin == (PRACTICE_ORIGIN if not practice else "customs.example/ledger")
    assert "practice_origin" in check(issue(plan)).codes()
