"""Nobody signs for an officer: not a thief of the database, not an administrator, not another session."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from copes.foundation.journal import queries
from copes.foundation.journal.services import writing
from copes.foundation.people import keys, services
from copes.foundation.people.middleware import KEY_COOKIE, acting_for
from copes.foundation.people.models import Account, ApiToken, SealedKey, UnlockedKey
from copes.foundation.people.records import RolesChanged
from copes.foundation.refusals import BadInput, Forbidden, KeyLocked, Refusal, Unseen
from copes.trust.errors import TrustError
from copes.trust.records.jose import b64u
from copes.trust.records.private import unseal_with_password, unwrap_with_secret
from tests import support


def account(officers, name="front_line"):
    return Account.objects.select_related("officer").get(officer_id=officers[name].officer)


def test_a_copy_of_the_database_signs_for_nobody(officers, client_for):
    """Everything an administrator of database and disk has, against every stored form of the key."""
    client_for(officers.front_line)
    services.create_token(officers.front_line, password=support.PASSWORD, name="scanner", days=30)
    for row in SealedKey.objects.all():
        with pytest.raises(TrustError):
            unseal_with_password(row.sealed, "guess")
    for row in [*UnlockedKey.objects.all(), *ApiToken.objects.all()]:
        for secret in (bytes(32), bytes.fromhex(row.id)):
            with pytest.raises(TrustError):
                unwrap_with_secret(row.wrapped, secret, f"officer {row.account.officer_id}".encode())


def test_signing_in_unlocks_the_key_for_this_browser_only(officers, client_for):
    browser = client_for(officers.front_line)
    cookie = browser.cookies[KEY_COOKIE]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Strict"
    assert keys.session_key(account(officers), cookie.value).kid == officers.front_line.signer.kid
    assert keys.session_key(account(officers, "custodian"), cookie.value) is None
    assert keys.session_key(account(officers), b64u(bytes(32))) is None


def test_signing_out_forgets_the_wrapped_key(officers, client_for):
    browser = client_for(officers.front_line)
    secret = browser.cookies[KEY_COOKIE].value
    browser.post("/accounts/logout/", secure=True)
    assert keys.session_key(account(officers), secret) is None
    assert not UnlockedKey.objects.filter(account=account(officers)).exists()


def test_a_session_without_its_cookie_can_read_but_not_sign(officers, client_for):
    browser = client_for(officers.front_line)
    del browser.cookies[KEY_COOKIE]
    acting = acting_for(account(officers), None)
    with pytest.raises(KeyLocked):
        services.revoke_key(acting, officer=acting.officer, reason="my own")


def test_a_token_carries_its_own_key_and_ends_when_revoked(officers):
    text = services.create_token(officers.custodian, password=support.PASSWORD, name="scanner", days=1)
    who, key = keys.token_key(text)
    assert (who.officer_id, key.kid) == (officers.custodian.officer, officers.custodian.signer.kid)
    assert keys.token_key(text[:-3] + ("B" if text[-3] == "A" else "A") + text[-2:]) is None
    services.revoke_token(officers.custodian, token=keys.hashed(text))
    assert keys.token_key(text) is None
    with pytest.raises(Unseen):
        services.revoke_token(officers.front_line, token=keys.hashed(text))


def test_a_wrong_password_opens_nothing(officers):
    with pytest.raises(BadInput):
        keys.unsealed(account(officers), "another long password")


def test_changing_the_password_keeps_the_key(officers):
    services.change_password(account(officers), old=support.PASSWORD, new="an entirely different phrase")
    assert keys.unsealed(account(officers), "an entirely different phrase").kid == officers.front_line.signer.kid
    with pytest.raises(BadInput):
        keys.unsealed(account(officers), support.PASSWORD)


def test_a_forgotten_password_means_a_new_key_and_the_old_one_counts_no_more(officers):
    again = services.renew_invitation(officers.administrator, officer=officers.front_line.officer)
    services.activate(again.code, password="quite another phrase here")
    newest, old = queries.keys_of(officers.front_line.officer)
    assert old.ended_reason == "rotated"
    assert old.kid == officers.front_line.signer.kid
    assert newest.ended_index is None
    with pytest.raises(Refusal) as refused:
        services.revoke_key(officers.front_line, officer=officers.front_line.officer, reason="with the old key")
    assert refused.value.code == "key.not_valid"


def test_an_activation_code_works_once(officers):
    invited = services.invite_officer(
        officers.administrator, name="New Officer", service_number="77", username="new", officer_roles=["front_line"]
    )
    services.activate(invited.code, password="a phrase of my own choice")
    with pytest.raises(Unseen):
        services.activate(invited.code, password="a phrase of my own choice")


def test_only_administrators_manage_officers(officers):
    for name in ("supervisor", "auditor", "legal", "front_line"):
        with pytest.raises(Forbidden):
            services.invite_officer(
                officers[name], name="X Y", service_number="9", username=f"x{name}", officer_roles=["administrator"]
            )


def test_the_last_administrator_stays(officers):
    with pytest.raises(Refusal) as refused:
        services.change_roles(
            officers.administrator, officer=officers.administrator.officer, officer_roles=["auditor"], reason="oops"
        )
    assert refused.value.code == "administrator.last"


def test_a_deactivated_officer_neither_signs_in_nor_signs(officers, client_for):
    browser = client_for(officers.second)
    services.deactivate_officer(officers.administrator, officer=officers.second.officer, reason="left the service")
    assert browser.get("/integrity/", secure=True).status_code in (302, 403)
    fresh = Client()
    answer = fresh.post("/accounts/login/", {"login": "second", "password": support.PASSWORD}, secure=True)
    assert answer.status_code == 200
    with pytest.raises(Refusal) as refused, writing(officers.second) as journal:
        journal.append(RolesChanged(officer=officers.second.officer, roles=["supervisor"], reason="still here"))
    assert refused.value.code == "key.not_valid"


def test_an_activation_row_written_by_the_owner_of_the_database_opens_nothing(officers):
    """The code must be stated in a record that an administrator signed."""
    from django.utils import timezone

    from copes.foundation.people.models import Activation

    victim = account(officers, "supervisor")
    behind = next(queries.records_of_kinds(["officer.enrolled/1"])).jti
    for record in (behind, "no-such-record"):
        Activation.objects.all().delete()
        Activation.objects.create(
            id=keys.hashed("chosen"), account=victim, record_id=record, expires_at=timezone.now() + timedelta(days=1)
        )
        with pytest.raises(Forbidden) as refused:
            services.activate("chosen", password="a phrase of the thief")
        assert refused.value.code == "activation.not_recorded"
    assert keys.unsealed(victim, support.PASSWORD).kid == officers.supervisor.signer.kid


def test_a_renewed_invitation_names_who_renewed_it(officers):
    services.renew_invitation(officers.administrator, officer=officers.supervisor.officer)
    (record,) = queries.records_of_kinds(["activation.renewed/1"])
    assert record.fact().officer == officers.administrator.officer
