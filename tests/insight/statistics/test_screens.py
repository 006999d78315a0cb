"""The dashboards as officers and programs ask for them: pages, exports, API; who may, what is logged, how many queries."""

from __future__ import annotations

import csv
import io
import random
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from copes.chain.seizures.models import Seizure
from copes.foundation.people.models import Reading
from copes.foundation.people.offices import register_agency
from copes.insight.statistics import charts, drawing
from copes.insight.statistics.charts import Bar, Frame, Series
from copes.insight.statistics.filters import read_filters
from copes.insight.statistics.queries import sums
from tests import support
from tests.insight.statistics.ledgers import recount, seize

PERIOD = "from=2024-11&to=2025-12"
PAGES = ("/statistics/", "/statistics/map/", "/statistics/seizures/")
CHARTS = ("month", "stacked", "category", "place", "transport", "concealment", "detection")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def seized(officers):
    number = random.Random(5)
    return [seize(officers, number) for _ in range(14)]


def parsed(svg: str | bytes) -> ET.Element:
    """What this node drew, as XML."""
    return ET.fromstring(svg)  # noqa: S314 - our own output


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_overview_says_what_the_ledger_says(officers, seized, client_for):
    answer = client_for(officers.supervisor).get(f"/statistics/?{PERIOD}")
    assert answer.status_code == 200
    seizures, exhibits, amounts = recount(officers.supervisor.agency, first="2024-11", last="2025-12")
    said = text(answer)
    assert f"Seizures {seizures} " in said
    assert f"Exhibits {exhibits} " in said
    assert set(amounts) >= {"g", "EUR"}
    for part in parsed("<a>" + "".join(re.findall(r"<svg.*?</svg>", answer.content.decode(), re.DOTALL)) + "</a>"):
        if part.get("class") == "chart":
            assert part.find(f"{SVG}title") is not None or part.find("title") is not None


