"""What is to be printed, worked out from sealed records: the data of a template, and what its record will state.

Making a job reads and seals; it appends nothing. `printing` makes jobs into prints, the preview into a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.policies import require, see_case, unseen
from copes.chain.custody.queries import exhibit_rows
from copes.chain.dossier.assembling import collect
from copes.chain.dossier.contents import Contents, gather
from copes.chain.dossier.drafting import sheet_for
from copes.chain.dossier.prints.case import case_document, last_record
from copes.chain.dossier.prints.custody import custody_document, find_exhibit
from copes.chain.dossier.prints.formats import LANGUAGES
from copes.chain.dossier.prints.frame import Standing
from copes.chain.dossier.prints.labels import labels_document
from copes.chain.dossier.prints.notice import notice_document
from copes.chain.dossier.prints.receipt import receipt_document
from copes.chain.dossier.prints.seizure import find_seizure, seizure_document, seizure_pair
from copes.chain.seizures.queries import case_of_seizure
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.queries import latest_checkpoint, place_of
from copes.foundation.journal.services import seal_now
from copes.foundation.refusals import BadInput, Refusal

PAGES = ("a4", "us-letter")


@dataclass(frozen=True)
class Job:
    """A print before it is made. ``things`` are what it is about; ``moment`` (aware) is the document's date."""

    print: str
    case: str | None
    things: tuple[str, ...]
    template: str
    document: dict[str, Any]
    moment: datetime
    name: str
    languages: tuple[str, ...]


def seizure_job(acting: Acting, *, seizure: str, languages: Sequence[str], page: str = "a4") -> Job:
    """The report of a seizure or detention; in two languages side by side when two are given.

    Raises Unseen, Forbidden, BadInput, Refusal (``print.differs``, ``print.unsealed``).
    """
    require(acting, "print")
    wanted = known(languages)
    case, contents, standing, act = _seizure(acting, seizure)
    sheets = [sheet_for(contents, one) for one in wanted]
    with translation.override(wanted[0]):
        if len(sheets) == 1:
            template, document = "report", seizure_document(contents, seizure, sheets[0], standing)
        else:
            template, document = "pair", seizure_pair(contents, seizure, sheets, standing)
    name = file_name(act, number_of(contents))
    return Job(act, case, (seizure,), template, on(page, document), standing.sealed_at, name, wanted)


def receipt_job(acting: Acting, *, seizure: str, languages: Sequence[str], page: str = "a4") -> Job:
    """The receipt: the person's language first, the agency's second (once when they are the same).

    Raises like ``seizure_job``.
    """
    require(acting, "print")
    wanted = known(languages)
    case, contents, standing, _act = _seizure(acting, seizure)
    document = receipt_document(contents, seizure, [sheet_for(contents, one) for one in wanted], standing)
    name = file_name("receipt", number_of(contents))
    return Job("receipt", case, (seizure,), "pair", on(page, document), standing.sealed_at, name, wanted)


def notice_job(acting: Acting, *, seizure: str, languages: Sequence[str], person: int = 0, page: str = "a4") -> Job:
    """The notice to one of the persons named by the seizure's record. Raises like ``seizure_job``."""
    require(acting, "print")
    wanted = known(languages)
    case, contents, standing, _act = _seizure(acting, seizure)
    sheets = [sheet_for(contents, one) for one in wanted]
    document = notice_document(contents, seizure, sheets, standing, person=person)
    name = file_name("notice", number_of(contents))
    return Job("notice", case, (seizure,), "pair", on(page, document), standing.sealed_at, name, wanted)


def custody_job(acting: Acting, *, exhibit: str, language: str, page: str = "a4") -> Job:
    """The custody report of an exhibit the officer may see. Raises like ``seizure_job``."""
    require(acting, "print")
    wanted = known([language])
    rows = exhibit_rows(acting, [exhibit])
    if not rows:
        raise unseen()
    contents = sealed(rows[0].case)
    kept, _tree = find_exhibit(contents, exhibit)
    standing = standing_of(kept.jti)
    with translation.override(language):
        document = custody_document(contents, exhibit, sheet_for(contents, language), standing)
    name = file_name("custody", kept.body["number"])
    return Job("custody", contents.case, (exhibit,), "custody", on(page, document), standing.sealed_at, name, wanted)


