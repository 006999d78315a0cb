"""A new officer: invited into an office, activated, signed in, and led to a second factor where the node demands one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache

from copes.foundation.people import offices
from copes.foundation.people.models import Account
from tests import support
from tests.browser.conftest import Site
from tests.browser.shift import SLOW, Shift
from tests.running import served

pytestmark = pytest.mark.browser
PASSWORD = "four words nobody joins"


@pytest.fixture(scope="module")
def _strict(tmp_path_factory: pytest.TempPathFactory, templates: Any, django_db_blocker: Any) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("strict")
    with django_db_blocker.unblock():
        address = templates.copy(folder / "db")
        node = support.new_home(
            folder / "home",
            database=address,
            practice=True,
            origin="test.example/PRACTICE/strict",
            second_factor="required",
        )
        with support.serving(node):
            support.begin()
            officers = support.enrol_staff("administrator", "supervisor")
            chief = officers.administrator
            for name in ("Harbour", "Airport"):
                offices.register_office(chief, agency=chief.agency, name=name, place="Brest")
        with served(node.home) as running:
            yield node, running, officers
        templates.drop(address)


@pytest.fixture
def site(_strict: Any, django_db_blocker: Any) -> Iterator[Site]:
    """A node that demands a second factor of everybody; so far nobody has one."""
    node, running, officers = _strict
    with django_db_blocker.unblock(), support.serving(node):
        Authenticator.objects.all().delete()
        yield Site(running.url, node, officers)


def code_of(secret: str) -> str:
    """The six digits an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_new_officer_comes_in(site: Site, open_page: Callable[..., Any], axe: Any, language: str) -> None:
    cache.clear()
    username = f"novice.{secrets.token_hex(3)}"
    chief = Shift(open_page(language=language, size="desk"), axe, "administrator", language)
    enter(chief, "administrator", support.PASSWORD)
    second_factor(chief, support.PASSWORD)
    code = invite(chief, username, "Harbour")

    novice = Shift(open_page(language=language, size="phone"), axe, "novice", language)
    activate(novice, code, username)
    enter(novice, username, PASSWORD)
    novice.page.goto("/cases/")
    assert novice.page.url.endswith("/people/me/second-factor/"), "nothing works before"
    second_factor(novice, PASSWORD)
    novice.go("/", "my-day")
    assert novice.page.locator("main a[href='/cases/control/new/']").count()
    come_back(novice, username)

    account = Account.objects.select_related("officer").get(username=username)
    (office,) = [one for one in offices.all_offices(site.officers.administrator.agency) if one.name == "Harbour"]
    assert account.officer is not None
    assert account.officer.office_id == office.id


def enter(shift: Shift, username: str, password: str) -> None:
    """Password first; the node then leads to the second factor."""
    page = shift.page
    page.set_default_timeout(SLOW)
    shift.go("/accounts/login/", "sign-in")
    page.fill("#id_login", username)
    page.fill("#id_password", password)
    shift.press("main form button:not([form])")
    shift.arrive("/people/me/second-factor/$", "second-factor")


def second_factor(shift: Shift, password: str) -> None:
    """The authenticator app, and the recovery codes."""
    page = shift.page
    shift.press("main a[href='/accounts/2fa/totp/activate/']")
    shift.arrive("/accounts/(2fa/totp/activate|reauthenticate)/", "app")
    if "/reauthenticate/" in page.url:
        page.fill("#id_password", password)
        shift.press("main form button.button")
        shift.arrive("/totp/activate/$", "app-again")
    secret = page.inner_text("main code.secret")
    page.fill("#id_code", code_of(secret))
    shift.press("main form button.button")
    shift.arrive("/recovery-codes/", "recovery-codes")
    assert page.locator(".secret--list li").count() >= 8
    shift.secret = secret


def invite(shift: Shift, username: str, office: str) -> str:
    page = shift.page
    shift.go("/people/officers/", "officers")
    shift.follow("main a[href='/people/officers/invite/']", "/invite/$", "invite")
    page.fill("[name=name]", "Nils New")
    page.fill("[name=service_number]", username)
    page.fill("[name=username]", username)
    page.select_option("[name=office]", label=office)
    page.check("[name=roles][value=front_line]")
    shift.press("main form button.button")
    page.locator("main code.secret").wait_for()
    shift.see("invited")
    return str(page.inner_text("main code.secret"))


def activate(shift: Shift, code: str, username: str) -> None:
    page = shift.page
    page.set_default_timeout(SLOW)
    shift.go("/people/activate/", "activate")
    page.fill("[name=code]", code)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    shift.press("main form button.button")
    page.locator("main a[href='/accounts/login/']").wait_for()
    shift.see("activated")
    assert username in page.inner_text("main")


def come_back(shift: Shift, username: str) -> None:
    """Next morning: password and code."""
    page = shift.page
    cache.clear()
    shift.go("/accounts/logout/", "sign-out")
    shift.press("main form button.button")
    page.goto("/accounts/login/")
    page.fill("#id_login", username)
    page.fill("#id_password", PASSWORD)
    shift.press("main form button:not([form])")
    shift.arrive("/accounts/2fa/authenticate/", "code")
    page.fill("#id_code", code_of(shift.secret))
    shift.press("main form button.button")
    shift.arrive("/$", "my-day-again")
