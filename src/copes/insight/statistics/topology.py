"""Outlines of countries from Natural Earth's 1:110m shapes, as TopoJSON keeps them. Read once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from copes.foundation.web.assets import find_asset

FILE = "vendor/natural-earth/countries-110m.json"
Ring = tuple[tuple[float, float], ...]


@cache
def countries() -> tuple[Ring, ...]:
    """The outer rings of every country, as (longitude, latitude) in degrees. Raises FileNotFoundError."""
    asset = find_asset(FILE)
    if asset is None:
        raise FileNotFoundError(FILE)
    return tuple(outlines(json.loads(asset.data), "countries"))


def outlines(topology: Mapping[str, Any], name: str) -> list[Ring]:
    """The outer rings of an object of a topology: its arcs are sums of steps on a grid, shared by neighbours."""
    arcs = _arcs(topology)
    rings: list[Ring] = []
    for shape in topology["objects"][name]["geometries"]:
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        for part in parts:
            rings.extend(_twice(_ring(arcs, part[0])))
    return rings


def _twice(ring: Ring) -> list[Ring]:
    """A ring that runs beyond the 180th meridian, and the same a turn away, so that both edges of a map have it."""
    beyond = [longitude for longitude, _latitude in ring if abs(longitude) > 180]
    if not beyond:
        return [ring]
    turn = -360 if beyond[0] > 0 else 360
    return [ring, tuple((longitude + turn, latitude) for longitude, latitude in ring)]


def _arcs(topology: Mapping[str, Any]) -> list[list[tuple[float, float]]]:
    (wide, tall), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for across, up in steps:
            x, y = x + across, y + up
            arc.append((x * wide + west, y * tall + south))
        arcs.append(arc)
    return arcs


def _ring(arcs: Sequence[list[tuple[float, float]]], numbers: Sequence[int]) -> Ring:
    ring: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return _unwrapped(ring)


def _unwrapped(ring: Sequence[tuple[float, float]]) -> Ring:
    """The ring without leaps across the 180th meridian: it runs on beyond it. One around a pole is led to the pole."""
    turn, last, points = 0.0, ring[0][0], []
    for longitude, latitude in ring:
        if abs(longitude - last) > 180:
            turn += 360 if longitude < last else -360
        last = longitude
        points.append((longitude + turn, latitude))
    if abs(points[-1][0] - points[0][0]) > 180:
        pole = 90.0 if points[0][1] > 0 else -90.0
        points += [(points[-1][0], pole), (points[0][0], pole)]
    return tuple(points)
