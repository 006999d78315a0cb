"""Erasure without need-to-know; what a database owner with an officer's own key may do."""

from dataclasses import replace

import pytest
from django.core.cache import cache

from copes.chain.cases.services import open_case
from copes.foundation.journal import services as journal
from copes.foundation.journal.checking import check_node
from copes.foundation.journal.models import Disclosure, Entry, SigningKey
from copes.foundation.journal.services import node_acting, writing
from copes.foundation.people import keys
from copes.foundation.people.models import Account
from copes.foundation.people.records import AgencyRegistered
from copes.foundation.refusals import Refusal
from copes.trust.records.ids import uuid7
from tests.foundation.journal.test_tampering import as_owner
from tests.support import new_officer, signed_in


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def other_agency():
    a = uuid7()
    with writing(node_acting()) as j:
        j.append(AgencyRegistered(agency=a, name="Police of elsewhere", country="FR"), about=[a])
    return a


@pytest.fixture
def asked(officers):
    case = open_case(officers.front_line, title="Secret title", suspected_offence="x", case=uuid7())
    entry = Entry.objects.filter(case_id=case.id, kind="case.opened/1").first()
    req = journal.request_erasure(
        officers.supervisor, record=entry.jti, paths=["body.title"], ground="Ground naming Jean Invented"
    )
    return officers, case, entry, req


def outsiders(officers):
    return [new_officer("Foreign Boss", "supervisor", agency=other_agency()), officers.legal, officers.administrator]


@pytest.mark.parametrize("who", [0, 1, 2])
def test_who_may_not_see_the_case_sees_no_request(asked, who):
    officers, *_ = asked
    page = signed_in(outsiders(officers)[who]).get("/integrity/erasures/", secure=True)
    assert "Jean Invented" not in page.content.decode()


@pytest.mark.parametrize("who", [0, 1, 2])
def test_who_may_not_see_the_case_erases_nothing(asked, who):
    officers, case, entry, req = asked
    with pytest.raises(Refusal):
        journal.approve_erasure(outsiders(officers)[who], request=req)
    assert Disclosure.objects.filter(entry=entry.index, path="body.title").exists()


@pytest.mark.parametrize("who", [0, 1])
def test_who_may_not_see_the_case_declines_nothing(asked, who):
    officers, case, entry, req = asked
    with pytest.raises(Refusal):
        journal.decline_erasure(outsiders(officers)[who], request=req, reason="because I can")


def test_check_finds_an_act_signed_with_another_officers_key(officers):
    """The owner of the database, an officer too, lends their own key to another officer for one act."""
    m, v = officers.second, officers.supervisor
    mk = SigningKey.objects.get(officer=m.officer, ended_index=None).kid
    as_owner(f"UPDATE journal_signing_key SET officer = '{v.officer}' WHERE kid = '{mk}'")
    forged = replace(v, signer=m.signer)
    open_case(forged, title="Opened in the supervisor's name", suspected_offence=None, case=uuid7())
    as_owner(f"UPDATE journal_signing_key SET officer = '{m.officer}' WHERE kid = '{mk}'")
    assert check_node() != []


def test_check_finds_a_key_enrolled_by_no_administrator(officers):
    """The owner of the database writes a key for another officer, signed with their own key."""
    from copes.foundation.journal.records import KeyRotated
    from copes.trust.records.private import PrivateKey

    m, v = officers.second, officers.supervisor
    new = PrivateKey.generate("EdDSA")
    account = Account.objects.get(officer_id=v.officer)
    body = keys._enrolment(account, new)
    old = SigningKey.objects.get(officer=v.officer, ended_index=None)
    with writing(m) as j:  # as a script would, with the officer's own unsealed key
        j.append(KeyRotated.model_validate({**body, "replaces": old.kid}), about=[v.officer])
    open_case(replace(v, signer=new), title="In the supervisor's name", suspected_offence=None, case=uuid7())
    assert check_node() != []


def test_check_finds_an_act_in_a_role_the_officer_does_not_hold(officers):
    with writing(replace(officers.second, role="administrator")) as j:
        from copes.foundation.people.records import RolesChanged

        j.append(
            RolesChanged.model_validate(
                {"officer": officers.second.officer, "roles": ["administrator"], "reason": "mine"}
            ),
            about=[officers.second.officer],
        )
    assert check_node() != []
