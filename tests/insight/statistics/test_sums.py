"""Sums are what the ledger says: for any filters, after corrections and erasures, for one's own agency only."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from copes.chain.cases.models import Control
from copes.chain.cases.services import correct_control, grant_access
from copes.chain.custody.models import Exhibit
from copes.chain.custody.services import correct_exhibit
from copes.chain.seizures.models import Seizure
from copes.chain.seizures.services import correct_seizure
from copes.foundation.journal.following import catch_up, start_again
from copes.foundation.journal.rebuilding import rebuild, replay_scope
from copes.foundation.journal.services import approve_erasure, request_erasure
from copes.foundation.people.offices import register_agency
from copes.foundation.refusals import BadInput, Forbidden
from copes.insight.statistics.filters import read_filters
from copes.insight.statistics.measures import joined, measured, scaled, split
from copes.insight.statistics.models import SeizureFact, Spot, Total
from copes.insight.statistics.queries import BREAKDOWNS, sums
from tests import support
from tests.insight.statistics.ledgers import PLACES, recount, seize

YEAR = {"from": "2024-11", "to": "2025-12"}


@pytest.fixture
def seized(officers):
    number = random.Random(20261121)
    return [seize(officers, number) for _ in range(30)]


def tables():
    """Everything the follower holds."""
    return [sorted(table.objects.values_list(), key=str) for table in (SeizureFact, Total, Spot)]


def questions():
    """Questions of every depth, the same in every run."""
    number = random.Random(7)
    choices = {
        "act": ["seizure", "detention"],
        "unit": ["", "", "g", "EUR", "pieces"],
        "category": ["tobacco", "drugs", "cash"],
        "place": [f"{place.get('country', '')}:{place['name']}" for place in PLACES],
        "transport": ["car", "lorry", "-"],
        "detection": ["dog", "-"],
        "concealment": ["fuel_tank", "-"],
    }
    yield dict(YEAR)
    for _ in range(60):
        chosen = number.sample(sorted(choices), number.randrange(len(choices)))
        first, last = sorted(number.sample(range(14), 2))
        period = {"from": f"{2024 + (10 + first) // 12}-{(10 + first) % 12 + 1:02}",
                  "to": f"{2024 + (10 + last) // 12}-{(10 + last) % 12 + 1:02}"}  # fmt: skip
        yield period | {name: number.choice(choices[name]) for name in chosen}


def assert_as_recounted(officers, asked):
    found = sums(officers.supervisor, read_filters(asked))
    own = {name: ("" if value == "-" else value) for name, value in asked.items() if name not in {"from", "to"}}
    period = {"first": asked["from"], "last": asked["to"]}
    agency = officers.supervisor.agency
    assert (found.total.seizures, found.total.exhibits, found.total.amounts) == recount(agency, **period, **own), asked
    assert sum(one.seizures for one in found.trend.values()) == found.total.seizures
    for name in BREAKDOWNS:
        for value, one in found.parts[name].items():
            narrowed = recount(agency, **period, **{**own, name: value})
            assert (one.seizures, one.exhibits, one.amounts) == narrowed, (asked, name, value)


def test_figures_are_those_of_the_ledger_for_any_filters(officers, seized):
    counted = 0
    for asked in questions():
        assert_as_recounted(officers, asked)
        counted += sums(officers.supervisor, read_filters(asked)).total.seizures
    assert counted > 100


def test_corrections_move_a_seizure_from_cell_to_cell(officers, seized):
    catch_up("statistics")
    acting = officers.front_line
    for case, control, seizure in seized[:8]:
        row, held = Seizure.objects.get(id=seizure), Control.objects.get(id=control).body
        correct_seizure(
            acting,
            case=case,
            seizure=seizure,
            facts=row.body | {"place": {"name": "Elsewhere", "country": "BE"}, "concealment_place": "mail"},
            reason="Read again",
        )
        correct_control(
            acting,
            case=case,
            control=control,
            facts=held | {"means_of_transport": [{"transport": "train"}]},
            reason="It was a train",
        )
        exhibit = Exhibit.objects.filter(seizure=seizure, category__in=("tobacco", "drugs")).first()
        if exhibit:
            body = exhibit.body | {"quantity": "0.000001", "unit": "kg", "net_g": None}
            correct_exhibit(acting, exhibit=exhibit.id, facts=body, reason="Weighed again")
    assert_as_recounted(officers, dict(YEAR))
    assert_as_recounted(officers, YEAR | {"transport": "train"})
    assert_as_recounted(officers, YEAR | {"place": "BE:Elsewhere", "concealment": "mail"})
    found = sums(officers.supervisor, read_filters(YEAR))
    assert found.parts["place"]["BE:Elsewhere"].seizures > 0
    live = tables()
    start_again()
    catch_up("statistics")
    assert tables() == live


def test_erasure_forgetting_and_rebuilding_leave_the_sums_as_the_ledger_says(officers, seized):
    catch_up("statistics")
    before = tables()
    case, _control, seizure = seized[0]
    grant_access(officers.supervisor, case=case, officer=officers.legal.officer, reason="Decides on erasure")
    record = Seizure.objects.get(id=seizure).record_id
    request = request_erasure(
        officers.supervisor, record=record, paths=["body.cause"], ground="Decision 7/2026, article 16"
    )
    approve_erasure(officers.legal, request=request)
    catch_up("statistics")
    assert tables() == before
    Total.objects.filter(scope="").update(seizures=999)
    start_again()
    catch_up("statistics")
    assert tables() == before
    with transaction.atomic():
        replay_scope(case, "default")
    assert tables() == before
    rebuild()
    assert SeizureFact.objects.count() == 0
    catch_up("statistics")
    assert tables() == before


def test_nothing_sensitive_enters_the_sums(officers, seized):
    catch_up("statistics")
    everything = repr(tables())
    for secret in ("nobody may read", "Jean", "AB-123", "unknown origin", "Counted"):
        assert secret not in everything


def test_sums_of_another_agency_never_show(officers, seized):
    number = random.Random(3)
    mine = sums(officers.supervisor, read_filters(YEAR)).total
    other = register_agency(officers.administrator, name="Other Customs", country="BE")
    stranger = support.new_officer("Otto Other", "supervisor", username="otto", agency=other)
    recorder = support.new_officer("Olga Other", "front_line", username="olga", agency=other)
    for _ in range(5):
        seize(officers, number, acting=recorder)
    theirs = sums(stranger, read_filters(YEAR))
    assert theirs.total.seizures + sums(stranger, read_filters(YEAR | {"act": "detention"})).total.seizures == 5
    assert sums(officers.supervisor, read_filters(YEAR)).total == mine
    assert set(theirs.parts["place"]) <= {f"{p.get('country', '')}:{p['name']}" for p in PLACES}


@pytest.mark.parametrize("role", ["custodian", "examiner", "administrator"])
def test_whose_work_needs_no_dashboards_sees_none(officers, role):
    with pytest.raises(Forbidden):
        sums(officers[role], read_filters({}))


@pytest.mark.parametrize("role", ["front_line", "investigator", "legal", "auditor"])
def test_small_numbers_are_for_supervisors_only(officers, seized, role):
    seen = sums(officers[role], read_filters(YEAR))
    full = sums(officers.supervisor, read_filters(YEAR))
    hidden = 0
    for figures, known in [(seen.trend, full.trend), *((seen.parts[name], full.parts[name]) for name in BREAKDOWNS)]:
        for value, one in figures.items():
            if 0 < known[value].seizures < 3:
                assert (one.seizures, one.exhibits, one.amounts, one.hidden) == (0, 0, {}, "few")
                hidden += 1
            elif not one.hidden:
                assert one == known[value]
    assert hidden
    assert seen.stacked == {}
    for name in ("place", "transport", "detection", "concealment"):
        assert sum(bool(one.hidden) for one in seen.parts[name].values()) != 1
    single = sums(officers[role], read_filters({"from": "2024-11", "to": "2024-11", "category": "cash"}))
    assert single.total.hidden == "few" or single.total.seizures == 0 or single.total.seizures >= 3


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "2026"},
        {"from": "2026-13"},
        {"from": "2026-02", "to": "2026-01"},
        {"from": "1900-01", "to": "2026-01"},
        {"act": "theft"},
        {"unit": "stone"},
        {"category": "nonsense"},
        {"transport": "' OR 1=1"},
        {"place": "x" * 300},
        {"place": "a\0b"},
    ],
)
def test_what_cannot_be_understood_is_refused(asked):
    with pytest.raises(BadInput):
        read_filters(asked)


def test_quantities_are_exact():
    assert measured({"quantity": "0.000001", "unit": "mg"}) == [("g", Decimal("1E-9"))]
    for text in ("0.000000001", "80160", "123456789012.345678901", "0"):
        assert joined(*split(Decimal(text))) == Decimal(text)
    assert measured({"quantity": "12", "unit": "pieces", "net_g": "3.5"}) == [
        ("g", Decimal("3.5")),
        ("pieces", Decimal(12)),
    ]
    assert measured({"quantity": "99999999999999.999999", "unit": "t"}) == []
    assert scaled(Decimal(80160), "g") == (Decimal("80.16"), "kg", True)
    assert scaled(Decimal(3969123), "g") == (Decimal("3.969"), "t", False)
    assert scaled(Decimal("0.5"), "g") == (Decimal(500), "mg", True)
    assert scaled(Decimal("215080.00"), "EUR")[2]


def test_months_are_those_of_the_node(officers):
    asked = read_filters({"from": "2025-01", "to": "2025-03"})
    assert asked.before() == (date(2024, 10, 1), date(2024, 12, 1))
