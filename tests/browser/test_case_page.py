"""The pages of a case and My day in the browser: by eye of axe, on a telephone, and with the keyboard alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from copes.chain.cases import services, task_services
from copes.chain.custody import services as custody
from tests.browser.conftest import Site, fits
from tests.chain.making import cash, item, seized_case

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("COPES_TEST_PICTURES", "")
PARTS = ("", "timeline/", "exhibits/", "documents/", "tasks/", "notes/", "procedure/", "who/")


@pytest.fixture
def case(site: Site) -> dict[str, str]:
    """A case with tasks, a note, a hand-over under way, and a discrepancy at receipt."""
    cache.clear()
    front, keeper = site.officers.front_line, site.officers.custodian
    case, seizure, (one, two, three) = seized_case(
        front,
        item(seal=f"S-{secrets.token_hex(3)}"),
        cash(front, site.officers.second),
        item(description="Lorry", category="vehicle"),
    )
    (jti,) = custody.release(
        front, exhibits=[one], to=keeper.officer, reason="storage", condition="Closed", seals="intact"
    )
    custody.receive(keeper, release=jti, exhibits=[one], condition="A corner is dented", seals="broken")
    custody.release(keeper, exhibits=[one], to=front.officer, reason="court", condition="As received")
    custody.release(front, exhibits=[two], to=site.officers.examiner.officer, reason="laboratory", condition="Sealed")
    services.add_note(front, case=case, text="Called the prosecutor at noon.")
    task = task_services.assign_task(
        site.officers.supervisor, case=case, assignee=front.officer, title="Weigh the tobacco again", things=[one],
        due_at=timezone.now() + timedelta(hours=5), priority="urgent",
    ).id  # fmt: skip
    task_services.assign_task(front, case=case, assignee=front.officer, title="Ask for the scanner's picture")
    return {"case": case, "seizure": seizure, "task": task, "exhibit": three}


@pytest.mark.parametrize(("language", "size"), [("en", "desk"), ("ar", "phone"), ("en", "phone"), ("ar", "desk")])
def test_every_page_is_accessible_and_fits(
    open_page: Callable[..., Any], axe: Any, case: dict[str, str], language: str, size: str
) -> None:
    page = open_page(language=language, size=size, officer="front_line")
    below = f"/cases/{case['case']}/"
    task = f"{below}tasks/{case['task']}/"
    addresses = ["/", *(below + part for part in PARTS), "/cases/tasks/", f"{below}tasks/new/", task, f"{task}done/"]
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == 200, address
        if PICTURES:
            name = address.replace(case["case"], "case").replace(case["task"], "task").strip("/").replace("/", "-")
            page.screenshot(path=str(Path(PICTURES) / f"{name or 'day'}-{language}-{size}.png"), full_page=True)
        axe(page)
        fits(page)


def test_an_auditor_and_a_legal_officer_find_where_to_begin(
    open_page: Callable[..., Any], axe: Any, case: dict[str, str]
) -> None:
    page = open_page(officer="auditor")
    page.goto("/")
    assert page.get_by_role("link", name="Search the reads").is_visible()
    assert case["case"] not in page.content()
    axe(page)
    page = open_page(officer="legal")
    page.goto("/")
    assert "Nothing waits for you" in page.inner_text("main")
    axe(page)


def _tab_to(page: Any, wanted: str) -> None:
    """Presses Tab until the focus is on the link or button that is called so."""
    for _ in range(250):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.innerText || ''")
        if name.strip().startswith(wanted):
            return
    pytest.fail(f"Tab never reaches {wanted}")


def test_the_case_is_walked_with_the_keyboard_alone(open_page: Callable[..., Any], case: dict[str, str]) -> None:
    page = open_page(officer="front_line")
    page.goto(f"/cases/{case['case']}/")
    for part, address in (
        ("Timeline", "timeline/"),
        ("Exhibits", "exhibits/"),
        ("Documents", "documents/"),
        ("Notes", "notes/"),
        ("Procedure", "procedure/"),
        ("Who may see it", "who/"),
        ("Tasks", "tasks/"),
    ):
        page.evaluate("document.querySelector('.parts a').focus()")
        _tab_to(page, part)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/cases/{case['case']}/{address}")
    _tab_to(page, "Weigh the tobacco again")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tasks/{case['task']}/")
    _tab_to(page, "Done")
    page.keyboard.press("Enter")
    page.wait_for_url("**/done/")
    page.evaluate("document.querySelector('main form textarea').focus()")
    page.keyboard.type("3,970 kg")
    _tab_to(page, "Record that it is done")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case['case']}/tasks/")
    assert "Done and withdrawn" in page.inner_text("main")


def test_my_day_renews_itself_and_the_focus_stays(
    site: Site, open_page: Callable[..., Any], case: dict[str, str]
) -> None:
    page = open_page(officer="front_line")
    page.goto("/")
    line = f"[data-key='/cases/{case['case']}/tasks/{case['task']}/'] > a"
    page.wait_for_selector(line)
    page.focus(line)
    task_services.assign_task(
        site.officers.supervisor, case=case["case"], assignee=site.officers.front_line.officer, title="A new errand"
    )
    page.evaluate("document.dispatchEvent(new Event('copes:refresh'))")
    page.locator("#day-lines").get_by_text("A new errand").first.wait_for()
    assert page.locator(line).evaluate("link => link === document.activeElement")
    assert page.inner_text("#day-news") == "The list has changed."
