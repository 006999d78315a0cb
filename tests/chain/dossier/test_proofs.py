"""What a dossier carries so that a stranger can hold it against earlier heads, and see who made whom what."""

from __future__ import annotations

import json

import pytest

from copes.chain.custody.handling import photograph
from copes.chain.seizures.services import record_seizure
from copes.foundation.journal.queries import ledger_vkey, recent_checkpoints
from copes.foundation.journal.services import seal_now
from copes.foundation.people.services import change_roles
from copes.foundation.refusals import BadInput
from copes.trust.verifier.anchors import Anchors
from copes.trust.verifier.cli import check
from tests.chain.dossier.making import handed_over_case, issued, picture
from tests.chain.making import cash, seized_case
from tests.support import new_officer


def test_every_earlier_head_is_proven_to_have_grown_into_this_one(officers):
    made = handed_over_case(officers)
    for turn in range(50):
        change_roles(
            officers.administrator, officer=officers.legal.officer, officer_roles=["legal"], reason=f"no. {turn}"
        )
        seal_now()
    notes = [head.note.encode() for head in recent_checkpoints(100)]
    assert len(notes) >= 50
    outcome = check(issued(officers, made).path, Anchors(keys=[ledger_vkey()], held=notes))
    assert outcome.code() == 0
    assert outcome.findings.counts["held", "held_consistent"] == len(notes)


def test_who_made_the_administrators_administrators_is_there(officers):
    second = new_officer("Second Administrator", "administrator")
    made = handed_over_case(officers)
    change_roles(second, officer=officers.custodian.officer, officer_roles=["custodian"], reason="again")
    dossier = issued(officers, made)
    assert dossier.outcome.code() == 0
    counts = dossier.outcome.findings.counts
    assert not counts["unchecked", "roles_unknown"]
    assert not counts["failed", "administrator_unproven"]


def test_the_list_of_withheld_fields_is_signed(officers):
    made = handed_over_case(officers)
    dossier = issued(officers, made)
    manifest = dossier.path / "data/dossier.json"
    stated = json.loads(manifest.read_text())
    stated["withheld"] = [{"jti": dossier.record, "digest": "x", "path": "body.recipient", "why": "erased"}]
    manifest.write_text(json.dumps(stated))
    outcome = check(dossier.path, Anchors(keys=[ledger_vkey()]))
    assert outcome.findings.counts["failed", "issued_withheld_list"] == 1


def test_one_picture_shows_one_exhibit(officers):
    front = officers.front_line
    _, _, (one, other) = seized_case(front, cash(front, officers.second), cash(front, officers.second))
    photograph(front, exhibit=one, data=picture("red"))
    with pytest.raises(BadInput) as found:
        photograph(front, exhibit=other, data=picture("red"))
    assert found.value.code == "photograph.present"


def test_what_is_seized_begins_in_the_hands_of_those_who_seized_it(officers, monkeypatch):
    seen = {}

    def spy(acting, **options):
        seen.update(options)
        return record_seizure(acting, **options)

    monkeypatch.setattr("tests.chain.making.record_seizure", spy)
    seized_case(officers.front_line)
    again = {**seen, "facts": {**seen["facts"], "officers": [officers.front_line.officer, officers.second.officer]}}
    with pytest.raises(BadInput) as found:
        record_seizure(officers.front_line, **{**again, "holder": officers.custodian.officer})
    assert found.value.code == "seizure.holder"
    record_seizure(officers.front_line, **{**again, "holder": officers.second.officer})
    case = seen["case"]
    made = type("Made", (), {"case": case})
    assert issued(officers, made).outcome.code() == 0
