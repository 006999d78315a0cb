"""Finding what was recorded, through the browser's addresses, as each role would."""

from __future__ import annotations

import pytest

from copes.chain.cases.services import add_note, grant_access, open_case, record_control, revoke_access
from copes.chain.custody.services import receive, release
from copes.foundation.journal.following import catch_up, start_again
from copes.foundation.people.models import Reading
from copes.insight.search.models import RecentSearch, SavedSearch, Thing
from tests.chain.making import control_facts, item, seized_case


def found(client, text, **more):
    answer = client.get("/search/suggest/", {"q": text, **more})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return [(row["kind"], row["title"]) for group in answer.json()["groups"] for row in group["results"]]


@pytest.fixture
def case(officers):
    case, _seizure, _exhibits = seized_case(
        officers.front_line, item(description="Šest paketa kokaina", seal="S-0007/A"), item(description="Кокаин")
    )
    facts = control_facts(officers.front_line)
    facts["persons"] = [
        {"role": "driver", "name": "Đorđe Петровић", "document": "AB 1234567"},
        {"role": "passenger", "name": "أحمد القاهرة"},
    ]
    record_control(officers.front_line, case=case, facts=facts)
    add_note(officers.front_line, case=case, text="Le chien a marqué la portière")
    return case


@pytest.mark.parametrize(
    ("question", "kind", "title"),
    [
        ("Dorde petrovic", "person", "Đorđe Петровић"),
        ("ђорђе", "person", "Đorđe Петровић"),
        ("ab1234567", "person", "Đorđe Петровић"),
        ("احمد", "person", "أحمد القاهرة"),
        ("قاهره", "person", "أحمد القاهرة"),
        ("AB123CD", "transport", "AB-123-CD"),
        ("ab-123-cd", "transport", "AB-123-CD"),
        ("csqu 305438 3", "container", "CSQU3054383"),
        ("s0007a", "seal", "S-0007/A"),
        ("marque portiere", "note", "Le chien a marqué la portière"),
        ("toll cash", "case", None),
        ("vienne", "control", "Toll of Vienne"),
        ("undeclared", "nothing", None),
        ("unknown origin", "seizure", "Cash of unknown origin, not declared"),
    ],
)
def test_everything_recorded_is_found_however_it_is_typed(officers, client_for, case, question, kind, title):
    rows = found(client_for(officers.front_line), question)
    if kind == "nothing":
        assert rows == []
    else:
        assert kind in dict(rows)
        assert title is None or (kind, title) in rows


def test_both_exhibits_are_found_in_either_alphabet(officers, client_for, case):
    client = client_for(officers.front_line)
    assert len([one for one in found(client, "kokain") if one[0] == "exhibit"]) == 2
    assert len([one for one in found(client, "КОКАИН") if one[0] == "exhibit"]) == 2


def test_an_exact_number_leads_to_the_thing(officers, client_for, case):
    from copes.chain.cases.models import Case

    client = client_for(officers.front_line)
    number = Case.objects.get(id=case).number
    assert client.get("/search/", {"q": number.lower()}).headers["Location"] == f"/cases/{case}/"
    assert client.get("/search/", {"q": number, "all": "yes"}).status_code == 200
    assert "/custody/exhibits/" in client.get("/search/", {"q": f"{number}/1"}).headers["Location"]
    assert "/custody/exhibits/" in client.get("/search/", {"q": "S 0007 A"}).headers["Location"]


SECRETS = ("Dorde petrovic", "AB123CD", "kokain", "s0007a", "csqu3054383", "portiere", "toll")


@pytest.mark.parametrize(
    "role", ["second", "investigator", "custodian", "examiner", "legal", "auditor", "administrator"]
)
def test_what_one_may_not_see_is_not_found(officers, client_for, case, role):
    from copes.chain.cases.models import Case

    client = client_for(officers[role])
    for text in (*SECRETS, Case.objects.get(id=case).number):
        assert found(client, text) == [], text
        there, nothing = client.get("/search/", {"q": text}), client.get("/search/", {"q": "zzqx"})
        assert there.status_code == nothing.status_code == 200
        assert there.content.count(b'class="result"') == 0


