"""Which screens tools/screenshots.py takes: name, officer, how to get there, and which stand in the guide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

CASH, GUTKA, COCAINE = "FR-2018-000001", "FR-2021-000001", "FR-2012-000001"


@dataclass(frozen=True)
class Picture:
    """A screen; ``guide`` names language/size of the pictures that the guide shows."""

    name: str
    officer: str
    go: Callable[[Page], None]
    guide: tuple[str, ...] = ()


def _open(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")


def _follow(page: Page, selector: str) -> None:
    page.locator(selector).first.click()
    page.wait_for_load_state("networkidle")


def at(path: str) -> Callable[[Page], None]:
    """Opens one address."""
    return lambda page: _open(page, path)


def case(number: str, part: str = "") -> Callable[[Page], None]:
    """Opens a case by its number, or a part of it."""

    def go(page: Page) -> None:
        _open(page, f"/cases/?q={number}")
        link = page.locator("main a[href^='/cases/01']", has_text=number).first.get_attribute("href")
        _open(page, f"{link}{part}")

    return go


def seizure_form(page: Page) -> None:
    """The form of a seizure in a case."""
    case(GUTKA)(page)
    _open(page, f"/seizures/case/{page.url.rstrip('/').split('/')[-1]}/new/")


def seizure(page: Page) -> None:
    """A recorded seizure."""
    case(CASH)(page)
    _follow(page, "main a[href^='/seizures/01']")


def exhibit(page: Page) -> None:
    """An exhibit with a chain of custody."""
    case(CASH, "exhibits/")(page)
    _follow(page, f"main a:has-text('{CASH}/3')")


def case_prints(page: Page) -> None:
    """The print centre of a case."""
    case(CASH)(page)
    _open(page, f"/dossiers/print/case/{page.url.rstrip('/').split('/')[-1]}/all/")


def control_form(page: Page) -> None:
    """A new control, its place named."""
    _open(page, "/cases/control/new/")


def scanned(page: Page) -> None:
    """A release with a batch that was scanned."""
    _open(page, "/custody/release/")
    for number in (f"{CASH}/1", f"{GUTKA}/2", f"{GUTKA}/3"):
        page.fill("#scan", number)
        page.press("#scan", "Enter")
        page.wait_for_timeout(700)


def receipt(page: Page) -> None:
    """What waits for receipt, opened."""
    _open(page, "/custody/desk/")
    _follow(page, "main a[href$='/receive/']")


def palette(page: Page) -> None:
    """The command palette with an answer."""
    _open(page, "/")
    page.keyboard.press("Control+k")
    page.keyboard.type(GUTKA, delay=20)
    page.wait_for_timeout(1500)


def counted(path: str) -> Callable[[Page], None]:
    """Dashboards or map for the year of the imported table, once the sums have caught up."""

    def go(page: Page) -> None:
        for _ in range(30):
            _open(page, path)
            year = page.locator(".periods a", has_text="2007")
            if year.count() and not page.locator(".banner--warning").count():
                year.first.click()
                page.wait_for_load_state("networkidle")
                return
            page.wait_for_timeout(1000)
        raise TimeoutError("the sums did not catch up")

    return go


def dossier(page: Page) -> None:
    """A dossier that was issued."""
    _open(page, "/dossiers/")
    _follow(page, "main a[href^='/dossiers/01']")


def request(page: Page) -> None:
    """A request for access, to be answered."""
    _open(page, "/cases/access/waiting/")
    _follow(page, "main a[href*='/access/requests/']")


def review(page: Page) -> None:
    """An emergency, to be reviewed."""
    _open(page, "/cases/access/waiting/")
    _follow(page, "main a[href*='/access/reviews/']")


def task(page: Page) -> None:
    """A task of one's own."""
    _open(page, "/cases/tasks/")
    _follow(page, "main a[href*='/tasks/01']")


def officer(page: Page) -> None:
    """An officer's page."""
    _open(page, "/people/officers/")
    _follow(page, "main a[href*='/people/officers/01']")


EN, AR, PHONE, AR_PHONE = "en/desk", "ar/desk", "en/phone", "ar/phone"
PICTURES = [
    Picture("sign-in", "", at("/accounts/login/")),
    Picture("my-day-officer", "front_line", at("/"), (EN, PHONE, AR_PHONE)),
    Picture("my-day-investigator", "investigator", at("/"), (EN,)),
    Picture("my-day-custodian", "custodian", at("/"), (EN,)),
    Picture("my-day-examiner", "examiner", at("/"), (EN,)),
    Picture("my-day-supervisor", "supervisor", at("/"), (EN,)),
    Picture("my-day-legal", "legal", at("/"), (EN,)),
    Picture("my-day-auditor", "auditor", at("/")),
    Picture("my-day-administrator", "administrator", at("/")),
    Picture("control-new", "front_line", control_form, (EN, PHONE)),
    Picture("case-new", "investigator", at("/cases/new/")),
    Picture("seizure-new", "front_line", seizure_form, (PHONE,)),
    Picture("seizure", "front_line", seizure),
    Picture("cases", "investigator", at("/cases/")),
    Picture("case", "investigator", case(CASH), (EN, AR)),
    Picture("timeline", "investigator", case(CASH, "timeline/"), (EN,)),
    Picture("case-exhibits", "investigator", case(GUTKA, "exhibits/")),
    Picture("case-tasks", "investigator", case(COCAINE, "tasks/")),
    Picture("case-who", "investigator", case(COCAINE, "who/")),
    Picture("case-procedure", "legal", case(CASH, "procedure/"), (EN,)),
    Picture("case-documents", "legal", case(CASH, "documents/")),
    Picture("exhibit", "investigator", exhibit, (EN, AR)),
    Picture("exhibits", "custodian", at("/custody/exhibits/")),
    Picture("custody", "custodian", at("/custody/desk/"), (EN, PHONE)),
    Picture("release", "custodian", scanned, (EN,)),
    Picture("receive", "custodian", receipt, (EN,)),
    Picture("receive-laboratory", "examiner", receipt),
    Picture("prints", "investigator", case_prints, (EN,)),
    Picture("search", "investigator", at("/search/?q=cash"), (EN,)),
    Picture("saved", "investigator", at("/search/saved/")),
    Picture("palette", "investigator", palette, (EN,)),
    Picture("task", "front_line", task),
    Picture("tasks", "investigator", at("/cases/tasks/")),
    Picture("dashboards", "supervisor", counted("/statistics/"), (EN, AR)),
    Picture("map", "supervisor", counted("/statistics/map/"), (EN,)),
    Picture("notifications", "supervisor", at("/notifications/"), (EN,)),
    Picture("preferences", "supervisor", at("/notifications/preferences/")),
    Picture("calendar", "investigator", at("/notifications/calendar/")),
    Picture("access-waiting", "supervisor", at("/cases/access/waiting/")),
    Picture("access-request", "supervisor", request, (EN,)),
    Picture("access-review", "supervisor", review, (EN,)),
    Picture("access-ask", "examiner", at("/cases/access/ask/")),
    Picture("dossier", "investigator", dossier, (EN,)),
    Picture("ledger", "supervisor", at("/integrity/")),
    Picture("officers", "administrator", at("/people/officers/"), (EN,)),
    Picture("officer", "administrator", officer),
    Picture("offices", "administrator", at("/people/agencies/"), (EN,)),
    Picture("house-prints", "administrator", at("/dossiers/prints/")),
    Picture("mail", "administrator", at("/notifications/mail/")),
    Picture("reads", "auditor", at("/people/reads/"), (EN,)),
    Picture("account", "front_line", at("/people/me/")),
]
