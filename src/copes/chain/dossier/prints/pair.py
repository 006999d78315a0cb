"""One print in one or two languages side by side, the person's first.

The same print is made once for each language; what stands in it is the same, section by section, so both stand
level with each other. A right-to-left side stands on the right, whichever language comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from copes.chain.dossier.prints import cells
from copes.chain.dossier.prints.facts import pack, unpack
from copes.chain.dossier.prints.formats import moment_text
from copes.chain.dossier.prints.frame import Standing, unique
from copes.chain.dossier.prints.sheet import Sheet
from copes.trust.records.jose import b64u

Document = Mapping[str, Any]
SLASH = " / "


def side_by_side(
    sheets: Sequence[Sheet], make: Callable[[Sheet], Document], standing: Standing, *, landscape: bool = False
) -> dict[str, Any]:
    """The data of ``pair.typ``: ``make`` is called for each sheet while its language is active."""
    documents, codes = [], []
    for sheet in sheets:
        with translation.override(sheet.language):
            documents.append(make(sheet))
            codes.append(_code(standing, sheet.language))
    first = documents[0]
    rows = [row for document in documents for row in unpack(document["facts"])]
    sides = [
        {
            **{name: document[name] for name in ("lang", "dir", "heading", "subtitle", "reference", "brand")},
            **code,
            "first": place == 0,
            "sections": document["sections"],
        }
        for place, (document, code) in enumerate(zip(documents, codes, strict=True))
    ]
    _merge_signatures(sides)
    people = _people([document["people"] for document in documents if document.get("people")])
    return {**first, "facts": pack(unique(rows)), "sides": sides, "people": people, "landscape": landscape}


def _merge_signatures(sides: Sequence[dict[str, Any]]) -> None:
    """One box for each signature, with its words in both languages."""
    for together in zip(*(side["sections"] for side in sides), strict=True):
        for blocks in zip(*(section["blocks"] for section in together), strict=True):
            if blocks[0]["kind"] == "signatures":
                blocks[0]["people"] = _people([block["people"] for block in blocks])


def _people(lists: Sequence[Sequence[cells.Person]]) -> list[cells.Person]:
    return [
        {
            "capacity": SLASH.join(dict.fromkeys(one["capacity"] for one in same)),
            "cell": same[0]["cell"],
            "detail": same[0]["detail"],
            "line": SLASH.join(dict.fromkeys(one["line"] for one in same)),
        }
        for same in zip(*lists, strict=True)
    ]


def _code(standing: Standing, language: str) -> dict[str, Any]:
    """What the code beside it is for, in the active language."""
    return {
        "code_title": _("You are a witness too"),
        "code_text": [
            cells.cell(
                _(
                    "The code beside this text holds the number of the agency's record, the record's fingerprint"
                    " and the signed state of the agency's ledger. Nobody can change or remove the record later"
                    " without this code telling so."
                )
            ),
            cells.cell(_("Photograph the code. Any expert can check it, without the agency's help.")),
        ],
        "code_rows": [
            cells.row(_("Record"), cells.cell(standing.jti, "tiny")),
            cells.row(_("Fingerprint"), cells.cell(b64u(standing.leaf), "tiny")),
            cells.row(_("Ledger signed at"), cells.cell(moment_text(standing.sealed_at, language))),
        ],
    }
