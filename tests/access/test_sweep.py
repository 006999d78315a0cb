"""Every address and every API operation, asked by whoever has no need to know: not there, and nothing leaks.

The addresses are read from the program itself, so that a new one is swept without anyone remembering it; a new name
of an id in an address must be given a meaning here.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from copes.foundation.api.root import api
from tests.access.conftest import SECRETS, Hidden
from tests.foundation.api.conftest import calls_as
from tests.support import signed_in

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\{(\w+)\}")
# Names of ids in addresses that mean the same as another.
SAME = {
    "case_id": "case",
    "seizure_id": "seizure",
    "exhibit_id": "exhibit",
    "dossier_id": "dossier",
    "officer_id": "officer",
    "sha256": "photograph",
    "jti": "record",
    "notification": "notice",
}
# Names that choose among what everyone has, and ids of what belongs to one officer alone.
CHOSEN = {
    "chart": "place",
    "form": "csv",
    "name": "exhibits",
    **dict.fromkeys(("token", "search", "search_id", "favourite", "template"), str(uuid.UUID(int=9))),
}
# Addresses below these prefixes hold nothing of a case.
PUBLIC = ("ledger/", "cosigner/", "accounts/", "api/", "people/", "oidc/", "static/", "language/", "accounts/logout/")
PEOPLE = ("/me", "/officers", "/offices", "/agencies", "/proposals", "/delegations", "/reads")
REFUSED = {403, 404, 405}
CHANGING = re.compile(
    r'(csrfmiddlewaretoken" value="[^"]+"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64})'
)


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every address of the site, with the names of its ids in it."""
    for one in (resolver or get_resolver()).url_patterns:
        where = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            yield where
        elif not where.startswith("api/"):
            yield from addresses(one, where)


def pages() -> list[str]:
    return sorted({where for where in addresses() if not where.startswith(PUBLIC)})


def operations() -> list[tuple[str, str]]:
    """Method and address of every operation of the API."""
    paths = api.get_openapi_schema()["paths"]
    return [(method, path.removeprefix("/api")) for path, methods in paths.items() for method in methods]


def filled(address: str, ids: dict[str, str]) -> str:
    """The address with ids in it. A KeyError names what this test does not know yet."""
    return PARAMETER.sub(lambda found: (ids | CHOSEN)[SAME.get(name := found[1] or found[2], name)], address)


def nothing(ids: dict[str, str]) -> dict[str, str]:
    """Ids of the same form that nobody ever gave."""
    return {name: "0" * 64 if len(value) == 64 else str(uuid.UUID(int=7)) for name, value in ids.items()}


def leaks(text: str, hidden: Hidden, where: str = "") -> list[str]:
    """The case's words in a text. Sums name the places of the agency's own seizures; their numbers are hidden."""
    sums = where.lstrip("/").startswith("statistics")
    return [
        word for word in (*SECRETS, hidden.number) if word in text and not (sums and word == "Hidden bay of Vienne")
    ]


def told(answer) -> tuple[int, str]:
    return answer.status_code, CHANGING.sub("…", answer.content.decode(errors="replace"))


def test_no_page_of_a_case_tells_an_outsider_anything(hidden, outsiders):
    with_ids, wrong = [where for where in pages() if PARAMETER.search(where)], []
    assert len(with_ids) > 60
    for role, outsider in outsiders.items():
        client = signed_in(outsider)
        for where in with_ids:
            there, not_there = filled(where, hidden.ids), filled(where, nothing(hidden.ids))
            if there == not_there:
                continue
            for method in ("get", "post"):
                answer = getattr(client, method)(f"/{there}", secure=True)
                if answer.status_code not in REFUSED or leaks(answer.content.decode(errors="replace"), hidden):
                    wrong.append((role, method, where, answer.status_code))
                elif told(answer) != told(getattr(client, method)(f"/{not_there}", secure=True)):
                    wrong.append((role, method, where, "differs from what is not there"))
    assert wrong == []


def test_no_list_tells_an_outsider_anything(hidden, outsiders):
    lists, wrong = [where for where in pages() if not PARAMETER.search(where)], []
    asked = [f"?{name}={word}" for name, word in (("q", "Jean"), ("text", "QQZU7719307"), ("number", "FR-2026"))]
    for role, outsider in outsiders.items():
        client = signed_in(outsider)
        for where in lists:
            for query in ["", *asked]:
                answer = client.get(f"/{where}{query}", secure=True)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                text = body.decode(errors="replace").replace(query.rpartition("=")[2] or "\0", "")
                if answer.status_code >= 500 or leaks(text, hidden, where):
                    wrong.append((role, where, query, answer.status_code, leaks(text, hidden, where)))
    assert wrong == []


def test_no_operation_of_the_api_tells_an_outsider_anything(hidden, outsiders):
    asked, wrong = [one for one in operations() if not one[1].startswith(PEOPLE)], []
    for role, outsider in outsiders.items():
        caller = calls_as(outsider)
        for method, where in asked:
            there, not_there = filled(where, hidden.ids), filled(where, nothing(hidden.ids))
            answer = caller.post(there, {}) if method == "post" else getattr(caller, method)(there)
            found = leaks(answer.content.decode(errors="replace"), hidden, where)
            if found or answer.status_code >= 500:
                wrong.append((role, method, where, answer.status_code, found))
            elif there != not_there:
                other = caller.post(not_there, {}) if method == "post" else getattr(caller, method)(not_there)
                if told(other) != told(answer):
                    wrong.append((role, method, where, told(answer), told(other)))
    assert wrong == []


def test_looking_for_what_one_may_not_see_is_as_much_work_as_for_what_is_not_there(hidden, outsiders):
    asked = ("cases/<str:case>/", "custody/exhibits/<str:exhibit>/", "seizures/<str:seizure>/")
    for outsider in outsiders.values():
        client = signed_in(outsider)
        for where in asked:
            client.get(f"/{filled(where, nothing(hidden.ids))}", secure=True)
            work = []
            for ids in (nothing(hidden.ids), hidden.ids):
                with CaptureQueriesContext(connection) as queries:
                    client.get(f"/{filled(where, ids)}", secure=True)
                work.append([re.sub(r"'[^']*'|\b\d+\b", "?", one["sql"]) for one in queries])
            assert work[0] == work[1], where


def test_whoever_needs_to_know_sees_what_outsiders_do_not(hidden, officers):
    """The sweep would also pass on an empty node; this says it looks in the right places."""
    client = signed_in(officers.investigator)
    seen = client.get(f"/cases/{hidden.ids['case']}/", secure=True).content.decode()
    seen += client.get(f"/custody/exhibits/{hidden.ids['exhibit']}/", secure=True).content.decode()
    assert {"A box under the floor", "Snuff of the seventh kind", "SEAL-7741", hidden.number} <= set(
        leaks(seen, hidden)
    )
