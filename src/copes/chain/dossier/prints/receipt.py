"""The receipt for the person: what was taken, why, what they may do, and a code that makes them a witness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from copes.chain.dossier.contents import Contents
from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.codes import qr_svg, receipt_text
from copes.chain.dossier.prints.describe import Describer
from copes.chain.dossier.prints.formats import is_rtl, moment_text
from copes.chain.dossier.prints.frame import Standing, frame, language_code, standing_line
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
from copes.trust.records.jose import b64u


def receipt_document(contents: Contents, seizure: str, sheets: Sequence[Sheet], standing: Standing) -> dict[str, Any]:
    """The data of the receipt: one sheet for each language, the person's first. Raises Unseen."""
    sides = []
    for number, sheet in enumerate(sheets):
        with translation.override(sheet.language):
            sides.append(_side(contents, seizure, sheet, standing, first=number == 0))
    with translation.override(sheets[0].language):
        kept, _tree = find_seizure(contents, seizure)
        rows = [row for sheet in sheets for row in sheet.rows()]
        document = frame(
            sheets[0].language,
            title=_title(kept.record.kind),
            running=sheets[0].words(case_leaf(contents, "number")),
            footer=standing_line(standing),
            facts=rows,
            qr=qr_svg(receipt_text(standing.jti, standing.leaf, standing.note)),
        )
    return {**document, "people": _people(sides), "sides": sides}


def _people(sides: Sequence[Mapping[str, Any]]) -> list[cells.Person]:
    """The two boxes for signatures, with their words in both languages."""
    agency, person, line = (
        " / ".join(dict.fromkeys(words)) for words in zip(*(side["signers"] for side in sides), strict=True)
    )
    names = sides[0]["names"]
    return [cells.person(agency, names[0], line), cells.person(person, names[1], line)]


def _title(kind: str) -> str:
    if kind.startswith("detention"):
        return _("Receipt for things detained")
    return _("Receipt for things seized")


def _side(contents: Contents, seizure: str, sheet: Sheet, standing: Standing, *, first: bool) -> Mapping[str, Any]:
    kept, tree = find_seizure(contents, seizure)
    describer = Describer(sheet, contents)
    person = _person(tree, describer)
    basis = sheet.joined(
        sheet.words(get(tree, "legal_basis.text")), sheet.words(get(tree, "legal_basis.citation")), by=", "
    )
    return {
        "lang": language_code(sheet.language),
        "dir": "rtl" if is_rtl(sheet.language) else "ltr",
        "first": first,
        "heading": _title(kept.record.kind),
        "reference": [
            cells.row(_("Case"), sheet.cell(case_leaf(contents, "number"), style="strong")),
            cells.row(_("Given to"), person),
            cells.row(_("Time"), sheet.cell(get(tree, "started_at"), moment_form)),
            cells.row(_("Place"), place_cell(tree, "place", sheet)),
            cells.row(_("Officers"), cells.cell("; ".join(officer_names(tree, describer))), wide=True),
        ],
        "sections": [
            cells.section(_("What was taken"), _things(contents, seizure, describer)),
            cells.section(
                _("Why"),
                cells.pairs(
                    [
                        cells.row(_("Legal basis"), basis, wide=True),
                        cells.row(_("Cause"), describer.leaf("cause", tree["cause"]), wide=True),
                    ]
                ),
            ),
            cells.section(_("What you can do"), cells.text(*_advice())),
        ],
        "code_title": _("You are a witness too"),
        "code_text": _code_text(),
        "code_rows": _code_rows(standing, sheet),
        "signers": (_("For the agency"), _("I received this receipt"), _("Signature")),
        "names": (cells.cell(_first(officer_names(tree, describer))), person),
    }


def _first(names: Sequence[str]) -> str:
    return names[0] if names else ""


def _person(tree: Mapping[str, Tree], describer: Describer) -> cells.Cell:
    persons = [person for person in tree.get("persons") or [] if isinstance(person, dict)]
    return describer.sheet.cell(get(persons[0], "name")) if persons else cells.dash()


def _things(contents: Contents, seizure: str, describer: Describer) -> dict[str, Any]:
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


def _advice() -> list[cells.Cell]:
    return [
        cells.cell(_("Keep this receipt. It lists everything that was taken; if something is missing, say so now.")),
        cells.cell(
            _(
                "You may claim the things or challenge what was done. The law named above says how, and"
                " the time for it may be short: ask the agency named at the top, or a lawyer, at once."
            )
        ),
    ]


def _code_text() -> list[cells.Cell]:
    return [
        cells.cell(
            _(
                "The code beside this text holds the number of the agency's record, the record's fingerprint"
                " and the signed state of the agency's ledger. Nobody can change or remove the record later"
                " without this code telling so."
            )
        ),
        cells.cell(_("Photograph the code. Any expert can check it, without the agency's help.")),
    ]


def _code_rows(standing: Standing, sheet: Sheet) -> list[cells.Row]:
    return [
        cells.row(_("Record"), cells.cell(standing.jti, "tiny")),
        cells.row(_("Fingerprint"), cells.cell(b64u(standing.leaf), "tiny")),
        cells.row(_("Ledger signed at"), cells.cell(moment_text(standing.sealed_at, sheet.language))),
    ]
