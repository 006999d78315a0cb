"""Lists of cases and exhibits as officers use them: filters, pages back and forth, selections, exports."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile

import pytest

from copes.chain.cases.models import Case, Member
from copes.chain.cases.services import grant_access, open_case
from copes.chain.custody.models import Exhibit
from copes.chain.custody.services import receive, release
from copes.foundation.journal.models import Entry
from copes.foundation.people.models import Reading
from tests.chain.making import cash, item, seized_case


def numbers(answer, word="number"):
    return [getattr(row, word) for row in answer.context["rows"]]


def walk(client, address, way, start=""):
    """Every page in one direction, as the officer's presses would give them."""
    pages, url = [], start
    for _step in range(20):
        answer = client.get(f"{address}{url}")
        assert answer.status_code == 200
        pages.append(numbers(answer))
        url = getattr(answer.context["listing"], way)
        if not url:
            return pages, answer
    raise AssertionError("the pages never end")


@pytest.fixture
def many(officers):
    return [open_case(officers.front_line, title=f"Case {number}").id for number in range(60)]


def test_cases_page_forth_and_back_in_both_orders(officers, client_for, many):
    client = client_for(officers.front_line)
    for order in ("-opened", "opened"):
        forth, last = walk(client, "/cases/", "following", f"?sort={order}&size=25")
        flat = [one for page in forth for one in page]
        assert [len(page) for page in forth] == [25, 25, 10]
        assert flat == sorted(flat, reverse=order == "-opened")
        back, first = walk(client, "/cases/", "previous", last.wsgi_request.get_full_path().partition("/cases/")[2])
        assert [one for page in reversed(back) for one in page] == flat
        assert first.context["listing"].previous == ""


def test_exhibits_page_forth_and_back_over_everything_one_sees(officers, client_for):
    seized_case(officers.front_line, *[item(description=f"Pack {n}") for n in range(40)])
    other, _s, exhibits = seized_case(officers.second, *[item(description=f"Box {n}") for n in range(30)])
    grant_access(officers.second, case=other, officer=officers.front_line.officer, reason="Works on both")
    moved = release(
        officers.second, exhibits=exhibits[:5], to=officers.front_line.officer, reason="storage", condition="Sealed"
    )
    receive(officers.front_line, release=moved[0], exhibits=exhibits[:3], condition="Sealed")
    client = client_for(officers.front_line)
    wanted = list(Exhibit.objects.order_by("case_id", "ordinal").values_list("number", flat=True))
    for order in ("number", "-number"):
        forth, last = walk(client, "/custody/exhibits/", "following", f"?sort={order}&size=25")
        flat = [one for page in forth for one in page]
        assert flat == (wanted if order == "number" else wanted[::-1])
        query = last.wsgi_request.get_full_path().partition("/exhibits/")[2]
        back, _first = walk(client, "/custody/exhibits/", "previous", query)
        assert [one for page in reversed(back) for one in page] == flat


def test_filters_stand_in_the_address_and_can_be_taken_off_one_by_one(officers, client_for):
    seized_case(officers.front_line, item(), item(category="drugs"), cash(officers.front_line, officers.second))
    client = client_for(officers.front_line)
    answer = client.get("/custody/exhibits/?category=drugs&mine=yes&size=25&sort=number")
    assert len(answer.context["rows"]) == 1
    chips = answer.context["listing"].chips
    assert [(chip.value, "category" in chip.url, "mine" in chip.url) for chip in chips] == [
        ("Drugs", False, True),
        ("", True, False),
    ]
    assert len(client.get(f"/custody/exhibits/{chips[0].url}").context["rows"]) == 3
    assert "category" not in answer.context["listing"].clear
    heads = answer.content.decode()
    assert 'aria-sort="ascending"' in heads
    assert "sort=-number" in heads


def test_an_unknown_value_is_as_good_as_none(officers, client_for, many):
    client = client_for(officers.front_line)
    for query in ("sort=title", "sort=--opened", "size=9999", "since=yesterday", "state=lost", "number=%00'", "mine="):
        answer = client.get(f"/cases/?{query}")
        assert answer.status_code == 200, query
    for bad in ("after=x", "before='--", "after=" + "9" * 300):
        assert client.get(f"/cases/?{bad}").status_code == 404
        assert client.get(f"/custody/exhibits/?{bad}").status_code == 404


