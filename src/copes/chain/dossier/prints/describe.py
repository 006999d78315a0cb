"""Trees of leaves as rows and tables: one way for every fact, so that nothing a record states is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from copes.chain.dossier.contents import Contents, Kept
from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.cells import Cell
from copes.chain.dossier.prints.sheet import (
    Form,
    Sheet,
    moment_form,
    number_form,
    plain_form,
    short_moment_form,
)
from copes.chain.dossier.prints.view import Leaf, Tree
from copes.chain.dossier.prints.words import code_words, field_words, rank

NUMBERS = frozenset({"quantity", "total", "amount", "gross_g", "net_g", "count", "value"})
CODED = frozenset(
    {"role", "transport", "presence", "signature", "copy_given", "detection", "concealment_place", "category"}
    | {"reason", "state", "form", "unit", "time_known_to"}
)
OFFICER_FIELDS = frozenset({"officers", "counters", "released_by", "released_to", "received_by", "holder", "assignee"})
MONO = frozenset({"number", "registration", "vin", "seal", "typed", "hs_code", "replaced_by"})
LONG = frozenset({"description", "address", "remark", "text"})
WIDE = 40  # characters from which on a value takes the whole width
# Ids say nothing to a reader; what they point at is shown instead.
IDS = frozenset(
    {
        "case",
        "control",
        "seizure",
        "detention",
        "exhibit",
        "person",
        "note",
        "release",
        "thing",
        "officer",
        "agency",
        "dossier",
        "request",
        "record",
        "kid",
        "proof",
        "key",
        "record_kind",
        "media_type",
        "size",
    }
)


def form_of(name: str) -> Form:
    """How the values of a field are written."""
    if name.endswith("_at") or name in {"at", "until"}:
        return moment_form
    if name in NUMBERS:
        return number_form
    if name in CODED:
        return lambda value, _language: code_words(name, value)
    return plain_form


@dataclass
class Describer:
    """Describes facts of one dossier on one sheet."""

    sheet: Sheet
    contents: Contents
    _enrolled: dict[str, Kept] = field(default_factory=dict)
    _numbers: dict[str, Leaf] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kept in self.contents.kept:
            if kept.record.kind == "officer.enrolled/1":
                self._enrolled[kept.body["officer"]] = kept
            elif kept.record.kind == "exhibit.created/1":
                self._numbers[kept.body["exhibit"]] = Leaf(kept.body["number"], kept.jti, "body.number")

    def officer(self, officer: str | None) -> str:
        """An officer by name and service number; by the id's end when these are withheld."""
        kept = self._enrolled.get(officer or "")
        if not officer or kept is None:
            return _("the node") if not officer else f"…{officer[-12:]}"
        parts = [
            self.sheet.words(Leaf(kept.body.get(name), kept.jti, f"body.{name}")) for name in ("name", "service_number")
        ]
        if kept.body.get("name") is None and kept.body.get("service_number") is None:
            parts = [parts[0], f"…{officer[-12:]}"]
        return " · ".join(part for part in parts if part)

    def exhibit(self, exhibit: str) -> str:
        """An exhibit's number."""
        leaf = self._numbers.get(exhibit)
        return self.sheet.words(leaf) if leaf else f"…{exhibit[-12:]}"

    def exhibits(self, ids: Sequence[str], *, most: int = 12) -> str:
        """The numbers of several exhibits; beyond ``most`` only how many more."""
        numbers = ", ".join(self.exhibit(one) for one in ids[:most])
        if len(ids) <= most:
            return numbers
        return _("%(numbers)s and %(count)d more") % {"numbers": numbers, "count": len(ids) - most}

    def leaf(self, name: str, leaf: Leaf) -> Cell:
        """The cell of one value, in the form its field asks for; corrected values say so."""
        if name in OFFICER_FIELDS and isinstance(leaf.value, str):
            return cells.cell(self.officer(leaf.value))
        if isinstance(leaf.value, bool):
            self.sheet.cell(leaf)
            return cells.cell(_("yes") if leaf.value else _("no"))
        shown = self.sheet.cell(leaf, form_of(name), "code" if name in MONO else "")
        if leaf.corrected and shown["s"] != "withheld":
            return cells.cell(_("%(value)s (corrected)") % {"value": shown["t"]})
        return shown

    def rows(self, tree: Mapping[str, Tree], *, skip: Iterable[str] = (), before: str = "") -> list[cells.Row]:
        """Every single value of an object as labelled rows; objects inside are walked, lists are not."""
        rows: list[cells.Row] = []
        left = {*skip, *IDS}
        for name, value in sorted(tree.items(), key=lambda item: rank(item[0])):
            if name in left:
                continue
            label = f"{before}{field_words(name)}"
            if isinstance(value, Leaf):
                shown = self.leaf(name, value)
                rows.append(cells.row(label, shown, wide=len(shown["t"]) > WIDE))
            elif isinstance(value, dict):
                rows.extend(self.rows(value, before=f"{label} \N{EN DASH} "))
            elif name in OFFICER_FIELDS:
                names = "; ".join(self.officer(one.value) for one in value)
                rows.append(cells.row(label, cells.cell(names), wide=len(names) > WIDE))
        return rows

    def table(self, items: Sequence[Tree], *, skip: Iterable[str] = ()) -> dict[str, Any] | None:
        """A table of the objects in a list: a column for each field that any of them has, long ones below."""
        objects = [self._flat(item) for item in items if isinstance(item, dict)]
        every = sorted({name: None for one in objects for name in one}, key=_in_order)
        left = {*skip, *IDS}
        names = [name for name in every if _last(name) not in left]
        if not names:
            return None
        short = [name for name in names if _last(name) not in LONG]
        columns = [cells.column("", 0)]
        columns += [cells.column(field_words(_last(name)), _width(name), end=_last(name) in NUMBERS) for name in short]
        rows = []
        for number, one in enumerate(objects, start=1):
            shown = [self.leaf(_last(name), one[name]) if name in one else cells.dash() for name in short]
            below = [self._named(_last(name), one[name]) for name in names if name in one and name not in short]
            wide = cells.cell("; ".join(below)) if below else None
            rows.append(cells.line([cells.cell(str(number), "quiet"), *shown], wide))
        return cells.table(columns, rows)

    def _named(self, name: str, leaf: Leaf) -> str:
        text = self.leaf(name, leaf)["t"]
        if get_language_bidi():
            text = f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
        return f"{field_words(name)}: {text}"

    def _flat(self, tree: Mapping[str, Tree], before: str = "") -> dict[str, Leaf]:
        flat: dict[str, Leaf] = {}
        for name, value in tree.items():
            if isinstance(value, Leaf):
                flat[before + name] = value
            elif isinstance(value, dict):
                flat.update(self._flat(value, f"{before}{name}."))
        return flat

    def short(self, leaf: Leaf) -> Cell:
        """A moment for a table."""
        return self.sheet.cell(leaf, short_moment_form)

    def when(self, kept: Kept) -> Cell:
        """When the act happened, for a table."""
        leaf = Leaf(kept.claims["occurred_at"], kept.jti, "occurred_at")
        return self.sheet.cell(leaf, short_moment_form)


def _in_order(path: str) -> tuple[int, ...]:
    return tuple(rank(step) for step in path.split("."))


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _width(name: str) -> float:
    last = _last(name)
    if last in {"name", "document", "typed", "number"}:
        return 2
    if last in {"unit", "currency", "country", "nationality"}:
        return 0
    return 1.2
