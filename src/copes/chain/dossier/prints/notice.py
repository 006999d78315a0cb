"""The notice of seizure or detention to a person who was there or not: what, why, on what basis, how to claim.

It says what the records say, and the agency's own text; no law that no record names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from copes.chain.dossier.contents import Contents
from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.codes import qr_svg, receipt_text
from copes.chain.dossier.prints.describe import Describer
from copes.chain.dossier.prints.frame import Standing, agency_section, frame, standing_line
from copes.chain.dossier.prints.pair import side_by_side
from copes.chain.dossier.prints.receipt import basis_cell, claims_text, first_person, signers, things_table
from copes.chain.dossier.prints.seizure import case_leaf, find_seizure, officer_names, place_cell
from copes.chain.dossier.prints.sheet import Sheet, moment_form
from copes.chain.dossier.prints.view import Tree, get
from copes.foundation.refusals import BadInput


def notice_document(
    contents: Contents, seizure: str, sheets: Sequence[Sheet], standing: Standing, *, person: int = 0
) -> dict[str, Any]:
    """The data of the notice: one sheet for each language, the person's first.

    ``person`` is the place of the addressee among the persons of the seizure's record; with none named, 0 addresses
    the owner without a name. Raises Unseen, and BadInput when there is no such person.
    """
    _kept, tree = find_seizure(contents, seizure)
    named = len(tree.get("persons") or [])
    if not 0 <= person < max(1, named):
        raise BadInput(
            "print.person",
            _("The record names no such person."),
            _("Choose one of the list."),
            field="person",
        )
    return side_by_side(sheets, lambda sheet: _one_language(contents, seizure, sheet, standing, person), standing)


def notice_title(kind: str) -> str:
    """What the notice is called."""
    return _("Notice of detention") if kind.startswith("detention") else _("Notice of seizure")


def _one_language(contents: Contents, seizure: str, sheet: Sheet, standing: Standing, person: int) -> Mapping[str, Any]:
    kept, tree = find_seizure(contents, seizure)
    describer = Describer(sheet, contents)
    addressee, names = _addressee(tree, describer, person), officer_names(tree, describer)
    number = sheet.words(case_leaf(contents, "number"))
    reference = [
        cells.row(_("To"), addressee),
        cells.row(_("Case"), sheet.cell(case_leaf(contents, "number"), style="strong")),
        cells.row(_("Time"), sheet.cell(get(tree, "started_at"), moment_form)),
        cells.row(_("Place"), place_cell(tree, "place", sheet)),
        cells.row(_("Officers"), cells.cell("; ".join(names)), wide=True),
    ]
    sections = [
        cells.section(_("What happened"), cells.text(_opening(kept.record.kind)), *_presence(tree, describer)),
        cells.section(_("What was taken"), things_table(contents, seizure, describer)),
        _why(tree, describer),
        *_where(tree, describer),
        cells.section(_("How to claim"), cells.text(*claims_text(sheet.language))),
        *agency_section("notice", sheet.language),
    ]
    document = frame(
        sheet.language,
        title=notice_title(kept.record.kind),
        running=number,
        footer=standing_line(standing),
        facts=sheet.rows(),
        reference=reference,
        sections=sections,
        qr=qr_svg(receipt_text(standing.jti, standing.leaf, standing.note)),
    )
    return {**document, "people": signers(names, addressee, _("I received this notice on (date)"))}


def _addressee(tree: dict[str, Tree], describer: Describer, place: int) -> cells.Cell:
    persons = [person for person in tree.get("persons") or [] if isinstance(person, dict)]
    if not persons:
        return cells.cell(_("The owner of the things named below"))
    role = describer.leaf("role", persons[place]["role"])["t"] if "role" in persons[place] else ""
    name = first_person(tree, describer.sheet, place)
    if name["s"] == "withheld":
        return name
    return describer.sheet.joined(name["t"], role, by=" \N{MIDDLE DOT} ")


def _opening(kind: str) -> cells.Cell:
    words = _(
        "The agency has seized the things listed below. This notice tells you what was taken, why, and on what"
        " legal basis."
    )
    if kind.startswith("detention"):
        words = _(
            "The agency holds the things listed below until it is clear whether they are liable to seizure."
            " This notice tells you what is held, why, and on what legal basis."
        )
    return cells.cell(words)


def _presence(tree: dict[str, Tree], describer: Describer) -> list[dict[str, Any]]:
    rows = describer.rows({name: tree[name] for name in ("presence", "summons", "declaration") if name in tree})
    return [cells.pairs(rows)] if rows else []


def _why(tree: dict[str, Tree], describer: Describer) -> cells.Section:
    rows = [
        cells.row(_("Legal basis"), basis_cell(tree, describer.sheet), wide=True),
        cells.row(_("Cause"), describer.leaf("cause", tree["cause"]), wide=True),
    ]
    return cells.section(_("Why"), cells.pairs(rows))


def _where(tree: dict[str, Tree], describer: Describer) -> list[cells.Section]:
    """Who keeps the things and who prosecutes, where the record says so."""
    rows = describer.rows({name: tree[name] for name in ("guardian", "prosecution") if name in tree})
    return [cells.section(_("Who is in charge"), cells.pairs(rows))] if rows else []
