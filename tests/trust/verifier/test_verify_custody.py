"""Custody that does not connect: each break signed by the officers themselves, so only the story is wrong."""

from __future__ import annotations

import pytest

from copes.trust.verifier.custody import CustodyBook
from copes.trust.verifier.findings import Unproven
from tests.trust.verifier.plans import T0, ident, moment, received, released

BORIS = {"signer": "boris", "officer": "boris"}
CHEN = {"signer": "chen", "officer": "chen"}


def broken(result) -> int:
    """How many exhibits the manifest claims beyond those that connect."""
    assert result.exit == 1
    assert "claim_differs" in result.codes(), "the manifest still claims three connected exhibits"
    return 3 - result.report["numbers"]["exhibits"]


def test_received_by_someone_it_was_never_released_to(plan, issue, check) -> None:
    plan["release2"].body["released_to"] = ident("amara")
    result = check(issue(plan))
    assert "EX-2025-000017/1" in result.named("custody_not_receiver")
    assert broken(result) == 1


def test_received_without_any_release(plan, issue, check) -> None:
    plan["receipt3"].body["release"] = plan["late"].jti
    assert "custody_release_unknown" in check(issue(plan)).codes()


def test_two_holders_at_once_by_a_second_release(plan, issue, check) -> None:
    plan.add("second", "custody.released/1", released(["one"], "boris", "amara"), after="release2", **BORIS)
    result = check(issue(plan))
    assert "EX-2025-000017/1" in result.named("custody_already_released")


def test_two_holders_at_once_by_two_receipts(plan, issue, check) -> None:
    plan.add("twice", "custody.received/1", received(plan, "release1", ["one"], "boris"), after="receipt1", **BORIS)
    assert "custody_not_in_release" in check(issue(plan)).codes()


def test_a_receipt_after_everything_was_received(plan, issue, check) -> None:
    plan.add("twice", "custody.received/1", received(plan, "release2", ["one"], "chen"), after="receipt3", **CHEN)
    assert "custody_release_unknown" in check(issue(plan)).codes()


def test_received_an_exhibit_that_was_not_in_the_release(plan, issue, check) -> None:
    plan["receipt2"].body["exhibits"] = [ident("three")]
    result = check(issue(plan))
    assert "EX-2025-000017/3" in result.named("custody_not_in_release")


def test_released_by_somebody_who_does_not_hold_it(plan, issue, check) -> None:
    plan.add("theft", "custody.released/1", released(["three"], "boris", "chen"), after="receipt3", **BORIS)
    result = check(issue(plan))
    assert "EX-2025-000017/3" in result.named("custody_not_holder")


def test_released_in_another_officers_name(plan, issue, check) -> None:
    plan["release2"].officer, plan["release2"].signer = "amara", "amara"
    assert "custody_not_actor" in check(issue(plan)).codes()


def test_received_in_another_officers_name(plan, issue, check) -> None:
    plan["receipt3"].officer, plan["receipt3"].signer = "amara", "amara"
    assert "custody_not_actor" in check(issue(plan)).codes()


def test_a_release_before_the_seizure(plan, issue, check) -> None:
    plan["seizure"].occurred_at = moment(T0 + 60 * plan.place("seizure") + 200)
    plan["release1"].occurred_at = moment(T0 + 60 * plan.place("seizure"))
    result = check(issue(plan))
    assert "EX-2025-000017/1" in result.named("custody_before_seizure")
    assert broken(result) == 2


def test_a_release_before_a_seizure_that_was_recorded_later(plan, issue, check) -> None:
    seizure = plan["seizure"]
    plan.drop("seizure")
    seizure.occurred_at = None
    plan.acts.append(seizure)
    assert "custody_before_seizure" in check(issue(plan)).codes()


def test_a_receipt_before_its_release(plan, issue, check) -> None:
    plan["receipt3"].occurred_at = moment(T0 + 60 * plan.place("release2") - 1)
    assert "custody_before_release" in check(issue(plan)).codes()


def test_offsets_are_compared_as_moments_not_as_texts(plan, issue, check) -> None:
    from datetime import datetime, timedelta, timezone

    at = datetime.fromtimestamp(T0 + 60 * plan.place("receipt3"), timezone(timedelta(hours=-11)))
    plan["receipt3"].occurred_at = at.isoformat()
    assert check(issue(plan)).exit == 0