def test_a_question_for_the_unseen_does_the_work_of_one_for_nothing(officers, client_for, case):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_for(officers.second)
    open_case(officers.second, title="My own case")
    found(client, "own")

    def work(text):
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/suggest/", {"q": text})
        return [one["sql"].split("WHERE")[0] for one in asked]

    for secret, absent in (("kokain", "zzqxvw"), ("AB123CD", "ZZ999QX"), ("s0007a", "s9999z")):
        assert work(secret) == work(absent)


def test_rows_of_the_unseen_are_never_fetched(officers, case):
    from copes.insight.search import index, queries

    open_case(officers.second, title="My own case")
    catch_up("search")
    fetched = []
    real = index.backend().hits

    def counting(sought):
        rows = real(sought)
        fetched.append(len(rows))
        return rows

    chosen = index.backend()
    try:
        chosen.hits = counting
        queries.search(officers.second, "kokain")
        queries.search(officers.second, "AB123CD")
    finally:
        chosen.hits = real
    assert fetched == [0, 0, 0]


def test_access_opens_and_closes_the_search(officers, client_for, case):
    client = client_for(officers.investigator)
    assert found(client, "kokain") == []
    grant_access(officers.front_line, case=case, officer=officers.investigator.officer, reason="Investigates")
    assert len(found(client, "kokain")) == 2
    revoke_access(officers.front_line, case=case, officer=officers.investigator.officer, reason="Other duty")
    assert found(client, "kokain") == []


def test_a_custodian_finds_what_is_in_hand_and_nothing_else(officers, client_for):
    _case, _seizure, exhibits = seized_case(
        officers.front_line, item(description="Cocaine one"), item(description="Cocaine two")
    )
    client = client_for(officers.custodian)
    assert found(client, "cocaine") == []
    moved = release(
        officers.front_line, exhibits=exhibits[:1], to=officers.custodian.officer, reason="storage", condition="Sealed"
    )
    assert len(found(client, "cocaine")) == 1
    receive(officers.custodian, release=moved[0], exhibits=exhibits[:1], condition="Sealed")
    assert len(found(client, "cocaine")) == 1
    back = release(
        officers.custodian, exhibits=exhibits[:1], to=officers.second.officer, reason="court", condition="Sealed"
    )
    receive(officers.second, release=back[0], exhibits=exhibits[:1], condition="Sealed")
    assert found(client, "cocaine") == []
    assert len(found(client_for(officers.second), "cocaine")) == 1


def test_the_supervisor_of_the_agency_finds_everything_of_it(officers, client_for, case):
    client = client_for(officers.supervisor)
    assert len([one for one in found(client, "kokain") if one[0] == "exhibit"]) == 2


def test_people_are_found_by_who_may_see_the_list_of_people(officers, client_for):
    for role in ("administrator", "supervisor", "auditor"):
        assert ("officer", "Dragan Čuvar") in found(client_for(officers[role]), "cuvar")
    for role in ("front_line", "custodian", "legal"):
        assert found(client_for(officers[role]), "cuvar") == []


NASTY = [
    "*", '"', "'", "NEAR", "NEAR(a b)", "a AND b", "a OR b", "NOT a", "-a", "a:b", "^a", "(", ")", "a*b", '"a', "\\",
    "%", "_", "'; DROP TABLE search_thing; --", "a & b", "a | !b", "a <-> b", ":*", "😀", "👩🏽‍✈️ a", "\u202eabc", "\0", "\ua0151",
    "\ua016case", "a" * 10_000, "ab " * 3_000, "é" * 5_000, "١", "ـــ", "𐤀𐤁", "\ud7ff", "İ", "ß", "1" * 300, "., ;",
]  # fmt: skip


