"""The screens of the dossier room, as officers use them."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from copes.chain.dossier.models import Dossier
from copes.chain.seizures.models import Print
from copes.foundation.people.models import Reading
from tests.chain.dossier.making import NAME, handed_over_case, issued, salted

ASKED = {"recipient": "Court of Lyon", "purpose": "Trial of 4 May", "language": "en"}


@pytest.fixture
def made(officers):
    return handed_over_case(officers)


def text_of(answer) -> str:
    return answer.content.decode()


def test_from_the_form_to_the_zip(officers, client_for, made):
    browser = client_for(officers.supervisor)
    form = text_of(browser.get(f"/dossiers/new/{made.case}/"))
    assert NAME in form
    jti, path = salted(made.case, "control.recorded/1", "body.persons.0.name")
    choice = f"{jti}|{path}"
    assert f'value="{choice}"' in form
    look = text_of(browser.post(f"/dossiers/new/{made.case}/", {**ASKED, "withhold": choice, "step": "look"}))
    assert "would still stand elsewhere" in look
    assert "body.persons.0.name" in look
    assert not Dossier.objects.exists()
    done = browser.post(f"/dossiers/new/{made.case}/", {**ASKED, "withhold": choice, "step": "issue"})
    (dossier,) = Dossier.objects.all()
    assert done.status_code == 302
    assert done["Location"] == f"/dossiers/{dossier.id}/"
    page = text_of(browser.get(done["Location"]))
    assert "Everything that was checked holds." in page
    assert "Court of Lyon" in page
    answer = browser.get(f"/dossiers/{dossier.id}/download/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert any(name.endswith("/data/report.pdf") for name in archive.namelist())
    assert Reading.objects.filter(
        kind="dossier.download", thing=dossier.id, officer=officers.supervisor.officer
    ).exists()


def test_verifying_again_tells_what_was_changed(officers, client_for, made):
    dossier = issued(officers, made)
    path = dossier.path / "data/case.jsonld"
    path.write_bytes(path.read_bytes() + b" ")
    browser = client_for(officers.supervisor)
    browser.post(f"/dossiers/{dossier.id}/verify/")
    page = text_of(browser.get(f"/dossiers/{dossier.id}/"))
    assert "Do not hand this dossier out" in page
    assert "case.jsonld" in page


def test_bad_entries_are_named(officers, client_for, made):
    browser = client_for(officers.supervisor)
    answer = browser.post(
        f"/dossiers/new/{made.case}/", {"recipient": "", "purpose": "x", "language": "xx", "step": "look"}
    )
    assert answer.status_code == 400
    assert "There is a problem" in text_of(answer)
    gone = browser.post(f"/dossiers/new/{made.case}/", {**ASKED, "withhold": "nothing|body.x", "step": "issue"})
    assert gone.status_code == 400
    assert "fields to leave out" in text_of(gone)
    assert not Dossier.objects.exists()


def test_lists(officers, client_for, made):
    dossier = issued(officers, made)
    browser = client_for(officers.supervisor)
    for address in ("/dossiers/", f"/dossiers/?case={made.case}"):
        page = text_of(browser.get(address))
        assert f"/dossiers/{dossier.id}/" in page
    assert dossier.id not in text_of(client_for(officers.investigator).get("/dossiers/"))


def test_need_to_know(officers, client_for, made):
    dossier = issued(officers, made)
    stranger = client_for(officers.investigator)
    for address in (
        f"/dossiers/{dossier.id}/",
        f"/dossiers/{dossier.id}/download/",
        f"/dossiers/new/{made.case}/",
        f"/dossiers/?case={made.case}",
        f"/dossiers/print/seizure/{made.seizure}/",
        f"/dossiers/print/receipt/{made.seizure}/",
        f"/dossiers/print/custody/{made.exhibits[0]}/",
        f"/dossiers/print/notice/{made.seizure}/",
        f"/dossiers/print/case/{made.case}/",
        f"/dossiers/print/case/{made.case}/?picture=1&language=en&page=a4",
        f"/dossiers/print/case/{made.case}/all/",
        f"/dossiers/print/seizure/{made.seizure}/all/",
        f"/dossiers/print/exhibit/{made.exhibits[0]}/all/",
        f"/dossiers/labels/{made.case}/",
        f"/dossiers/labels/{made.case}/?exhibit={made.exhibits[0]}",
    ):
        assert stranger.get(address).status_code == 404, address
    assert client_for(officers.front_line).get(f"/dossiers/new/{made.case}/").status_code == 403


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        ("/dossiers/print/seizure/{seizure}/", {"language": "fr"}),
        ("/dossiers/print/seizure/{seizure}/", {"language": "fr", "second": "ar", "page": "us-letter"}),
        ("/dossiers/print/receipt/{seizure}/", {"person": "ar", "agency": "fr"}),
        ("/dossiers/print/notice/{seizure}/", {"person": "ar", "agency": "fr", "to": "0"}),
        ("/dossiers/print/case/{case}/", {"language": "es"}),
        ("/dossiers/print/custody/{exhibit}/", {"language": "en"}),
        ("/dossiers/labels/{case}/", {"language": "en", "paper": "roll"}),
        ("/dossiers/labels/{case}/?exhibit={exhibit}", {"language": "en", "paper": "a4"}),
    ],
)
def test_prints(officers, client_for, made, address, entry):
    browser = client_for(officers.front_line)
    address = address.format(seizure=made.seizure, case=made.case, exhibit=made.exhibits[0])
    assert browser.get(address).status_code == 200
    answer = browser.post(address, entry)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert re.fullmatch(r'attachment; filename="[a-z0-9A-Z.-]+\.pdf"', answer["Content-Disposition"])
    assert browser.post(address, {"language": "xx"}).status_code == 400
    look = browser.post(address, {**entry, "step": "look"}).content.decode()
    (picture,) = re.findall(r'<img src="([^"]+picture=1[^"]*)"', look)
    before = Print.objects.count()
    shown = browser.get(picture.replace("&amp;", "&"))
    assert shown["Content-Type"] == "image/png"
    assert shown.content.startswith(b"\x89PNG")
    assert Print.objects.count() == before, "a look prints nothing"
    chosen = browser.get(address).content.decode()
    for value in {entry.get("language"), entry.get("person")} - {None}:
        assert re.search(rf'<option value="{value}"\s+selected', chosen) or f'value="{value}" checked' in chosen


def test_the_print_centre_leads_to_every_print(officers, client_for, made):
    browser = client_for(officers.front_line)
    browser.post(f"/dossiers/print/receipt/{made.seizure}/", {"person": "ar", "agency": "fr"})
    page = browser.get(f"/dossiers/print/case/{made.case}/all/").content.decode()
    assert f"/dossiers/print/seizure/{made.seizure}/all/" in page
    assert "ar + fr" in page
    for address in (
        f"/dossiers/print/case/{made.case}/all/",
        f"/dossiers/print/seizure/{made.seizure}/all/",
        f"/dossiers/print/exhibit/{made.exhibits[0]}/all/",
        "/dossiers/print/mine/",
    ):
        page = browser.get(address).content.decode()
        links = [one.replace("&amp;", "&") for one in re.findall(r'href="(/dossiers/(?:print|labels)/[^"]+)"', page)]
        assert links
        for link in links:
            assert browser.get(link).status_code == 200, link
    own = client_for(officers.custodian)
    assert own.get(f"/dossiers/print/exhibit/{made.exhibits[0]}/all/").status_code == 200
    assert own.get(f"/dossiers/print/seizure/{made.seizure}/all/").status_code == 404


def test_a_long_print_says_so_and_gives_the_download_to_its_officer_only(officers, client_for, made, monkeypatch):
    monkeypatch.setattr("copes.chain.dossier.print_views.MANY", 1)
    browser = client_for(officers.front_line)
    answer = browser.post(f"/dossiers/print/case/{made.case}/", {"language": "en"})
    parts = [part.decode() for part in answer.streaming_content]
    assert "Your print is being made" in parts[0]
    assert "Your print is ready" not in parts[0]
    (link,) = re.findall(r'href="(/dossiers/print/made/[^"]+)"', "".join(parts))
    assert browser.get(link).content.startswith(b"%PDF-")
    assert client_for(officers.supervisor).get(link).status_code == 404
    assert browser.get(link[:-3] + "xx/").status_code == 404
    assert "</html>" in parts[-1]


def test_nothing_to_list_says_what_to_do(officers, client_for, made):
    answer = client_for(officers.investigator).post("/dossiers/print/tasks/", {"language": "en"})
    assert answer.status_code == 409
    assert "There is nothing to list." in answer.content.decode()


def test_pages_ask_as_often_for_many_as_for_few(officers, client_for, made, django_assert_max_num_queries):
    issued(officers, made)
    browser = client_for(officers.supervisor)
    browser.get("/dossiers/")
    with django_assert_max_num_queries(14) as few:
        browser.get("/dossiers/")
    for _ in range(3):
        issued(officers, made)
    with django_assert_max_num_queries(len(few.captured_queries)):
        browser.get("/dossiers/")
