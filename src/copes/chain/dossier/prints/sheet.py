"""A sheet turns values that come from records into cells, and keeps them as facts.

Every value shown is compared with the signed record it is said to come from: a print never repeats a table
that someone has changed behind the ledger's back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from django.utils.translation import gettext as _

from copes.chain.dossier.prints.cells import Cell, Style, cell, dash
from copes.chain.dossier.prints.coverage import REPLACEMENT
from copes.chain.dossier.prints.facts import FactRow
from copes.chain.dossier.prints.formats import day, moment_text, number, short_moment
from copes.foundation.refusals import Refusal

Claims = Mapping[str, Any]
Form = Callable[[Any, str], str]


class Shows(Protocol):
    """A value with the record and the JSON path it comes from."""

    @property
    def value(self) -> Any:
        """The value; None when it was never stated, or erased."""

    @property
    def jti(self) -> str:
        """The record's id."""

    @property
    def path(self) -> str:
        """Where it stands in the record: ``body.place.name``."""


@dataclass(frozen=True)
class Withheld:
    """Why a value is not shown: redacted in this document, or erased from the node."""

    why: str
    at: datetime | None = None
    by: str = ""


def plain_form(value: Any, _language: str) -> str:
    """The value as it is."""
    return str(value)


def moment_form(value: Any, language: str) -> str:
    """An RFC 3339 text, or an aware moment, in words."""
    return moment_text(_moment(value), language)


def short_moment_form(value: Any, _language: str) -> str:
    """An RFC 3339 text, or an aware moment, for tables."""
    return short_moment(_moment(value))


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def number_form(value: Any, language: str) -> str:
    """A number, grouped."""
    return number(value, language)


def at_path(claims: Any, path: str) -> Any:
    """The value at a path such as ``body.items.0.quantity``. Raises LookupError when there is none."""
    for step in path.split("."):
        if isinstance(claims, list):
            claims = claims[int(step)]
        elif isinstance(claims, dict):
            claims = claims[step]
        else:
            raise LookupError(path)  # noqa: TRY004 - the path leads nowhere, whatever the type
    return claims


def same(shown: Any, stated: Any) -> bool:
    """Whether a value from a table says what the record states, whatever its type in the table."""
    if shown == stated or str(shown) == str(stated):
        return True
    if isinstance(shown, datetime) and isinstance(stated, str):
        return shown == datetime.fromisoformat(stated)
    if isinstance(shown, Decimal | int | float) and not isinstance(shown, bool):
        try:
            return Decimal(str(shown)) == Decimal(str(stated))
        except InvalidOperation:
            return False
    return False


@dataclass
class Sheet:
    """The values of one print in one language. Used while that language is active."""

    language: str
    claims: Mapping[str, Claims]
    withheld: Mapping[tuple[str, str], Withheld] = field(default_factory=dict)
    facts: dict[tuple[str, str], Any] = field(default_factory=dict)

    def cell(self, shown: Shows | None, form: Form = plain_form, style: Style = "") -> Cell:
        """The cell of one value. Raises Refusal when the record states another value."""
        if shown is None:
            return dash()
        hidden = self.hidden(shown.jti, shown.path)
        if hidden:
            self.facts[shown.jti, shown.path] = None
            return cell(self.hidden_words(hidden), "withheld")
        if shown.value is None or shown.value == "":
            return dash()
        stated, made = self._stated(shown), cell(form(shown.value, self.language), style)
        # What the fonts cannot draw is not shown, so it is not stated as shown either.
        if REPLACEMENT not in made["t"]:
            self.facts[shown.jti, shown.path] = stated
        return made

    def words(self, shown: Shows | None, form: Form = plain_form) -> str:
        """The text of one value, to be joined with others in one cell; empty when nothing was stated."""
        if shown is None or (shown.value in (None, "") and not self.hidden(shown.jti, shown.path)):
            return ""
        return self.cell(shown, form)["t"]

    def joined(self, *texts: str, by: str = " ", style: Style = "") -> Cell:
        """One cell of several texts; a dash when all are empty."""
        kept = [text for text in texts if text]
        return cell(by.join(kept), style) if kept else dash()

    def hidden(self, jti: str, path: str) -> Withheld | None:
        """Why the value at this path, or what holds it, is withheld; None when it is not."""
        parts = path.split(".")
        for end in range(len(parts), 0, -1):
            found = self.withheld.get((jti, ".".join(parts[:end])))
            if found:
                return found
        return None

    def hidden_words(self, hidden: Withheld) -> str:
        """What stands in a withheld value's place."""
        if hidden.why == "erased":
            if hidden.at is None:
                return _("erased")
            when = day(hidden.at.date(), self.language)
            return _("erased on %(date)s by %(officer)s") % {"date": when, "officer": hidden.by}
        return _("redacted")

    def rows(self) -> list[FactRow]:
        """The facts so far, in the order of records and paths."""
        return [(jti, path, value) for (jti, path), value in sorted(self.facts.items())]

    def _stated(self, shown: Shows) -> Any:
        try:
            stated = at_path(self.claims[shown.jti], shown.path)
        except (LookupError, ValueError):
            stated = None
        if not same(shown.value, stated):
            raise Refusal(
                "print.differs",
                _("A value on this print (%(path)s) is not what the signed record states.") % {"path": shown.path},
                _("Do not rely on the screens. Call the administrator: `copes rebuild --check` says more."),
            )
        return stated
