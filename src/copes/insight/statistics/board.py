"""From sums to what a reader sees: rows with words and exact numbers, and the charts drawn from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language_bidi, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from copes.insight.statistics import charts, numbers
from copes.insight.statistics.charts import Bar, Frame, Series
from copes.insight.statistics.queries import MOST_STEPS, Figure, Sums, weight

MOST_PLACES = 15
HEADINGS: dict[str, Promise] = {
    "month": _("Over time"),
    "category": _("By commodity"),
    "place": _("By place"),
    "transport": _("By means of transport"),
    "concealment": _("By place of concealment"),
    "detection": _("By method of detection"),
    "stacked": _("Exhibits over time, by commodity"),
}
COLUMNS: dict[str, Promise] = {
    "month": _("Month"),
    "category": _("Commodity"),
    "place": _("Place"),
    "transport": _("Means of transport"),
    "concealment": _("Place of concealment"),
    "detection": _("Method of detection"),
}
HIDDEN: dict[str, Promise] = {"few": _("fewer than 3"), "withheld": _("withheld")}
WIDE, NARROW = 560, 330


@dataclass(frozen=True)
class Row:
    """A line of a chart's table. ``query`` is the address of the cases behind it; empty when there is none.

    ``code`` is what a program reads in place of the label: a month as 2026-11.
    """

    label: str
    figure: Figure
    query: str = ""
    before: Figure | None = None
    layers: tuple[int, ...] = ()
    code: str = ""

    @property
    def hidden(self) -> str:
        """Why the numbers are not shown, in words; empty when they are."""
        return str(HIDDEN[self.figure.hidden]) if self.figure.hidden else ""

    @property
    def amounts(self) -> list[str]:
        """Exact quantities with their units."""
        return [numbers.exact(amount, unit) for unit, amount in sorted(self.figure.amounts.items())]


@dataclass(frozen=True)
class Chart:
    """A chart with its table: the same numbers, as a picture and as lines. ``more``: rows that only the CSV has."""

    name: str
    heading: str
    measure: str
    counted: str
    column: str
    rows: tuple[Row, ...]
    unit: str
    before: str = ""
    layers: tuple[str, ...] = ()
    more: tuple[Row, ...] = ()
    export: str = ""
    mirrored: bool = field(default=False)

    @property
    def left_out(self) -> int:
        """How many rows the picture and its table leave out; the CSV file has them all."""
        return len(self.more)

    @property
    def title(self) -> str:
        """Heading and measure, as one line."""
        return gettext("%(heading)s: %(measure)s") % {"heading": self.heading, "measure": self.measure}

    def svg(self, width: int, suffix: str = "") -> str:
        """The drawing, so many units wide."""
        frame = Frame(f"c-{self.name}{suffix}", self.title, self.described, width, self.mirrored)
        if self.layers:
            steps, texts = [row.label for row in self.rows], [numbers.number(sum(row.layers)) for row in self.rows]
            series = [
                Series(name, tuple(float(row.layers[at]) for row in self.rows)) for at, name in enumerate(self.layers)
            ]
            return charts.stacks(frame, steps, series, texts)
        if self.name == "month":
            return self._trend(frame)
        shown = [row for row in self.rows if row.figure.seizures or row.hidden]
        return charts.bars(frame, [Bar(row.label, self._length(row.figure), self._text(row)) for row in shown])

    def _trend(self, frame: Frame) -> str:
        now = Series(gettext("This period"), tuple(self._length(row.figure) for row in self.rows))
        texts = [self._text(row) if not row.hidden else "" for row in self.rows]
        series = [now]
        if self.before:
            values = [self._length(row.before) if row.before else None for row in self.rows]
            series.append(Series(self.before, tuple(values)))
        return charts.trend(frame, [row.label for row in self.rows], series, texts)

    def _length(self, figure: Figure) -> float | None:
        return None if figure.hidden else float(weight(figure, self.unit))

    def _text(self, row: Row) -> str:
        if row.hidden:
            return row.hidden
        amount = weight(row.figure, self.unit)
        return numbers.short(amount, self.unit) if self.unit else numbers.number(amount)

    @property
    def described(self) -> str:
        """The chart in a sentence, for whoever does not see it."""
        first = "; ".join(f"{row.label}: {self._text(row)}" for row in self.rows[:5])
        return gettext("Begins: %(rows)s. The table beneath holds the same numbers.") % {"rows": first}

    @property
    def wide(self) -> str:
        """The drawing for a desk."""
        return self.svg(WIDE)

    @property
    def narrow(self) -> str:
        """The drawing for a telephone."""
        return self.svg(NARROW, "-n")


def measure_name(sums: Sums) -> str:
    """What the bars measure."""
    return numbers.unit_name(sums.filters.unit) if sums.filters.unit else counted_name(sums)


def counted_name(sums: Sums) -> str:
    """What is counted."""
    return gettext("Detentions") if sums.filters.act == "detention" else gettext("Seizures")


def period_name(start: date, end: date) -> str:
    """A period of whole months in words."""
    if start == end:
        return numbers.month_name(start)
    values = {"first": numbers.month_name(start), "last": numbers.month_name(end)}
    return gettext("%(first)s to %(last)s") % values


def charts_of(sums: Sums) -> list[Chart]:
    """Every chart of the overview, in the order in which it is shown."""
    found = [_trend(sums)]
    if sums.stacked:
        found.append(_stacked(sums))
    return found + [_breakdown(sums, name) for name in ("place", "category", "transport", "concealment", "detection")]


def _chart(sums: Sums, name: str, rows: Sequence[Row], **more: object) -> Chart:
    values: Mapping[str, object] = {
        "measure": measure_name(sums),
        "counted": counted_name(sums),
        "column": str(COLUMNS.get(name, COLUMNS["month"])),
        "unit": sums.filters.unit,
        "mirrored": get_language_bidi(),
        "export": sums.filters.query(),
        **more,
    }
    return Chart(name, str(HEADINGS[name]), rows=tuple(rows), **values)  # type: ignore[arg-type]  # named above


def _step_name(sums: Sums, step: date) -> str:
    return str(step.year) if sums.filters.months > MOST_STEPS else numbers.month_name(step, brief=True)


def _step_code(sums: Sums, step: date) -> str:
    return f"{step:%Y}" if sums.filters.months > MOST_STEPS else f"{step:%Y-%m}"


def _trend(sums: Sums) -> Chart:
    yearly = sums.filters.months > MOST_STEPS
    old = list(sums.trend_before.values())
    rows = []
    for place, (step, figure) in enumerate(sums.trend.items()):
        last = step if not yearly else step.replace(month=12)
        query = sums.filters.query(**{"from": f"{step:%Y-%m}", "to": f"{last:%Y-%m}"})
        before = old[place] if place < len(old) and not yearly else None
        rows.append(Row(_step_name(sums, step), figure, query, before, code=_step_code(sums, step)))
    start, end = sums.filters.before()
    has_before = not yearly and (sums.before.seizures or sums.before.hidden)
    column = pgettext("column", "Year") if yearly else str(COLUMNS["month"])
    return _chart(sums, "month", rows, column=column, before=period_name(start, end) if has_before else "")


def _stacked(sums: Sums) -> Chart:
    """At most six layers: the five largest commodities and the rest."""
    totals: dict[str, int] = {}
    for step in sums.stacked.values():
        for category, exhibits in step.items():
            totals[category] = totals.get(category, 0) + exhibits
    largest = sorted(totals, key=lambda name: (-totals[name], name))
    kept = largest if len(largest) <= charts.MOST_SERIES else largest[: charts.MOST_SERIES - 1]
    names = [numbers.value_name("category", name) for name in kept]
    if len(largest) > len(kept):
        names.append(gettext("All other commodities"))
    rows = []
    for at, step in sums.stacked.items():
        layers = [step.get(name, 0) for name in kept]
        if len(names) > len(kept):
            layers.append(sum(step.values()) - sum(layers))
        rows.append(
            Row(_step_name(sums, at), Figure(0, sum(layers), {}), layers=tuple(layers), code=_step_code(sums, at))
        )
    return _chart(sums, "stacked", rows, layers=tuple(names), measure=gettext("Exhibits"))


def _breakdown(sums: Sums, name: str) -> Chart:
    part = sums.parts[name]
    shown = sorted(part, key=lambda value: bool(part[value].hidden))  # stable: hidden ones say nothing by their rank
    rows = [
        Row(numbers.value_name(name, value), part[value], sums.filters.query(**{name: value or "-"})) for value in shown
    ]
    most = MOST_PLACES if name == "place" else len(rows)
    return _chart(sums, name, rows[:most], more=tuple(rows[most:]))


def change(now: int, before: int) -> str:
    """How much more or less than before, in words; a share is rounded to whole per cent and says so."""
    if now == before:
        return gettext("as many as in the period before")
    if not before:
        return gettext("none in the period before")
    share = (Decimal(now - before) * 100 / before).to_integral_value()
    values = {"change": f"{'+' if share > 0 else ''}{numbers.number(share)}", "before": numbers.number(before)}
    exact = share == Decimal(now - before) * 100 / before
    if exact:
        return gettext("%(change)s %% against %(before)s in the period before") % values
    return gettext("about %(change)s %% against %(before)s in the period before") % values
