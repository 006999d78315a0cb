"""What a seizure says now, in plain fields only: read from the tables of the chain, corrections applied.

Dimensions, and how the record gives them: *category*, *unit* and quantity from the exhibits (net weight where it is
stated); *place* as country code and name; *transport*: the first means of transport of the control that the seizure
rests on; *detection* and *concealment*: the coded fields. How something was hidden in words is a salted field and is
not read. Empty means: not stated.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from copes.chain.cases.models import Case, Control
from copes.chain.custody.models import Exhibit
from copes.chain.seizures.models import Seizure
from copes.foundation.journal.facts import Fact
from copes.insight.statistics.measures import measured, split
from copes.insight.statistics.models import SeizureFact

SEIZURES = frozenset({"seizure.recorded/1", "detention.recorded/1"})
CORRECTION = "correction.recorded/1"
KINDS = SEIZURES | {CORRECTION}
WAY = ("origin", "departure", "transit", "destination")


def touched(facts: Iterable[Fact]) -> set[str]:
    """The seizures of which these records say something."""
    found: set[str] = set()
    for fact in facts:
        if fact.kind in SEIZURES:
            found.add(fact.body["seizure"])
        elif fact.body["record_kind"] in SEIZURES:
            found.add(fact.body["thing"])
        elif fact.body["record_kind"] == "exhibit.created/1":
            found.update(Exhibit.objects.filter(id=fact.body["thing"]).values_list("seizure", flat=True))
        elif fact.body["record_kind"] == "control.recorded/1":
            rows = Seizure.objects.filter(case_id=fact.case, control=fact.body["thing"])
            found.update(rows.values_list("id", flat=True))
    return found


def facts_of(seizures: Collection[str]) -> list[SeizureFact]:
    """What these seizures add to the sums now."""
    rows = list(Seizure.objects.filter(id__in=seizures).order_by("id"))
    agencies = dict(Case.objects.filter(id__in={row.case_id for row in rows}).values_list("id", "agency"))
    named = {row.control for row in rows if row.control}
    controls = dict(Control.objects.filter(id__in=named).values_list("id", "body"))
    things: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    exhibits = Exhibit.objects.filter(seizure__in=seizures).order_by("case_id", "ordinal")
    for seizure, category, body in exhibits.values_list("seizure", "category", "body"):
        things.setdefault(seizure, []).append((category, body))
    return [
        _fact(row, agencies.get(row.case_id, ""), controls.get(row.control or "", {}), things.get(row.id, []))
        for row in rows
    ]


def _fact(
    row: Seizure, agency: str, control: Mapping[str, Any], things: list[tuple[str, Mapping[str, Any]]]
) -> SeizureFact:
    body = row.body
    place = body.get("place") or {}
    latitude, longitude = _coordinates(place, control.get("place") or {})
    means = control.get("means_of_transport") or []
    return SeizureFact(
        id=row.id,
        case_id=row.case_id,
        agency=agency,
        act=row.act,
        at=row.occurred_at,
        month=_month(row.occurred_at),
        place=place_key(place),
        transport=(means[0] or {}).get("transport", "") if means else "",
        detection=body.get("detection") or "",
        concealment=body.get("concealment_place") or "",
        way=_way(body.get("route") or {}),
        source=next((source for _, thing in things if (source := (thing.get("origin") or {}).get("source"))), ""),
        categories="|".join(["", *sorted({category for category, _ in things}), ""]),
        latitude=latitude,
        longitude=longitude,
        cells=_cells(things),
    )


def _month(at: datetime) -> Any:
    return timezone.localtime(at).date().replace(day=1)


def place_key(place: Mapping[str, Any]) -> str:
    """A place as the sums name it: ``FR:Toll of Vienne``; the country is empty when it was not stated."""
    return f"{place.get('country') or ''}:{place.get('name') or ''}"


def _coordinates(place: Mapping[str, Any], control: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """Those of the seizure's place, or of the control's when it is the same place by name."""
    for one in (place, control if control.get("name") == place.get("name") else {}):
        if one.get("latitude") is not None and one.get("longitude") is not None:
            return Decimal(str(one["latitude"])), Decimal(str(one["longitude"]))
    return None, None


def _way(route: Mapping[str, Any]) -> str:
    stops = [str(route[name]) for name in WAY if route.get(name)]
    return json.dumps(stops, ensure_ascii=False) if len(stops) > 1 else ""


def _cells(things: list[tuple[str, Mapping[str, Any]]]) -> list[list[object]]:
    found: dict[tuple[str, str], list[Any]] = {}
    for category, body in things:
        for unit, amount in [("", Decimal(0)), *measured(body)]:
            line = found.setdefault((category, unit), [0, Decimal(0)])
            line[0] += 1
            line[1] += amount
    return [[category, unit, count, *split(amount)] for (category, unit), (count, amount) in sorted(found.items())]
