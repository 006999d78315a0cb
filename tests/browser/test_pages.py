"""Every page, as every role that may open it, in English on a desk and in Arabic on a telephone.

The pages come from the address table itself (tests/every_page.py): a new page is looked at from its first day.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from tests import support
from tests.browser.conftest import Site, fits
from tests.every_page import Visited, pages_of, things

pytestmark = pytest.mark.browser

VIEWS = [("en", "desk"), ("ar", "phone")]
_known: dict[str, dict[str, str]] = {}
_looked_over: set[tuple[str, str, str]] = set()


@pytest.fixture
def known(site: Site) -> dict[str, str]:
    """One case for the whole sweep."""
    cache.clear()
    if site.url not in _known:
        _known[site.url] = things(site.officers)
    return _known[site.url]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Sign-ins are counted per address."""
    cache.clear()


def look(page: Page, axe: Callable[[Page], None], visited: Visited, view: tuple[str, str]) -> None:
    """Opens the page and looks it over; with axe once per view, since the roles differ only in what they may see."""
    answer = page.goto(visited.address)
    assert answer is not None
    assert answer.status == 200, visited
    assert page.locator("h1").count() == 1, f"{visited}: one heading says where one is"
    fits(page)
    if (visited.name, *view) not in _looked_over or visited.name == "home":
        axe(page)
        _looked_over.add((visited.name, *view))


# Four roles together open every kind of page, in both views; what the other four see is among it.
SEEN = [
    *((officer, view) for officer in ("front_line", "custodian", "supervisor", "administrator") for view in VIEWS),
    *((officer, VIEWS[1]) for officer in ("investigator", "examiner", "legal", "auditor")),
]


@pytest.mark.parametrize(("officer", "view"), SEEN, ids=lambda one: one if isinstance(one, str) else "-".join(one))
def test_every_page_of_every_role(
    open_page: Callable[..., Page],
    axe: Callable[[Page], None],
    site: Site,
    known: dict[str, str],
    officer: str,
    view: tuple[str, str],
):
    pages = pages_of(officer, support.signed_in(site.officers[officer]), known)
    assert {"home", "people:me", "journal:state"} <= {visited.name for visited in pages}
    page = open_page(*view, officer)
    troubles = []
    for visited in pages:
        try:
            look(page, axe, visited, view)
        except AssertionError as trouble:
            troubles.append(f"{visited.name} {visited.address}: {trouble}")
    assert troubles == [], "\n".join(troubles)


@pytest.mark.parametrize("view", VIEWS, ids="-".join)
def test_pages_of_trouble(open_page: Callable[..., Page], axe: Callable[[Page], None], view: tuple[str, str]):
    page = open_page(*view, "auditor", complaints_allowed=("status of 404", "status of 403"))
    for address in ("/nowhere/", "/cases/0190a1b2-0000-7000-8000-000000000000/", "/people/officers/invite/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status in {403, 404}
        axe(page)
        fits(page)
