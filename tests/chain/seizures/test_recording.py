"""Seizures and detentions: through the services and in the browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from copes.chain.cases.services import open_case, record_control
from copes.chain.cases.wording import BadFields
from copes.chain.custody.models import Exhibit
from copes.chain.seizures import services
from copes.chain.seizures.models import Seizure
from copes.foundation.journal.queries import records_of_case
from copes.foundation.journal.rebuilding import differences
from copes.foundation.refusals import BadInput, Forbidden, Unseen
from tests.chain.entering import send, shown
from tests.chain.making import CONTROL_AT, SEIZED_AT, cash, control_facts, item, seized_case, seizure_facts

FORM = {
    "occurred_at": "2018-02-09T02:10",
    "place__name": "Vienne",
    "cause": "Undeclared cash",
    "legal_basis__text": "Undeclared transfer",
    "items-0-description": "Bag, blue",
    "items-0-category": "packaging",
    "items-0-quantity": "1",
    "items-0-unit": "pieces",
    "persons-0-role": "driver",
    "persons-0-name": "Jean Invented",
    "presence": "present",
    "drafted_at__name": "Customs office",
    "started_at": "2018-02-09T03:00",
    "closed_at": "2018-02-09T04:00",
    "read_to_person": "true",
    "signature": "refused",
    "copy_given": "given",
}


@pytest.fixture
def case(officers):
    return open_case(officers.front_line, title="Cash at the toll").id


@pytest.fixture
def control(officers, case):
    return record_control(officers.front_line, case=case, facts=control_facts(officers.front_line)).id


def record(acting, case, control, *items, at=SEIZED_AT, act="seizure", **changes):
    facts = seizure_facts(acting, control, **changes)
    return services.record_seizure(acting, case=case, occurred_at=at, facts=facts, items=list(items), act=act)


def test_a_seizure_rests_on_its_control_and_makes_exhibits(officers, case, control):
    front = officers.front_line
    made = record(front, case, control, item(), cash(front, officers.second))
    records = {r.jti: r.fact() for r in records_of_case(case)}
    seizure = records[made.jti]
    (of_control,) = [f for f in records.values() if f.kind == "control.recorded/1"]
    assert seizure.rests_on == (of_control.jti,)
    exhibits = [f for f in records.values() if f.kind == "exhibit.created/1"]
    assert all(f.rests_on == (made.jti,) for f in exhibits)
    assert [line["number"] for line in seizure.body["items"]] == [f.body["number"] for f in exhibits]
    assert seizure.body["items"][1]["total"] == "215080"
    again = record(front, case, control, item(), act="detention")
    assert Seizure.objects.get(id=again.id).act == "detention"
    assert Exhibit.objects.order_by("-ordinal").first().ordinal == 3
    assert differences() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"at": CONTROL_AT - timedelta(minutes=1)}, "seizure.before_control"),
        ({"at": timedelta(minutes=4)}, "time.future"),
        ({"started_at": SEIZED_AT - timedelta(minutes=1)}, "report.before_seizure"),
        ({"closed_at": timedelta(days=1)}, "time.future"),
        ({"presence": "absent"}, "input.invalid"),
        ({"presence": "absent", "signature": "not_asked"}, "input.invalid"),
        ({"control": "01890000-0000-7000-8000-000000000000"}, "control.unknown"),
    ],
)
def test_times_and_formalities_must_fit(officers, case, control, changes, code):
    now = datetime.now(tz=UTC)  # a timedelta counts from the moment of the test
    changes = {name: now + one if isinstance(one, timedelta) else one for name, one in changes.items()}
    with pytest.raises(BadInput) as found:
        record(officers.front_line, case, changes.pop("control", control), item(), **changes)
    assert found.value.code == code
    assert not Seizure.objects.exists()


def test_a_seizure_needs_items_and_not_too_many(officers, case, control):
    for items in ([], [item()] * 151):
        with pytest.raises(BadInput):
            record(officers.front_line, case, control, *items)


def test_every_wrong_item_is_named(officers, case, control):
    with pytest.raises(BadFields) as found:
        record(
            officers.front_line,
            case,
            control,
            item(unit=None),
            item(),
            item(container="CSQU3054384"),
            cause="",
        )
    paths = {path for path, _ in found.value.errors}
    assert paths == {"cause", "items.0.unit", "items.2.container.typed"}


def test_who_may_not(officers, case, control):
    with pytest.raises(Unseen):
        record(officers.second, case, control, item())
    with pytest.raises(Forbidden):
        record(officers.custodian, case, control, item())


def test_the_form_with_items_and_cash(officers, client_for, case, control):
    client = client_for(officers.front_line)
    url = f"/seizures/case/{case}/new/"
    page = send(client, url, FORM | {"add": "cash"})
    assert shown(page)["items-0-description"] == "Bag, blue"
    typed = {
        "cash-0-description": "Banknotes",
        "cash-0-currency": "eur",
        "cash-0-n_EUR_note_500": "430",
        "cash-0-n_EUR_note_20": "3",
        "cash-0-other": "5 × 4",
        "cash-0-first_counter": officers.front_line.officer,
    }
    page = send(client, url, typed, page=page)
    assert page.status_code == 400
    assert "Two different officers must count cash" in page.content.decode()
    page = send(client, url, {"cash-0-second_counter": officers.second.officer, "cash-0-total": "215000"}, page=page)
    assert "add up to 215080" in page.content.decode()
    page = send(client, url, {"cash-0-total": ""}, page=page)
    text = page.content.decode()
    assert page.redirect_chain, text
    assert "Fewer than two officers are named" in text
    seizure = Seizure.objects.get()
    assert (seizure.control, seizure.items) == (control, 2)
    banknotes = Exhibit.objects.get(category="cash")
    assert (banknotes.total, banknotes.currency) == (215_080, "EUR")
    assert "215\u202f080" in text
    assert "Jean Invented" in text


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("items-0-quantity", "one", "Enter a number"),
        ("items-0-unit", "", "needs a unit"),
        ("items-0-hs_code", "24", "not written as it should"),
        ("items-0-container", "MSKU 1", "not a container number"),
        ("presence", "absent", "not present"),
        ("occurred_at", "2018-02-09T01:00", "before the start of the control"),
        ("signature", "", "required"),
    ],
)
def test_a_wrong_entry_comes_back(officers, client_for, case, control, name, value, said):
    client = client_for(officers.front_line)
    page = send(client, f"/seizures/case/{case}/new/", FORM | {name: value})
    assert page.status_code == 400
    assert said in page.content.decode()
    assert "Bag, blue" in page.content.decode()
    assert not Seizure.objects.exists()


def test_a_report_is_corrected(officers, client_for):
    _, seizure, _ = seized_case(officers.front_line)
    client = client_for(officers.front_line)
    typed = {"signature": "refused", "statements": "It is not mine", "reason-0-reason": "Signature was refused"}
    page = send(client, f"/seizures/{seizure}/correct/", typed)
    text = page.content.decode()
    assert "Refused to sign" in text
    assert "It is not mine" in text
    row = Seizure.objects.get()
    assert sorted(row.sources) == ["body.signature", "body.statements"]
    assert differences() == []


def test_a_list_is_previewed_then_imported(officers, client_for, case):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_for(officers.front_line)
    url = f"/seizures/case/{case}/import/"
    bad = b"state,potency,weight,month,price\nFL,50,12.5,13,100\nXX,50,12.5,1,100\n"
    page = send(client, url, {"list": SimpleUploadedFile("bad.csv", bad)})
    assert page.status_code == 400
    assert page.content.decode().count('<td class="number" data-label="Line">') == 2
    good = b"state,potency,weight,month,price\nFL,50,12.5,1,100\nWA,77.0,217.0,1,5000.0\n"
    page = send(client, url, {"list": SimpleUploadedFile("good.csv", good)})
    assert "2 lines can be recorded" in page.content.decode()
    assert not Seizure.objects.exists()
    page = send(client, url, {"do": "import"}, page=page)
    assert "2 seizures are recorded" in page.content.decode()
    assert Exhibit.objects.count() == 2
