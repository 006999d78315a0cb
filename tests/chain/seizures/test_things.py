"""Things of a seizure entered without scripts: templates, like the last, the same again, photographs, favourites."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from copes.chain.cases.drafts import save_draft
from copes.chain.cases.models import Draft
from copes.chain.cases.services import open_case
from copes.chain.custody.models import Exhibit, Photograph
from copes.chain.seizures.goods import FOLDER, GoodsMalformedError, _read, goods
from copes.chain.seizures.models import Favourite, Seizure
from copes.foundation.storage.services import read_blob
from tests.chain.entering import shown

REPORT = {
    "occurred_at": "2018-02-09T02:10",
    "started_at": "2018-02-09T03:10",
    "cause": "Undeclared goods",
    "legal_basis__text": "Customs act",
    "place__name": "Vienne",
    "drafted_at__name": "Lyon",
    "presence": "absent",
    "read_to_person": "false",
    "signature": "not_asked",
    "copy_given": "not_given",
}


@pytest.fixture
def form(officers, client_for):
    case = open_case(officers.front_line, title="Test").id
    client = client_for(officers.front_line)
    return client, f"/seizures/case/{case}/new/", case


def photo(shade):
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (shade, 0, 0)).save(out, "JPEG")
    return out.getvalue()


def add(client, url, fields, what):
    return shown(client.post(url, fields | {"add": what}))


def test_twenty_things_without_a_script(form):
    client, url, case = form
    fields = shown(client.get(url)) | REPORT
    fields = add(client, url, fields, "items:goods:cigarettes")
    assert fields["items-0-category"] == "tobacco"
    assert fields["items-count"] == "1", "the empty first thing was filled in"
    fields |= {"items-0-quantity": "٥٠", "items-0-seal": "S-1", "items-same": "10"}
    fields = add(client, url, fields, "items:same")
    assert fields["items-count"] == "10"
    assert fields["items-9-quantity"] == "٥٠"
    assert fields["items-9-seal"] == "", "no two things carry one seal"
    for amount in range(10, 20):
        fields = add(client, url, fields, "items:last")
        assert fields[f"items-{amount}-quantity"] == ""
        fields[f"items-{amount}-quantity"] = f"{amount},5"
    assert client.post(url, fields).status_code == 302
    found = Exhibit.objects.filter(case_id=case).order_by("ordinal")
    assert [one.body["quantity"] for one in found] == ["50"] * 10 + [f"{n}.5" for n in range(10, 20)]


def test_cash_begins_with_its_currency(form):
    client, url, _case = form
    fields = add(client, url, shown(client.get(url)), "cash:goods:cash_gbp")
    assert fields["cash-0-currency"] == "GBP"
    assert "cash-0-n_GBP_note_50" in fields


def test_photographs_belong_to_their_thing_unchanged(form):
    client, url, case = form
    fields = shown(client.get(url)) | REPORT | {"items-count": "2"}
    for place in (0, 1):
        fields |= {f"items-{place}-description": f"Thing {place}", f"items-{place}-category": "other"}
    one, two, three = photo(1), photo(2), photo(3)
    files = {
        "items-0-photos": [SimpleUploadedFile("a.jpg", one), SimpleUploadedFile("b.jpg", two)],
        "items-1-photos": [SimpleUploadedFile("c.jpg", three)],
    }
    assert client.post(url, fields | files).status_code == 302
    exhibits = list(Exhibit.objects.filter(case_id=case).order_by("ordinal"))
    kept = [[read_blob(row.sha256) for row in Photograph.objects.filter(exhibit_id=each.id).order_by("index")]
            for each in exhibits]  # fmt: skip
    assert kept == [[one, two], [three]]


def test_what_is_no_picture_stops_the_whole_report(form):
    client, url, case = form
    fields = shown(client.get(url)) | REPORT | {"items-0-description": "Thing", "items-0-category": "other"}
    answer = client.post(url, fields | {"items-0-photos": [SimpleUploadedFile("a.jpg", b"no picture")]})
    assert answer.status_code == 400
    assert 'href="#id_items-0-photos"' in answer.content.decode()
    assert not Seizure.objects.exists()
    assert not Exhibit.objects.filter(case_id=case).exists()


def test_more_than_one_report_holds_is_refused_and_never_cut(form):
    client, url, _case = form
    fields = shown(client.get(url)) | REPORT | {"items-count": "151"}
    for place in range(151):
        fields |= {f"items-{place}-description": f"Thing {place}", f"items-{place}-category": "other"}
    answer = client.post(url, fields)
    assert answer.status_code == 400
    assert "second report on the same control" in answer.content.decode()
    assert not Seizure.objects.exists()


def test_a_sent_report_leaves_no_draft(form, officers):
    client, url, case = form
    fields = shown(client.get(url)) | REPORT | {"items-0-description": "Thing", "items-0-category": "other"}
    save_draft(officers.front_line, f"seizure/{case}", [("cause", "x")])
    assert "unsent" in client.get(url).content.decode()
    assert "unsent" not in client.get(f"{url}?act=detention").content.decode()
    assert client.post(url, fields).status_code == 302
    assert Draft.objects.count() == 0


def test_own_templates_are_ones_own(form, officers, client_for):
    client, url, _case = form
    kept = {"description": "Jerrycan of fuel", "category": "fuel", "unit": "l"}
    made = client.post("/seizures/templates/mine/", kept)
    assert made.status_code == 201
    again = client.post("/seizures/templates/mine/", kept)
    assert again.json() == made.json()
    fields = add(client, url, shown(client.get(url)), f"items:mine:{made.json()['id']}")
    assert (fields["items-0-description"], fields["items-0-unit"]) == ("Jerrycan of fuel", "l")
    other = client_for(officers.second)
    assert other.get("/api/goods/mine").json() == []
    other.delete(f"/seizures/templates/mine/{made.json()['id']}/")
    assert Favourite.objects.count() == 1, "nobody drops another officer's template"
    client.delete(f"/seizures/templates/mine/{made.json()['id']}/")
    assert Favourite.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{}, {"description": " "}, {"description": "x", "unit": "stone"}, {"description": "x" * 501}]
)
def test_a_template_is_checked(officers, client_for, wrong):
    client = client_for(officers.front_line)
    assert client.post("/seizures/templates/mine/", wrong).status_code == 400
    sent = client.post("/api/goods/mine", json.dumps({"description": "", **wrong}), content_type="application/json")
    assert sent.status_code == 400
    assert client_for(officers.auditor).post("/seizures/templates/mine/", {"description": "x"}).status_code == 403


def test_every_commodity_has_a_template(officers, client_for):
    codes = {one.code for one in goods()}
    assert len(codes) == len(goods()) >= 30
    assert {one.category for one in goods()} >= {
        "drugs", "precursor", "medicine", "cash", "tobacco", "alcohol", "firearm", "ammunition", "explosive",
        "counterfeit", "wildlife", "cultural", "jewellery", "vehicle", "document", "digital_device", "fuel", "foodstuff",
    }  # fmt: skip
    assert all(one.currency if one.category == "cash" else one.unit for one in goods())
    listed = client_for(officers.front_line).get("/api/goods").json()
    assert {one["code"] for one in listed} == codes


@pytest.mark.parametrize("text", ["a: 1", "a: {label: x}", "a: {label: x, category: no, description: y}",
                                  "a: {label: x, category: drugs, description: y, unit: stone}"])  # fmt: skip
def test_a_malformed_template_file_is_named(tmp_path, text):
    (tmp_path / "bad.yaml").write_text(text)
    with pytest.raises(GoodsMalformedError, match=r"bad\.yaml: a"):
        list(_read(tmp_path / "bad.yaml"))
    assert FOLDER.is_dir()