def test_no_question_is_an_error(officers, client_for, case):
    client = client_for(officers.front_line)
    for text in NASTY:
        assert client.get("/search/", {"q": text, "all": "y"}).status_code == 200, text
        found(client, text)
    for more in ({"after": "x"}, {"after": "9" * 40}, {"kind": "none"}, {"after": "-1"}):
        assert client.get("/search/", {"q": "toll", "all": "y", **more}).status_code == 200, more


def test_the_words_of_the_index_itself_find_nothing(officers, client_for, case):
    client = client_for(officers.front_line)
    found(client, "toll")
    token = Thing.objects.filter(kind="case").first().scope.split()[-1]
    assert found(client, f"{token} zz9q") == []
    assert found(client, f"zz9q{token}") == []
    assert found(client, "\ua016exhibit") == found(client, "exhibit") == []


def test_a_kind_narrows_and_pages_follow_without_gap_or_repetition(officers, client_for):
    seized_case(officers.front_line, *[item(description=f"Cocaine brick {n}") for n in range(70)])
    client = client_for(officers.front_line)
    seen, after = [], ""
    for _page in range(5):
        page = client.get("/search/", {"q": "cocaine", "kind": "exhibit", "after": after}).context["page"]
        seen += [row.name for row in page.rows]
        if page.after is None:
            break
        after = page.after
    assert len(seen) == len(set(seen)) == 70
    assert [int(one.rpartition("/")[2]) for one in seen] == list(range(70, 0, -1))


def test_reading_the_index_again_gives_the_same_index(officers, case):
    catch_up("search")
    before = list(
        Thing.objects.order_by("id").values_list("id", "kind", "title", "words", "thing", "code", "corrected")
    )
    assert len(before) > 10
    start_again()
    assert Thing.objects.count() == 0
    catch_up("search")
    after = Thing.objects.order_by("id").values_list("id", "kind", "title", "words", "thing", "code", "corrected")
    assert list(after) == before


def test_reads_are_logged_and_recent_searches_are_ones_own(officers, client_for, case):
    client = client_for(officers.front_line)
    client.get("/search/", {"q": "kokain"})
    assert Reading.objects.filter(officer=officers.front_line.officer, kind="search", thing="kokain").count() == 1
    for number in range(14):
        client.get("/search/", {"q": f"word{number}"})
    assert RecentSearch.objects.filter(officer=officers.front_line.officer).count() == 10
    assert b"word13" in client.get("/search/").content
    assert b"word13" not in client_for(officers.second).get("/search/").content
    client.post("/search/recent/forget/")
    assert not RecentSearch.objects.exists()


def test_saved_searches_are_ones_own(officers, client_for):
    mine, other = client_for(officers.front_line), client_for(officers.second)
    address = "/custody/exhibits/?category=drugs"
    assert mine.post("/search/save/", {"name": "Drugs", "address": address}).headers["Location"] == address
    kept = SavedSearch.objects.get()
    assert b"Drugs" in mine.get("/search/saved/").content
    assert b"Drugs" not in other.get("/search/saved/").content
    assert other.post(f"/search/saved/{kept.id}/delete/").status_code == 404
    for bad in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/" + "a" * 2000, ""):
        assert mine.post("/search/save/", {"name": "x", "address": bad}).status_code == 400, bad
    assert mine.post("/search/save/", {"name": " ", "address": "/"}).status_code == 400
    assert mine.post(f"/search/saved/{kept.id}/delete/").status_code == 302
    assert not SavedSearch.objects.exists()


def test_suggestions_take_few_queries_whatever_is_found(officers, client_for, case):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_for(officers.front_line)
    found(client, "kokain")
    with CaptureQueriesContext(connection) as nothing_there:
        client.get("/people/me/")
    for text in ("kokain", "ab123cd", "zzz"):
        with CaptureQueriesContext(connection) as asked:
            found(client, text)
        assert len(asked) <= 15, [one["sql"][:120] for one in asked]
        assert nothing_there is not None
