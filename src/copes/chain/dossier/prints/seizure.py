"""The report of a seizure or detention: everything the law asks of it, in the order a court reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from copes.chain.dossier.contents import Contents, Kept
from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.codes import qr_svg, receipt_text
from copes.chain.dossier.prints.describe import Describer
from copes.chain.dossier.prints.frame import Standing, agency_section, frame, standing_line
from copes.chain.dossier.prints.pair import side_by_side
from copes.chain.dossier.prints.sheet import Sheet, moment_form
from copes.chain.dossier.prints.view import Leaf, Tree, get, views
from copes.chain.dossier.prints.words import unit_words
from copes.foundation.refusals import Unseen

SEIZURES = ("seizure.recorded/1", "detention.recorded/1")
PERSON_SIGNS = {"present"}


def find_seizure(contents: Contents, seizure: str) -> tuple[Kept, dict[str, Tree]]:
    """The record of a seizure or detention with its corrections. Raises Unseen."""
    for kept, tree in views(contents, *SEIZURES):
        if kept.body["seizure"] == seizure:
            return kept, tree
    raise Unseen("seizure.unknown", _("There is no such seizure."), _("Open the case and choose one."))


def created_exhibits(contents: Contents, seizure: str) -> list[tuple[Kept, dict[str, Tree]]]:
    """The exhibits of a seizure, in the order of their creation."""
    found = views(contents, "exhibit.created/1")
    return [(kept, tree) for kept, tree in found if kept.body.get("seizure") == seizure]


def seizure_title(kept: Kept) -> str:
    """What the report is called."""
    return _("Report of detention") if kept.record.kind.startswith("detention") else _("Report of seizure")


def case_leaf(contents: Contents, name: str) -> Leaf | None:
    """A value of the record that opened the case."""
    found = views(contents, "case.opened/1")
    return get(found[0][1], name) if found else None


def seizure_document(contents: Contents, seizure: str, sheet: Sheet, standing: Standing) -> dict[str, Any]:
    """The data of the report, in the active language. Raises Unseen."""
    kept, tree = find_seizure(contents, seizure)
    describer = Describer(sheet, contents)
    number = sheet.words(case_leaf(contents, "number"))
    sections = [
        _time_and_cause(kept, tree, describer),
        _persons(tree, describer),
        _officers(tree, describer),
        _control(contents, kept, describer),
        things_section(contents, seizure, describer),
        _words_of_person(tree, describer),
        _formalities(tree, describer),
        *agency_section("seizure", sheet.language),
        signature_section(tree, describer),
    ]
    reference = [
        cells.row(_("Case"), cells.cell(number, "strong")),
        cells.row(_("Drafted by"), cells.cell(describer.officer(kept.claims["actor"].get("officer")))),
        cells.row(_("Began at"), sheet.cell(get(tree, "started_at"), moment_form)),
        cells.row(_("Closed at"), sheet.cell(get(tree, "closed_at"), moment_form)),
        cells.row(_("Record"), cells.cell(kept.jti, "code"), wide=True),
    ]
    return frame(
        sheet.language,
        title=seizure_title(kept),
        subtitle=cells.cell(_("Case %(number)s") % {"number": number}),
        running=number,
        footer=standing_line(standing),
        facts=sheet.rows(),
        reference=reference,
        qr=qr_svg(receipt_text(standing.jti, standing.leaf, standing.note)),
        qr_caption=_("Record and signed head"),
        sections=[section for section in sections if section],
    )


def seizure_pair(contents: Contents, seizure: str, sheets: Sequence[Sheet], standing: Standing) -> dict[str, Any]:
    """The report in two languages side by side, on pages turned sideways. Raises Unseen."""
    return side_by_side(
        sheets, lambda sheet: seizure_document(contents, seizure, sheet, standing), standing, landscape=True
    )


def _time_and_cause(kept: Kept, tree: dict[str, Tree], describer: Describer) -> cells.Section:
    sheet = describer.sheet
    basis = sheet.joined(
        sheet.words(get(tree, "legal_basis.text")), sheet.words(get(tree, "legal_basis.citation")), by=", "
    )
    rows = [
        cells.row(_("Place of the act"), place_cell(tree, "place", sheet)),
        cells.row(_("Place of drafting"), place_cell(tree, "drafted_at", sheet)),
        *describer.rows({name: tree[name] for name in ("detection", "route") if name in tree}),
        cells.row(_("Cause"), describer.leaf("cause", tree["cause"]), wide=True),
        *describer.rows({name: tree[name] for name in ("concealment_place", "concealment") if name in tree}),
    ]
    line = cells.cell(_("Legal basis: %(basis)s") % {"basis": basis["t"]})
    title = _("Time, place and cause of the detention")
    if kept.record.kind.startswith("seizure"):
        title = _("Time, place and cause of the seizure")
    return cells.section(title, cells.pairs(rows), basis=line)


def place_cell(tree: dict[str, Tree], name: str, sheet: Sheet) -> cells.Cell:
    """A place by name, country and coordinates."""
    where = sheet.joined(sheet.words(get(tree, f"{name}.name")), sheet.words(get(tree, f"{name}.country")), by=", ")
    degrees = [sheet.words(get(tree, f"{name}.{one}")) for one in ("latitude", "longitude")]
    if not all(degrees):
        return where
    return cells.cell(f"{where['t']} ({degrees[0]}°, {degrees[1]}°)")


def _persons(tree: dict[str, Tree], describer: Describer) -> cells.Section:
    blocks = []
    table = describer.table(tree.get("persons") or [])
    if table:
        blocks.append(table)
    else:
        blocks.append(cells.text(cells.cell(_("No person was named."), "quiet")))
    rows = describer.rows({name: tree[name] for name in ("presence", "summons") if name in tree})
    return cells.section(_("Persons"), *blocks, cells.pairs(rows))


def _officers(tree: dict[str, Tree], describer: Describer) -> cells.Section:
    rows = [
        cells.row(_("Officers"), cells.cell("; ".join(officer_names(tree, describer))), wide=True),
        *describer.rows({name: tree[name] for name in ("prosecution", "guardian") if name in tree}),
    ]
    return cells.section(_("Officers, prosecution, guardian"), cells.pairs(rows))


def officer_names(tree: dict[str, Tree], describer: Describer) -> list[str]:
    """The officers a report names."""
    return [describer.officer(leaf.value) for leaf in tree.get("officers", ()) if isinstance(leaf, Leaf)]


def _control(contents: Contents, kept: Kept, describer: Describer) -> cells.Section | None:
    wanted = kept.body.get("control")
    for control, tree in views(contents, "control.recorded/1"):
        if control.body["control"] == wanted:
            return control_section(control, tree, contents, describer)
    return None


def control_section(control: Kept, tree: dict[str, Tree], contents: Contents, describer: Describer) -> cells.Section:
    """A control: times, place, power, grounds, means of transport, persons, what was found."""
    ended = [one for one in contents.of_kind("control.ended/1") if one.body["control"] == control.body["control"]]
    walked = dict(tree)
    if ended and "ended_at" not in walked:
        walked["ended_at"] = Leaf(ended[-1].body["ended_at"], ended[-1].jti, "body.ended_at")
    sheet = describer.sheet
    first = [
        cells.row(_("Began at"), sheet.cell(get(walked, "started_at"), moment_form)),
        cells.row(_("Ended at"), sheet.cell(get(walked, "ended_at"), moment_form)),
        cells.row(_("Place"), place_cell(walked, "place", sheet)),
    ]
    rest = describer.rows(walked, skip=("started_at", "ended_at", "place"))
    blocks: list[dict[str, Any]] = [cells.pairs([*first, *rest])]
    for name, title in (
        ("means_of_transport", _("Means of transport")),
        ("containers", _("Containers")),
        ("persons", _("Persons")),
    ):
        table = describer.table(walked.get(name) or [])
        if table:
            blocks += [cells.heading(cells.cell(title)), table]
    return cells.section(_("The control"), *blocks)


def things_section(contents: Contents, seizure: str, describer: Describer) -> cells.Section:
    """What was taken: a table, and cash by denomination with its counters."""
    exhibits = created_exhibits(contents, seizure)
    blocks: list[dict[str, Any]] = [things_table(exhibits, describer)]
    for _kept, tree in exhibits:
        if isinstance(tree.get("cash"), dict):
            blocks += cash_blocks(tree, describer)
    return cells.section(_("Things taken"), *blocks)


def things_table(exhibits: Sequence[tuple[Kept, dict[str, Tree]]], describer: Describer) -> dict[str, Any]:
    """The exhibits, one a row."""
    columns = [
        cells.column(_("Exhibit"), 0),
        cells.column(_("Category"), 1.5),
        cells.column(_("Quantity"), 1.6, end=True),
        cells.column(_("Seal"), 1.4),
    ]
    rows = []
    for _kept, tree in exhibits:
        more = [
            describer.rows({name: tree[name]})[0]
            for name in ("gross_g", "net_g", "hs_code")
            if isinstance(tree.get(name), Leaf)
        ]
        for name in ("vehicle", "container", "value"):
            if isinstance(tree.get(name), dict):
                more += describer.rows(tree[name])
        described = describer.sheet.words(get(tree, "description"))
        extra = "; ".join(f"{one['label']}: {one['cell']['t']}" for one in more)
        shown = [
            describer.sheet.cell(get(tree, "number")),
            describer.leaf("category", tree["category"]),
            quantity_cell(tree, describer),
            describer.sheet.cell(get(tree, "seal")),
        ]
        rows.append(cells.line(shown, describer.sheet.joined(described, f"({extra})" if extra else "")))
    return cells.table(columns, rows)


def quantity_cell(tree: dict[str, Tree], describer: Describer) -> cells.Cell:
    """How much: quantity with unit, or the total of cash with its currency."""
    sheet = describer.sheet
    pairs = (("cash.total", "cash.currency", "total"), ("quantity", "unit", "quantity"))
    for amount, unit, name in pairs:
        leaf, measure = get(tree, amount), get(tree, unit)
        if leaf is not None:
            shown = describer.leaf(name, leaf)["t"]
            if measure is not None:
                sheet.cell(measure)
            return sheet.joined(shown, unit_words(measure.value if measure else None, leaf.value))
    return cells.dash()


def cash_blocks(tree: dict[str, Tree], describer: Describer) -> list[dict[str, Any]]:
    """Cash by denomination, and who counted it."""
    sheet, cash = describer.sheet, tree["cash"]
    title = cells.cell(_("Cash counted: exhibit %(number)s") % {"number": sheet.words(get(tree, "number"))})
    columns = [
        cells.column(_("Denomination"), 1, end=True),
        cells.column(_("Form"), 1),
        cells.column(_("Count"), 1, end=True),
    ]
    rows = [
        [
            describer.leaf("value", line["value"]),
            describer.leaf("form", line["form"]),
            describer.leaf("count", line["count"]),
        ]
        for line in cash["denominations"]
    ]
    total = sheet.joined(
        describer.leaf("total", cash["total"])["t"], sheet.words(get(cash, "currency")), style="strong"
    )
    names = "; ".join(describer.officer(leaf.value) for leaf in cash["counters"])
    summary = cells.pairs([cells.row(_("Total"), total), cells.row(_("Counted by"), cells.cell(names))])
    return [cells.heading(title), cells.table(columns, rows), summary]


def _words_of_person(tree: dict[str, Tree], describer: Describer) -> cells.Section | None:
    blocks: list[dict[str, Any]] = []
    for name, title in (
        ("declaration", _("Declaration made to the person")),
        ("statements", _("Statements of the person")),
        ("reservations", _("Reservations")),
    ):
        leaf = get(tree, name)
        if leaf is not None:
            blocks += [cells.heading(cells.cell(title)), cells.quotation(describer.leaf(name, leaf))]
    return cells.section(_("What was said"), *blocks) if blocks else None


def _formalities(tree: dict[str, Tree], describer: Describer) -> cells.Section:
    sheet = describer.sheet
    read = get(tree, "read_to_person")
    sheet.cell(read)
    items = [(cells.cell(_("The report was read to the person.")), bool(read and read.value))]
    for name, title in (("signature", _("Signature of the person")), ("copy_given", _("Copy of the report"))):
        leaf = get(tree, name)
        if leaf is not None:
            shown = describer.leaf(name, leaf)
            items.append((cells.cell(f"{title}: {shown['t']}"), leaf.value in {"signed", "given", "sent"}))
    return cells.section(_("Reading, signature and copy"), cells.ticks(items))


def signature_section(tree: dict[str, Tree], describer: Describer) -> cells.Section:
    """Boxes for everyone who signs."""
    sheet, line = describer.sheet, _("Signature")
    people = [cells.person(_("Officer"), cells.cell(name), line) for name in officer_names(tree, describer)]
    for person in tree.get("persons") or []:
        if isinstance(person, dict):
            capacity = describer.leaf("role", person["role"])["t"]
            people.append(cells.person(capacity, sheet.cell(get(person, "name")), line))
    prosecution = tree.get("prosecution")
    if isinstance(prosecution, dict):
        who, title = sheet.cell(get(prosecution, "name")), sheet.cell(get(prosecution, "capacity"))
        people.append(cells.person(_("In charge of prosecution"), who, line, title))
    guardian = tree.get("guardian")
    if isinstance(guardian, dict):
        people.append(cells.person(_("Guardian of the things"), sheet.cell(get(guardian, "name")), line))
    return cells.section(_("Signatures"), cells.signatures(people))
