"""Work lists on paper: my tasks, what I hold, what I am asked to receive. Boxes to tick by hand.

Which things are listed is what the screens list; what stands in each line comes from its signed record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from copes.chain.dossier.contents import Contents
from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.codes import qr_svg, receipt_text
from copes.chain.dossier.prints.describe import Describer
from copes.chain.dossier.prints.formats import moment_text
from copes.chain.dossier.prints.frame import Standing, agency_section, frame, standing_line
from copes.chain.dossier.prints.seizure import quantity_cell
from copes.chain.dossier.prints.sheet import Sheet
from copes.chain.dossier.prints.view import Tree, get, view, views

MOST = 1000  # exhibits on one list


def tasks_document(contents: Contents, sheet: Sheet, standing: Standing, officer: str) -> dict[str, Any]:
    """The data of the officer's open tasks, in the active language; those due first stand first."""
    describer = Describer(sheet, contents)
    numbers = {kept.body["case"]: tree for kept, tree in views(contents, "case.opened/1")}
    columns = [
        cells.column(_("Done"), 0),
        cells.column(_("Due"), 0),
        cells.column(_("Task"), 2.6),
        cells.column(_("Case"), 1.2),
        cells.column(_("Given by"), 1.8),
    ]
    rows = []
    for kept in sorted(contents.of_kind("task.assigned/1"), key=lambda one: (one.body.get("due_at") or "~", one.jti)):
        tree = view(kept)
        due = get(tree, "due_at")
        urgent = kept.body.get("priority") == "urgent"
        case = numbers.get(kept.record.case or "")
        rows.append(
            cells.line(
                [
                    box(),
                    describer.short(due) if due else cells.dash(),
                    sheet.joined(_("Urgent:") if urgent else "", sheet.words(get(tree, "title")), style="strong"),
                    sheet.cell(get(case, "number") if case else None),
                    cells.cell(describer.officer(kept.claims["actor"].get("officer"))),
                ],
                sheet.cell(get(tree, "text")) if "text" in tree else None,
            )
        )
    section = cells.section(_("To do"), cells.table(columns, rows))
    return _framed(sheet, describer, standing, officer, "tasks", _("My tasks"), [section], len(rows))


def held_document(contents: Contents, sheet: Sheet, standing: Standing, officer: str) -> dict[str, Any]:
    """The data of what the officer holds, for a change of shift, in the active language."""
    describer = Describer(sheet, contents)
    columns = [
        cells.column(_("Seen"), 0),
        cells.column(_("Exhibit"), 0),
        cells.column(_("Category"), 1.5),
        cells.column(_("Quantity"), 1.4, end=True),
        cells.column(_("Seal"), 1.4),
    ]
    rows = [
        cells.line([box(), *_exhibit_cells(tree, describer)], sheet.cell(get(tree, "description")))
        for _kept, tree in views(contents, "exhibit.created/1")
    ]
    line = _("Signature")
    people = [
        cells.person(_("Answerable now"), cells.cell(describer.officer(officer)), line),
        cells.person(_("Counted with"), cells.cell(" "), line),
    ]
    text = _("This list moves nothing: an exhibit changes hands only by a release and a receipt in the ledger.")
    sections = [
        cells.section(_("Exhibits"), cells.table(columns, rows)),
        cells.section(_("Change of shift"), cells.text(cells.cell(text)), cells.signatures(people)),
    ]
    return _framed(sheet, describer, standing, officer, "held", _("What I hold"), sections, len(rows))


def to_receive_document(
    contents: Contents, sheet: Sheet, standing: Standing, officer: str, waiting: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """The data of what waits for the officer's receipt: ``waiting`` gives the exhibits by release."""
    describer = Describer(sheet, contents)
    columns = [
        cells.column(_("Seen"), 0),
        cells.column(_("Exhibit"), 0),
        cells.column(_("Category"), 1.5),
        cells.column(_("Quantity"), 1.4, end=True),
        cells.column(_("Seal"), 1.4),
    ]
    created = {kept.body["exhibit"]: tree for kept, tree in views(contents, "exhibit.created/1")}
    sections, count = [], 0
    for release, exhibits in waiting.items():
        kept = contents.by_jti[release]
        tree = view(kept)
        trees = [created[one] for one in exhibits if one in created]
        count += len(trees)
        rows = [
            cells.line([box(), *_exhibit_cells(one, describer)], sheet.cell(get(one, "description"))) for one in trees
        ]
        facts = [
            cells.row(_("Released"), describer.when(kept)),
            *describer.rows({name: tree[name] for name in ("reason", "condition", "remark") if name in tree}),
        ]
        title = _("Released by %(officer)s") % {"officer": describer.officer(kept.body["released_by"])}
        sections.append(cells.section(title, cells.pairs(facts), cells.table(columns, rows)))
    return _framed(sheet, describer, standing, officer, "held", _("Waiting for my receipt"), sections, count)


def box() -> cells.Cell:
    """An empty box to tick by hand."""
    return {"t": "", "s": "box", "ltr": False}


def _exhibit_cells(tree: dict[str, Tree], describer: Describer) -> list[cells.Cell]:
    return [
        describer.sheet.cell(get(tree, "number"), style="strong"),
        describer.leaf("category", tree["category"]),
        quantity_cell(tree, describer),
        describer.sheet.cell(get(tree, "seal")),
    ]


def _framed(
    sheet: Sheet,
    describer: Describer,
    standing: Standing,
    officer: str,
    name: str,
    title: str,
    sections: Sequence[cells.Section],
    count: int,
) -> dict[str, Any]:
    who = describer.officer(officer)
    reference = [
        cells.row(_("Officer"), cells.cell(who, "strong")),
        cells.row(_("As of"), cells.cell(moment_text(standing.sealed_at, sheet.language))),
        cells.row(_("Lines"), cells.cell(str(count))),
    ]
    return frame(
        sheet.language,
        title=title,
        running=title,
        footer=standing_line(standing),
        facts=sheet.rows(),
        reference=reference,
        qr=qr_svg(receipt_text(standing.jti, standing.leaf, standing.note)),
        qr_caption=_("Record and signed head"),
        sections=[*sections, *agency_section(name, sheet.language)],
    )


__all__ = ["MOST", "box", "held_document", "tasks_document", "to_receive_document"]
