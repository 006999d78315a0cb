"""Cases, controls and seizures as officers would record them, for tests of every room of the chain."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from copes.chain.cases.services import open_case, record_control
from copes.chain.custody.queries import exhibits_of_seizure
from copes.chain.seizures.services import record_seizure

PARIS = timezone(timedelta(hours=1))
CONTROL_AT = datetime(2018, 2, 9, 1, 35, tzinfo=PARIS)
SEIZED_AT = datetime(2018, 2, 9, 2, 10, tzinfo=PARIS)


def control_facts(acting, **changes):
    facts = {
        "started_at": CONTROL_AT,
        "grounds": "Control of the vehicle on the motorway toll",
        "legal_power": {
            "text": "Right to search goods, vehicles and persons",
            "citation": "C. douanes art. 60",
            "jurisdiction": "FR",
        },
        "place": {"name": "Toll of Vienne", "country": "FR", "latitude": "45.525", "longitude": "4.874"},
        "means_of_transport": [{"transport": "car", "registration": "AB-123-CD", "country": "FR"}],
        "containers": ["CSQU 305438 3"],
        "persons": [{"role": "driver", "name": "Jean Invented", "born": "1980-01-02", "nationality": "FR"}],
        "found": "Banknotes in bundles",
        "officers": [acting.officer],
    }
    return facts | changes


def seizure_facts(acting, control=None, **changes):
    facts = {
        "control": control,
        "cause": "Cash of unknown origin, not declared",
        "legal_basis": {
            "text": "Undeclared transfer of capital",
            "citation": "C. douanes art. 464",
            "jurisdiction": "FR",
        },
        "declaration": "The person was told of the seizure.",
        "officers": [acting.officer],
        "presence": "present",
        "place": {"name": "Toll of Vienne"},
        "drafted_at": {"name": "Customs office of Lyon"},
        "started_at": SEIZED_AT + timedelta(hours=1),
        "closed_at": SEIZED_AT + timedelta(hours=2),
        "read_to_person": True,
        "signature": "signed",
        "copy_given": "given",
        "persons": [{"role": "driver", "name": "Jean Invented"}],
    }
    return facts | changes


def item(**changes):
    return {
        "description": "Chewing tobacco in pouches",
        "category": "tobacco",
        "quantity": "3969",
        "unit": "kg",
    } | changes


def cash(first, second, **changes):
    counted = {
        "currency": "EUR",
        "denominations": [{"value": "500", "count": 430}, {"value": "20", "count": 4}],
        "counters": [first.officer, second.officer],
    }
    return {"description": "Banknotes", "category": "cash", "cash": counted | changes}


def seized_case(acting, *items, at=SEIZED_AT):
    """A case with a control and one seizure; returns case, seizure and the ids of its exhibits."""
    case = open_case(acting, title="Cash at the toll").id
    control = record_control(acting, case=case, facts=control_facts(acting)).id
    seizure = record_seizure(
        acting, case=case, occurred_at=at, facts=seizure_facts(acting, control), items=list(items) or [item()]
    ).id
    return case, seizure, [one.id for one in exhibits_of_seizure(seizure)]
