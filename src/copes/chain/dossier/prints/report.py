"""The report inside a dossier: the whole case on paper, from its records and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from copes.chain.dossier.contents import ERASED, Contents, Kept
from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.custody import MOVES
from copes.chain.dossier.prints.describe import Describer
from copes.chain.dossier.prints.frame import frame
from copes.chain.dossier.prints.seizure import case_leaf, control_section, quantity_cell
from copes.chain.dossier.prints.sheet import Sheet
from copes.chain.dossier.prints.view import Leaf, Tree, get, view, views
from copes.chain.dossier.prints.words import kind_words
from copes.foundation.config.current import current_node

SHOWN_APART = frozenset(
    {
        "case.opened/1",
        "control.recorded/1",
        "seizure.recorded/1",
        "detention.recorded/1",
        "exhibit.created/1",
        *MOVES,
    }
)
MOVE_COLUMNS = ("exhibits", "released_by", "released_to", "received_by", "seals")
IN_TABLE = ("number", "description", "category", "quantity", "unit", "seal", "holder", "cash")


@dataclass(frozen=True)
class Issue:
    """What the report says about the dossier itself."""

    dossier: str
    recipient: str
    purpose: str
    issued_by: str
    issued_on: str
    size: int
    fingerprint: str
    holders: Mapping[str, str]


def report_document(contents: Contents, sheet: Sheet, issue: Issue) -> dict[str, Any]:
    """The data of the report, in the active language."""
    describer = Describer(sheet, contents)
    number = sheet.words(case_leaf(contents, "number"))
    sections = [
        case_section(contents, describer),
        controls_section(contents, describer),
        seizures_section(contents, describer),
        exhibits_section(contents, describer, issue.holders),
        moves_section(contents, describer),
        _rest(contents, describer),
        _register(contents, describer),
        _withheld(contents, describer),
        _checking(issue),
    ]
    reference = [
        cells.row(_("Case"), cells.cell(number, "strong")),
        cells.row(_("For"), cells.cell(issue.recipient)),
        cells.row(_("Issued on"), cells.cell(issue.issued_on)),
        cells.row(_("Issued by"), cells.cell(issue.issued_by)),
        cells.row(_("Records"), cells.cell(str(len(contents.kept)))),
        cells.row(_("Purpose"), cells.cell(issue.purpose)),
        cells.row(_("Dossier"), cells.cell(issue.dossier, "code"), wide=True),
    ]
    return frame(
        sheet.language,
        title=_("Dossier"),
        subtitle=cells.cell(_("Case %(number)s") % {"number": number}),
        running=number,
        footer=_("Dossier %(dossier)s · ledger %(origin)s")
        % {"dossier": issue.dossier, "origin": current_node().origin},
        facts=sheet.rows(),
        reference=reference,
        sections=[section for section in sections if section],
    )


def case_section(contents: Contents, describer: Describer) -> cells.Section:
    """What the case is."""
    rows: list[cells.Row] = []
    for kept, tree in views(contents, "case.opened/1"):
        rows += describer.rows(tree)
        rows.append(cells.row(_("Opened"), describer.when(kept)))
        rows.append(cells.row(_("Opened by"), cells.cell(describer.officer(kept.claims["actor"].get("officer")))))
    return cells.section(_("The case"), cells.pairs(rows))


def controls_section(contents: Contents, describer: Describer) -> cells.Section | None:
    """The controls, one after another; None when there was none."""
    blocks: list[dict[str, Any]] = []
    for place, (kept, tree) in enumerate(views(contents, "control.recorded/1"), start=1):
        title = _("Control %(number)d") % {"number": place}
        blocks += [
            cells.heading(cells.cell(title)),
            *control_section(kept, tree, contents, describer)["blocks"],
        ]
    return cells.section(_("Controls"), *blocks) if blocks else None


def seizures_section(contents: Contents, describer: Describer) -> cells.Section | None:
    """The seizures and detentions; None when there was none."""
    blocks: list[dict[str, Any]] = []
    found = views(contents, "seizure.recorded/1", "detention.recorded/1")
    for place, (kept, tree) in enumerate(found, start=1):
        title = f"{place} \N{EN DASH} {kind_words(kept.record.kind)}"
        rows = [cells.row(_("Recorded"), describer.when(kept)), *describer.rows(tree, skip=("items",))]
        blocks += [cells.heading(cells.cell(title)), cells.pairs(rows)]
        persons = describer.table(tree.get("persons") or [])
        if persons:
            blocks.append(persons)
    return cells.section(_("Seizures and detentions"), *blocks) if blocks else None


def exhibits_section(contents: Contents, describer: Describer, holders: Mapping[str, str]) -> cells.Section | None:
    """The exhibits with who answers for each now; None when there is none."""
    columns = [
        cells.column(_("Exhibit"), 0),
        cells.column(_("Category"), 1.5),
        cells.column(_("Quantity"), 1.3, end=True),
        cells.column(_("Seal"), 1.2),
        cells.column(_("Answerable now"), 2.2),
    ]
    rows = [
        cells.line(
            [
                describer.sheet.cell(get(tree, "number")),
                describer.leaf("category", tree["category"]) if "category" in tree else cells.dash(),
                quantity_cell(tree, describer),
                describer.sheet.cell(get(tree, "seal")),
                cells.cell(describer.officer(holders.get(kept.body["exhibit"]))),
            ],
            _described(tree, describer),
        )
        for kept, tree in views(contents, "exhibit.created/1")
    ]
    return cells.section(_("Exhibits"), cells.table(columns, rows)) if rows else None


def _described(tree: dict[str, Tree], describer: Describer) -> cells.Cell:
    sheet = describer.sheet
    more = [f"{row['label']}: {row['cell']['t']}" for row in describer.rows(tree, skip=IN_TABLE)]
    cash = tree.get("cash")
    if isinstance(cash, dict):
        more += [_cash_line(line, describer) for line in cash["denominations"]]
        names = "; ".join(describer.officer(leaf.value) for leaf in cash["counters"])
        more.append(_("Counted by: %(officers)s") % {"officers": names})
    return sheet.joined(sheet.words(get(tree, "description")), "; ".join(more), by=". ")


def _cash_line(line: dict[str, Tree], describer: Describer) -> str:
    count, value = describer.leaf("count", line["count"])["t"], describer.leaf("value", line["value"])["t"]
    return f"{count} × {value} ({describer.leaf('form', line['form'])['t']})"


def moves_section(contents: Contents, describer: Describer) -> cells.Section | None:
    """Every release and receipt; None when there was none."""
    columns = [
        cells.column(_("When"), 0),
        cells.column(_("Act"), 1.3),
        cells.column(_("By"), 1.8),
        cells.column(_("To"), 1.8),
        cells.column(_("Exhibits"), 2.6),
    ]
    rows = []
    for kept in contents.of_kind(*MOVES):
        to = kept.body.get("released_to")
        rows.append(
            cells.line(
                [
                    describer.when(kept),
                    cells.cell(kind_words(kept.record.kind)),
                    cells.cell(describer.officer(kept.claims["actor"].get("officer"))),
                    cells.cell(describer.officer(to)) if to else cells.dash(),
                    cells.cell(describer.exhibits(kept.body["exhibits"])),
                ],
                summary_cell(kept, describer, skip=MOVE_COLUMNS),
            )
        )
    return cells.section(_("Custody"), cells.table(columns, rows)) if rows else None


def summary_cell(kept: Kept, describer: Describer, *, skip: tuple[str, ...] = ()) -> cells.Cell:
    """What a record states beside the columns of its table, in one cell."""
    tree = view(kept)
    texts = [f"{row['label']}: {row['cell']['t']}" for row in describer.rows(tree, skip=skip)]
    for name, value in tree.items():
        if isinstance(value, list) and name not in skip:
            texts += [_item_words(item, describer) for item in value if isinstance(item, dict)]
    return describer.sheet.joined(*texts, by="; ")


def _item_words(item: Mapping[str, Tree], describer: Describer) -> str:
    return ", ".join(f"{row['label']}: {row['cell']['t']}" for row in describer.rows(item))


def _rest(contents: Contents, describer: Describer) -> cells.Section | None:
    columns = [
        cells.column(_("When"), 0),
        cells.column(_("What"), 1.6),
        cells.column(_("By"), 1.8),
        cells.column(_("About"), 0),
    ]
    rows = []
    for kept in contents.of_case():
        if kept.record.kind in SHOWN_APART or kept.record.kind == "dossier.issued/1":
            continue
        exhibit = kept.body.get("exhibit")
        rows.append(
            cells.line(
                [
                    describer.when(kept),
                    cells.cell(kind_words(kept.record.kind)),
                    cells.cell(describer.officer(kept.claims["actor"].get("officer"))),
                    cells.cell(describer.exhibit(exhibit)) if exhibit else cells.dash(),
                ],
                summary_cell(kept, describer),
            )
        )
    title = _("Other acts: seals, photographs, notes, corrections, access")
    return cells.section(title, cells.table(columns, rows)) if rows else None


def _register(contents: Contents, describer: Describer) -> cells.Section:
    columns = [
        cells.column(pgettext("ledger", "Place"), 0, end=True),
        cells.column(_("When"), 0),
        cells.column(_("What"), 2),
        cells.column(_("Record"), 3.1),
    ]
    rows = [
        [
            cells.cell(str(kept.record.index)),
            describer.when(kept),
            cells.cell(kind_words(kept.record.kind)),
            cells.cell(kept.jti, "code"),
        ]
        for kept in contents.kept
    ]
    text = _(
        "Every record of the case, and those of keys and officers on which their signatures depend, with its"
        " place in the ledger."
    )
    return cells.section(_("Register of records"), cells.text(cells.cell(text, "quiet")), cells.table(columns, rows))


def _withheld(contents: Contents, describer: Describer) -> cells.Section:
    if not contents.hidden:
        return cells.section(_("What is left out"), cells.text(cells.cell(_("Nothing is left out of the records."))))
    columns = [cells.column(_("Record"), 2.6), cells.column(_("Field"), 2), cells.column(_("Why"), 2.4)]
    rows = []
    for hidden in contents.hidden:
        why = _("left out of this dossier")
        if hidden.why == ERASED and hidden.erasure:
            words = describer.sheet.words(Leaf(None, hidden.jti, hidden.path))
            why = _("%(erased)s; ground: %(ground)s") % {"erased": words, "ground": hidden.erasure.ground}
        rows.append([cells.cell(hidden.jti, "code"), cells.cell(hidden.path, "code"), cells.cell(why)])
    count = len(contents.hidden)
    text = ngettext(
        "%(count)d field is not shown. The records verify without it.",
        "%(count)d fields are not shown. The records verify without them.",
        count,
    ) % {"count": count}
    return cells.section(_("What is left out"), cells.text(cells.cell(text)), cells.table(columns, rows))


def _checking(issue: Issue) -> cells.Section:
    steps = [
        _("The file README.html beside this report gives the exact commands."),
        _("Compare the fingerprint of the ledger's key with one that you did not get with this dossier:"),
    ]
    rows = [
        cells.row(_("Fingerprint of the ledger's key"), cells.cell(issue.fingerprint, "code"), wide=True),
        cells.row(_("Ledger"), cells.cell(current_node().origin, "code")),
        cells.row(_("Records in the ledger when this report was made"), cells.cell(str(issue.size))),
    ]
    return cells.section(_("How to check this dossier"), cells.text(*map(cells.cell, steps)), cells.pairs(rows))
