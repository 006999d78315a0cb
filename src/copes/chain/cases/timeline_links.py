"""Where the lines of a timeline lead, and what became of their records: corrected, erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from copes.chain.cases.timeline import Moment, Raw

SHOWN = 3  # exhibits named on one line
EXHIBITS = ("exhibit.", "seal.", "custody.")
PARTS = {"note.": "notes", "access.": "who", "receipt.": "documents", "print.": "documents", "dossier.": "documents"}


@dataclass(frozen=True)
class Link:
    """Where something is shown, and what it is called."""

    url: str
    name: str


@dataclass(frozen=True)
class Line:
    """A line of the timeline."""

    moment: Moment
    links: tuple[Link, ...]
    more: str
    corrected: bool
    erased: bool


def exhibits_in(found: Iterable[Moment]) -> set[str]:
    """Ids that may be exhibits, to ask for their numbers."""
    return {one for m in found if _about_exhibits(m) for one in m.about[: SHOWN + 1]}


def _about_exhibits(one: Moment) -> bool:
    return one.kind.startswith(EXHIBITS) or one.kind == "correction.recorded/1"


def lines(case: str, found: Sequence[Moment], all_known: Sequence[Raw], numbers: Mapping[str, str]) -> list[Line]:
    """The lines, with what later records among ``all_known`` say of earlier ones."""
    corrected = {str(raw.claims["corrects"]) for raw in all_known if raw.claims.get("corrects")}
    erased = {str(raw.claims["body"].get("record")) for raw in all_known if raw.kind == "record.erased/1"}
    return [
        Line(one, tuple(_links(case, one, numbers)), _more(one, numbers), one.jti in corrected, one.jti in erased)
        for one in found
    ]


def _more(one: Moment, numbers: Mapping[str, str]) -> str:
    rest = len(one.about) - SHOWN
    if not _about_exhibits(one) or rest <= 0 or not numbers:
        return ""
    return ngettext("and %(number)d more", "and %(number)d more", rest) % {"number": rest}


def _links(case: str, one: Moment, numbers: Mapping[str, str]) -> Iterable[Link]:
    kind = str(one.body.get("record_kind", "")) if one.kind == "correction.recorded/1" else one.kind
    first = one.about[0] if one.about else ""
    if kind.startswith(EXHIBITS):
        for thing in one.about[:SHOWN]:
            if thing in numbers:
                yield Link(reverse("custody:exhibit", args=[thing]), numbers[thing])
    elif kind.startswith("control.") and first:
        yield Link(reverse("cases:control", args=[case, first]), _("Open the control"))
    elif kind.startswith(("seizure.", "detention.")) and first:
        yield Link(reverse("seizures:seizure", args=[first]), _("Open the report"))
    elif kind.startswith("task.") and first:
        yield Link(reverse("cases:task", args=[case, first]), _("Open the task"))
    elif kind.startswith("case."):
        yield Link(reverse("cases:case", args=[case]), _("Open the case"))
    else:
        for start, part in PARTS.items():
            if kind.startswith(start):
                yield Link(reverse(f"cases:{part}", args=[case]), _("Show"))
