"""What stands around every print: heading, agency, PRACTICE, pages, the record's place in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from copes.chain.dossier.prints.branding import spoken
from copes.chain.dossier.prints.cells import Cell, Row, Section, cell, section, text
from copes.chain.dossier.prints.facts import FactRow, pack
from copes.chain.dossier.prints.formats import LOCALES, is_rtl
from copes.chain.dossier.prints.house import house
from copes.chain.dossier.prints.words import STATES
from copes.foundation.config.current import current_node


@dataclass(frozen=True)
class Standing:
    """Where the record behind a print stands in the ledger, and under which signed head."""

    jti: str
    index: int
    leaf: bytes
    state: str
    size: int
    note: str
    sealed_at: datetime


@dataclass(frozen=True)
class Printed:
    """A finished print."""

    name: str
    pdf: bytes
    languages: tuple[str, ...]


def standing_line(standing: Standing) -> str:
    """Record, state and place in one line, for the foot of the page."""
    return _("Record %(record)s · %(state)s · place %(index)d of %(size)d in the ledger %(origin)s") % {
        "record": standing.jti,
        "state": STATES[standing.state],
        "index": standing.index,
        "size": standing.size,
        "origin": current_node().origin,
    }


def language_code(language: str) -> str:
    """The ISO 639-1 code that typesetting knows: both scripts of Serbian are ``sr``."""
    return LOCALES[language].partition("_")[0]


def practice_words() -> tuple[str | None, str]:
    """The band over a practice print and the mark across it; None when the node is real."""
    mark = _("PRACTICE")
    if not current_node().practice:
        return None, mark
    return _("PRACTICE · made for training · nothing here is evidence"), mark


def frame(
    language: str,
    *,
    title: str,
    running: str,
    footer: str,
    facts: Iterable[FactRow],
    heading: Cell | None = None,
    subtitle: Cell | None = None,
    reference: Sequence[Row] = (),
    qr: str | None = None,
    qr_caption: str = "",
    sections: Sequence[Section] = (),
) -> dict[str, Any]:
    """The data every template is given. Called while ``language`` is active."""
    band, mark = practice_words()
    return {
        "brand": letterhead(language),
        "paper": "a4",
        "lang": language_code(language),
        "dir": "rtl" if is_rtl(language) else "ltr",
        "title": cell(title)["t"],
        "heading": heading or cell(title),
        "subtitle": subtitle,
        "agency": agency_name(language),
        "running": cell(running),
        "footer": cell(footer),
        "page_of": _("Page {page} of {pages}"),
        "practice": band,
        "practice_mark": mark,
        "reference": list(reference),
        "qr": qr,
        "qr_alt": _("Code with the record's id, its hash and the signed head of the ledger"),
        "qr_caption": qr_caption,
        "sections": list(sections),
        "facts": pack(unique(facts)),
    }


def letterhead(language: str) -> dict[str, Any]:
    """The agency's colour, logo, names, address and footer, in the language or the nearest it is given in.

    Raises Refusal when the agency's branding cannot be used.
    """
    branding, second = house().branding, current_node().language
    named, address, footer = (
        [cell(one)["t"] for one in spoken(texts, language, second)]
        for texts in (branding.names, branding.address, branding.footer)
    )
    return {
        "accent": branding.accent,
        "logo": branding.logo,
        "names": named,
        "address": address,
        "footer": " ".join(footer),
    }


def agency_name(language: str) -> str:
    """The agency's name as its own branding gives it in the language, else as the node has it."""
    named = letterhead(language)["names"]
    return str(named[0]) if named else cell(current_node().agency_name)["t"]


def agency_section(name: str, language: str) -> list[Section]:
    """The agency's own paragraphs for the print ``name``: one section, or none."""
    branding = house().branding
    own = spoken(branding.paragraphs.get(name, {}), language, current_node().language)
    if not own:
        return []
    return [section(_("From the agency"), text(*(cell(one) for one in own)))]


def unique(facts: Iterable[FactRow]) -> list[FactRow]:
    """Each fact once, in the order of records and paths."""
    found = {(jti, path): value for jti, path, value in facts}
    return [(jti, path, value) for (jti, path), value in sorted(found.items())]
