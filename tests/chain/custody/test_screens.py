"""Custody in the browser: desk, release by scanning, receipt, exhibit page."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from copes.chain.custody import services as custody
from copes.chain.custody.models import Exhibit, Handover, Photograph
from copes.foundation.people.models import Reading
from tests.chain.entering import send, shown
from tests.chain.making import cash, item, seized_case


def test_release_by_scanning_and_receive(officers, client_for):
    front, custodian = officers.front_line, officers.custodian
    _, _, (one, two) = seized_case(front, item(seal="S1"), cash(front, officers.second))
    client = client_for(front)
    page = send(client, "/custody/release/", {"scan": f"COPES:{one}", "add": "scan"})
    page = send(client, "/custody/release/", {"scan": Exhibit.objects.get(id=two).number, "add": "scan"}, page=page)
    assert shown(page)["exhibit"] == [one, two]
    page = send(client, "/custody/release/", {"scan": "nonsense", "add": "scan"}, page=page)
    assert "No single exhibit" in page.content.decode()
    assert shown(page)["exhibit"] == [one, two]
    page = send(client, "/custody/release/", {}, page=page)
    assert page.status_code == 400
    assert shown(page)["exhibit"] == [one, two]
    typed = {
        "released_to": custodian.officer,
        "reason": "storage",
        "condition": "Closed",
        "seals": "intact",
        "scan": "",
    }
    page = send(client, "/custody/release/", typed, page=page)
    assert "2 exhibits are released" in page.content.decode()
    assert "Waiting for receipt" in client.get(f"/custody/exhibits/{one}/").content.decode()

    other = client_for(custodian)
    release = Handover.objects.first().record_id
    assert f"/custody/releases/{release}/receive/" in other.get("/").content.decode()
    url = f"/custody/releases/{release}/receive/"
    page = send(other, url, {"condition": "Closed"})
    assert page.status_code == 400
    page = send(other, url, {"exhibits": [one], "condition": "Closed", "seals": "intact", "do": "receive"}, page=page)
    assert "You answer for these exhibits now" in page.content.decode()
    page = send(other, url, {"exhibits": [two], "do": "decline", "reason": ""})
    assert page.status_code == 400
    page = send(other, url, {"exhibits": [two], "do": "decline", "reason": "Count differs"}, page=page)
    assert [Exhibit.objects.get(id=n).holder for n in (one, two)] == [custodian.officer, front.officer]
    assert client_for(officers.examiner).get(url).status_code == 404


def test_the_exhibit_page_shows_the_chain_as_picture_and_table(officers, client_for):
    front, custodian = officers.front_line, officers.custodian
    _, _, (one,) = seized_case(front, item(seal="S1"))
    (jti,) = custody.release(front, exhibits=[one], to=custodian.officer, reason="storage", condition="Closed")
    custody.receive(custodian, release=jti, exhibits=[one], condition="A corner is dented")
    custody.check_seal(custodian, exhibit=one, seal="S1", intact=False)
    client = client_for(custodian)
    text = client.get(f"/custody/exhibits/{one}/").content.decode()
    assert text.count('class="chain__pass"') == 1
    assert text.count('class="chain__bar chain__bar--held"') == 2
    assert 'class="chain__mark chain__mark--damaged"' in text
    assert "A corner is dented" in text
    assert "style=" not in text
    assert "Cash at the toll" not in text  # the custodian sees the exhibit, not the case
    assert Reading.objects.filter(kind="exhibit", thing=one, officer=custodian.officer).count() == 1
    arabic = client.get(f"/custody/exhibits/{one}/", headers={"Accept-Language": "ar"}).content.decode()
    assert 'dir="rtl"' in arabic


def test_cancel_seals_photograph_and_correction(officers, client_for):
    front = officers.front_line
    _, _, (one,) = seized_case(front)
    client = client_for(front)
    (jti,) = custody.release(front, exhibits=[one], to=officers.custodian.officer, reason="storage", condition="Closed")
    page = send(client, f"/custody/releases/{jti}/", {"reason": "Not yet weighed"})
    assert "The release is cancelled" in page.content.decode()
    send(client, f"/custody/exhibits/{one}/seal/", {"seal": "S-5"})
    send(client, f"/custody/exhibits/{one}/seal/check/", {"seal": "S-5", "intact": "true"})
    wrong = send(client, f"/custody/exhibits/{one}/seal/check/", {"seal": "S-6", "intact": "true"})
    assert "not the one entered" in wrong.content.decode()
    send(client, f"/custody/exhibits/{one}/seal/open/", {"seal": "S-5", "reason": "Weighing", "replaced_by": "S-7"})
    assert Exhibit.objects.get(id=one).seal == "S-7"
    out = io.BytesIO()
    Image.new("RGB", (50, 40)).save(out, "PNG")
    file = SimpleUploadedFile("Jean Invented's bag.png", out.getvalue(), "image/png")
    send(client, f"/custody/exhibits/{one}/photograph/", {"picture": file})
    assert Photograph.objects.get().name.endswith("-1-1.png")
    page = send(client, f"/custody/exhibits/{one}/correct/", {"quantity": "3968,5", "reason-0-reason": "Weighed again"})
    assert "3968.5" in page.content.decode()
    row = Exhibit.objects.get(id=one)
    assert (str(row.quantity), list(row.sources)) == ("3968.500000", ["body.quantity"])


def test_the_list_is_narrowed(officers, client_for):
    front = officers.front_line
    seized_case(front, item(), cash(front, officers.second))
    client = client_for(front)
    assert client.get("/custody/exhibits/").content.decode().count('<th scope="row">') == 2
    assert client.get("/custody/exhibits/?category=cash").content.decode().count('<th scope="row">') == 1
    assert client.get("/custody/exhibits/?state=released").content.decode().count('<th scope="row">') == 0
    assert client.get("/custody/exhibits/?mine=yes&number=fr-").content.decode().count('<th scope="row">') == 2
    assert client.get("/custody/exhibits/?after=nonsense").status_code == 404


def test_lists_are_read_in_order_of_an_index(officers):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from copes.chain.cases import queries as cases
    from copes.chain.custody import queries

    if connection.vendor != "sqlite":
        return
    front = officers.front_line
    seized_case(front, *(item() for _ in range(4)))
    seized_case(front, *(item() for _ in range(4)))
    for acting in (front, officers.supervisor):
        first = queries.exhibits(acting, page=3)
        with CaptureQueriesContext(connection) as seen:
            rows = [*first.rows, *queries.exhibits(acting, after=first.after, page=10).rows]
            queries.exhibits(acting, page=3)
            cases.recent_cases(acting, page=1)
            cases.recent_cases(acting, after=cases.recent_cases(acting, page=1).after, page=1)
            queries.held_by(acting.officer)
        assert len({row.id for row in rows}) == len(rows) == 8
        assert [row.number for row in rows] == sorted((row.number for row in rows), reverse=True)
        for query in seen.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plan = "\n".join(row[3] for row in cursor.fetchall())
            assert "TEMP B-TREE FOR ORDER BY" not in plan, f"{query['sql']}\n{plan}"
            assert "COUNT(*)" not in query["sql"]
