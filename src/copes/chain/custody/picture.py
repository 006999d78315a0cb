"""The chain of custody as a picture: a lane for each person, time running on in steps, bars where someone answers.

Pure geometry: numbers for SVG attributes, in a box of user units. Steps are evenly spaced, so that minutes at the
start are as readable as years in a store; the moment stands at each step. Right-to-left readers get it mirrored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from copes.chain.custody.chain import CANCELLED, CREATED, DECLINED, RECEIVED, RELEASED, Span, Step

LABEL, LANE, HEAD, TAIL = 190, 66, 58, 64
NARROW, BROAD, ROOM = 104, 170, 1_170  # a step's column: as broad as fits the page, never too narrow to read
BAR = 18
NAME_LENGTH = 24


@dataclass(frozen=True)
class Lane:
    """One person's line."""

    y: int
    x1: int
    x2: int
    label_x: int
    name: str
    number: str
    now: bool


@dataclass(frozen=True)
class Bar:
    """Someone answers for the exhibit (``held``), or still does while it waits for receipt (``waiting``)."""

    x: int
    y: int
    width: int
    height: int
    kind: str


@dataclass(frozen=True)
class Pass:
    """From the releaser to the receiver; ``open`` while nobody has received."""

    x1: int
    y1: int
    x2: int
    y2: int
    head: str
    open: bool


@dataclass(frozen=True)
class Mark:
    """An act at its step: its number leads to the table's line."""

    x: int
    y: int
    kind: str
    points: str


@dataclass(frozen=True)
class Column:
    """A step's number and moment, above its column."""

    x: int
    number: int
    at: datetime


@dataclass(frozen=True)
class Picture:
    """Everything the template draws."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    passes: tuple[Pass, ...]
    marks: tuple[Mark, ...]
    columns: tuple[Column, ...]


def picture(
    steps: Sequence[Step], spans: Sequence[Span], name: Callable[[str], tuple[str, str]], *, rtl: bool = False
) -> Picture:
    """The picture of a chain. ``name`` gives a person's name and service number."""
    order = list(dict.fromkeys(one for step in steps for one in (step.by, step.to) if one))
    column = max(NARROW, min(BROAD, (ROOM - LABEL - TAIL) // len(steps)))
    width = LABEL + column * len(steps) + TAIL
    height = HEAD + LANE * len(order) + 12
    lanes_y = {one: HEAD + LANE * place + LANE // 2 for place, one in enumerate(order)}

    def flip(x: int) -> int:
        return width - x if rtl else x

    draw = _Drawing(steps, lanes_y, width, column, flip)
    now = spans[-1].holder
    return Picture(
        width,
        height,
        tuple(
            Lane(lanes_y[one], flip(LABEL), flip(width - 8), flip(4), _short(name(one)[0]), name(one)[1], one == now)
            for one in order
        ),
        (*(draw.span(span) for span in spans), *draw.waiting()),
        tuple(draw.passes()),
        tuple(draw.mark(place, step) for place, step in enumerate(steps)),
        tuple(Column(flip(draw.x(place)), place + 1, step.at) for place, step in enumerate(steps)),
    )


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"


@dataclass(frozen=True)
class _Drawing:
    steps: Sequence[Step]
    lanes: dict[str, int]
    width: int
    column: int
    flip: Callable[[int], int]

    def x(self, place: int) -> int:
        """The middle of a step's column, before mirroring."""
        return LABEL + self.column * place + self.column // 2

    def bar(self, start: int, end: int, person: str, kind: str) -> Bar:
        """A bar on a person's lane."""
        left, right = sorted((self.flip(start), self.flip(end)))
        return Bar(left, self.lanes[person] - BAR // 2, right - left, BAR, kind)

    def span(self, span: Span) -> Bar:
        """The bar of one holder; the present one runs to the edge."""
        end = self.x(span.last) if span.until is not None else self.width - 8
        return self.bar(self.x(span.first), end, span.holder, "held")

    def waiting(self) -> list[Bar]:
        """The times between a release and its answer: the releaser still answers."""
        found = []
        for place, step in enumerate(self.steps):
            if step.act == RELEASED:
                answer = self.answer_to(place)
                end = self.x(answer) if answer is not None else self.width - 8
                found.append(self.bar(self.x(place), end, step.by, "waiting"))
        return found

    def answer_to(self, place: int) -> int | None:
        """The step that answered the release at ``place``."""
        for later in range(place + 1, len(self.steps)):
            if self.steps[later].act in {RECEIVED, DECLINED, CANCELLED}:
                return later
        return None

    def passes(self) -> list[Pass]:
        """An arrow for each hand-over that succeeded or still waits."""
        found = []
        for place, step in enumerate(self.steps):
            if step.act != RELEASED or step.to is None:
                continue
            answer = self.answer_to(place)
            if answer is not None and self.steps[answer].act != RECEIVED:
                continue
            end = self.x(answer) if answer is not None else self.width - TAIL // 2
            found.append(self.arrow(self.x(place), self.lanes[step.by], end, self.lanes[step.to], answer is None))
        return found

    def arrow(self, x1: int, y1: int, x2: int, y2: int, waits: bool) -> Pass:
        """A line between two lanes, with a head that touches the bar below or above."""
        down = y2 > y1
        start, tip = (y1 + BAR // 2, y2 - BAR // 2) if down else (y1 - BAR // 2, y2 + BAR // 2)
        base = tip - 9 if down else tip + 9
        a, b = self.flip(x1), self.flip(x2)
        return Pass(a, start, b, base, f"{b - 6},{base} {b + 6},{base} {b},{tip}", waits)

    def mark(self, place: int, step: Step) -> Mark:
        """The sign of an act: circle, diamond (seal), square (photograph) or cross."""
        x, y = self.flip(self.x(place)), self.lanes[step.by]
        kind = step.act
        if step.act == "checked":
            kind = "intact" if step.intact else "damaged"
        diamond = f"{x},{y - 11} {x + 11},{y} {x},{y + 11} {x - 11},{y}"
        return Mark(x, y, "start" if kind == CREATED else kind, diamond)
