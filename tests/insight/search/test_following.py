"""The index follows: corrections, erasures down to the file, speed, and what a rebuild gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from copes.chain.cases.models import Control
from copes.chain.cases.services import correct_control, grant_access, open_case, record_control
from copes.foundation.journal.following import behind, catch_up
from copes.foundation.journal.services import approve_erasure, request_erasure
from copes.insight.search import queries
from copes.insight.search.models import Thing
from tests import support
from tests.chain.making import control_facts

NAME = "Zebulon Quagmire"


def titles(acting, text):
    return [(row.kind, row.name, row.corrected) for row in queries.search(acting, text).rows]


@pytest.fixture
def control(officers):
    front = officers.front_line
    case = open_case(front, title="Erasing").id
    persons = [{"role": "driver", "name": NAME, "document": "QX 998877"}, {"role": "witness", "name": "Other Person"}]
    facts = control_facts(front, persons=persons, means_of_transport=[{"transport": "car", "registration": "ZZ-1-Z"}])
    made = record_control(front, case=case, facts=facts)
    grant_access(front, case=case, officer=officers.legal.officer, reason="Decides on erasure")
    return case, made, facts


def corrected_name(officers, control, name):
    case, made, facts = control
    row = Control.objects.get(id=made.id)
    persons = [{**one} for one in row.body["persons"]]
    persons[0]["name"] = name
    correct_control(
        officers.front_line, case=case, control=made.id, facts={**facts, "persons": persons}, reason="Misheard"
    )


def test_a_corrected_name_is_found_by_the_new_and_the_old(officers, control):
    assert titles(officers.front_line, "zebulon") == [("person", NAME, False)]
    corrected_name(officers, control, "Zachary Quagmire")
    assert titles(officers.front_line, "zachary") == [("person", "Zachary Quagmire", True)]
    assert titles(officers.front_line, "zebulon quagmire") == [("person", "Zachary Quagmire", True)]
    corrected_name(officers, control, "Zorro Quagmire")
    for text in ("zebulon", "zachary", "zorro"):
        assert titles(officers.front_line, text) == [("person", "Zorro Quagmire", True)]
    assert titles(officers.second, "zebulon") == []


def test_erased_words_are_found_no_more_and_others_still(officers, control):
    assert titles(officers.front_line, "quagmire")
    request = request_erasure(
        officers.supervisor, record=control[1].jti, paths=["body.persons.0"], ground="Directive (EU) 2016/680 art. 16"
    )
    approve_erasure(officers.legal, request=request)
    for text in ("quagmire", "qx998877", "zebulon"):
        assert titles(officers.front_line, text) == []
    assert titles(officers.front_line, "other person") == [("person", "Other Person", False)]
    assert not Thing.objects.filter(words__contains="quagmire").exists()


def test_a_corrected_and_then_erased_name_is_found_no_more(officers, control):
    corrected_name(officers, control, "Zachary Quagmire")
    assert titles(officers.front_line, "zachary")
    request = request_erasure(
        officers.supervisor, record=control[1].jti, paths=["body.persons.0"], ground="Directive (EU) 2016/680 art. 16"
    )
    approve_erasure(officers.legal, request=request)
    assert titles(officers.front_line, "zebulon") == []


@pytest.mark.sqlite
@pytest.mark.skipif(bool(support.POSTGRESQL), reason="looks into SQLite's file")
def test_the_erased_word_is_nowhere_in_the_database_file(officers, control):
    path = Path(connection.settings_dict["NAME"])
    for number in range(30):
        record_control(
            officers.front_line, case=control[0], facts=control_facts(officers.front_line, found=f"Package {number}")
        )
        catch_up("search")

    def data():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes().lower()

    assert titles(officers.front_line, "quagmire")
    for word in (b"quagmire", b"qx998877"):
        assert word in data()
    request = request_erasure(
        officers.supervisor, record=control[1].jti, paths=["body.persons.0"], ground="Directive (EU) 2016/680 art. 16"
    )
    approve_erasure(officers.legal, request=request)
    left = data()
    for word in (b"quagmire", b"zebulon", b"qx998877", b"quagmir", b"uagmire"):
        assert word not in left, word
    assert titles(officers.front_line, "package 7")


def test_an_act_does_not_wait_for_the_index(officers, control):
    titles(officers.front_line, "other")
    record_control(officers.front_line, case=control[0], facts=control_facts(officers.front_line))
    assert behind("search") > 0
    titles(officers.front_line, "other")
    assert behind("search") == 0


def test_every_record_is_read_once(officers):
    """The follower takes each note, and nothing twice."""
    from copes.chain.cases.services import add_note

    case = open_case(officers.front_line, title="Quick").id
    for number in range(60):
        add_note(officers.front_line, case=case, text=f"Note {number} about the pallets")
    read = catch_up("search")
    assert read >= 61
    assert catch_up("search") == 0
    assert Thing.objects.filter(kind="note").count() == 60
