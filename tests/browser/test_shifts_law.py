"""A prosecutor's request, reading and dossier; and the auditor who sees that it was read, and nothing of what."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache

from copes.chain.cases import access_queries, access_services
from copes.chain.cases import services as cases
from copes.chain.cases.models import Case, Note
from copes.chain.dossier.services import issue_dossier
from tests.browser.conftest import Site
from tests.browser.shift import SLOW, Shift
from tests.chain.dossier.making import Made, handed_over_case
from tests.support import new_officer

pytestmark = pytest.mark.browser
PARTS = ("exhibits", "documents", "notes", "procedure", "who", "tasks")
SECRETS = ("Jean Invented", "Cash at the toll", "Toll of Vienne", "Mobile telephone", "CSQU")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_prosecutor_asks_and_reads_and_the_auditor_sees_it(
    site: Site, open_page: Callable[..., Any], axe: Any, language: str
) -> None:
    cache.clear()
    mark = secrets.token_hex(3)
    staff = site.officers
    legal = new_officer(f"Petra Law {mark}", "legal", username=f"law.{mark}")
    new_officer(f"Aude Check {mark}", "auditor", username=f"check.{mark}")
    made = handed_over_case(staff)
    case = Case.objects.get(id=made.case)
    page = open_page(language=language, size="desk", complaints_allowed=("status of 404",))
    shift = Shift(page, axe, "prosecutor", language)
    shift.sign_in(f"law.{mark}")

    ask(shift, case)
    grant_access(site, case, legal.officer)
    read(shift, case, made)
    note(shift, case)
    dossier = issue(site, case)
    download(shift, dossier)

    page = open_page(language=language, size="desk", complaints_allowed=("status of 404", "status of 403"))
    audit(Shift(page, axe, "auditor", language), case, made, legal.officer, f"check.{mark}")


def ask(shift: Shift, case: Case) -> None:
    page = shift.page
    answer = page.goto(f"/cases/{case.id}/")
    assert answer is not None
    assert answer.status == 404
    assert case.number not in page.content()
    shift.see("unseen")
    shift.go("/cases/", "cases")
    shift.follow("main a[href='/cases/access/ask/']", "/access/ask/$", "ask")
    page.fill("[name=number]", case.number)
    page.fill("[name=reason]", "12/2026")
    shift.press("main form .actions button.button")
    shift.arrive("/access/mine/$", "asked")


def grant_access(site: Site, case: Case, officer: str) -> None:
    waiting = access_queries.waiting_for(site.officers.supervisor)
    (row,) = [one for one in waiting if one.case == case.id and one.officer.id == officer]
    access_services.grant_request(site.officers.supervisor, request=row.id, reason="The prosecutor leads it")


def read(shift: Shift, case: Case, made: Made) -> None:
    page = shift.page
    shift.go("/cases/access/mine/", "granted")
    shift.follow(f"main a[href='/cases/{case.id}/']", f"/cases/{case.id}/$", "case")
    assert "Jean Invented" in page.inner_text("main")
    assert page.locator("main a[href$='/control/'], main a[href$='/tasks/new/']").count() == 0
    shift.follow("nav.parts a[href$='/timeline/']", "/timeline/$", "timeline")
    everything = page.locator("main tbody tr").count()
    page.select_option("#thing", made.exhibits[1])
    shift.press("main form.filters button")
    shift.arrive(f"thing={made.exhibits[1]}", "timeline-exhibit")
    few = page.locator("main tbody tr").count()
    assert 0 < few < everything
    page.select_option("#kind", index=1)
    page.fill("#since", "2018-01-01")
    shift.press("main form.filters button")
    shift.arrive("since=2018-01-01", "timeline-filtered")
    for part in PARTS:
        shift.follow(f"nav.parts a[href$='/{part}/']", f"/{part}/$", part)
    shift.go(f"/seizures/{made.seizure}/", "seizure")
    shift.go(f"/custody/exhibits/{made.exhibits[0]}/", "exhibit")


def note(shift: Shift, case: Case) -> None:
    page = shift.page
    shift.go(f"/cases/{case.id}/notes/", "notes-before")
    shift.follow("main a[href$='/note/']", "/note/$", "note")
    page.fill("[name=text]", "Weigh exhibit 2 again")
    shift.press("main form .actions button.button")
    page.wait_for_url(lambda url: not url.endswith("/note/"), timeout=SLOW)
    shift.see("note-written")
    assert Note.objects.filter(case_id=case.id).count() == 1


def issue(site: Site, case: Case) -> str:
    investigator = site.officers.investigator
    cases.grant_access(site.officers.supervisor, case=case.id, officer=investigator.officer, reason="Leads the inquiry")
    made = issue_dossier(investigator, case=case.id, language="en", recipient="Court of Lyon", purpose="Trial")
    return made.id


def download(shift: Shift, dossier: str) -> None:
    page = shift.page
    shift.go("/", "my-day-dossier")
    shift.follow("main a[href='/dossiers/']", "/dossiers/$", "dossiers")
    shift.follow(f"main a[href='/dossiers/{dossier}/']", f"/dossiers/{dossier}/$", "dossier")
    shift.press("main form[action$='/verify/'] button")
    page.locator(".banner--success").first.wait_for(timeout=SLOW)
    shift.see("verified")
    name, data = shift.fetch("main a[href$='/download/']")
    assert name.endswith(".zip")
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert any(one.endswith(".pdf") for one in names)


def audit(shift: Shift, case: Case, made: Made, officer: str, username: str) -> None:
    page = shift.page
    shift.sign_in(username)
    shift.follow("main a[href='/people/reads/']", "/people/reads/$", "reads")
    page.fill("[name=number]", case.number)
    shift.press("main form.filters button")
    shift.arrive("number=", "reads-case")
    assert page.locator("main tbody tr").count()
    page.select_option("[name=officer]", officer)
    shift.press("main form.filters button")
    shift.arrive(f"officer={officer}", "reads-officer")
    assert page.locator("main tbody tr").count() > 5
    nothing_of(page)
    shift.follow(f"main a[href='/people/reads/cases/{case.id}/']", "/reads/cases/", "readers")
    assert page.locator(f"main a[href*='officer={officer}']").count() == 1
    nothing_of(page)
    for address in (
        f"/cases/{case.id}/", f"/cases/{case.id}/timeline/", f"/seizures/{made.seizure}/",
        f"/custody/exhibits/{made.exhibits[0]}/",
    ):  # fmt: skip
        answer = page.goto(address)
        assert answer is not None
        assert answer.status in (403, 404), address
        nothing_of(page)
        assert case.number not in page.content()
    for address, name in (
        ("/cases/", "cases"),
        ("/custody/exhibits/", "exhibits"),
        (f"/search/?q={case.number}", "search"),
    ):
        answer = page.goto(address)
        assert answer is not None
        nothing_of(page)
        assert page.locator(f"main a[href*='{case.id}']").count() == 0
        shift.see(name)
    shift.go("/integrity/", "ledger")
    assert page.locator("main table tbody tr").count(), "there are signed heads"
    nothing_of(page)


def nothing_of(page: Any) -> None:
    """No word of the case is on the page."""
    text = page.content()
    assert [one for one in SECRETS if one in text] == []