def test_an_exhibit_never_created(plan, issue, check) -> None:
    plan.drop("exhibit-two")
    plan.files.pop("exhibits/EX-2025-000017-2/two.jpg")
    result = check(issue(plan))
    assert ident("two") in result.named("custody_never_created")


def test_an_exhibit_created_twice(plan, issue, check) -> None:
    body = {**plan["exhibit-two"].body, "holder": ident("boris")}
    plan.add("again", "exhibit.created/1", body, after="receipt1")
    result = check(issue(plan))
    assert "EX-2025-000017/2" in result.named("custody_created_twice")
    assert broken(result) == 1


def test_two_exhibits_with_one_number(plan, issue, check) -> None:
    plan["exhibit-two"].body["number"] = "EX-2025-000017/1"
    assert "custody_number_twice" in check(issue(plan)).codes()


def test_an_exhibit_of_another_case_moved(plan, issue, check) -> None:
    plan.add("grab", "custody.released/1", released(["foreign"], "amara", "boris"), after="receipt3")
    plan["noise2"].case = "case"
    plan["noise2"].extra["sub"] = ident("other")
    assert "custody_other_case" in check(issue(plan)).codes()


def test_a_release_cancelled_by_somebody_else(plan, issue, check) -> None:
    body = {"release": plan["release2"].jti, "exhibits": [ident("one")]}
    plan.add("undo", "custody.cancelled/1", body, after="release2", **CHEN)
    assert "custody_not_releaser" in check(issue(plan)).codes()


def test_a_release_cancelled_and_received_all_the_same(plan, issue, check) -> None:
    body = {"release": plan["release2"].jti, "exhibits": [ident("one")]}
    plan.add("undo", "custody.cancelled/1", body, after="release2", **BORIS)
    assert "custody_release_unknown" in check(issue(plan)).codes()


def test_a_release_declined_by_somebody_else(plan, issue, check) -> None:
    body = {"release": plan["release2"].jti, "exhibits": [ident("one")], "received_by": ident("amara")}
    plan.add("no", "custody.declined/1", body, after="release2")
    assert "custody_not_receiver" in check(issue(plan)).codes()


def test_the_same_seizure_recorded_twice(plan, issue, check) -> None:
    plan.add("again", "seizure.recorded/1", {"seizure": ident("seizure")}, after="late", occurred_at=moment(T0 - 9999))
    assert "seizure_twice" in check(issue(plan)).codes()


def test_a_seizure_that_is_not_there_is_listed(plan, issue, check) -> None:
    plan.drop("seizure")
    plan.withhold.clear()
    result = check(issue(plan))
    assert (result.exit, "seizure_absent" in result.codes("unchecked")) == (0, True)


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("release1", "exhibits", []),
        ("release1", "exhibits", ["one"]),
        ("release1", "released_to", None),
        ("receipt1", "release", 7),
        ("receipt1", "exhibits", "all"),
        ("exhibit-one", "holder", {}),
        ("exhibit-one", "number", ""),
        ("exhibit-one", "photographs", [{"sha256": "ff"}]),
        ("late", "sha256", "F" * 64),
        ("seizure", "seizure", True),
    ],
)
def test_a_field_that_custody_needs_is_misshapen(plan, issue, check, name, field, value) -> None:
    plan[name].body[field] = value
    result = check(issue(plan))
    assert (plan[name].jti, "record_field") in {(f["subject"]["name"], f["code"]) for f in result.report["findings"]}


def test_a_forged_receipt_costs_the_exhibit_its_chain_but_is_reported_once(plan, issue, check) -> None:
    plan["receipt3"].signer = "node"
    result = check(issue(plan))
    assert {f["code"] for f in result.report["findings"] if f["code"].startswith("custody_")} == set()
    assert broken(result) == 1


def test_the_book_refuses_what_it_cannot_read_and_ignores_what_it_need_not() -> None:
    book = CustodyBook()
    assert book.enter({"kind": "note.added/1", "body": {}}, 0) == []
    with pytest.raises(Unproven, match="released_by"):
        book.enter({"kind": "custody.released/1", "body": {}}, 1)
