"""Searching and exporting over HTTP, with need-to-know."""

from __future__ import annotations

import json

from copes.foundation.journal.models import Entry
from copes.insight.search.models import SavedSearch
from tests.chain.making import item, seized_case


def call(client, method, address, body=None):
    headers = {"HTTP_X_CSRFTOKEN": client.cookies["csrftoken"].value} if "csrftoken" in client.cookies else {}
    return client.generic(
        method, address, json.dumps(body) if body is not None else b"", content_type="application/json", **headers
    )


def test_search_over_http_finds_what_the_screens_find(officers, client_for):
    seized_case(officers.front_line, *[item(description=f"Cocaine brick {n}") for n in range(40)])
    client = client_for(officers.front_line)
    first = call(client, "GET", "/api/search?q=cocaine&kind=exhibit").json()
    second = call(client, "GET", f"/api/search?q=cocaine&kind=exhibit&after={first['next']}").json()
    assert len(first["items"]) + len(second["items"]) == 40
    assert second["next"] is None
    assert {one["kind"] for one in first["items"]} == {"exhibit"}
    for role in ("second", "auditor", "administrator", "legal", "custodian"):
        assert call(client_for(officers[role]), "GET", "/api/search?q=cocaine").json()["items"] == []
    assert call(client, "GET", "/api/search?q=x&kind=nothing").status_code in {400, 422}
    assert call(client, "GET", "/api/search").status_code in {400, 422}


def test_saved_searches_and_exports_over_http(officers, client_for):
    seized_case(officers.front_line, item(description="Cocaine brick"))
    client = client_for(officers.front_line)
    made = call(client, "POST", "/api/searches", {"name": "Mine", "address": "/cases/?state=open"})
    assert made.status_code == 201
    assert [one["name"] for one in call(client, "GET", "/api/searches").json()] == ["Mine"]
    assert call(client_for(officers.second), "DELETE", f"/api/searches/{made.json()['id']}").status_code == 404
    assert call(client, "DELETE", f"/api/searches/{made.json()['id']}").status_code == 204
    assert not SavedSearch.objects.exists()
    body = {"format": "csv", "purpose": "Request 1", "filters": {"category": "tobacco"}}
    answer = call(client, "POST", "/api/lists/exhibits/export", body)
    assert answer.status_code == 200
    assert b"Cocaine brick" in answer.content
    assert Entry.objects.filter(kind="list.exported/1").count() == 1
    other = call(client_for(officers.second), "POST", "/api/lists/exhibits/export", body)
    assert b"Cocaine" not in other.content
    assert call(client, "POST", "/api/lists/exhibits/export", {**body, "purpose": ""}).status_code in {400, 422}
