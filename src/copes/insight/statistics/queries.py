"""Sums for dashboards, prints and the API. Each has a fixed number of queries and reads the cube only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, QuerySet, Sum, Value
from django.utils import timezone

from copes.foundation.journal.acting import Acting
from copes.foundation.journal.following import behind, catch_up
from copes.insight.statistics import policies
from copes.insight.statistics.cube import SOURCE, scope_of
from copes.insight.statistics.filters import Filters, shifted
from copes.insight.statistics.following import NAME
from copes.insight.statistics.measures import joined
from copes.insight.statistics.models import Total
from copes.insight.statistics.small import hide_small

AT_ONCE = 2_000  # records that a page reads on before it shows what is summed so far
MOST_STEPS = 36  # months in a trend; a longer one goes by years
BREAKDOWNS = ("category", "place", "transport", "detection", "concealment")


@dataclass(frozen=True)
class Figure:
    """What was counted. ``hidden``: "few" (fewer than three seizures) or "withheld"; the numbers are then zero.

    ``amounts`` are exact, by unit: g, l, m, m2, pieces, packs, pairs, or a currency.
    """

    seizures: int
    exhibits: int
    amounts: Mapping[str, Decimal]
    hidden: str = ""


NOTHING = Figure(0, 0, {})


@dataclass(frozen=True)
class Sums:
    """The answer to a question. ``parts``: by dimension and value; ``trend``: by month, every month of the period.

    ``before`` is the period of the same length just before. A trend of more than MOST_STEPS months goes by years.
    ``sources``: what of the period was imported, whatever the filters. ``behind`` records are not in the sums yet.
    """

    filters: Filters
    total: Figure
    before: Figure
    trend: Mapping[date, Figure]
    trend_before: Mapping[date, Figure]
    parts: Mapping[str, Mapping[str, Figure]]
    stacked: Mapping[date, Mapping[str, int]]
    years: Mapping[int, int]
    sources: Mapping[str, Figure]
    units: tuple[str, ...]
    behind: int
    small_shown: bool


def settled(acting: Acting, filters: Filters) -> tuple[Filters, dict[int, int]]:
    """The question with its period: the newest twelve months with records when none is asked. And what years hold.

    Raises Forbidden.
    """
    policies.require(acting)
    rows = Total.objects.filter(agency=acting.agency, scope="", unit="", act=filters.act)
    months = dict(rows.values_list("month").annotate(Sum("seizures")).order_by("-month"))
    if filters.start is None:
        end = max(months, default=timezone.localdate().replace(day=1))
        filters = filters.within(shifted(end, -11), end)
    years: dict[int, int] = {}
    for month, seizures in months.items():
        years[month.year] = years.get(month.year, 0) + int(seizures)
    return filters, years


def sums(acting: Acting, filters: Filters) -> Sums:
    """Everything a dashboard shows, of the officer's own agency. Raises Forbidden."""
    policies.require(acting)
    catch_up(NAME, at_most=AT_ONCE)
    filters, years = settled(acting, filters)
    start, _end = filters.before()
    months = _by(acting, filters, "month", within=(start, filters.end))
    trend = _steps(filters, months)
    trend_before = _steps(filters.within(*filters.before()), months)
    total, before = _together(trend.values()), _together(trend_before.values())
    parts = _breakdowns(acting, filters)
    shown = policies.sees_small_numbers(acting)
    stacked = _stacked(acting, filters) if shown else {}
    if not shown:
        total, before = (hide_small({"": one})[""] for one in (total, before))
        trend, trend_before = hide_small(trend), hide_small(trend_before)
        additive = {name: name != "category" for name in parts}
        parts = {name: hide_small(part, additive=additive[name]) for name, part in parts.items()}
    sources = _sources(acting, filters)
    units = tuple(sorted({unit for one in (total, before) for unit in one.amounts} | ({filters.unit} - {""})))
    return Sums(
        filters, total, before, trend, trend_before, parts, stacked, years, sources, units, max(0, behind(NAME)), shown
    )


def _months(filters: Filters) -> list[date]:
    if filters.start is None:
        raise ValueError("the period is open")
    return [shifted(filters.start, number) for number in range(filters.months)]


def step_of(filters: Filters, month: date) -> date:
    """The step of the trend in which a month lies: itself, or its year when the period is long."""
    return month if filters.months <= MOST_STEPS else month.replace(month=1)


def _steps(filters: Filters, months: Mapping[date, Figure]) -> dict[date, Figure]:
    steps: dict[date, list[Figure]] = {}
    for month in _months(filters):
        steps.setdefault(step_of(filters, month), []).append(months.get(month, NOTHING))
    return {step: _together(figures) for step, figures in steps.items()}


