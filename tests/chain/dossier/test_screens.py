"""The screens of the dossier room, as officers use them."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from copes.chain.dossier.models import Dossier
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
        f"/dossiers/labels/{made.case}/",
    ):
        assert stranger.get(address).status_code == 404, address
    assert client_for(officers.front_line).get(f"/dossiers/new/{made.case}/").status_code == 403


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        ("/dossiers/print/seizure/{seizure}/", {"language": "fr"}),
        ("/dossiers/print/receipt/{seizure}/", {"person": "ar", "agency": "fr"}),
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
