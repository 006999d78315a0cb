"""Places near a position: seaports of the UN/LOCODE list and the officer's own last places. Offered, never filled in.

Coordinates are WGS 84 degrees; distances great-circle on a sphere of 6371.0 km, good to half a per cent.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import copes

FILE = Path(copes.__file__).parent / "data" / "maps" / "places.csv"
EARTH_KM = 6371.0
NEAR_KM = 30.0
MOST = 5


@dataclass(frozen=True)
class Known:
    """A place with a name."""

    name: str
    country: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Near:
    """A known place and how far away it is, in kilometres."""

    name: str
    country: str
    km: float


@cache
def ports() -> tuple[Known, ...]:
    """Every seaport of the list; its code begins with its country's (UN/LOCODE)."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] == "port"]
    return tuple(Known(row["name"], row["code"][:2], float(row["latitude"]), float(row["longitude"])) for row in rows)


def own_places(habits: Iterable[Mapping[str, str]]) -> list[Known]:
    """The officer's last places that have coordinates."""
    return [
        Known(one["name"], one.get("country", ""), float(one["latitude"]), float(one["longitude"]))
        for one in habits
        if one.get("latitude") and one.get("longitude")
    ]


def near(latitude: float, longitude: float, own: Iterable[Known] = (), within: float = NEAR_KM) -> list[Near]:
    """At most five places within so many kilometres, the officer's own first, then by distance."""
    found = []
    for first, known in ((0, list(own)), (1, ports())):
        for one in known:
            if abs(one.latitude - latitude) * 111 > within:
                continue
            km = distance(latitude, longitude, one.latitude, one.longitude)
            if km <= within:
                found.append((first, km, one))
    chosen = sorted(found, key=lambda each: each[:2])[:MOST]
    return [Near(one.name, one.country, round(km, 1)) for _first, km, one in chosen]


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points (haversine formula)."""
    one, two = radians(lat1), radians(lat2)
    half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))
