"""The map: places with their numbers, ways of the goods, and a drawing of both that needs no script."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.insight.statistics import numbers, topology
from copes.insight.statistics.board import HIDDEN
from copes.insight.statistics.drawing import INK, LINE, PAPER, SOFT, element, path, picture, words
from copes.insight.statistics.gazetteer import Located, locate
from copes.insight.statistics.models import Spot
from copes.insight.statistics.queries import Figure

WIDTH, HEIGHT = 720, 430
MOST_WAYS = 40
SMALLEST, LARGEST = 10, 28
HOW = {
    "recorded": _("coordinates as recorded"),
    "port": _("port, by its code or name"),
    "region": _("middle of the state"),
    "country": _("middle of the country"),
}


@dataclass(frozen=True)
class Point:
    """A place on the map or beneath it; ``at`` is None without coordinates."""

    key: str
    label: str
    figure: Figure
    at: Located | None
    most: int = 1

    @property
    def text(self) -> str:
        """The number, or why it is not shown."""
        return str(HIDDEN[self.figure.hidden]) if self.figure.hidden else numbers.number(self.figure.seizures)

    @property
    def how(self) -> str:
        """How the coordinates are known."""
        return str(HOW[self.at.how]) if self.at else gettext("without coordinates")

    @property
    def radius(self) -> float:
        """Areas grow with the numbers, against the largest on the map; small ones stay large enough to be hit."""
        return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(self.figure.seizures / max(self.most, 1))


@dataclass(frozen=True)
class Way:
    """A way of goods: its stops by name, and where those lie that are known."""

    stops: tuple[str, ...]
    figure: Figure
    line: tuple[Located, ...]
    whole: bool

    @property
    def text(self) -> str:
        """The number, or why it is not shown."""
        return str(HIDDEN[self.figure.hidden]) if self.figure.hidden else numbers.number(self.figure.seizures)

    @property
    def coordinates(self) -> str:
        """The known stops as JSON, for the script."""
        return json.dumps([[one.latitude, one.longitude] for one in self.line])


@dataclass(frozen=True)
class Drawn:
    """What is on the map, and what cannot be."""

    points: tuple[Point, ...]
    unplaced: tuple[Point, ...]
    ways: tuple[Way, ...]


def map_of(acting: Acting, places: Mapping[str, Figure], ways: Mapping[str, Figure]) -> Drawn:
    """Places and ways with coordinates, as far as they are known. One query."""
    spots = {
        place: Located(float(latitude), float(longitude), "recorded")
        for place, latitude, longitude in Spot.objects.filter(agency=acting.agency).values_list(
            "place", "latitude", "longitude"
        )
    }
    most = max((one.seizures for one in places.values()), default=1)
    points = [
        Point(key, numbers.place_name(key), one, spots.get(key) or _placed(key), most) for key, one in places.items()
    ]
    drawn = [_way(stops, one, spots) for stops, one in ways.items()]
    return Drawn(
        tuple(point for point in points if point.at),
        tuple(point for point in points if not point.at),
        tuple(drawn[:MOST_WAYS]),
    )


def _placed(key: str) -> Located | None:
    country, _colon, name = key.partition(":")
    return locate(name, country)


def _way(text: str, figure: Figure, spots: Mapping[str, Located]) -> Way:
    stops = tuple(str(stop) for stop in json.loads(text))
    named = {key.partition(":")[2]: one for key, one in spots.items()}
    found = [named.get(stop) or locate(stop, countries=True) for stop in stops]
    return Way(stops, figure, tuple(one for one in found if one), all(found))


@dataclass(frozen=True)
class View:
    """The part of the world that is drawn: degrees to units, stretched as at its middle latitude."""

    west: float
    north: float
    scale: float
    squeeze: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Degrees as coordinates of the drawing."""
        return (longitude - self.west) * self.scale * self.squeeze, (self.north - latitude) * self.scale


def view_of(spots: Sequence[Located]) -> View:
    """A view that holds all of these with a margin; the world when there are none."""
    if not spots:
        return View(-180, 85, WIDTH / 360, 1)
    south, north = min(one.latitude for one in spots), max(one.latitude for one in spots)
    west, east = min(one.longitude for one in spots), max(one.longitude for one in spots)
    middle = (south + north) / 2
    squeeze = max(0.35, math.cos(math.radians(middle)))
    tall = max((north - south) * 1.35, (east - west) * 1.25 * squeeze * HEIGHT / WIDTH, 9.0)
    scale = HEIGHT / tall
    wide = WIDTH / scale / squeeze
    return View((west + east) / 2 - wide / 2, middle + tall / 2, scale, squeeze)


def still(drawn: Drawn, *, mirrored: bool) -> str:
    """The map as SVG: land, ways with arrow heads, places as circles with their numbers."""
    del mirrored  # a map runs from west to east in every language
    spots = [one.at for one in drawn.points if one.at] + [stop for way in drawn.ways for stop in way.line]
    view = view_of(spots)
    land = "".join(element("path", class_="m-land", d=d, fill=PAPER, stroke=LINE) for d in _land(view))
    ways = "".join(_arrow([view.at(stop.longitude, stop.latitude) for stop in way.line]) for way in drawn.ways)
    circles = "".join(_circle(view, point) for point in sorted(drawn.points, key=lambda one: -one.radius))
    title = gettext("Map of seizures by place")
    description = gettext("Circles are places, with the number of seizures. The tables beneath hold the same numbers.")
    ground = element("rect", class_="m-sea", width=WIDTH, height=HEIGHT, fill="#e4ecf2")
    return picture(
        name="map",
        width=WIDTH,
        height=HEIGHT,
        title=title,
        description=description,
        body=ground + land + ways + circles,
        css="chart map-still",
    )


def _land(view: View) -> Iterable[str]:
    """Outlines of countries in the view, to whole units, without points that fall together."""
    for ring in topology.countries():
        points: list[tuple[int, int]] = []
        for longitude, latitude in ring:
            x, y = view.at(longitude, latitude)
            at = (round(x), round(y))
            if not points or points[-1] != at:
                points.append(at)
        xs, ys = [x for x, _y in points], [y for _x, y in points]
        if len(points) > 3 and max(xs) >= 0 and min(xs) <= WIDTH and max(ys) >= 0 and min(ys) <= HEIGHT:
            yield "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"


def _arrow(points: Sequence[tuple[float, float]]) -> str:
    if len(points) < 2:
        return ""
    (x0, y0), (x1, y1) = points[-2:]
    angle = math.atan2(y1 - y0, x1 - x0)
    head = [(x1 - 12 * math.cos(angle + turn), y1 - 12 * math.sin(angle + turn)) for turn in (0.45, -0.45)]
    line = path(points, class_="m-way", stroke=INK, stroke_width=2, stroke_dasharray="7 4")
    return line + path([head[0], (x1, y1), head[1]], class_="m-way", stroke=INK, stroke_width=2)


def _circle(view: View, point: Point) -> str:
    if point.at is None:
        return ""
    x, y = view.at(point.at.longitude, point.at.latitude)
    dash = None if point.at.how == "recorded" else "3 2"
    circle = element(
        "circle", class_="m-place", cx=x, cy=y, r=point.radius, fill=PAPER, stroke=SOFT, stroke_dasharray=dash
    )
    shown = "<3" if point.figure.hidden else point.text
    return circle + words(x, y + 4, shown, anchor="middle", size=11, bold=True)