def test_cases_by_state_days_and_number(officers, client_for, many):
    client = client_for(officers.front_line)
    number = Case.objects.get(id=many[0]).number
    assert client.get("/cases/", {"number": number}).headers["Location"] == f"/cases/{many[0]}/"
    assert numbers(client.get("/cases/", {"number": number[:-1].lower()})) == sorted(
        Case.objects.filter(number__startswith=number[:-1]).values_list("number", flat=True), reverse=True
    )
    assert len(numbers(client.get("/cases/", {"number": number[:4]}))) == 50
    day = Case.objects.get(id=many[0]).opened_at.date().isoformat()
    assert len(numbers(client.get("/cases/", {"since": day}))) == 50
    assert numbers(client.get("/cases/", {"until": "2001-01-01"})) == []
    assert numbers(client.get("/cases/", {"state": "closed"})) == []
    assert len(numbers(client.get("/cases/", {"state": "open"}))) == 50


LISTS = ("/cases/", "/custody/exhibits/", "/dossiers/")


@pytest.mark.parametrize(
    "role", ["second", "investigator", "custodian", "examiner", "legal", "auditor", "administrator"]
)
def test_nothing_of_an_unseen_case_is_in_any_list_or_export(officers, client_for, role):
    case, _seizure, exhibits = seized_case(officers.front_line, item(description="Zanzibar pouch"))
    number = Case.objects.get(id=case).number
    client = client_for(officers[role])
    for address in LISTS:
        for query in ("", f"?number={number}", f"?number={number}/1", "?category=tobacco", "?sort=number"):
            page = client.get(address + query)
            assert page.status_code in {200, 403, 404}
            text = page.content.decode().replace(f'value="{number}"', "").replace(f'value="{number}/1"', "")
            text = re.sub(
                r'<ul class="chips".*?</ul>|href="[^"]*"|<input type="hidden"[^>]*>', "", text, flags=re.DOTALL
            )
            assert number not in text, (address, query)
            assert "Zanzibar" not in text
    for name, pick in (("cases", f"case={case}"), ("exhibits", f"exhibit={exhibits[0]}")):
        for query in ("", f"?{pick}", f"?number={number}"):
            answer = client.post(f"/search/export/{name}/{query}", {"purpose": "Looking around", "format": "csv"})
            body = answer.getvalue().decode() if answer.streaming else answer.content.decode()
            assert "Zanzibar" not in body
            assert "Cash at the toll" not in body


def exported(client, name, query="", form="csv", purpose="Request 12/2026 of the prosecutor"):
    answer = client.post(f"/search/export/{name}/{query}", {"purpose": purpose, "format": form})
    assert answer.status_code == 200, answer.content[:500]
    return answer.getvalue()


def test_a_csv_holds_what_is_listed_and_is_stated_in_the_ledger(officers, client_for):
    case, _seizure, _exhibits = seized_case(
        officers.front_line,
        item(description='=HYPERLINK("http://evil.example","x")'),
        item(description="Semi;colon, comma and\nline «Кокаин» كوكايين"),
        item(description="@SUM(1)", category="drugs", quantity="1.500"),
    )
    client = client_for(officers.front_line)
    made = exported(client, "exhibits", "?sort=number")
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    head = rows.index(next(row for row in rows if row[:2] == ["Number", "Category"]))
    listed = rows[head + 1 :]
    assert [row[0] for row in listed] == list(Exhibit.objects.order_by("ordinal").values_list("number", flat=True))
    assert listed[0][2].startswith("'=HYPERLINK")
    assert listed[1][2] == "Semi;colon, comma and\nline «Кокаин» كوكايين"
    assert listed[2][2] == "'@SUM(1)"
    assert listed[2][3] == "1.5"
    assert any("Anna Frontier" in one for row in rows[:head] for one in row)
    entry = Entry.objects.get(kind="list.exported/1")
    from copes.foundation.journal.queries import records_by_jti

    body = records_by_jti([entry.jti])[0].fact().body
    assert body["sha256"] == hashlib.sha256(made).hexdigest()
    assert body["rows"] == 3
    assert body["purpose"] == "Request 12/2026 of the prosecutor"
    reads = Reading.objects.filter(kind="list_export", officer=officers.front_line.officer, thing=body["sha256"])
    assert {read.case_id for read in reads} == {case, None}


