"""A supervisor's morning: work given, access decided, an emergency looked into, figures read, a list handed out."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from copes.chain.cases import access_services
from copes.chain.cases.access_models import TemporaryAccess
from copes.chain.cases.models import Case, Member, Task
from copes.foundation.journal.following import catch_up_all
from tests.browser.conftest import Site
from tests.browser.shift import SLOW, Shift
from tests.chain.making import cash, item, seized_case
from tests.support import new_officer

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_supervisors_morning(site: Site, open_page: Callable[..., Any], axe: Any, language: str) -> None:
    cache.clear()
    mark = secrets.token_hex(3)
    staff = site.officers
    new_officer(f"Sami Lead {mark}", "supervisor", username=f"lead.{mark}")
    case_id, _seizure, things = seized_case(staff.front_line, item(), cash(staff.front_line, staff.second))
    case = Case.objects.get(id=case_id)
    access_services.request_access(staff.examiner, number=case.number, reason="Samples reached the laboratory")
    access_services.break_glass(staff.custodian, number=case.number, reason="The drum leaks", hours=2)
    page = open_page(language=language, size="desk")
    shift = Shift(page, axe, "supervisor", language)
    shift.sign_in(f"lead.{mark}")

    task(shift, case, things[0], staff.front_line.officer)
    request(shift, case, staff.examiner.officer)
    glass(shift, case)
    figures(shift)
    export(shift, case)


def task(shift: Shift, case: Case, thing: str, officer: str) -> None:
    page = shift.page
    shift.go(f"/cases/{case.id}/", "case")
    shift.follow("main a[href$='/tasks/new/']", "/tasks/new/$", "task-new")
    page.fill("[name=title]", "1")
    due = timezone.localtime(timezone.now() + timedelta(hours=3)).replace(microsecond=0, tzinfo=None)
    page.select_option("[name=assignee]", officer)
    page.fill("[name=due_at]", due.isoformat())
    page.select_option("[name=priority]", "urgent")
    shift.press("main details.disclosure summary")
    page.check(f"[name=things][value='{thing}']")
    shift.see("task-filled")
    shift.press("main form .actions button.button")
    page.wait_for_url(lambda url: not url.endswith("/new/"), timeout=SLOW)
    shift.see("task-given")
    made = Task.objects.get(case=case)
    assert timezone.localtime(made.due_at).replace(tzinfo=None) == due
    assert (made.assignee, made.urgent) == (officer, True)
    shift.go("/cases/tasks/?show=given", "tasks-given")
    assert page.locator(f"main a[href='/cases/{case.id}/tasks/{made.id}/']").count()


def request(shift: Shift, case: Case, asker: str) -> None:
    page = shift.page
    shift.go("/", "my-day-decisions")
    line = page.locator("li.day__line", has=page.locator(f"a[href='/cases/{case.id}/']"))
    line.locator("a[href*='/access/requests/']").first.click()
    shift.arrive("/access/requests/", "request")
    page.fill("[name=reason]", "Samples are there")
    shift.press("main form .actions button.button")
    shift.arrive("/access/waiting/$", "request-granted")
    assert Member.objects.filter(case=case, officer=asker, active=True).exists()


def glass(shift: Shift, case: Case) -> None:
    page = shift.page
    broken = TemporaryAccess.objects.get(case=case)
    shift.follow(f"main a[href='/cases/access/reviews/{broken.id}/']", "/access/reviews/", "review")
    page.check("[name=justified][value=no]")
    page.fill("[name=reason]", "There was time to ask")
    shift.press("main form .actions button.button")
    page.wait_for_url(lambda url: "/reviews/" not in url, timeout=SLOW)
    shift.see("reviewed")
    broken.refresh_from_db()
    assert broken.reviewed_at is not None


def figures(shift: Shift) -> None:
    page = shift.page
    catch_up_all()
    shift.go("/statistics/?from=2018-01&to=2018-12", "dashboards")
    assert page.locator(".chart-card svg").count()
    shift.press(".chart-card details.disclosure summary")
    page.locator(".chart-card details[open] table").first.wait_for()
    shift.see("dashboards-table")
    shift.follow("main .title-row a[href*='/statistics/map/']", "/statistics/map/", "map")
    page.wait_for_selector("#map[data-ready]", timeout=SLOW)
    shift.see("map-ready")


def export(shift: Shift, case: Case) -> None:
    page = shift.page
    shift.go("/cases/?state=open", "cases")
    shift.follow("main a[href*='/search/export/cases/']", "/search/export/cases/", "export")
    page.fill("#purpose", "Letter 12/2026")
    name, data = shift.fetch("main form .actions button.button")
    assert name.endswith(".xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        assert "xl/workbook.xml" in book.namelist()
        assert any(case.number in book.read(part).decode() for part in book.namelist() if part.endswith(".xml"))
