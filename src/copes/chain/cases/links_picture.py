"""The people and things of a case as a picture: acts in the middle, people before them, things after them.

Pure geometry: numbers for SVG attributes, in a box of user units. Right-to-left readers get it mirrored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BOX, ROW, GAP, TOP = 236, 46, 12, 8
COLUMNS = (0, 330, 660)
WIDTH = COLUMNS[-1] + BOX
MOST = 12  # boxes in a column; the rest is in the list
LONGEST = 30


@dataclass(frozen=True)
class Node:
    """Something with a name, and what kind of thing it is. ``column`` 0 people, 1 acts, 2 things."""

    id: str
    column: int
    kind: str
    name: str
    detail: str


@dataclass(frozen=True)
class Box:
    """A node where it is drawn."""

    x: int
    y: int
    text_x: int
    kind: str
    name: str
    detail: str


@dataclass(frozen=True)
class Edge:
    """A link between two boxes, drawn as a curve."""

    path: str


@dataclass(frozen=True)
class Picture:
    """Everything the template draws. ``left_out`` counts the nodes for which there is no room."""

    width: int
    height: int
    box: int
    row: int
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    left_out: int


def picture(nodes: Sequence[Node], links: Sequence[tuple[str, str]], *, rtl: bool) -> Picture:
    """Places nodes in their columns in the order given, each column centred, and draws the links between them."""
    columns = [[node for node in nodes if node.column == at] for at in range(3)]
    shown = [column[:MOST] for column in columns]
    height = 2 * TOP + max((_tall(column) for column in shown), default=0)
    places: dict[str, tuple[int, int, int]] = {}
    boxes = []
    for at, column in enumerate(shown):
        y = (height - _tall(column)) // 2
        x = WIDTH - BOX - COLUMNS[at] if rtl else COLUMNS[at]
        for node in column:
            places[node.id] = (at, x, y + ROW // 2)
            text_x = x + BOX - 10 if rtl else x + 10
            boxes.append(Box(x, y, text_x, node.kind, _short(node.name), _short(node.detail)))
            y += ROW + GAP
    edges = tuple(_edge(places[a], places[b], rtl) for a, b in links if a in places and b in places)
    left_out = sum(len(column) for column in columns) - len(boxes)
    return Picture(WIDTH, height, BOX, ROW, tuple(boxes), edges, left_out)


def _tall(column: Sequence[Node]) -> int:
    return len(column) * (ROW + GAP) - GAP if column else 0


def _edge(one: tuple[int, int, int], other: tuple[int, int, int], rtl: bool) -> Edge:
    first, second = sorted((one, other))
    if first[0] == second[0]:  # two acts: a control and the report that rests on it
        x = first[1] + BOX // 2
        return Edge(f"M{x} {first[2] + ROW // 2} L{x} {second[2] - ROW // 2}")
    start, end = (first[1], second[1] + BOX) if rtl else (first[1] + BOX, second[1])
    middle = (start + end) // 2
    return Edge(f"M{start} {first[2]} C{middle} {first[2]} {middle} {second[2]} {end} {second[2]}")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
