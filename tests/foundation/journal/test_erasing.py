"""Erasure: two officers, a ground, the value gone everywhere on the node, the proofs as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from copes.chain.cases.models import Control
from copes.chain.cases.services import grant_access, open_case, record_control
from copes.foundation.journal import queries
from copes.foundation.journal.checking import check_node
from copes.foundation.journal.models import Disclosure
from copes.foundation.journal.rebuilding import differences
from copes.foundation.journal.services import (
    approve_erasure,
    decline_erasure,
    erasable_fields,
    request_erasure,
    seal_now,
)
from copes.foundation.refusals import BadInput, Forbidden, Refusal, Unseen
from tests import support

GROUND = "Directive (EU) 2016/680, art. 16; decision 7/2026"
NAME = "Zoé Unmistakable-Surname"


@pytest.fixture
def control(officers):
    """A control that names a person; returns case and record."""
    case = open_case(officers.front_line, title="With a person").id
    made = record_control(
        officers.front_line,
        case=case,
        facts={
            "started_at": "2026-01-01T10:00:00+01:00",
            "grounds": "Routine",
            "legal_power": {"text": "Right of visit"},
            "place": {"name": "Post"},
            "persons": [{"role": "driver", "name": NAME, "nationality": "FR"}, {"role": "witness", "name": "Other"}],
            "officers": [officers.front_line.officer],
        },
    )
    grant_access(officers.supervisor, case=case, officer=officers.legal.officer, reason="Decides on erasure")
    return case, made.jti


def test_two_officers_erase_a_name_and_everything_still_verifies(officers, control, node):
    case, record = control
    seal_now()
    before = queries.place_of(record)
    request = request_erasure(officers.supervisor, record=record, paths=["body.persons.0"], ground=GROUND)
    approve_erasure(officers.legal, request=request)
    person, other = Control.objects.get(case_id=case).body["persons"]
    assert "name" not in person
    assert other["name"] == "Other"
    assert {view.path for view in queries.erasures_of(case)} == {"body.persons.0.name", "body.persons.0.nationality"}
    assert {view.by for view in queries.erasures_of(case)} == {officers.legal.officer}
    assert queries.place_of(record) == before
    seal_now()
    assert check_node() == []
    assert differences() == []
    assert not Disclosure.objects.filter(path="body.persons.0.name").exists()


@pytest.mark.sqlite
@pytest.mark.skipif(bool(support.POSTGRESQL), reason="looks into SQLite's file")
def test_the_erased_value_is_nowhere_in_the_database_file(officers, control):
    import base64

    _, record = control
    request = request_erasure(officers.supervisor, record=record, paths=["body.persons.0"], ground=GROUND)
    approve_erasure(officers.legal, request=request)
    path = Path(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    assert NAME.encode() not in data
    assert base64.urlsafe_b64encode(NAME.encode())[4:20] not in data


def test_who_asked_cannot_approve(officers, control):
    request = request_erasure(officers.supervisor, record=control[1], paths=["body.persons.0.name"], ground=GROUND)
    with pytest.raises(Forbidden) as refused:
        approve_erasure(officers.supervisor, request=request)
    assert refused.value.code == "erasure.four_eyes"
    assert Disclosure.objects.filter(path="body.persons.0.name").exists()


def test_a_decided_request_is_decided(officers, control):
    request = request_erasure(officers.supervisor, record=control[1], paths=["body.persons.0.name"], ground=GROUND)
    decline_erasure(officers.legal, request=request, reason="Needed as evidence")
    with pytest.raises(Refusal) as refused:
        approve_erasure(officers.legal, request=request)
    assert refused.value.code == "erasure.decided"


def test_who_may_not_see_the_case_learns_nothing(officers, control):
    for act in (
        lambda who: erasable_fields(who, control[1]),
        lambda who: request_erasure(who, record=control[1], paths=["body.persons.0"], ground=GROUND),
    ):
        with pytest.raises(Unseen):
            act(officers.administrator)
        with pytest.raises(Forbidden):
            act(officers.front_line)


@pytest.mark.parametrize("path", ["body.nothing", "body.place.name", "", "persons"])
def test_only_salted_fields_can_be_erased(officers, control, path):
    with pytest.raises(BadInput) as refused:
        request_erasure(officers.supervisor, record=control[1], paths=[path], ground=GROUND)
    assert refused.value.field == "paths"
