"""The custody report of one exhibit: a picture a juror understands at a glance, and the table behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from copes.chain.dossier.contents import Contents, Kept
from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.codes import qr_svg, receipt_text
from copes.chain.dossier.prints.describe import Describer
from copes.chain.dossier.prints.frame import Standing, agency_section, frame, standing_line
from copes.chain.dossier.prints.seizure import case_leaf, quantity_cell
from copes.chain.dossier.prints.sheet import Sheet, moment_form
from copes.chain.dossier.prints.view import Leaf, Tree, get, views
from copes.chain.dossier.prints.words import field_words, kind_words
from copes.foundation.refusals import Unseen

MOVES = ("custody.released/1", "custody.received/1", "custody.declined/1", "custody.cancelled/1")
DETAILS = ("seal.applied/1", "seal.checked/1", "seal.broken/1", "exhibit.photographed/1")


@dataclass
class Holding:
    """One person's time with the exhibit: from the act that began it, over what was tried, to its end."""

    holder: str
    since: Kept
    tried: list[Kept] = field(default_factory=list)
    until: Kept | None = None


def find_exhibit(contents: Contents, exhibit: str) -> tuple[Kept, dict[str, Tree]]:
    """The record that created an exhibit, corrections laid over. Raises Unseen."""
    for kept, tree in views(contents, "exhibit.created/1"):
        if kept.body["exhibit"] == exhibit:
            return kept, tree
    raise Unseen("exhibit.unknown", _("There is no such exhibit."), _("Open the case and choose one."))


def holdings(contents: Contents, exhibit: str) -> list[Holding]:
    """Who had the exhibit, one after another (docs/trust/format.md §5)."""
    created, _tree = find_exhibit(contents, exhibit)
    found = [Holding(created.body["holder"], created)]
    for kept in contents.of_kind(*MOVES):
        if exhibit not in kept.body["exhibits"]:
            continue
        if kept.record.kind == "custody.received/1":
            found[-1].until = kept
            found.append(Holding(kept.body["received_by"], kept))
        else:
            found[-1].tried.append(kept)
    return found


def custody_document(contents: Contents, exhibit: str, sheet: Sheet, standing: Standing) -> dict[str, Any]:
    """The data of the custody report, in the active language. Raises Unseen."""
    kept, tree = find_exhibit(contents, exhibit)
    describer = Describer(sheet, contents)
    held = holdings(contents, exhibit)
    number = sheet.words(get(tree, "number"))
    reference = [
        cells.row(_("Exhibit"), sheet.cell(get(tree, "number"), style="strong")),
        cells.row(_("Case"), sheet.cell(case_leaf(contents, "number"))),
        cells.row(_("Category"), describer.leaf("category", tree["category"])),
        cells.row(_("Quantity"), quantity_cell(tree, describer)),
        cells.row(_("Seal"), sheet.cell(get(tree, "seal"))),
        cells.row(_("Answerable now"), cells.cell(describer.officer(held[-1].holder), "strong")),
        cells.row(_("Description"), sheet.cell(get(tree, "description")), wide=True),
    ]
    sections = [
        cells.section(_("Every act, in the order of the ledger"), _acts_table(contents, exhibit, kept, describer)),
        _proof_section(contents, exhibit, kept, standing),
        *agency_section("custody", sheet.language),
    ]
    document = frame(
        sheet.language,
        title=_("Chain of custody"),
        subtitle=cells.cell(_("Exhibit %(number)s") % {"number": number}),
        running=number,
        footer=standing_line(standing),
        facts=(),
        reference=reference,
        sections=sections,
        qr=qr_svg(receipt_text(standing.jti, standing.leaf, standing.note)),
        qr_caption=_("Record and signed head"),
    )
    picture = _picture(held, describer)
    return {
        **document,
        "facts": frame(sheet.language, title="", running="", footer="", facts=sheet.rows())["facts"],
        "picture": picture,
        "picture_title": cells.cell(_("Who had it, and when"))["t"],
    }


def _moment(kept: Kept) -> datetime:
    return datetime.fromisoformat(kept.claims["occurred_at"])


def duration_words(seconds: float) -> str:
    """A length of time in its two largest units."""
    minutes = max(0, int(seconds) // 60)
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = []
    if days:
        parts.append(ngettext("%(count)d day", "%(count)d days", days) % {"count": days})
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if not days and (minutes or not hours):
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes})
    return " ".join(parts)


def _picture(held: Sequence[Holding], describer: Describer) -> list[dict[str, Any]]:
    sheet = describer.sheet
    steps: list[dict[str, Any]] = []
    for place, holding in enumerate(held):
        last = place == len(held) - 1
        since = sheet.cell(Leaf(holding.since.claims["occurred_at"], holding.since.jti, "occurred_at"), moment_form)
        release = _open_release(holding)
        steps.append(
            {
                "kind": "station",
                "time": since,
                "holder": cells.cell(describer.officer(holding.holder)),
                "detail": _held_for(holding, now=last),
                "now": last,
            }
        )
        if release is not None:
            steps.append(
                {
                    "kind": "passage",
                    "broken": last,
                    "notes": _passage_notes(release, holding.until, describer),
                }
            )
    return steps