def _sources(acting: Acting, filters: Filters) -> dict[str, Figure]:
    rows = Total.objects.filter(
        agency=acting.agency,
        scope=SOURCE,
        act=filters.act,
        unit="",
        month__gte=filters.start,
        month__lte=filters.end,
    )
    found = rows.values_list("way").annotate(Sum("seizures"), Sum("exhibits")).order_by("way")
    figures = {source: Figure(int(seizures), int(exhibits), {}) for source, seizures, exhibits in found}
    return figures if policies.sees_small_numbers(acting) else hide_small(figures)


def _together(figures: Iterable[Figure]) -> Figure:
    seizures = exhibits = 0
    amounts: dict[str, Decimal] = {}
    for one in figures:
        seizures, exhibits = seizures + one.seizures, exhibits + one.exhibits
        for unit, amount in one.amounts.items():
            amounts[unit] = amounts.get(unit, Decimal(0)) + amount
    return Figure(seizures, exhibits, amounts)


def cells(
    acting: Acting, filters: Filters, dimensions: Iterable[str], within: tuple[date | None, date | None] | None = None
) -> QuerySet[Total]:
    """The cells of one's own agency that answer a question told apart by ``dimensions``."""
    start, end = within or (filters.start, filters.end)
    rows = Total.objects.filter(
        agency=acting.agency,
        scope=scope_of(filters.dimensions | set(dimensions)),
        month__gte=start,
        month__lte=end,
        act=filters.act,
    )
    return rows.filter(**filters.values)


def _by(
    acting: Acting, filters: Filters, name: str, within: tuple[date | None, date | None] | None = None
) -> dict[Any, Figure]:
    """Figures by month, or by the values of a dimension, largest first. One query."""
    rows = cells(acting, filters, () if name == "month" else (name,), within)
    return _figures(_grouped(rows, name), filters)


def _breakdowns(acting: Acting, filters: Filters) -> dict[str, dict[Any, Figure]]:
    """Figures by the values of every dimension, in one query."""
    asked = [
        _grouped(cells(acting, filters, (name,)).annotate(dimension=Value(name, CharField())), name, "dimension")
        for name in BREAKDOWNS
    ]
    found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in BREAKDOWNS}
    for dimension, *row in asked[0].union(*asked[1:], all=True):
        found[dimension].append(tuple(row))
    return {name: _figures(rows, filters) for name, rows in found.items()}


def _grouped(rows: QuerySet[Total], name: str, *first: str) -> QuerySet[Total, tuple[Any, ...]]:
    """Rows of ``first``, value, unit, seizures, exhibits, whole, nano."""
    grouped = rows.values_list(*first, name, "unit")
    return grouped.annotate(Sum("seizures"), Sum("exhibits"), Sum("whole"), Sum("nano")).order_by()


def _figures(rows: Iterable[tuple[Any, ...]], filters: Filters) -> dict[Any, Figure]:
    counted: dict[Any, list[Any]] = {}
    for value, unit, seizures, exhibits, whole, nano in rows:
        line = counted.setdefault(value, [0, 0, {}])
        if unit == filters.unit:
            line[0], line[1] = int(seizures), int(exhibits)
        if unit and filters.unit in {"", unit}:
            line[2][unit] = joined(whole, nano)
    figures = {value: Figure(*line) for value, line in counted.items() if line[0]}
    return dict(sorted(figures.items(), key=lambda pair: (-weight(pair[1], filters.unit), str(pair[0]))))


def weight(figure: Figure, unit: str) -> Decimal:
    """What charts measure: seizures, or the quantity in the unit that was chosen."""
    return figure.amounts.get(unit, Decimal(0)) if unit else Decimal(figure.seizures)


def _stacked(acting: Acting, filters: Filters) -> dict[date, dict[str, int]]:
    rows = cells(acting, filters, ("category",)).filter(unit=filters.unit)
    found: dict[date, dict[str, int]] = {step_of(filters, month): {} for month in _months(filters)}
    for month, category, exhibits in rows.values_list("month", "category").annotate(Sum("exhibits")).order_by():
        step = found[step_of(filters, month)]
        step[category] = step.get(category, 0) + int(exhibits)
    return found


def places_and_ways(
    acting: Acting, filters: Filters
) -> tuple[Filters, dict[int, int], dict[str, Figure], dict[str, Figure]]:
    """The question with its period, what years hold, and figures by place and by way of the goods. Raises Forbidden."""
    policies.require(acting)
    catch_up(NAME, at_most=AT_ONCE)
    filters, years = settled(acting, filters)
    places = _by(acting, filters, "place")
    ways = {way: one for way, one in _by(acting, filters, "way").items() if way}
    if not policies.sees_small_numbers(acting):
        places, ways = hide_small(places), hide_small(ways)
    return filters, years, places, ways
