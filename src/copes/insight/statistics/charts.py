"""Charts as SVG, readable without colour: every bar says its value, series differ by pattern, mark and dash. Pure.

One layout serves a telephone and a desk: the label stands above its bar. ``mirrored`` draws from right to left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from copes.insight.statistics.drawing import (
    INK,
    LINE,
    PAPER,
    PATTERNS,
    SOFT,
    element,
    path,
    patterns,
    picture,
    shortened,
    words,
)

ROW, BAR, PAD = 46, 16, 4
MOST_SERIES = len(PATTERNS)


@dataclass(frozen=True)
class Bar:
    """One bar: its length is ``value`` (None: not shown, and ``text`` says why)."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True)
class Series:
    """One line or one layer of a stack, a value per step."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Frame:
    """What every chart needs: a name unique on the page, its words, its width, and its direction."""

    name: str
    title: str
    description: str
    width: int = 560
    mirrored: bool = False

    def x(self, at: float) -> float:
        """A distance from where reading starts, as a coordinate."""
        return self.width - at if self.mirrored else at

    def said(self, text: str) -> str:
        """A text in the direction of the page: isolated (UAX #9), since the drawing itself runs left to right."""
        return f"\u2067{text}\u2069" if self.mirrored else text

    def left(self, at: float, size: float) -> float:
        """The left edge of what starts at ``at`` and is ``size`` wide."""
        return self.width - at - size if self.mirrored else at

    @property
    def start(self) -> str:
        """The anchor of text that begins where reading starts."""
        return "end" if self.mirrored else "start"

    @property
    def end(self) -> str:
        """The anchor of text that ends where reading ends."""
        return "start" if self.mirrored else "end"

    def drawn(self, body: str, height: float) -> str:
        """The whole picture."""
        return picture(
            name=self.name,
            width=self.width,
            height=height,
            title=self.title,
            description=self.description,
            body=body,
        )


def bars(frame: Frame, rows: Sequence[Bar]) -> str:
    """Horizontal bars with label and value above each."""
    most = max((row.value or 0 for row in rows), default=0) or 1
    parts = []
    for place, row in enumerate(rows):
        y = place * ROW + 18
        label = shortened(row.label, frame.width - len(row.text) * 9 - 30)
        parts.append(words(frame.x(0), y, frame.said(label), anchor=frame.start))
        parts.append(words(frame.x(frame.width), y, row.text, anchor=frame.end, bold=True))
        parts.append(_track(frame, y + 6))
        size = max(2.0, frame.width * row.value / most) if row.value else 0
        if size:
            at = frame.left(0, size)
            parts.append(element("rect", class_="c-bar", x=at, y=y + 6, width=size, height=BAR, fill="currentColor"))
    return frame.drawn("".join(parts), max(len(rows), 1) * ROW + PAD)


def _track(frame: Frame, y: float) -> str:
    return element("rect", class_="c-track", x=0, y=y, width=frame.width, height=BAR, fill="none", stroke=LINE)


def trend(frame: Frame, steps: Sequence[str], series: Sequence[Series], texts: Sequence[str]) -> str:
    """Lines over time: the first filled with round marks and its values printed, the second dashed with squares.

    ``texts`` are the printed values of the first; with many steps only every other one, so that none overlap.
    """
    top, bottom, legend = 30.0, 230.0, 24 * len(series)
    inner = frame.width - 40
    gap = inner / max(len(steps) - 1, 1)
    most = max((value for one in series for value in one.values if value is not None), default=0) or 1

    def at(step: int, value: float) -> tuple[float, float]:
        return frame.x(20 + step * gap), bottom - (bottom - top) * value / most

    ground = path([(0, bottom), (frame.width, bottom)], class_="c-axis", stroke=SOFT)
    lines = [_line(one, number, at, bottom) for number, one in enumerate(series)]
    every = _every(len(steps), gap, max((len(text) for text in texts), default=1) * 8 + 8)
    values = [
        words(*_over(at(step, value or 0)), text, anchor="middle", size=12, bold=True)
        for step, (value, text) in enumerate(zip(series[0].values, texts, strict=True))
        if step % every == 0
    ]
    few = _every(len(steps), gap, max((len(step) for step in steps), default=1) * 7 + 10)
    names = [
        words(at(step, 0)[0], bottom + 18, text, anchor="middle", size=12)
        for step, text in enumerate(steps)
        if step % few == 0
    ]
    keys = [_line_key(frame, one.label, number, bottom + 44 + 24 * number) for number, one in enumerate(series)]
    return frame.drawn("".join([ground, *lines, *values, *names, *keys]), bottom + 40 + legend)


def _every(number: int, gap: float, room: float) -> int:
    """Each how many-th step gets its words."""
    return max(1, -(-int(room) // max(int(gap), 1))) if number > 1 else 1


def _over(point: tuple[float, float]) -> tuple[float, float]:
    return point[0], point[1] - 9


def _line(one: Series, number: int, at: Callable[[int, float], tuple[float, float]], bottom: float) -> str:
    points = [at(step, value) for step, value in enumerate(one.values) if value is not None]
    if not points:
        return ""
    parts = []
    if number == 0:
        area = [(points[0][0], bottom), *points, (points[-1][0], bottom)]
        steps = " ".join(f"{'M' if not place else 'L'}{x:.1f} {y:.1f}" for place, (x, y) in enumerate(area))
        parts.append(element("path", class_="c-area", d=steps + " Z", fill="currentColor", fill_opacity="0.12"))
    dash = None if number == 0 else "6 5"
    parts.append(path(points, class_="c-line", stroke="currentColor", stroke_width=2.5, stroke_dasharray=dash))
    parts.extend(_mark(x, y, number) for x, y in points)
    return "".join(parts)


def _mark(x: float, y: float, number: int) -> str:
    if number == 0:
        return element("circle", class_="c-mark", cx=x, cy=y, r=4, fill="currentColor")
    return element(
        "rect", class_="c-mark c-mark--open", x=x - 3.5, y=y - 3.5, width=7, height=7, fill=PAPER, stroke="currentColor"
    )


def _line_key(frame: Frame, label: str, number: int, y: float) -> str:
    dash = None if number == 0 else "6 5"
    ends = [(frame.x(2), y), (frame.x(42), y)]
    line = path(ends, class_="c-line", stroke="currentColor", stroke_width=2.5, stroke_dasharray=dash)
    text = words(frame.x(52), y + 5, frame.said(shortened(label, frame.width - 60)), anchor=frame.start)
    return line + _mark(frame.x(22), y, number) + text


def stacks(frame: Frame, steps: Sequence[str], series: Sequence[Series], texts: Sequence[str]) -> str:
    """Stacked horizontal bars, one per step, each layer with its own pattern; ``texts`` are the sums.

    At most MOST_SERIES layers; the key stands above. Raises ValueError for more.
    """
    if len(series) > MOST_SERIES:
        raise ValueError("more layers than patterns")
    sums = [sum(one.values[step] or 0 for one in series) for step in range(len(steps))]
    most = max(sums, default=0) or 1
    wide, room = 78, max((len(text) for text in texts), default=1) * 9 + 8
    inner = frame.width - wide - room
    parts = [patterns(frame.name, len(series))]
    for number, one in enumerate(series):
        y = number * 24 + 4
        parts.append(_box(frame, 0, y, 28, 16, number))
        parts.append(words(frame.x(38), y + 13, frame.said(shortened(one.label, frame.width - 44)), anchor=frame.start))
    top = len(series) * 24 + 14
    for step, text in enumerate(steps):
        y, at = top + step * 28, float(wide)
        parts.append(words(frame.x(0), y + 14, text, anchor=frame.start, size=12))
        for number, one in enumerate(series):
            size = inner * (one.values[step] or 0) / most
            if size:
                parts.append(_box(frame, at, y, size, 18, number))
            at += size
        parts.append(words(frame.x(at + 6), y + 14, texts[step], anchor=frame.start, size=12, bold=True))
    return frame.drawn("".join(parts), top + len(steps) * 28 + PAD)


def _box(frame: Frame, at: float, y: float, width: float, height: float, number: int) -> str:
    return element(
        "rect",
        class_="c-box",
        x=frame.left(at, width),
        y=y,
        width=width,
        height=height,
        fill=f"url(#{frame.name}-p{number})",
        stroke=INK,
    )