def _open_release(holding: Holding) -> Kept | None:
    """The release by which the exhibit left the holder, or is about to."""
    wanted = holding.until.body["release"] if holding.until else None
    answered = {one.body.get("release") for one in holding.tried}
    for one in reversed(holding.tried):
        if one.record.kind != "custody.released/1":
            continue
        if one.jti == wanted or (wanted is None and one.jti not in answered):
            return one
    return None


def _held_for(holding: Holding, *, now: bool) -> cells.Cell | None:
    if now or holding.until is None:
        return cells.cell(_("answerable for the exhibit now"))
    length = duration_words((_moment(holding.until) - _moment(holding.since)).total_seconds())
    return cells.cell(_("answerable for %(duration)s") % {"duration": length})


def _passage_notes(release: Kept, receipt: Kept | None, describer: Describer) -> list[cells.Cell]:
    sheet = describer.sheet
    released = sheet.words(Leaf(release.claims["occurred_at"], release.jti, "occurred_at"), moment_form)
    reason = describer.leaf("reason", Leaf(release.body.get("reason"), release.jti, "body.reason"))["t"]
    condition = sheet.words(Leaf(release.body.get("condition"), release.jti, "body.condition"))
    notes = [cells.cell(_("Released %(time)s. Reason: %(reason)s.") % {"time": released, "reason": reason})]
    if condition:
        notes.append(cells.cell(_("Condition: %(condition)s") % {"condition": condition}))
    if receipt is None:
        receiver = describer.officer(release.body.get("released_to"))
        notes.append(cells.cell(_("Not yet received by %(officer)s.") % {"officer": receiver}, "strong"))
        return notes
    condition = sheet.words(Leaf(receipt.body.get("condition"), receipt.jti, "body.condition"))
    length = duration_words((_moment(receipt) - _moment(release)).total_seconds())
    notes.append(
        cells.cell(
            _("Received after %(duration)s. Condition: %(condition)s") % {"duration": length, "condition": condition}
        )
    )
    return notes


def _about(contents: Contents, exhibit: str, created: Kept) -> list[Kept]:
    """Every record about the exhibit."""
    found = [created]
    for kept in contents.of_kind(*MOVES, *DETAILS):
        if exhibit in (kept.body.get("exhibit"), *kept.body.get("exhibits", ())):
            found.append(kept)  # noqa: PERF401 - the created record comes first
    return sorted(found, key=lambda kept: kept.record.index)


def _acts_table(contents: Contents, exhibit: str, created: Kept, describer: Describer) -> dict[str, Any]:
    columns = [
        cells.column(_("When"), 0),
        cells.column(_("Act"), 1.5),
        cells.column(_("By"), 2),
        cells.column(_("To"), 2),
        cells.column(_("Reason, condition, remarks"), 3.4),
        cells.column(pgettext("ledger", "Place"), 0, end=True),
    ]
    rows = []
    for kept in _about(contents, exhibit, created):
        to = kept.body.get("released_to") if kept.record.kind == "custody.released/1" else None
        rows.append(
            [
                describer.when(kept),
                cells.cell(kind_words(kept.record.kind)),
                cells.cell(describer.officer(kept.claims["actor"].get("officer"))),
                cells.cell(describer.officer(to)) if to else cells.dash(),
                _details(kept, exhibit, describer),
                cells.cell(str(kept.record.index), "quiet"),
            ]
        )
    return cells.table(columns, rows)


def _details(kept: Kept, exhibit: str, describer: Describer) -> cells.Cell:
    sheet, parts = describer.sheet, []
    hidden = {one.path for one in kept.hidden}
    for name in ("reason", "condition", "seal", "replaced_by", "name", "remark"):
        if name in kept.body or f"body.{name}" in hidden:
            leaf = Leaf(kept.body.get(name), kept.jti, f"body.{name}")
            shown = describer.leaf(name, leaf)["t"]
            parts.append(f"{field_words(name)}: {shown}" if name in {"seal", "replaced_by"} else shown)
    for place, seen in enumerate(kept.body.get("seals") or ()):
        if isinstance(seen, Mapping) and seen.get("exhibit") == exhibit:
            leaf = Leaf(seen["state"], kept.jti, f"body.seals.{place}.state")
            parts.append(describer.leaf("state", leaf)["t"])
    return sheet.joined(*parts, by="; ")


def _proof_section(contents: Contents, exhibit: str, created: Kept, standing: Standing) -> cells.Section:
    first, last = created.record.index, max(one.record.index for one in _about(contents, exhibit, created))
    text = _(
        "Each line above is a signed record. The numbers in the last column are the records' places in"
        " the ledger; the first is %(first)d, the last %(last)d. The head of the ledger over %(size)d records"
        " was signed before this report was made."
    ) % {"first": first, "last": last, "size": standing.size}
    return cells.section(_("How this is proven"), cells.text(cells.cell(text)))