def case_job(acting: Acting, *, case: str, language: str, page: str = "a4") -> Job:
    """The case report, as the case stands at the newest signed head. Raises like ``seizure_job``."""
    require(acting, "print")
    wanted = known([language])
    see_case(acting, case)
    contents = sealed(case)
    standing = standing_of(last_record(contents).jti)
    holders = {one.id: one.holder for one in collect(contents).exhibits}
    with translation.override(language):
        document = case_document(contents, sheet_for(contents, language), standing, holders)
    name = file_name("case", number_of(contents))
    return Job("case", case, (case,), "report", on(page, document), standing.sealed_at, name, wanted)


def labels_job(
    acting: Acting,
    *,
    case: str,
    language: str,
    paper: str = "a4",
    exhibits: Sequence[str] = (),
    start: int = 1,
    copies: int = 1,
) -> Job:
    """Labels of a case's exhibits: all, or those named. Raises like ``seizure_job``.

    Who sees a named exhibit prints its label without seeing the rest of its case.
    """
    require(acting, "print")
    wanted = known([language])
    seen = exhibit_rows(acting, exhibits)
    if not exhibits or len(seen) != len(set(exhibits)) or any(row.case != case for row in seen):
        see_case(acting, case)
    contents = sealed(case)
    with translation.override(language):
        sheet = sheet_for(contents, language)
        document = labels_document(contents, sheet, paper=paper, exhibits=exhibits, start=start, copies=copies)
    checkpoint = latest_checkpoint()
    if checkpoint is None:
        raise LookupError("the ledger has no signed head")
    name = file_name("labels", number_of(contents))
    return Job("labels", case, tuple(exhibits) or (case,), "labels", document, checkpoint.sealed_at, name, wanted)


def standing_of(jti: str) -> Standing:
    """Where a sealed record stands, and under which signed head. Raises Refusal while it is not sealed."""
    place, checkpoint = place_of(jti), latest_checkpoint()
    if checkpoint is None or checkpoint.size <= place.index:
        raise Refusal(
            "print.unsealed",
            _("The record is not sealed yet."),
            _("Wait a moment, then print again. If it stays so, call the administrator."),
        )
    return Standing(
        jti=jti,
        index=place.index,
        leaf=place.leaf,
        state=place.state,
        size=checkpoint.size,
        note=checkpoint.note,
        sealed_at=checkpoint.sealed_at,
    )


def _seizure(acting: Acting, seizure: str) -> tuple[str, Contents, Standing, str]:
    case = case_of_seizure(acting, seizure)
    contents = sealed(case)
    kept, _tree = find_seizure(contents, seizure)
    return case, contents, standing_of(kept.jti), kept.record.kind.partition(".")[0]


def sealed(case: str) -> Contents:
    """The records of a case, sealed first."""
    seal_now()
    return gather(case)


def known(languages: Sequence[str]) -> tuple[str, ...]:
    """One or two of the seven languages, each once. Raises BadInput."""
    wanted = tuple(dict.fromkeys(languages))
    if not 1 <= len(wanted) <= 2 or not set(wanted) <= set(LANGUAGES):
        raise BadInput(
            "print.language",
            _("There is no such language here."),
            _("Choose one of the list; where two stand side by side, one or two."),
            field="language",
        )
    return wanted


def on(page: str, document: dict[str, Any]) -> dict[str, Any]:
    """The document on this size of page. Raises BadInput."""
    if page not in PAGES:
        raise BadInput("print.page", _("There is no such paper."), _("Choose one of the list."), field="page")
    return {**document, "paper": page}


def number_of(contents: Contents) -> str:
    """The number of the case."""
    opened = contents.of_kind("case.opened/1")
    return str(opened[0].body["number"]) if opened else contents.case


def file_name(kind: str, number: str) -> str:
    """The name of the PDF."""
    return f"{kind}-{number.replace('/', '-')}.pdf"
