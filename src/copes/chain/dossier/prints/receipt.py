"""The receipt for the person: what was taken, why, what they may do, and a code that makes them a witness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from copes.chain.dossier.contents import Contents
from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.branding import spoken
from copes.chain.dossier.prints.codes import qr_svg, receipt_text
from copes.chain.dossier.prints.describe import Describer
from copes.chain.dossier.prints.frame import Standing, agency_section, frame, standing_line
from copes.chain.dossier.prints.house import house
from copes.chain.dossier.prints.pair import side_by_side
from copes.chain.dossier.prints.seizure import (
    case_leaf,
    created_exhibits,
    find_seizure,
    officer_names,
    place_cell,
    quantity_cell,
)
from copes.chain.dossier.prints.sheet import Sheet, moment_form
from copes.chain.dossier.prints.view import Tree, get
from copes.foundation.config.current import current_node


def receipt_document(contents: Contents, seizure: str, sheets: Sequence[Sheet], standing: Standing) -> dict[str, Any]:
    """The data of the receipt: one sheet for each language, the person's first. Raises Unseen."""
    return side_by_side(sheets, lambda sheet: _one_language(contents, seizure, sheet, standing), standing)


def receipt_title(kind: str) -> str:
    """What the receipt is called."""
    return _("Receipt for things detained") if kind.startswith("detention") else _("Receipt for things seized")


def _one_language(contents: Contents, seizure: str, sheet: Sheet, standing: Standing) -> Mapping[str, Any]:
    kept, tree = find_seizure(contents, seizure)
    describer = Describer(sheet, contents)
    person = first_person(tree, sheet)
    names = officer_names(tree, describer)
    reference = [
        cells.row(_("Case"), sheet.cell(case_leaf(contents, "number"), style="strong")),
        cells.row(_("Given to"), person),
        cells.row(_("Time"), sheet.cell(get(tree, "started_at"), moment_form)),
        cells.row(_("Place"), place_cell(tree, "place", sheet)),
        cells.row(_("Officers"), cells.cell("; ".join(names)), wide=True),
    ]
    why = [
        cells.row(_("Legal basis"), basis_cell(tree, sheet), wide=True),
        cells.row(_("Cause"), describer.leaf("cause", tree["cause"]), wide=True),
    ]
    sections = [
        cells.section(_("What was taken"), things_table(contents, seizure, describer)),
        cells.section(_("Why"), cells.pairs(why)),
        cells.section(_("What you can do"), cells.text(*_advice(sheet.language))),
        *agency_section("receipt", sheet.language),
    ]
    number = sheet.words(case_leaf(contents, "number"))
    document = frame(
        sheet.language,
        title=receipt_title(kept.record.kind),
        running=number,
        footer=standing_line(standing),
        facts=sheet.rows(),
        reference=reference,
        sections=sections,
        qr=qr_svg(receipt_text(standing.jti, standing.leaf, standing.note)),
    )
    return {**document, "people": signers(names, person, _("I received this receipt"))}


def signers(officers: Sequence[str], person: cells.Cell, received: str) -> list[cells.Person]:
    """The two boxes for signatures: the agency's, and the person's."""
    line = _("Signature")
    agency = cells.cell(officers[0]) if officers else cells.dash()
    return [cells.person(_("For the agency"), agency, line), cells.person(received, person, line)]


def first_person(tree: Mapping[str, Tree], sheet: Sheet, place: int = 0) -> cells.Cell:
    """The name of a person the seizure's record names; a dash when it names none at this place."""
    persons = [person for person in tree.get("persons") or [] if isinstance(person, dict)]
    return sheet.cell(get(persons[place], "name")) if place < len(persons) else cells.dash()


def basis_cell(tree: dict[str, Tree], sheet: Sheet) -> cells.Cell:
    """The legal basis as recorded: its words and its citation."""
    return sheet.joined(
        sheet.words(get(tree, "legal_basis.text")), sheet.words(get(tree, "legal_basis.citation")), by=", "
    )


def things_table(contents: Contents, seizure: str, describer: Describer) -> dict[str, Any]:
    """What was taken, one thing a row."""
    columns = [
        cells.column(_("Exhibit"), 0),
        cells.column(_("Description"), 2.2),
        cells.column(_("Quantity"), 1.2, end=True),
    ]
    rows = [
        [
            describer.sheet.cell(get(tree, "number")),
            describer.sheet.cell(get(tree, "description")),
            quantity_cell(tree, describer),
        ]
        for _kept, tree in created_exhibits(contents, seizure)
    ]
    return cells.table(columns, rows)


def claims_text(language: str) -> list[cells.Cell]:
    """How to claim: what the agency has written for it; else where to ask. No law is named that no record states."""
    own = spoken(house().branding.claims, language, current_node().language)
    return [
        cells.cell(
            _(
                "You may claim the things or challenge what was done. The law named above says how, and"
                " the time for it may be short: ask the agency named at the top, or a lawyer, at once."
            )
        ),
        *(cells.cell(one) for one in own),
    ]


def _advice(language: str) -> list[cells.Cell]:
    return [
        cells.cell(_("Keep this receipt. It lists everything that was taken; if something is missing, say so now.")),
        *claims_text(language),
    ]
