"""Sums over HTTP: the same numbers as the dashboards, with the same filters. Thin: queries and policies do the work."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from copes.foundation.api.schemas import binary, file_answer
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.people.reading import log_read
from copes.insight.statistics import exporting
from copes.insight.statistics.filters import Filters, read_filters
from copes.insight.statistics.queries import MOST_STEPS, Figure, Sums, places_and_ways, sums

router = Router(tags=["statistics"])
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$")]


class Asked(Schema):
    """A period of whole months, and values of dimensions; ``-`` asks for what the records do not state."""

    model_config = ConfigDict(populate_by_name=True)

    first: Annotated[Month | None, Field(alias="from")] = None
    last: Annotated[Month | None, Field(alias="to")] = None
    act: Literal["seizure", "detention"] = "seizure"
    unit: Annotated[str | None, Field(max_length=6)] = None
    category: Annotated[str | None, Field(max_length=20)] = None
    place: Annotated[str | None, Field(max_length=203)] = None
    transport: Annotated[str | None, Field(max_length=20)] = None
    detection: Annotated[str | None, Field(max_length=20)] = None
    concealment: Annotated[str | None, Field(max_length=30)] = None

    def filters(self) -> Filters:
        """The question. Raises BadInput."""
        given = self.model_dump(by_alias=True, exclude_none=True)
        return read_filters({name: str(value) for name, value in given.items()})


class FigureOut(Schema):
    """What was counted. ``hidden`` says why the numbers are null: fewer than 3 seizures, or withheld.

    ``amounts`` are exact decimals as text, by unit: g, l, m, m2, pieces, packs, pairs, or a currency.
    """

    value: str
    seizures: int | None
    exhibits: int | None
    amounts: dict[str, str]
    hidden: Literal["few", "withheld"] | None


class SumsOut(Schema):
    """The answer to a question; ``behind``: records not counted yet. A trend over more than 36 months goes by years."""

    first_month: Month
    last_month: Month
    total: FigureOut
    before: FigureOut
    trend: list[FigureOut]
    category: list[FigureOut]
    place: list[FigureOut]
    transport: list[FigureOut]
    concealment: list[FigureOut]
    detection: list[FigureOut]
    sources: list[FigureOut]
    behind: int


class MapOut(Schema):
    """Sums by place (country code and name) and by way of the goods (its stops as a JSON list)."""

    first_month: Month
    last_month: Month
    places: list[FigureOut]
    ways: list[FigureOut]


@router.get("/statistics", response=SumsOut)
def read_statistics(request: ApiRequest, asked: Query[Asked]) -> SumsOut:
    """Sums of your own agency's seizures for a period, in all and by every dimension."""
    found = sums(request.auth, asked.filters())
    first, last = _period(found.filters)
    parts = {name: [_figure(value, one) for value, one in part.items()] for name, part in found.parts.items()}
    return SumsOut(
        first_month=first,
        last_month=last,
        total=_figure("", found.total),
        before=_figure("", found.before),
        trend=[_figure(_step(found, step), one) for step, one in found.trend.items()],
        sources=[_figure(name, one) for name, one in found.sources.items()],
        behind=found.behind,
        **parts,
    )


@router.get("/statistics/places", response=MapOut)
def read_places(request: ApiRequest, asked: Query[Asked]) -> MapOut:
    """Sums by place and by way of the goods, as the map shows them."""
    filters, _years, places, ways = places_and_ways(request.auth, asked.filters())
    first, last = _period(filters)
    return MapOut(
        first_month=first,
        last_month=last,
        places=[_figure(value, one) for value, one in places.items()],
        ways=[_figure(value, one) for value, one in ways.items()],
    )


@router.get("/statistics/charts/{chart}/{form}", response={200: None}, openapi_extra=binary("image/svg+xml"))
def export_chart(
    request: ApiRequest,
    chart: Literal["month", "stacked", "category", "place", "transport", "concealment", "detection"],
    form: Literal["svg", "png", "csv"],
    asked: Query[Asked],
) -> HttpResponse:
    """One chart as SVG, PNG or CSV; noted in the reads audit."""
    name, data, media_type = exporting.exported(sums(request.auth, asked.filters()), chart, form)
    log_read(request.auth, case=None, kind="statistics.export", thing=name)
    return file_answer(data, media_type, name)


def _period(filters: Filters) -> tuple[str, str]:
    return f"{filters.start or date.min:%Y-%m}", f"{filters.end or date.min:%Y-%m}"


def _step(found: Sums, step: date) -> str:
    return f"{step:%Y}" if found.filters.months > MOST_STEPS else f"{step:%Y-%m}"


def _figure(value: str, one: Figure) -> FigureOut:
    hidden = one.hidden or None
    return FigureOut.model_validate(
        {
            "value": value,
            "seizures": None if hidden else one.seizures,
            "exhibits": None if hidden else one.exhibits,
            "amounts": {unit: format(amount, "f") for unit, amount in sorted(one.amounts.items())},
            "hidden": hidden,
        }
    )
