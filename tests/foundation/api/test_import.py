"""Tables by program: every bad place named before anything is recorded; all lines or none."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from copes.foundation.journal.queries import ledger_size
from tests.foundation.api.conftest import calls_as
from tests.foundation.api.test_case import UNKNOWN, made

HEAD = "date,place,country,description,category,quantity,unit\n"
GOOD = (
    HEAD
    + "2024-03-01,Toll of Vienne,FR,Chewing tobacco,tobacco,12.5,kg\n2024-03-02T14:05+01:00,Lyon,FR,Resin,drugs,3,g\n"
)


@pytest.fixture
def anna(officers):
    return calls_as(officers.front_line)


@pytest.fixture
def case(anna):
    return made(anna.post("/cases", {"title": "A season of small seizures"}))["id"]


def send(caller, address, text, key=None):
    data = text if isinstance(text, bytes) else text.encode()
    headers = caller.headers(**{"Idempotency-Key": key or str(uuid.uuid4())})
    file = SimpleUploadedFile("season.csv", data, "text/csv")
    return caller.client.post(f"/api{address}", {"table": file}, headers=headers)


def test_look_first_then_all_of_it_once(anna, case):
    size = ledger_size()
    seen = made(send(anna, f"/cases/{case}/imports/preview", GOOD), 200)
    assert (seen["good"], seen["bad"]) == (2, [])
    assert seen["lines"][0]["quantity"] == "12.5"
    assert ledger_size() == size
    key = str(uuid.uuid4())
    first = made(send(anna, f"/cases/{case}/imports", GOOD, key))
    again = made(send(anna, f"/cases/{case}/imports", GOOD, key))
    assert first == again == {"seizures": 2, "records": 4}
    assert ledger_size() == size + 4
    assert len(made(anna.get(f"/cases/{case}/seizures"), 200)) == 2


def test_bad_lines_are_named_and_nothing_is_recorded(anna, case):
    size = ledger_size()
    bad = (
        GOOD
        + "yesterday,Lyon,FR,Resin,drugs,3,g\n2024-03-02,Lyon,ZZ,Resin,drugs,3,g\n2024-03-02,Lyon,FR,Resin,drugs,-3\n"
    )
    seen = made(send(anna, f"/cases/{case}/imports/preview", bad), 200)
    assert [(one["line"], one["column"]) for one in seen["bad"]] == [(4, "date"), (5, "country"), (6, "")]
    assert all(one["reason"] and one["mend"] for one in seen["bad"])
    answer = send(anna, f"/cases/{case}/imports", bad)
    assert (answer.status_code, answer.json()["code"]) == (400, "import.bad_lines")
    assert answer.json()["field"] == "line 4 date"
    assert ledger_size() == size


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", b'"', HEAD.encode(), b"\x00" * 100])
def test_what_is_no_table(anna, case, data):
    size = ledger_size()
    assert made(send(anna, f"/cases/{case}/imports/preview", data), 200)["bad"]
    assert send(anna, f"/cases/{case}/imports", data).status_code in {400, 422}
    assert ledger_size() == size


def test_into_a_case_one_may_not_see(officers, anna, case):
    stranger = calls_as(officers.second)
    for address in ("imports", "imports/preview"):
        hidden = send(stranger, f"/cases/{case}/{address}", GOOD)
        missing = send(stranger, f"/cases/{UNKNOWN}/{address}", GOOD)
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
