"""Screens of the dashboards: overview, map, the seizures behind a number, exports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_bidi, gettext
from django.views.decorators.http import require_safe

from copes.foundation.api.schemas import file_answer
from copes.foundation.people.access import OfficerRequest, signed_in
from copes.foundation.people.reading import log_read
from copes.insight.statistics import board, exporting, mapping, numbers, policies
from copes.insight.statistics.filters import Filters, read_filters, shifted
from copes.insight.statistics.forms import FilterForm
from copes.insight.statistics.listing import seizures_behind
from copes.insight.statistics.queries import Sums, places_and_ways, sums
from copes.insight.statistics.small import any_hidden

MOST_YEARS = 12


@require_safe
@signed_in
def overview(request: OfficerRequest) -> HttpResponse:
    """Key figures, charts and their tables, for a period and filters from the address."""
    found = sums(request.acting, read_filters(request.GET.dict()))
    charts = board.charts_of(found)
    context = {
        **_common(found.filters, found.years),
        "sums": found,
        "figures": _figures(found),
        "charts": [_drawn(chart) for chart in charts],
        "form": FilterForm(found.filters, places=_places(found), units=_units(found)),
        "sources": [(name, numbers.number(one.seizures)) for name, one in found.sources.items() if not one.hidden],
        "formats": tuple(exporting.FORMATS),
    }
    return render(request, "statistics/overview.html", context)


def _common(filters: Filters, years: Mapping[int, int]) -> dict[str, Any]:
    if filters.start is None or filters.end is None:
        raise ValueError("the period is open")
    query = filters.query()
    months = filters.months
    return {
        "filters": filters,
        "query": query,
        "period": board.period_name(filters.start, filters.end),
        "filtered": exporting.filter_words(filters),
        "cleared": filters.query(**dict.fromkeys(filters.values, ""), unit="", act=""),
        "years": [
            (
                year,
                numbers.number(seizures) if seizures >= policies.FEWEST else "",
                filters.query(**{"from": f"{year}-01", "to": f"{year}-12"}),
                _is_year(filters, year),
            )
            for year, seizures in list(years.items())[:MOST_YEARS]
        ],
        "earlier": _moved(filters, -months),
        "later": _moved(filters, months),
    }


def _is_year(filters: Filters, year: int) -> bool:
    return bool(filters.start and filters.start.year == year and filters.start.month == 1 and filters.months == 12)


def _moved(filters: Filters, by: int) -> str:
    if filters.start is None or filters.end is None:
        raise ValueError("the period is open")
    start, end = shifted(filters.start, by), shifted(filters.end, by)
    return filters.query(**{"from": f"{start:%Y-%m}", "to": f"{end:%Y-%m}"})


def _figures(found: Sums) -> list[tuple[str, str, str, str]]:
    """Key figures: what, how much, the exact number where that is shortened, and the change."""
    total, before = found.total, found.before
    if total.hidden:
        return [(board.counted_name(found), str(board.HIDDEN[total.hidden]), "", "")]
    compared = not before.hidden
    rows = [
        (name, numbers.number(now), "", board.change(now, then) if compared else "")
        for name, now, then in (
            (board.counted_name(found), total.seizures, before.seizures),
            (gettext("Exhibits"), total.exhibits, before.exhibits),
        )
    ]
    for unit, amount in sorted(total.amounts.items(), key=lambda pair: -pair[1]):
        brief, exact = numbers.short(amount, unit), numbers.exact(amount, unit)
        rows.append((numbers.unit_name(unit), brief, exact if exact != brief else "", ""))
    return rows


def _drawn(chart: board.Chart) -> dict[str, Any]:
    """A chart for the template. The drawings are our own elements around escaped texts."""
    return {
        "chart": chart,
        "wide": mark_safe(chart.wide),  # noqa: S308 - drawn by charts.py, which escapes every text
        "narrow": mark_safe(chart.narrow),  # noqa: S308
        "rows": [(row, numbers.number(row.figure.seizures), numbers.number(row.figure.exhibits)) for row in chart.rows],
        "layers": [(row.label, [numbers.number(one) for one in row.layers]) for row in chart.rows],
        "empty": not any(row.figure.exhibits or row.hidden for row in chart.rows),
        "amounts": any(row.figure.amounts for row in chart.rows),
    }


def _places(found: Sums) -> list[str]:
    return list(found.parts["place"])[:300]


def _units(found: Sums) -> tuple[str, ...]:
    return found.units


@require_safe
@signed_in
def export(request: OfficerRequest, chart: str, form: str) -> HttpResponse:
    """One chart as SVG, PNG or CSV. Raises Unseen for a chart or form that does not exist."""
    found = sums(request.acting, read_filters(request.GET.dict()))
    name, data, media_type = exporting.exported(found, chart, form)
    log_read(request.acting, case=None, kind="statistics.export", thing=f"{name}?{found.filters.query()}"[:100])
    return file_answer(data, media_type, name)


@require_safe
@signed_in
def behind(request: OfficerRequest) -> HttpResponse:
    """The seizures behind a number, as far as the officer needs to know."""
    page = seizures_behind(request.acting, read_filters(request.GET.dict()), request.GET.get("after") or None)
    log_read(request.acting, case=None, kind="statistics.list", thing=page.filters.query()[:100])
    rows = [
        (row, case, numbers.place_name(row.place), [numbers.value_name("category", one) for one in _listed(row)])
        for row, case in page.rows
    ]
    context = {**_common(page.filters, {}), "rows": rows, "after": page.after}
    return render(request, "statistics/behind.html", context)


def _listed(row: Any) -> list[str]:
    return [one for one in row.categories.split("|") if one]


@require_safe
@signed_in
def places(request: OfficerRequest) -> HttpResponse:
    """The map of places and ways, drawn by the server; a browser with scripts makes it a map to move about in."""
    filters, years, found, ways = places_and_ways(request.acting, read_filters(request.GET.dict()))
    made = mapping.map_of(request.acting, found, ways)
    hidden = any_hidden(found)
    context = {
        **_common(filters, years),
        "map": made,
        "still": mark_safe(mapping.still(made, mirrored=get_language_bidi())),  # noqa: S308 - escapes every text
        "hidden": hidden,
    }
    return render(request, "statistics/map.html", context)
