"""Seizures to count, and what the ledger itself says of them: summed anew from the records, knowing nothing of cubes."""

from __future__ import annotations

import copy
import random
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from copes.chain.cases.services import open_case, record_control
from copes.chain.seizures.services import record_seizure
from copes.foundation.journal.queries import whole_ledger
from tests.chain.making import PARIS, cash, control_facts, item, seizure_facts

PLACES = (
    {"name": "Toll of Vienne", "country": "FR"},
    {"name": "Port du Havre FRLEH", "country": "FR"},
    {"name": "Somewhere"},
)
GRAMS = {"mg": Decimal("0.001"), "g": Decimal(1), "kg": Decimal(1000), "t": Decimal(1_000_000)}


def seize(officers, number: random.Random, acting=None):
    """One case with a control and a seizure or detention of a few things; returns case, control, seizure."""
    acting = acting or officers.front_line
    at = datetime(2024, 11, 1, 12, tzinfo=PARIS) + timedelta(days=number.randrange(420), hours=number.randrange(24))
    means = number.sample(["car", "lorry", "vessel"], number.randrange(3))
    case = open_case(acting, title="Counted", occurred_at=at).id
    control = record_control(
        acting,
        case=case,
        facts=control_facts(acting, started_at=at, means_of_transport=[{"transport": one} for one in means]),
    ).id
    chosen = [
        lambda: item(quantity=str(number.randrange(1, 9_999_999) / Decimal(1000)), unit=number.choice(list(GRAMS))),
        lambda: item(
            description="Pills", category="drugs", quantity=number.randrange(1, 90), unit="pieces", net_g="1.25"
        ),
        lambda: cash(officers.front_line, officers.second),
    ]
    facts = seizure_facts(
        acting,
        control if number.random() < 0.8 else None,
        place=number.choice(PLACES),
        detection=number.choice([None, "dog", "scanner"]),
        concealment_place=number.choice([None, "baggage", "fuel_tank"]),
        concealment="Behind a plate that nobody may read about",
        started_at=at,
        closed_at=None,
        route=number.choice([None, {"origin": "Ecuador", "transit": "Antwerp", "destination": "France"}]),
    )
    things = [number.choice(chosen)() for _ in range(number.randrange(1, 5))]
    act = number.choice(["seizure", "seizure", "seizure", "detention"])
    return case, control, record_seizure(acting, case=case, occurred_at=at, facts=facts, items=things, act=act).id


def recount(agency: str, *, act: str = "seizure", first: str, last: str, unit: str = "", **values: str):
    """(seizures, exhibits, amounts) of a period of months (2026-01), straight from the records."""
    bodies = _bodies()
    controls = {body["control"]: body for kind, body, _ in bodies.values() if kind == "control.recorded/1"}
    seizures = exhibits = 0
    amounts: dict[str, Decimal] = {}
    for kind, body, fact in bodies.values():
        if kind != f"{act}.recorded/1" or fact.actor["agency"] != agency:
            continue
        month = f"{fact.occurred_at.astimezone(ZoneInfo('Europe/Paris')):%Y-%m}"
        means = controls.get(body.get("control"), {}).get("means_of_transport") or [{}]
        said = {
            "place": f"{body['place'].get('country', '')}:{body['place']['name']}",
            "transport": means[0].get("transport", ""),
            "detection": body.get("detection") or "",
            "concealment": body.get("concealment_place") or "",
        }
        wanted = {name: value for name, value in values.items() if name != "category"}
        if not first <= month <= last or any(said[name] != value for name, value in wanted.items()):
            continue
        things = [
            (one, _amounts(one))
            for other, one, _ in bodies.values()
            if other == "exhibit.created/1"
            and one["seizure"] == body["seizure"]
            and values.get("category", one["category"]) == one["category"]
        ]
        things = [(one, has) for one, has in things if not unit or unit in has]
        seizures, exhibits = seizures + bool(things), exhibits + len(things)
        for _, has in things:
            for name, amount in has.items():
                if not unit or name == unit:
                    amounts[name] = amounts.get(name, Decimal(0)) + amount
    return seizures, exhibits, amounts


def _bodies():
    """Every body as corrected, by the id of its record."""
    bodies = {}
    for fact in (record.fact() for record in whole_ledger()):
        if fact.kind == "correction.recorded/1":
            for field in fact.body["fields"]:
                _put(
                    bodies[fact.corrects][1],
                    field["path"].split(".")[1:],
                    field.get("value", field.get("salted_value")),
                )
        else:
            bodies[fact.jti] = (fact.kind, copy.deepcopy(dict(fact.body)), fact)
    return bodies


def _put(at, keys, value):
    for key, following in zip(keys, keys[1:], strict=False):
        if isinstance(at, list):
            at.extend({} for _ in range(int(key) + 1 - len(at)))
            at = at[int(key)]
        else:
            at = at.setdefault(key, [] if following.isdigit() else {})
    at[keys[-1]] = value


def _amounts(body) -> dict[str, Decimal]:
    found = {}
    if body.get("quantity") is not None:
        mass = body["unit"] in GRAMS
        found["g" if mass else body["unit"]] = Decimal(body["quantity"]) * (GRAMS[body["unit"]] if mass else 1)
    if body.get("net_g") is not None:
        found["g"] = Decimal(body["net_g"])
    if body.get("cash"):
        found[body["cash"]["currency"]] = Decimal(body["cash"]["total"])
    return found
