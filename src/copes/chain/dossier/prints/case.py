"""The case report for a supervisor or prosecutor: the whole case on paper, as it stands at one signed head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from copes.chain.dossier.contents import Contents, Kept
from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.codes import qr_svg, receipt_text
from copes.chain.dossier.prints.describe import Describer
from copes.chain.dossier.prints.formats import moment_text
from copes.chain.dossier.prints.frame import Standing, agency_section, frame, standing_line
from copes.chain.dossier.prints.report import (
    case_section,
    controls_section,
    exhibits_section,
    moves_section,
    seizures_section,
    summary_cell,
)
from copes.chain.dossier.prints.seizure import case_leaf
from copes.chain.dossier.prints.sheet import Sheet
from copes.chain.dossier.prints.view import get, view

ACCESS = ("access.granted/1", "access.lent/1", "access.broken_glass/1", "access.revoked/1")


def case_document(contents: Contents, sheet: Sheet, standing: Standing, holders: Mapping[str, str]) -> dict[str, Any]:
    """The data of the case report, in the active language. ``holders``: who answers for each exhibit now."""
    describer = Describer(sheet, contents)
    number = sheet.words(case_leaf(contents, "number"))
    sections = [
        case_section(contents, describer),
        controls_section(contents, describer),
        seizures_section(contents, describer),
        exhibits_section(contents, describer, holders),
        _custody_summary(holders, describer),
        moves_section(contents, describer),
        _tasks(contents, describer),
        _corrections(contents, describer),
        _who_may_see(contents, describer),
        *agency_section("case", sheet.language),
    ]
    reference = [
        cells.row(_("Case"), cells.cell(number, "strong")),
        cells.row(_("As of"), cells.cell(moment_text(standing.sealed_at, sheet.language))),
        cells.row(_("Exhibits"), cells.cell(str(len(holders)))),
        cells.row(_("Records"), cells.cell(str(len(contents.of_case())))),
    ]
    title = sheet.words(case_leaf(contents, "title"))
    return frame(
        sheet.language,
        title=_("Case report"),
        subtitle=cells.cell(title or _("Case %(number)s") % {"number": number}),
        running=number,
        footer=standing_line(standing),
        facts=sheet.rows(),
        reference=reference,
        qr=qr_svg(receipt_text(standing.jti, standing.leaf, standing.note)),
        qr_caption=_("Record and signed head"),
        sections=[section for section in sections if section],
    )


def _custody_summary(holders: Mapping[str, str], describer: Describer) -> cells.Section | None:
    if not holders:
        return None
    columns = [cells.column(_("Answerable now"), 3), cells.column(_("Exhibits"), 1, end=True)]
    rows = [
        [cells.cell(describer.officer(holder)), cells.cell(str(count))]
        for holder, count in sorted(Counter(holders.values()).items(), key=lambda one: (-one[1], one[0]))
    ]
    return cells.section(_("Who holds the exhibits now"), cells.table(columns, rows))


def _tasks(contents: Contents, describer: Describer) -> cells.Section | None:
    ended = {kept.body["task"]: kept for kept in contents.of_kind("task.done/1", "task.withdrawn/1")}
    columns = [
        cells.column(_("Task"), 2.6),
        cells.column(_("For"), 1.8),
        cells.column(_("Due"), 0),
        cells.column(_("State"), 1.2),
    ]
    rows = []
    for kept in contents.of_kind("task.assigned/1"):
        tree, end = view(kept), ended.get(kept.body["task"])
        due = get(tree, "due_at")
        below = [describer.sheet.words(get(tree, "text"))]
        below += [_how_it_ended(end, describer)] if end else []
        rows.append(
            cells.line(
                [
                    describer.sheet.cell(get(tree, "title")),
                    cells.cell(describer.officer(kept.body["assignee"])),
                    describer.short(due) if due else cells.dash(),
                    cells.cell(task_state(end)),
                ],
                describer.sheet.joined(*below, by=" \N{EN DASH} ") if any(below) else None,
            )
        )
    return cells.section(_("Tasks"), cells.table(columns, rows)) if rows else None


def _how_it_ended(end: Kept, describer: Describer) -> str:
    tree = view(end)
    return describer.sheet.words(get(tree, "note")) or describer.sheet.words(get(tree, "reason"))


def task_state(end: Kept | None) -> str:
    """Whether a task is to do, done or withdrawn."""
    if end is None:
        return pgettext("task", "To do")
    return pgettext("task", "Done") if end.record.kind == "task.done/1" else pgettext("task", "Withdrawn")


def _corrections(contents: Contents, describer: Describer) -> cells.Section | None:
    columns = [cells.column(_("When"), 0), cells.column(_("By"), 1), cells.column(_("Record"), 2)]
    rows = [
        cells.line(
            [
                describer.when(kept),
                cells.cell(describer.officer(kept.claims["actor"].get("officer"))),
                cells.cell(kept.claims.get("corrects", ""), "code"),
            ],
            summary_cell(kept, describer),
        )
        for kept in contents.of_kind("correction.recorded/1")
    ]
    return cells.section(_("Corrections"), cells.table(columns, rows)) if rows else None


def _who_may_see(contents: Contents, describer: Describer) -> cells.Section:
    """Who has access now, and since when; supervisors are named by their office."""
    columns = [
        cells.column(_("Officer"), 2.4),
        cells.column(_("Since"), 0),
        cells.column(_("Until"), 0),
        cells.column(_("Reason"), 3),
    ]
    rows = []
    for officer, kept in standing_access(contents).items():
        tree = view(kept)
        until = get(tree, "until")
        rows.append(
            [
                cells.cell(describer.officer(officer)),
                describer.when(kept),
                describer.short(until) if until else cells.dash(),
                describer.sheet.cell(get(tree, "reason")) if "reason" in tree else cells.cell(_("Opened the case")),
            ]
        )
    text = cells.cell(_("Supervisors of the agency that opened the case see it too."), "quiet")
    return cells.section(_("Who may see the case"), cells.text(text), cells.table(columns, rows))


def standing_access(contents: Contents) -> dict[str, Kept]:
    """The officers who may see the case by its records, each with the record that says so.

    Access for a time counts while it lasts at the moment of the case's newest record.
    """
    own = contents.of_case()
    now = max((datetime.fromisoformat(kept.claims["occurred_at"]) for kept in own), default=None)
    found: dict[str, Kept] = {}
    for kept in contents.of_kind("case.opened/1", *ACCESS):
        officer = kept.body.get("officer") or kept.claims["actor"].get("officer")
        until = kept.body.get("until")
        if kept.record.kind == "access.revoked/1":
            found.pop(officer, None)
        elif until is None or (now is not None and datetime.fromisoformat(until) > now):
            found[officer] = kept
    return found


def last_record(contents: Contents) -> Kept:
    """The case's newest record: the report speaks of the case up to it."""
    return contents.of_case()[-1]


__all__ = ["case_document", "last_record", "standing_access", "task_state"]
