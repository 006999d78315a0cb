"""People and access in a browser: accessible, fitting a phone, right in both directions; and a request's whole way."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from copes.chain.cases import access_queries, access_services
from copes.chain.cases.models import Case
from copes.chain.cases.services import open_case
from copes.foundation.people import delegating, offices, proposing
from copes.foundation.people.models import Delegation
from copes.foundation.people.role_changes import ROLE_CHANGE
from copes.foundation.refusals import Refusal
from tests.browser.conftest import Site, fits

pytestmark = pytest.mark.browser
VIEWS = [("en", "desk"), ("en", "phone"), ("ar", "desk"), ("ar", "phone")]
SHOTS = os.environ.get("COPES_SHOTS", "")


@pytest.fixture
def prepared(site: Site) -> dict[str, str]:
    """A case with a request, a broken glass and a delegation; an office; a proposal."""
    staff = site.officers
    case = Case.objects.get(id=open_case(staff.front_line, title="Cash at the toll").id)
    access_services.request_access(staff.examiner, number=case.number, reason="Samples of it reached the laboratory")
    access_services.break_glass(staff.second, number=case.number, reason="The drum leaks in our store now", hours=2)
    now = timezone.now()
    if not Delegation.objects.filter(officer=staff.front_line.officer, ended_at=None).exists():
        delegating.delegate(
            staff.front_line,
            delegate=staff.second.officer,
            begins=now,
            until=now + timedelta(days=9),
            reason="Annual leave",
        )
        proposing.propose(
            staff.supervisor,
            act=ROLE_CHANGE,
            subject=staff.legal.officer,
            values={"roles": ["legal", "auditor"]},
            reason="The auditor retires",
        )
    try:
        offices.register_office(staff.administrator, agency=staff.administrator.agency, name="Harbour", place="Brest")
    except Refusal as refusal:
        assert refusal.code == "office.name"
    request = next(
        one.id for one in access_queries.waiting_for(staff.supervisor) if one.kind == "request" and one.case == case.id
    )
    return {
        "case": case.id,
        "number": case.number,
        "request": request,
        "glass": access_queries.access_of(case.id)[0].id,
        "delegation": Delegation.objects.get(officer=staff.front_line.officer, ended_at=None).id,
    }


def addresses(site: Site, at: dict[str, str]) -> list[tuple[str, list[str]]]:
    legal = site.officers.legal.officer
    proposal = proposing.proposals_for(site.officers.administrator)[0].id
    return [
        ("second", ["/cases/access/ask/", "/cases/access/mine/", "/cases/access/glass/", "/people/me/",
                    "/people/delegations/", "/people/delegations/new/", "/people/me/second-factor/"]),
        ("supervisor", ["/cases/access/waiting/", f"/cases/access/requests/{at['request']}/",
                        f"/cases/access/requests/{at['request']}/?decline=1", f"/cases/access/reviews/{at['glass']}/",
                        f"/cases/access/standing-in/{at['delegation']}/", f"/cases/{at['case']}/",
                        f"/cases/access/officers/{site.officers.front_line.officer}/"]),
        ("administrator", ["/people/officers/", f"/people/officers/{legal}/", "/people/agencies/",
                           "/people/agencies/new/", "/people/offices/new/", "/people/proposals/",
                           f"/people/proposals/{proposal}/", f"/people/officers/{legal}/office/"]),
        ("auditor", [f"/people/reads/?number={at['number']}", f"/people/reads/cases/{at['case']}/"]),
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "size"), VIEWS)
def test_screens_of_people_and_access(
    open_page: Callable[..., Page], axe, site: Site, prepared: dict[str, str], language: str, size: str
):
    for officer, listed in addresses(site, prepared):
        page = open_page(language, size, officer)
        for address in listed:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
            if SHOTS:
                name = address.strip("/").replace("/", "_").partition("?")[0][:60]
                page.screenshot(path=Path(SHOTS) / f"{name}-{language}-{size}.png", full_page=True)
            axe(page)
            fits(page)


def test_a_request_from_asking_to_the_open_case(open_page: Callable[..., Page], site: Site):
    case = Case.objects.get(id=open_case(site.officers.front_line, title="Lorry at the bridge").id)
    asking = open_page("en", "phone", "custodian")
    asking.goto("/cases/access/ask/")
    asking.fill("#id_number", case.number)
    asking.fill("#id_reason", "Its exhibits are on the way to my store")
    asking.get_by_role("button", name="Ask for access").click()
    asking.wait_for_url("**/cases/access/mine/")
    expect(asking.get_by_text("Waits", exact=True).first).to_be_visible()
    deciding = open_page("en", "desk", "supervisor")
    deciding.goto("/cases/access/waiting/")
    deciding.get_by_role("link", name=case.number).first.click()
    deciding.fill("#id_reason", "They go to this store")
    deciding.get_by_role("button", name="Give access").click()
    deciding.wait_for_url("**/cases/access/waiting/")
    asking.reload()
    asking.get_by_role("link", name=case.number).click()
    asking.wait_for_url(f"**/cases/{case.id}/")


def test_the_glass_is_broken_with_reason_and_consent(open_page: Callable[..., Page], site: Site, axe):
    case = Case.objects.get(id=open_case(site.officers.front_line, title="Van at the ferry").id)
    page = open_page("en", "phone", "investigator", complaints_allowed=("status of 400",))
    page.goto("/cases/access/glass/")
    page.fill("#id_number", case.number)
    page.fill("#id_reason", "The driver is held at another post")
    page.get_by_role("button", name="Break the glass").click()
    expect(page.locator(".errors")).to_be_focused()
    axe(page)
    page.check("#id_understood")
    page.get_by_role("button", name="Break the glass").click()
    page.wait_for_url(f"**/cases/{case.id}/")
    expect(page.get_by_text("glass broken").first).to_be_attached()
