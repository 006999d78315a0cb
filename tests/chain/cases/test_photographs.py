"""Travel documents photographed: what is read right, what is corrected, and that nothing wrong is passed over."""

from __future__ import annotations

import io
import random
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from copes.chain.cases import photographs
from copes.chain.cases.mrz import read_mrz
from copes.chain.cases.zones import engine, picture, reading
from copes.chain.cases.zones.mending import Correction, corrections, layout_of, mended
from copes.chain.cases.zones.reading import NoZoneError, read_photograph
from copes.foundation.journal.models import Entry
from tests.chain.cases.papers import jpeg, paper, photograph, readers, zone_of
from tests.chain.cases.test_recording import MRVA, MRVB, TD1, TD2, TD3

TODAY = date(2026, 11, 21)
ADDRESS = "/cases/document/photograph/"
EACH = 4


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Time limits protect the node; no test depends on how busy the machine is."""
    monkeypatch.setattr(engine, "SECONDS", 300)
    monkeypatch.setattr(reading, "SECONDS", 300)
    photographs.readings.forget()


@pytest.fixture
def reader():
    readers()


def sent(data, name="document.jpg"):
    return {"picture": SimpleUploadedFile(name, data, "image/jpeg")}


def specimen(layout="TD3", text=TD3):
    """A level, sharp picture of a specimen of ICAO Doc 9303."""
    return jpeg(paper(layout, text.split("\n")).resize((1700, 1100)))


@pytest.mark.interop
@pytest.mark.slow
@pytest.mark.parametrize(("layout", "least"), [("TD1", 3), ("TD2", 2), ("TD3", 2)])
def test_photographs_are_read(reader, layout, least):
    """Fixed pictures: most zones are right to the last sign. Where one is not, the officer is told of a check digit,
    or the difference lies where zones have none."""
    right = 0
    for seed in range(EACH):
        chance = random.Random(f"{layout}{seed}")
        want = "\n".join(zone_of(layout, chance))
        try:
            found = read_photograph(photograph(paper(layout, want.split("\n")), chance), TODAY)
        except NoZoneError:
            continue
        right += found.text == want
        told, meant = found.zone, read_mrz(want, TODAY)
        if not told.wrong:
            assert (told.born, told.expires) == (meant.born, meant.expires), seed
    assert right >= least


@pytest.mark.interop
def test_a_document_held_upside_down_is_read(reader):
    turned = Image.open(io.BytesIO(specimen())).rotate(180)
    assert read_photograph(jpeg(turned), TODAY).text == TD3


@pytest.mark.interop
def test_a_wrong_check_digit_on_the_document_is_named_and_not_mended(reader):
    forged = TD3.replace("7408122F", "7408123F")
    found = read_photograph(specimen(text=forged), TODAY)
    assert found.text == forged
    assert "born" in found.zone.wrong


@pytest.mark.interop
def test_a_photograph_is_read_over_http_and_nothing_is_kept(reader, officers, client_for, node):
    client = client_for(officers.front_line)
    before = Entry.objects.count(), sorted(node.home.rglob("*.jpg"))
    told = client.post(ADDRESS, sent(specimen())).json()
    typed = client.post("/cases/document/", {"text": TD3}).json()
    assert told.pop("text") == TD3
    assert any("Names and countries" in note for note in told.pop("notes"))
    assert told == typed, "shown for confirmation as a typed zone is"
    assert (Entry.objects.count(), sorted(node.home.rglob("*.jpg"))) == before
    answer = client.post("/api/documents/photograph", sent(specimen()))
    assert answer.status_code == 200, answer.content
    read = answer.json()
    assert (read["text"], read["wrong"], read["format"]) == (TD3, [], "TD3")
    assert read["values"]["born"] == "1974-08-12"


@pytest.mark.interop
def test_a_page_without_a_zone_is_refused_with_what_to_do(reader, officers, client_for):
    page = Image.new("L", (1200, 900), 230)
    answer = client_for(officers.front_line).post(ADDRESS, sent(jpeg(page)))
    assert answer.status_code == 400
    assert "No machine-readable zone" in answer.json()["reason"]
    assert "type the lines" in answer.json()["mend"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a whole"),
        (b"%PDF-1.7 not a picture", "not a whole"),
        (specimen.__doc__.encode(), "not a whole"),
        (jpeg(Image.new("L", (1200, 900), 12)), "too dark"),
        (jpeg(Image.new("L", (300, 200), 230)), "smaller"),
        (jpeg(Image.new("L", (1200, 900), 230))[:-400], "not a whole"),
        (b"x" * (picture.MOST_BYTES + 1), "larger than 15 MB"),
    ],
)
def test_what_is_no_good_picture_is_refused_before_any_program_sees_it(officers, client_for, monkeypatch, data, said):
    monkeypatch.setattr(engine, "_run", lambda options, given: pytest.fail("the program ran"))
    answer = client_for(officers.front_line).post(ADDRESS, sent(data))
    assert answer.status_code == 400
    assert said in answer.json()["reason"]


def test_a_picture_that_unpacks_to_too_much_is_refused(officers, client_for, monkeypatch):
    monkeypatch.setattr(picture, "MOST_PIXELS", 1_000_000)
    answer = client_for(officers.front_line).post(ADDRESS, sent(jpeg(Image.new("L", (1200, 900), 230))))
    assert (answer.status_code, answer.json()["reason"]) == (400, "The picture has too many pixels.")


def test_only_those_who_record_may_and_not_too_often(officers, client_for, client):
    assert client.post(ADDRESS, sent(b"x")).status_code in {302, 401}
    assert client_for(officers.auditor).post(ADDRESS, sent(b"x")).status_code == 403
    assert client_for(officers.auditor).post("/api/documents/photograph", sent(b"x")).status_code == 403
    mine = client_for(officers.front_line)
    answers = [mine.post(ADDRESS, sent(b"x")).status_code for _time in range(photographs.A_MINUTE + 3)]
    assert answers[0] == 400
    last = mine.post(ADDRESS, sent(b"x"))
    assert last.status_code in {400, 429}
    assert 429 in answers, "the limit holds"


def test_without_the_program_the_button_is_not_offered_and_typing_stays(officers, client_for, monkeypatch):
    monkeypatch.setattr(engine, "PROGRAM", "no-such-program")
    client = client_for(officers.front_line)
    page = client.get("/cases/control/new/").content.decode()
    assert "data-document=" in page
    assert "data-document-photograph" not in page
    good = jpeg(Image.linear_gradient("L").resize((1200, 900)))
    assert client.post(ADDRESS, sent(good)).status_code == 503
    answer = client.post("/api/documents/photograph", sent(good))
    assert (answer.status_code, answer.json()["code"]) == (503, "zone.no_reader")


def test_a_program_that_hangs_is_ended(officers, client_for, monkeypatch, tmp_path):
    slow = tmp_path / "tesseract"
    slow.write_text("#!/bin/sh\nexec sleep 600\n")
    slow.chmod(0o755)
    monkeypatch.setattr(engine, "PROGRAM", str(slow))
    monkeypatch.setattr(engine, "SECONDS", 0.5)
    client = client_for(officers.front_line)
    assert "data-document-photograph" in client.get("/cases/control/new/").content.decode()
    answer = client.post(ADDRESS, sent(jpeg(Image.linear_gradient("L").resize((1200, 900)))))
    assert answer.status_code == 503
    assert "in time" in answer.json()["reason"]


@pytest.mark.parametrize("text", [TD3, TD1, TD2, MRVA, MRVB])
def test_what_is_right_is_left_alone(text):
    assert mended(text.split("\n")) == text.split("\n")
    assert read_mrz(text, TODAY).wrong == ()


@pytest.mark.parametrize("text", [TD3, TD1, TD2, MRVA, MRVB])
def test_digits_read_as_letters_are_put_right_in_dates(text):
    lines = text.split("\n")
    [born] = [
        check
        for check in layout_of(lines).checks
        if "".join(text.replace("\n", "")[p] for p in check.over) in {"740812", "400907"}
    ]
    signs = list(text.replace("\n", ""))
    place = next(place for place in born.over if signs[place] == "0")
    signs[place] = "O"
    wide = len(lines[0])
    read = ["".join(signs[at : at + wide]) for at in range(0, len(signs), wide)]
    assert mended(read) == lines
    assert corrections(read, mended(read)) == [Correction(place // wide + 1, place % wide + 1, "O", "0")]


def test_a_number_is_put_right_only_where_the_check_digit_then_agrees():
    one, two = TD3.split("\n")
    assert mended([one, two.replace("L898902C3", "L8989O2C3")]) == [one, two]
    wrong = two.replace("L898902C36", "L8989O2C35")
    assert mended([one, wrong])[1][:10] == "L8989O2C35", "no exchange makes this check digit agree: left as it was read"


def test_names_hold_no_digits_and_end_with_fillers():
    one, two = TD3.split("\n")
    read = [one.replace("ERIKSSON", "ER1K5SON")[:-2] + "K<", two]
    assert mended(read) == [one, two]
    assert [(each.place, each.put) for each in corrections(read, [one, two])] == [(8, "I"), (10, "S"), (43, "<")]


@pytest.mark.interop
def test_doctor_says_what_reads(node):
    from copes.foundation.cli.examining import _documents

    readers()
    assert _documents().good
    assert "tesseract" in _documents().text


def test_doctor_says_what_to_install(node, monkeypatch):
    from copes.foundation.cli.examining import _documents

    monkeypatch.setattr(engine, "PROGRAM", "no-such-program")
    assert _documents().good
    assert "tesseract-ocr" in _documents().text
