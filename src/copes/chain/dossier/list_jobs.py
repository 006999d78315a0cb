"""The jobs of work lists: an officer's own tasks, exhibits in hand, exhibits to receive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.policies import require
from copes.chain.cases.task_queries import my_open
from copes.chain.custody.queries import held_by, to_receive
from copes.chain.dossier.contents import Contents, gather_things
from copes.chain.dossier.drafting import sheet_for
from copes.chain.dossier.jobs import Job, file_name, known, on, standing_of
from copes.chain.dossier.prints.frame import Standing
from copes.chain.dossier.prints.lists import MOST, held_document, tasks_document, to_receive_document
from copes.chain.dossier.prints.sheet import Sheet
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import seal_now
from copes.foundation.refusals import Refusal

Make = Callable[[Contents, Sheet, Standing], dict[str, Any]]


def tasks_job(acting: Acting, *, language: str, page: str = "a4") -> Job:
    """The officer's open tasks. Raises Forbidden, BadInput, Refusal (``print.nothing``)."""
    require(acting, "print")
    rows = my_open(acting)
    officers = [acting.officer, *(row.assigned_by_id for row in rows)]
    things = [row.id for row in rows]

    def make(contents: Contents, sheet: Sheet, standing: Standing) -> dict[str, Any]:
        return tasks_document(contents, sheet, standing, acting.officer)

    return _list("tasks", [row.record_id for row in rows], officers, things, language, page, make)


def held_job(acting: Acting, *, language: str, page: str = "a4") -> Job:
    """What the officer holds, for a change of shift; at most 1,000 exhibits. Raises like ``tasks_job``."""
    require(acting, "print")
    found = held_by(acting.officer, page=MOST)
    if found.after is not None:
        raise Refusal(
            "print.too_many",
            _("You hold more exhibits than one list can show: %(most)d.") % {"most": MOST},
            _("Print the custody lists of single cases, or count with an inventory."),
        )

    def make(contents: Contents, sheet: Sheet, standing: Standing) -> dict[str, Any]:
        return held_document(contents, sheet, standing, acting.officer)

    records, things = [row.record_id for row in found.rows], [row.id for row in found.rows]
    return _list("held", records, [acting.officer], things, language, page, make)


def to_receive_job(acting: Acting, *, language: str, page: str = "a4") -> Job:
    """What others have released to the officer and waits for receipt. Raises like ``tasks_job``."""
    require(acting, "print")
    releases = to_receive(acting.officer)
    waiting = {one.id: [row.id for row in one.exhibits] for one in releases}
    records = [*waiting, *(row.record_id for one in releases for row in one.exhibits)]
    officers = [acting.officer, *(one.released_by.id for one in releases if one.released_by)]
    things = [row.id for one in releases for row in one.exhibits]

    def make(contents: Contents, sheet: Sheet, standing: Standing) -> dict[str, Any]:
        return to_receive_document(contents, sheet, standing, acting.officer, waiting)

    return _list("to_receive", records, officers, things, language, page, make)


def _list(
    name: str,
    records: Sequence[str],
    officers: Sequence[str],
    things: Sequence[str],
    language: str,
    page: str,
    make: Make,
) -> Job:
    wanted = known([language])
    if not records:
        raise Refusal("print.nothing", _("There is nothing to list."), _("Print it when something is there."))
    seal_now()
    contents = gather_things(records, sorted(set(officers)))
    standing = standing_of(max(contents.of_case(), key=lambda kept: kept.record.index).jti)
    with translation.override(language):
        document = make(contents, sheet_for(contents, language), standing)
    day = f"{timezone.localtime():%Y-%m-%d}"
    file = file_name(name.replace("_", "-"), day)
    return Job(name, None, tuple(things[:MOST]), "report", on(page, document), standing.sealed_at, file, wanted)
