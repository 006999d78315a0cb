"""Where a place lies that was recorded without coordinates: by a code or a plain name in its name. No network.

Known are seaports by UN/LOCODE, US states by name, and the middles of countries for the ends of a route
(data/maps/places.csv). Whatever is not clearly one of them stays without coordinates.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

LOCODE = re.compile(r"(?<![A-Z0-9])([A-Z]{2})[ -]?([A-Z2-9]{3})(?![A-Z0-9])")


@dataclass(frozen=True)
class Located:
    """Coordinates (WGS 84 degrees) and how they are known: recorded, port, region or country."""

    latitude: float
    longitude: float
    how: str


@cache
def _known() -> tuple[dict[str, Located], dict[str, list[tuple[str, Located]]]]:
    """Places by code, and by folded name with their codes."""
    codes: dict[str, Located] = {}
    names: dict[str, list[tuple[str, Located]]] = {}
    text = (resources.files("copes.data") / "maps" / "places.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        found = Located(float(row["latitude"]), float(row["longitude"]), row["kind"])
        codes[row["code"]] = found
        names.setdefault(row["name"].casefold(), []).append((row["code"], found))
    return codes, names


def locate(name: str, country: str = "", *, countries: bool = False) -> Located | None:
    """Where ``name`` lies: a UN/LOCODE in it, a US state or seaport of that name and country.

    A state goes before a seaport of the same name. ``countries``: a country by its name or code counts too, as its
    middle; for ends of routes.
    """
    codes, names = _known()
    for match in LOCODE.finditer(name):
        found = codes.get(match.group(1) + match.group(2))
        if found and country in {"", match.group(1)}:
            return found
    first, _comma, rest = name.partition(",")
    country = country or _country(rest.strip())
    fitting = [one for code, one in names.get(first.strip().casefold(), []) if _fits(code, one, country)]
    for chosen in ([one for one in fitting if one.how == "region"], fitting):
        if len(chosen) == 1:
            return chosen[0]
    if countries:
        whole = _country(name.strip())
        return codes.get(whole) if whole else None
    return None


def _fits(code: str, found: Located, country: str) -> bool:
    return found.how != "country" and (not country or code.startswith(country))


def _country(text: str) -> str:
    """The code of a country written as its code or its plain name."""
    codes, names = _known()
    if len(text) == 2 and text.isupper() and text in codes:
        return text
    return next((code for code, found in names.get(text.casefold(), []) if found.how == "country"), "")
