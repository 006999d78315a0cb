"""The frame around every page: appearance, ways, bell, tour, packing."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from copes.foundation.web.tour import STEPS, steps_for
from tests import support


@pytest.fixture
def practice(tmp_path: Path, templates: support.Templates, django_db_blocker) -> Iterator[support.Officers]:
    """A practice node with two officers."""
    with django_db_blocker.unblock():
        address = templates.copy(tmp_path / "db")
        node = support.new_home(tmp_path / "home", database=address, practice=True, origin="test.example/PRACTICE/x")
        with support.serving(node):
            support.begin()
            yield support.enrol_staff("front_line", "auditor")
        templates.drop(address)


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_appearance_is_chosen_kept_and_given_back(node, theme: str):
    browser = Client()
    answer = browser.post("/appearance/", {"theme": theme, "next": "/style/"}, secure=True)
    assert (answer.status_code, answer["Location"]) == (302, "/style/")
    cookie = answer.cookies["copes_theme"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert f'data-theme="{theme}">' in text(browser.get("/style/", secure=True)).split("<head>")[0]
    browser.post("/appearance/", {"theme": "", "next": "/style/"}, secure=True)
    assert "data-theme" not in text(browser.get("/style/", secure=True)).split("<head>")[0]


@pytest.mark.parametrize("theme", ['"><script>', "sepia", "DARK", "\0"])
def test_an_unknown_appearance_changes_nothing(node, theme: str):
    browser = Client()
    browser.post("/appearance/", {"theme": theme, "next": "/style/"}, secure=True)
    assert "data-theme" not in text(browser.get("/style/", secure=True))
    browser.cookies["copes_theme"] = "sepia"
    assert "data-theme" not in text(browser.get("/style/", secure=True))


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_choosing_an_appearance_leads_nowhere_else(node, address: str):
    answer = Client().post("/appearance/", {"theme": "dark", "next": address}, secure=True)
    assert answer["Location"] == "/"


def test_pages_travel_packed_and_other_things_do_not(client_for, officers):
    browser = client_for(officers.front_line)
    packed = browser.get("/style/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert b"<!doctype html>" in gzip.decompress(packed.content)
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(browser.get("/style/", headers={"accept-encoding": ""}).content) / 3
    checkpoint = browser.get("/ledger/vkey", headers={"accept-encoding": "gzip"})
    assert checkpoint.status_code == 200
    assert "Content-Encoding" not in checkpoint


def test_two_answers_never_have_the_same_length_for_the_same_secret(client_for, officers):
    """BREACH: the length of a packed page must not tell what is in it (Django adds random bytes)."""
    browser = client_for(officers.front_line)
    lengths = {len(browser.get("/style/", headers={"accept-encoding": "gzip"}).content) for _ in range(12)}
    assert len(lengths) > 3


def test_the_ways_are_those_of_the_roles(client_for, officers):
    def ways(name: str) -> set[str]:
        return set(re.findall(r'data-way="([\w:]+)"', text(client_for(officers[name]).get("/people/me/"))))

    assert {"home", "cases:list", "custody:exhibits", "custody:desk"} <= ways("front_line")
    assert not {"people:officers", "people:reads", "dossier:list"} & ways("front_line")
    assert {"people:officers", "home", "journal:state"} <= ways("administrator")
    assert not {"cases:list", "custody:exhibits", "people:reads"} & ways("administrator")
    assert {"people:reads", "dossier:list", "cases:list"} <= ways("auditor")


def test_the_header_finds_and_tells(client_for, officers):
    page = text(client_for(officers.front_line).get("/people/me/"))
    assert re.search(r'<form class="finder" method="get" action="/search/"', page)
    assert 'class="chip bell" href="/notifications/' in page
    assert 'data-suggest="/search/suggest/"' in page
    assert re.search(r'<nav class="quick".*/cases/control/new/', page, re.DOTALL)


def test_a_stranger_sees_no_ways(node):
    page = text(Client().get("/accounts/login/", secure=True))
    for part in ("data-way", "finder", "palette", 'class="quick"', "chip bell"):
        assert part not in page, part


def test_the_tour_is_offered_until_it_was_taken(practice: support.Officers):
    browser = support.signed_in(practice.front_line)
    assert "data-tour-offer" in text(browser.get("/"))
    assert "data-tour-offer" in text(browser.get("/")), "looking is not taking"
    assert browser.post("/tour/done/").status_code == 302
    assert "data-tour-offer" not in text(browser.get("/"))
    again = support.signed_in(practice.front_line)
    assert "data-tour-offer" not in text(again.get("/")), "remembered beyond the session"
    assert 'id="tour-steps"' in text(again.get("/?tour=1")), "and repeated when asked for"
    assert "data-tour-offer" in text(support.signed_in(practice.auditor).get("/")), "each officer for himself"


def test_the_tour_is_a_checklist_without_scripts(practice: support.Officers):
    page = text(support.signed_in(practice.auditor).get("/tour/"))
    assert 'href="/people/reads/"' in page
    assert page.count("<li><h2>") == len(steps_for(practice.auditor))


def test_a_real_node_offers_no_tour(client_for, officers):
    assert "data-tour-offer" not in text(client_for(officers.front_line).get("/"))


def test_every_role_has_a_short_tour_of_its_own(officers):
    for name in support.STAFF:
        steps = steps_for(officers[name])
        assert 4 <= len(steps) <= 6, name
        assert any(step.roles for step in steps), name
    assert len({step.title for step in STEPS}) == len(STEPS)