def test_an_xlsx_has_typed_cells_and_no_formulas(officers, client_for):
    seized_case(officers.front_line, item(description="=1+1", quantity="12.25"), item(quantity="0.123456"))
    made = exported(client_for(officers.front_line), "exhibits", "?sort=number", "xlsx")
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
        everything = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "<f>" not in sheet
    assert "=1+1" in everything
    assert "<v>12.25</v>" in sheet
    assert re.search(r'<c r="I2" s="\d+"><v>4\d{4}\.\d+</v>', sheet), "moved at is a date"


def test_only_what_was_ticked_is_exported(officers, client_for, many):
    client = client_for(officers.front_line)
    made = exported(client, "cases", f"?case={many[3]}&case={many[5]}").decode()
    assert "Case 3" in made
    assert "Case 5" in made
    assert "Case 4" not in made
    assert "selected rows: 2" in made


def test_an_export_needs_a_purpose_and_stops_at_its_limit(officers, client_for, many, monkeypatch):
    from copes.insight.search import exporting

    client = client_for(officers.front_line)
    answer = client.post("/search/export/cases/", {"purpose": " ", "format": "csv"})
    assert answer.status_code == 400
    assert "what the file is for" in answer.content.decode()
    assert client.post("/search/export/cases/", {"purpose": "Duty", "format": "exe"}).status_code == 400
    assert client.get("/search/export/officers/").status_code == 404
    monkeypatch.setattr(exporting, "MOST", 50)
    refused = client.post("/search/export/cases/", {"purpose": "Duty", "format": "csv"})
    assert refused.status_code == 409
    assert "Narrow the list" in refused.content.decode()
    assert not Entry.objects.filter(kind="list.exported/1").exists()


def test_a_selection_goes_to_release_and_labels(officers, client_for):
    case, _seizure, exhibits = seized_case(officers.front_line, item(), item())
    client = client_for(officers.front_line)
    query = "&".join(f"exhibit={one}" for one in exhibits)
    form = client.get(f"/custody/release/?{query}").content.decode()
    for number in Exhibit.objects.filter(id__in=exhibits).values_list("number", flat=True):
        assert number in form
    answer = client.get(f"/custody/selected/labels/?{query}")
    assert answer.headers["Location"] == f"/dossiers/labels/{case}/?{query}"
    _other, _s, more = seized_case(officers.front_line, item())
    assert client.get(f"/custody/selected/labels/?{query}&exhibit={more[0]}").status_code == 400
    assert client.get("/custody/selected/labels/").status_code == 400


def test_access_is_given_to_several_cases_at_once_or_to_none(officers, client_for, many):
    client = client_for(officers.front_line)
    query = f"?case={many[0]}&case={many[1]}"
    page = client.get(f"/cases/selected/access/{query}")
    assert page.status_code == 200
    token = re.search(r'name="form_token" value="([^"]+)"', page.content.decode()).group(1)
    grant = {
        "case": many[:2], "officer": officers.investigator.officer, "reason": "Same route", "form_token": token,
    }  # fmt: skip
    assert client.post("/cases/selected/access/", grant).status_code == 302
    given = Member.objects.filter(officer=officers.investigator.officer, active=True)
    assert {row.case_id for row in given} == set(many[:2])
    stranger = client_for(officers.second)
    assert stranger.get(f"/cases/selected/access/{query}").status_code == 400
    assert client.get("/cases/selected/access/").status_code == 400


def test_lists_take_few_queries(officers, client_for, many):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    seized_case(officers.front_line, *[item() for _ in range(30)])
    for role in ("front_line", "supervisor"):
        client = client_for(officers[role])
        for address in ("/cases/?state=open", "/custody/exhibits/?category=tobacco", "/search/?q=case&all=y"):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            assert len(asked) <= 15, (address, [one["sql"][:90] for one in asked])
