"""What a dashboard is asked for: a period of whole months, and values of dimensions. Comes from the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from copes.chain.cases.codes import TRANSPORT
from copes.chain.custody.codes import CATEGORIES
from copes.chain.seizures.codes import ACTS, CONCEALMENT, DETECTION
from copes.foundation.refusals import BadInput
from copes.insight.statistics.cube import DIMENSIONS

NOT_STATED = "-"  # how an address asks for what the records do not state
MONTH = re.compile(r"(1[89]|2[01])[0-9]{2}-(0[1-9]|1[0-2])")
UNIT = re.compile(r"g|l|m|m2|pieces|packs|pairs|[A-Z]{3}")
CODES = {"category": CATEGORIES, "transport": TRANSPORT, "detection": DETECTION, "concealment": CONCEALMENT}
MOST_MONTHS = 600


@dataclass(frozen=True)
class Filters:
    """A question. ``start`` and ``end`` are first days of months, both included; None: the newest twelve months."""

    start: date | None = None
    end: date | None = None
    act: str = "seizure"
    unit: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions that are filtered by."""
        return frozenset(self.values)

    @property
    def months(self) -> int:
        """How many months the period has. Raises ValueError when it is open."""
        if self.start is None or self.end is None:
            raise ValueError("the period is open")
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def before(self) -> tuple[date, date]:
        """First and last month of the period of the same length just before."""
        if self.start is None:
            raise ValueError("the period is open")
        return shifted(self.start, -self.months), shifted(self.start, -1)

    def within(self, start: date, end: date) -> Filters:
        """The same question for another period."""
        return replace(self, start=start, end=end)

    def query(self, **changed: str) -> str:
        """The question as the query of an address; ``changed`` replaces or (when empty) drops parameters."""
        asked = {
            "from": f"{self.start:%Y-%m}" if self.start else "",
            "to": f"{self.end:%Y-%m}" if self.end else "",
            "act": "" if self.act == "seizure" else self.act,
            "unit": self.unit,
            **{name: value or NOT_STATED for name, value in self.values.items()},
            **changed,
        }
        return urlencode({name: value for name, value in asked.items() if value})


def shifted(month: date, by: int) -> date:
    """The first day of the month so many months later."""
    number = month.year * 12 + month.month - 1 + by
    return date(max(1, number // 12), number % 12 + 1, 1)


def read_filters(asked: Mapping[str, str]) -> Filters:
    """The question in an address. Raises BadInput naming the parameter that cannot be understood."""
    start, end = _month(asked, "from"), _month(asked, "to")
    if (start is None) != (end is None):
        start, end = start or end, end or start
    if start and end and start > end:
        raise _bad("to", _("The period ends before it begins."))
    act, unit = asked.get("act") or "seizure", asked.get("unit") or ""
    if act not in ACTS:
        raise _bad("act", _("There is no such act."))
    if unit and not UNIT.fullmatch(unit):
        raise _bad("unit", _("There is no such unit."))
    found = Filters(start, end, act, unit, _values(asked))
    if start and found.months > MOST_MONTHS:
        raise _bad("from", _("The period is longer than fifty years."))
    return found


def _values(asked: Mapping[str, str]) -> dict[str, str]:
    values = {}
    for name in DIMENSIONS:
        given = asked.get(name) or ""
        if not given or name == "way":
            continue
        value = "" if given == NOT_STATED else given
        if value and name in CODES and value not in CODES[name]:
            raise _bad(name, _("There is no such code."))
        if name == "place" and (len(value) > 203 or "\0" in value):
            raise _bad(name, _("There is no such place."))
        values[name] = value
    return values


def _month(asked: Mapping[str, str], name: str) -> date | None:
    text = asked.get(name) or ""
    if not text:
        return None
    if not MONTH.fullmatch(text):
        raise _bad(name, _("This is not a month."))
    return date(int(text[:4]), int(text[5:]), 1)


def _bad(name: str, reason: object) -> BadInput:
    mend = _("Write months as 2026-11, and choose the other values from the lists.")
    return BadInput("statistics.filter", str(reason), mend, field=name)
