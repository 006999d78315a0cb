"""Labels for exhibits: number in clear, QR with the exhibit's id, Code 128 of the number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from copes.chain.dossier.contents import Contents
from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.codes import code128_svg, exhibit_text, qr_svg
from copes.chain.dossier.prints.describe import Describer
from copes.chain.dossier.prints.frame import agency_name, frame
from copes.chain.dossier.prints.papers import Paper, papers
from copes.chain.dossier.prints.seizure import case_leaf, quantity_cell
from copes.chain.dossier.prints.sheet import Sheet
from copes.chain.dossier.prints.view import get, views
from copes.foundation.refusals import BadInput, Unseen

MOST_COPIES = 10
LABEL_MASK = 3  # every label's code was read with it on every paper; the search for the best takes seven times as long


def labels_document(
    contents: Contents,
    sheet: Sheet,
    *,
    paper: str = "a4",
    exhibits: Sequence[str] = (),
    start: int = 1,
    copies: int = 1,
) -> dict[str, Any]:
    """The data of the labels, in the active language: of all exhibits of the case or of those named.

    ``start`` is the place of the first label on the first sheet, from 1, row by row from the top left;
    ``copies`` is how many labels each exhibit gets. Raises Unseen when there is no exhibit, and BadInput.
    """
    chosen = chosen_paper(paper, start, copies)
    whole = not chosen.grid and not chosen.page[1]  # only a label cut to length shows the whole description
    describer = Describer(sheet, contents)
    case = sheet.words(case_leaf(contents, "number"))
    labels = []
    for kept, tree in views(contents, "exhibit.created/1"):
        if exhibits and kept.body["exhibit"] not in exhibits:
            continue
        number = kept.body["number"]
        sheet.cell(get(tree, "number"))
        category = describer.leaf("category", tree["category"])["t"]
        quantity = quantity_cell(tree, describer)
        labels.append(
            {
                "qr": qr_svg(exhibit_text(kept.body["exhibit"]), border=1, mask=LABEL_MASK),
                "alt": _("QR code of exhibit %(number)s") % {"number": number},
                "bars": code128_svg(number),
                "bars_alt": _("Bar code of exhibit %(number)s") % {"number": number},
                "number": cells.cell(number),
                "agency": cells.cell(agency_name(sheet.language)),
                "description": sheet.cell(get(tree, "description")) if whole else cells.dash(),
                "case": cells.cell(_("Case %(number)s") % {"number": case}),
                "what": cells.cell(f"{category} · {quantity['t']}"),
            }
        )
    if not labels:
        raise Unseen("exhibit.none", _("The case has no exhibit."), _("Record a seizure first."))
    title = _("Labels of case %(number)s") % {"number": case}
    document = frame(sheet.language, title=title, running=case, footer="", facts=sheet.rows())
    repeated = [one for one in labels for _copy in range(copies)]
    skip = start - 1 if chosen.grid else 0
    return {**document, "labels": repeated, "paper_size": chosen.data(), "skip": skip}


def chosen_paper(paper: str, start: int, copies: int) -> Paper:
    """The paper of this name. Raises BadInput when it, the start or the copies make no sense."""
    found = papers().get(paper)
    if found is None:
        raise BadInput(
            "print.paper", _("There is no such paper for labels."), _("Choose one of the list."), field="paper"
        )
    if not 1 <= start <= found.places:
        raise BadInput(
            "print.start",
            _("This sheet has no such place."),
            _("Count row by row from the top left, from 1 to %(places)d.") % {"places": found.places},
            field="start",
        )
    if not 1 <= copies <= MOST_COPIES:
        raise BadInput(
            "print.copies",
            _("So many labels of each exhibit are not printed."),
            _("Choose a number from 1 to %(most)d.") % {"most": MOST_COPIES},
            field="copies",
        )
    return found
