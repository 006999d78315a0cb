"""Custody through the services: what is allowed, and every refusal by its code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from copes.chain.cases.wording import BadFields
from copes.chain.custody import services as custody
from copes.chain.custody.models import Exhibit, Handover
from copes.chain.custody.queries import exhibit_rows, find_exhibit, held_by, to_receive
from copes.chain.seizures.services import record_seizure
from copes.foundation.journal.queries import records_of_case
from copes.foundation.journal.rebuilding import differences
from copes.foundation.refusals import BadInput, Forbidden, Refusal, Unseen
from copes.trust.verifier.custody import CustodyBook
from tests.chain.making import SEIZED_AT, cash, item, seized_case, seizure_facts


def release(acting, exhibits, to, **more):
    facts = {"reason": "storage", "condition": "Bag closed"} | more
    return custody.release(acting, exhibits=exhibits, to=to.officer, **facts)


def test_the_way_of_two_exhibits(officers):
    front, custodian = officers.front_line, officers.custodian
    case, _, (one, two) = seized_case(front, item(seal="S1"), cash(front, officers.second))
    (jti,) = release(front, [one, two], custodian, seals="intact")
    assert [len(row.exhibits) for row in to_receive(custodian.officer)] == [2]
    assert Exhibit.objects.get(id=one).holder == front.officer
    custody.receive(custodian, release=jti, exhibits=[one], condition="Bag closed", seals="intact")
    assert Exhibit.objects.get(id=one).holder == custodian.officer
    assert Exhibit.objects.get(id=two).holder == front.officer
    assert list(Handover.objects.order_by("place").values_list("state", flat=True)) == ["received", "open"]
    custody.decline(custodian, release=jti, exhibits=[two], reason="The bag is torn")
    (again,) = release(front, [two], custodian)
    custody.cancel(front, release=again, exhibits=[two], reason="Weigh it first")
    assert [row.number for row in held_by(custodian.officer).rows] == [Exhibit.objects.get(id=one).number]
    assert differences() == []
    book = CustodyBook()
    problems = [p for r in records_of_case(case) for p in book.enter(_claims(r), r.index)]
    assert (problems, book.finish(), book.connected()) == ([], ([], []), 2)


def _claims(record):
    from copes.trust.records.sdjwt import payload, resolve

    return resolve(payload(record.jwt), [encoded for _, encoded, _ in record.disclosures]).claims


@pytest.fixture
def held(officers):
    return seized_case(officers.front_line)[2][0]


def refused(code, act, kind=Refusal):
    before = list(Handover.objects.values_list("id", "state"))
    with pytest.raises(kind) as found:
        act()
    assert found.value.code == code
    assert str(found.value.reason)
    assert str(found.value.mend)
    assert list(Handover.objects.values_list("id", "state")) == before


def test_release_what_i_do_not_hold(officers, held):
    refused("custody.not_holder", lambda: release(officers.supervisor, [held], officers.custodian))
    refused("not_found", lambda: release(officers.second, [held], officers.custodian), Unseen)


def test_release_twice(officers, held):
    release(officers.front_line, [held], officers.custodian)
    refused("custody.already_released", lambda: release(officers.front_line, [held], officers.examiner))


def test_release_to_myself_or_to_one_who_cannot_hold(officers, held):
    front = officers.front_line
    refused("custody.same_person", lambda: release(front, [held], front), BadInput)
    refused("custody.no_receiver", lambda: release(front, [held], officers.auditor), BadInput)


def test_receive_what_was_never_released_to_me(officers, held):
    def receive(acting, jti):
        return lambda: custody.receive(acting, release=jti, exhibits=[held], condition="Good")

    (jti,) = release(officers.front_line, [held], officers.custodian)
    refused("not_found", receive(officers.examiner, jti), Unseen)
    refused("custody.not_addressee", receive(officers.supervisor, jti))
    refused("custody.not_addressee", receive(officers.front_line, jti))
    refused("custody.other_release", receive(officers.custodian, "01890000-0000-7000-8000-000000000000"))
    receive(officers.custodian, jti)()
    refused("custody.not_released", receive(officers.custodian, jti))
    refused(
        "custody.not_released",
        lambda: custody.cancel(officers.custodian, release=jti, exhibits=[held], reason="Too late"),
    )


def test_only_the_releaser_cancels(officers, held):
    (jti,) = release(officers.front_line, [held], officers.custodian)
    refused(
        "custody.not_holder", lambda: custody.cancel(officers.custodian, release=jti, exhibits=[held], reason="Mine")
    )


def test_no_release_before_the_seizure_and_none_in_the_future(officers, held):
    early, late = SEIZED_AT - timedelta(hours=1), datetime.now(tz=UTC) + timedelta(minutes=2)
    refused(
        "custody.too_early",
        lambda: release(officers.front_line, [held], officers.custodian, occurred_at=early),
        BadInput,
    )
    refused("time.future", lambda: release(officers.front_line, [held], officers.custodian, occurred_at=late), BadInput)


def test_no_receipt_before_its_release(officers, held):
    at = SEIZED_AT + timedelta(days=2)
    (jti,) = release(officers.front_line, [held], officers.custodian, occurred_at=at)
    early = at - timedelta(minutes=1)
    refused(
        "custody.too_early",
        lambda: custody.receive(officers.custodian, release=jti, exhibits=[held], condition="Good", occurred_at=early),
        BadInput,
    )


def test_an_auditor_handles_nothing(officers, held):
    refused("role.missing", lambda: release(officers.auditor, [held], officers.custodian), Forbidden)


def test_a_batch_of_many_is_several_records(officers):
    front = officers.front_line
    case, _, _ = seized_case(front, *(item() for _ in range(150)))
    record_seizure(
        front, case=case, occurred_at=SEIZED_AT, facts=seizure_facts(front), items=[item() for _ in range(100)]
    )
    ids = list(Exhibit.objects.filter(case_id=case).order_by("ordinal").values_list("id", flat=True))
    assert len(ids) == 250
    made = release(front, ids, officers.custodian)
    assert len(made) == 2
    assert Exhibit.objects.filter(state="released").count() == 250
    assert {len(row.exhibits) for row in to_receive(officers.custodian.officer)} == {50, 200}


def test_the_receiver_sees_just_the_exhibit(officers):
    _, _, (one, two) = seized_case(officers.front_line, item(), item())
    release(officers.front_line, [one], officers.custodian)
    assert [row.id for row in exhibit_rows(officers.custodian, [one, two])] == [one]


@pytest.mark.parametrize("typed", ["{number}", "COPES:{id}", "copes:{id}", " S-77 ", "CSQU 305438-3", "{id}"])
def test_what_is_scanned_is_found(officers, typed):
    _, _, (one, _) = seized_case(officers.front_line, item(seal="S-77", container="CSQU3054383"), item())
    number = Exhibit.objects.get(id=one).number
    assert find_exhibit(officers.front_line, typed.format(number=number, id=one)).id == one
    with pytest.raises(Unseen):
        find_exhibit(officers.second, typed.format(number=number, id=one))


def test_seals(officers):
    front = officers.front_line
    _, _, (one, two) = seized_case(front, item(seal="S1"), item())
    refused("seal.present", lambda: custody.apply_seal(front, exhibit=one, seal="S2"))
    refused("seal.absent", lambda: custody.check_seal(front, exhibit=two, seal="S1", intact=True))
    refused("seal.other", lambda: custody.check_seal(front, exhibit=one, seal="S9", intact=True))
    custody.check_seal(front, exhibit=one, seal="S1", intact=False, remark="Cut through")
    custody.break_seal(front, exhibit=one, seal="S1", reason="Weighing", replaced_by="S2")
    assert Exhibit.objects.get(id=one).seal == "S2"
    _, _, (other,) = seized_case(front)
    refused("seal.in_use", lambda: custody.apply_seal(front, exhibit=other, seal="S2"), BadInput)
    custody.apply_seal(front, exhibit=two, seal="S2")
    assert differences() == []


@pytest.mark.parametrize(
    ("changed", "path", "said"),
    [
        ({"total": "1"}, "items.0.cash.total", "add up to"),
        ({"counters": ["one"]}, "items.0.cash.counters", "Two different officers"),
        ({"denominations": []}, "items.0.cash.denominations", "At least 1"),
        ({"currency": "euro"}, "items.0.cash.currency", "not written as it should"),
    ],
)
def test_cash_is_counted_right(officers, changed, path, said):
    front = officers.front_line
    if "counters" in changed:
        changed = {"counters": [front.officer, front.officer]}
    with pytest.raises(BadFields) as found:
        seized_case(front, cash(front, officers.second, **changed))
    assert any(place == path and said in message for place, message in found.value.errors), found.value.errors


def test_the_total_of_cash_is_the_sum(officers):
    front = officers.front_line
    _, _, (one,) = seized_case(front, cash(front, officers.second))
    assert Exhibit.objects.get(id=one).total == 215_080
