"""Labels for exhibits: number in clear, QR with the exhibit's id, Code 128 of the number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django.utils.translation import gettext as _

from copes.chain.dossier.contents import Contents
from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.codes import code128_svg, exhibit_text, qr_svg
from copes.chain.dossier.prints.describe import Describer
from copes.chain.dossier.prints.frame import frame
from copes.chain.dossier.prints.seizure import case_leaf, quantity_cell
from copes.chain.dossier.prints.sheet import Sheet
from copes.chain.dossier.prints.view import get, views
from copes.foundation.config.current import current_node
from copes.foundation.refusals import Unseen

Paper = Literal["a4", "roll"]


def labels_document(
    contents: Contents, sheet: Sheet, *, paper: Paper = "a4", exhibits: Sequence[str] = ()
) -> dict[str, Any]:
    """The data of the labels, in the active language: of all exhibits of the case or of those named.

    Raises Unseen when there is none.
    """
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
                "qr": qr_svg(exhibit_text(kept.body["exhibit"]), border=1),
                "alt": _("QR code of exhibit %(number)s") % {"number": number},
                "bars": code128_svg(number),
                "bars_alt": _("Bar code of exhibit %(number)s") % {"number": number},
                "number": cells.cell(number),
                "agency": cells.cell(current_node().agency_name),
                "case": cells.cell(_("Case %(number)s") % {"number": case}),
                "what": cells.cell(f"{category} · {quantity['t']}"),
            }
        )
    if not labels:
        raise Unseen("exhibit.none", _("The case has no exhibit."), _("Record a seizure first."))
    title = _("Labels of case %(number)s") % {"number": case}
    document = frame(sheet.language, title=title, running=case, footer="", facts=sheet.rows())
    return {**document, "labels": labels, "sheet": paper}
