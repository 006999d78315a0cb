"""Handing out a list as a file: written, hashed, stated in the ledger, noted among the reads."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from copes.foundation.config.current import current_node
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.foundation.people.queries import officer
from copes.foundation.people.reading import log_read
from copes.foundation.refusals import BadInput, Unseen
from copes.foundation.web.lists import Asked, asked, words_of
from copes.insight.search import exporting
from copes.insight.search.records import ListExported

SHORTEST, LONGEST, MOST_NAMED = 3, 300, 500
MOST_PICKED = 500


def source_of(name: str) -> exporting.Source:
    """The list of this name. Raises Unseen."""
    source = exporting.SOURCES.get(name)
    if source is None:
        raise Unseen("export.unknown", _("There is no such list."), _("Open the list and export it from there."))
    return source


def asked_of(source: exporting.Source, acting: Acting, given: Mapping[str, Any]) -> tuple[Asked, str]:
    """What is asked of the list, and the same in words."""
    spec = source.spec(acting)
    wanted = asked(spec, given)
    return wanted, words_of(spec, wanted)


def export_list(
    acting: Acting, *, name: str, given: Mapping[str, Any], picked: Sequence[str], form: str, purpose: str
) -> IO[bytes]:
    """The list as an open file (csv or xlsx), after stating in the ledger that it was handed out.

    Raises Unseen for an unknown list, BadInput for a missing purpose, Refusal when the list is too long or empty.
    """
    source, purpose = source_of(name), " ".join(purpose.split())
    if not SHORTEST <= len(purpose) <= LONGEST:
        raise BadInput(
            "export.purpose",
            _("Say in a few words what the file is for."),
            _("Name the case, request or duty it serves."),
            field="purpose",
        )
    if form not in {"csv", "xlsx"}:
        raise BadInput("export.form", _("There is no such format."), _("Choose CSV or XLSX."), field="format")
    wanted, words = asked_of(source, acting, given)
    if picked:
        words = _("selected rows: %(count)d") % {"count": len(picked)}
    with tempfile.TemporaryDirectory(prefix="copes-export-") as folder:
        path = Path(folder) / f"list.{form}"
        found = exporting.rows_of(source, acting, wanted, picked[:MOST_PICKED])
        rows = ((source.case(row), source.cells(row)) for row in found)
        made = exporting.write(path, form, _facts(acting, name, words, purpose), source.heads(), rows)
        facts = {"rows": made.rows, "sha256": made.sha256, "format": form, "purpose": purpose}
        body = ListExported.model_validate({"list": name, "filters": words[:2000], **facts})
        with writing(acting) as journal:
            journal.append(body)
            for case in made.cases[:MOST_NAMED]:
                log_read(acting, case=case, kind="list_export", thing=made.sha256, purpose=purpose)
            log_read(acting, case=None, kind="list_export", thing=made.sha256, purpose=purpose)
        return path.open("rb")  # stays readable when the folder goes


def _facts(acting: Acting, name: str, words: str, purpose: str) -> list[tuple[str, str]]:
    node, now = current_node(), timezone.localtime()
    titles = {"cases": _("Cases"), "exhibits": _("Exhibits")}
    practice = [(_("PRACTICE"), _("This file comes from a practice ledger. Nothing in it is real."))]
    return [
        *(practice if node.practice else []),
        (_("List"), titles[name]),
        (_("Filters"), words),
        (_("Purpose"), purpose),
        (_("Exported by"), officer(acting.officer).label),
        (_("Exported"), f"{date_format(now, 'DATETIME_FORMAT')} {now:%Z}"),
        (_("Agency"), node.agency_name),
    ]