@pytest.mark.parametrize("path", PAGES)
def test_pages_ask_the_database_the_same_few_times(officers, client_for, path):
    client, number = client_for(officers.supervisor), random.Random(2)
    counts = []
    for more in (2, 12):
        for _ in range(more):
            seize(officers, number)
        client.get(f"{path}?{PERIOD}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{path}?{PERIOD}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15, [query["sql"][:90] for query in queries.captured_queries]


@pytest.mark.parametrize("role", ["custodian", "examiner", "administrator"])
def test_roles_without_dashboards_are_turned_away(officers, client_for, role):
    client = client_for(officers[role])
    paths = (*PAGES, "/statistics/export/place.csv", "/api/statistics", "/api/statistics/places")
    assert {client.get(path).status_code for path in paths} == {403}


def test_the_list_shows_only_cases_that_one_may_see(officers, seized, client_for):
    for role in ("supervisor", "front_line", "investigator", "legal", "auditor"):
        answer = client_for(officers[role]).get(f"/statistics/seizures/?{PERIOD}")
        listed = set(re.findall(r"/seizures/([0-9a-f-]{36})/", answer.content.decode()))
        wanted = (
            {one.id for one in Seizure.objects.filter(act="seizure")} if role in {"supervisor", "front_line"} else set()
        )
        assert listed == wanted, role


def test_another_agency_learns_nothing(officers, seized, client_for):
    other = register_agency(officers.administrator, name="Other Customs", country="BE")
    client = client_for(support.new_officer("Otto Other", "supervisor", username="otto", agency=other))
    for path in (*PAGES, "/api/statistics", "/api/statistics/places", "/statistics/export/place.csv"):
        answer = client.get(f"{path}?{PERIOD}")
        assert answer.status_code == 200
        for secret in ("Vienne", "Havre", "Somewhere", "tobacco", "Antwerp"):
            assert secret not in re.sub(
                r"<form.*?</form>|<ul class=\"chosen\">.*?</ul>", "", answer.content.decode(), flags=re.DOTALL
            ), path
    assert client.get(f"/api/statistics?{PERIOD}").json()["total"]["seizures"] == 0


@pytest.mark.parametrize("chart", CHARTS)
def test_exports_open_and_say_where_they_come_from(officers, seized, client_for, chart, node):
    client = client_for(officers.supervisor)
    before = Reading.objects.filter(kind="statistics.export").count()
    files = {form: client.get(f"/statistics/export/{chart}.{form}?{PERIOD}") for form in ("svg", "png", "csv")}
    assert Reading.objects.filter(kind="statistics.export").count() == before + 3
    root = parsed(files["svg"].content)
    said = " ".join(one.text or "" for one in root.iter(f"{SVG}text"))
    assert root.tag == f"{SVG}svg"
    assert "Test Customs" in said
    assert "November 2024 to December 2025" in said
    assert "PRACTICE" not in said
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", files["svg"].content.decode())
    picture = Image.open(io.BytesIO(files["png"].content))
    picture.load()
    assert picture.format == "PNG"
    assert picture.width >= 1100
    assert len(picture.convert("RGB").getcolors(1 << 24)) > 3
    raw = files["csv"].content
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len({len(line) for line in lines}) == 1
    assert all("Test Customs" in line[-1] for line in lines[1:])
    if chart in {"month", "place", "transport"}:
        total = sums(officers.supervisor, read_filters({"from": "2024-11", "to": "2025-12"})).total
        assert sum(int(line[1]) for line in lines[1:]) == total.seizures
        grams = lines[0].index("Weight (g)")
        assert sum(float(line[grams] or 0) for line in lines[1:]) == pytest.approx(float(total.amounts["g"]))


def test_exports_of_a_practice_node_are_marked(tmp_path, templates, django_db_blocker):
    with django_db_blocker.unblock():
        made = support.new_home(
            tmp_path / "home", database=templates.copy(tmp_path / "db"), practice=True, origin="test.example/PRACTICE/p"
        )
        with support.serving(made):
            support.begin()
            officers = support.enrol_staff("front_line", "second", "supervisor")
            for at in range(3):
                seize(officers, random.Random(at))
            client = support.signed_in(officers.supervisor)
            for form in ("svg", "csv"):
                assert "PRACTICE – nothing" in client.get(f"/statistics/export/month.{form}?{PERIOD}").content.decode()


def test_a_chart_that_is_not_there_is_not_found(officers, client_for):
    client = client_for(officers.supervisor)
    assert client.get("/statistics/export/nothing.svg").status_code == 404
    assert client.get("/statistics/export/place.exe").status_code == 404
    assert client.get("/statistics/?from=2026-77").status_code == 400


def test_a_place_name_cannot_act_in_a_chart_or_a_spreadsheet(officers, client_for):
    from copes.chain.cases.services import open_case
    from copes.chain.seizures.services import record_seizure
    from tests.chain.making import control_facts, item, seizure_facts

    at = datetime(2025, 3, 1, 12, tzinfo=UTC)
    for name in ('<script>alert("x")</script>', '=HYPERLINK("x")', '"><svg onload=x>'):
        case = open_case(officers.front_line, title="Odd", occurred_at=at).id
        facts = seizure_facts(officers.front_line, place={"name": name}, started_at=at, closed_at=None)
        record_seizure(officers.front_line, case=case, occurred_at=at, facts=facts, items=[item()])
    assert control_facts
    client = client_for(officers.supervisor)
    for path in ("/statistics/", "/statistics/map/", "/statistics/seizures/"):
        page = client.get(f"{path}?from=2025-01&to=2025-12").content.decode()
        assert "<script>alert" not in page
        assert "<svg onload" not in page
    parsed(client.get("/statistics/export/place.svg?from=2025-01&to=2025-12").content)
    table = client.get("/statistics/export/place.csv?from=2025-01&to=2025-12").content.decode("utf-8-sig")
    assert any(line[0].startswith("'=HYPERLINK") for line in csv.reader(io.StringIO(table, newline="")))


def test_series_differ_without_colour():
    frame = Frame("t", "Title", "Words", 400)
    layers = [Series(f"Layer {at}", (1.0, 2.0)) for at in range(charts.MOST_SERIES)]
    root = parsed(charts.stacks(frame, ["a", "b"], layers, ["6", "12"]))
    drawn = [ET.tostring(one, encoding="unicode").split(">", 1)[1] for one in root.iter(f"{SVG}pattern")]
    assert len(drawn) == len(set(drawn)) == charts.MOST_SERIES == len(drawing.PATTERNS)
    used = {one.get("fill") for one in root.iter(f"{SVG}rect")} - {None}
    assert {f"url(#t-p{at})" for at in range(charts.MOST_SERIES)} <= used
    lines = parsed(
        charts.trend(frame, ["a", "b"], [Series("Now", (1.0, 2.0)), Series("Before", (2.0, None))], ["1", "2"])
    )
    dashes = [one.get("stroke-dasharray") for one in lines.iter(f"{SVG}path") if one.get("class") == "c-line"]
    assert sorted(map(str, set(dashes))) == ["6 5", "None"]
    assert {one.tag for one in lines.iter() if "c-mark" in (one.get("class") or "")} == {f"{SVG}circle", f"{SVG}rect"}
    with pytest.raises(ValueError, match="patterns"):
        charts.stacks(frame, ["a"], [*layers, Series("One more", (1.0,))], ["7"])


def test_bars_say_their_values_and_mirror():
    rows = [Bar("Long " * 40, 10.0, "10"), Bar("Hidden", None, "fewer than 3"), Bar("None", 0.0, "0")]
    for mirrored in (False, True):
        root = parsed(charts.bars(Frame("t", "T", "D", 330, mirrored), rows))
        said = [one.text for one in root.iter(f"{SVG}text")]
        assert {"10", "fewer than 3", "0"} <= set(said)
        bars = [one for one in root.iter(f"{SVG}rect") if one.get("class") == "c-bar"]
        assert [one.get("width") for one in bars] == ["330"]
        assert root.find(f"{SVG}title").text == "T"
        assert root.find(f"{SVG}desc").text == "D"


def test_the_api_has_the_same_numbers(officers, seized, client_for):
    client = client_for(officers.supervisor)
    said = client.get(f"/api/statistics?{PERIOD}&category=tobacco&transport=-").json()
    seizures, exhibits, amounts = recount(
        officers.supervisor.agency, first="2024-11", last="2025-12", category="tobacco", transport=""
    )
    assert (said["total"]["seizures"], said["total"]["exhibits"]) == (seizures, exhibits)
    assert {unit: str(amount.normalize()) for unit, amount in amounts.items()}.keys() == said["total"]["amounts"].keys()
    assert client.get(f"/api/statistics?{PERIOD}&category=nonsense").status_code == 400
    places = client.get(f"/api/statistics/places?{PERIOD}").json()
    assert any(one["value"] == "FR:Toll of Vienne" for one in places["places"])
    assert any("Ecuador" in one["value"] for one in places["ways"])
    assert client.get(f"/api/statistics/charts/place/png?{PERIOD}").content.startswith(b"\x89PNG")
    hidden = client_for(officers.auditor).get(f"/api/statistics?{PERIOD}").json()
    few = [one for one in hidden["place"] + hidden["trend"] if one["hidden"]]
    assert few
    assert all(one["seizures"] is None and one["amounts"] == {} for one in few)


def test_the_map_finds_places_by_coordinates_and_codes_and_lists_the_rest(officers, seized, client_for):
    page = client_for(officers.supervisor).get(f"/statistics/map/?{PERIOD}").content.decode()
    rows = dict(re.findall(r'data-how="(\w+)"[^>]*><th scope="row"><bdi>([^<,]+)', page))
    assert rows == {"recorded": "Toll of Vienne", "port": "Port du Havre FRLEH"}
    beneath = page.split("Without coordinates", 1)[1]
    assert "Somewhere" in beneath
    assert "Vienne" not in beneath
    assert 'class="m-way"' in page
    assert "in part" in page.split("Ways of the goods", 1)[1]
