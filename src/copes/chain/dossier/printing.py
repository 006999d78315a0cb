"""Printing: reports, receipts, custody reports and labels, from sealed records; each print is a record itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from copes.chain.cases.policies import require, see_case, unseen
from copes.chain.custody.queries import exhibit_rows
from copes.chain.dossier.contents import Contents, gather
from copes.chain.dossier.drafting import sheet_for
from copes.chain.dossier.prints.custody import custody_document, find_exhibit
from copes.chain.dossier.prints.formats import LANGUAGES
from copes.chain.dossier.prints.frame import Printed, Standing
from copes.chain.dossier.prints.labels import Paper, labels_document
from copes.chain.dossier.prints.receipt import receipt_document
from copes.chain.dossier.prints.seizure import find_seizure, seizure_document
from copes.chain.dossier.prints.typesetter import typeset
from copes.chain.seizures.queries import case_of_seizure
from copes.chain.seizures.records import PrintIssued
from copes.chain.seizures.services import issue_receipt
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.queries import latest_checkpoint, place_of
from copes.foundation.journal.services import seal_now, writing
from copes.foundation.people.reading import log_read
from copes.foundation.refusals import BadInput, Refusal


def print_seizure(acting: Acting, *, seizure: str, language: str) -> Printed:
    """The report of a seizure or detention. Raises Unseen, Forbidden, BadInput, Refusal (``print.differs``)."""
    acting = require(acting, "print")
    _known(language)
    case = case_of_seizure(acting, seizure)
    contents = _sealed(case)
    kept, _tree = find_seizure(contents, seizure)
    standing = standing_of(kept.jti)
    with translation.override(language):
        document = seizure_document(contents, seizure, sheet_for(contents, language), standing)
    pdf = typeset("report", document, moment=standing.sealed_at)
    kind = kept.record.kind.partition(".")[0]
    return _issued(acting, contents, kind, [seizure], Printed(_file(kind, _number(contents)), pdf, (language,)))


def print_receipt(acting: Acting, *, seizure: str, languages: Sequence[str]) -> Printed:
    """The receipt for the person: the person's language first, the agency's second (once when they are the same).

    Raises like ``print_seizure``.
    """
    acting = require(acting, "print")
    wanted = tuple(dict.fromkeys(languages))
    if not 1 <= len(wanted) <= 2:
        raise _language_refused()
    for language in wanted:
        _known(language)
    case = case_of_seizure(acting, seizure)
    contents = _sealed(case)
    kept, _tree = find_seizure(contents, seizure)
    standing = standing_of(kept.jti)
    document = receipt_document(contents, seizure, [sheet_for(contents, one) for one in wanted], standing)
    pdf = typeset("receipt", document, moment=standing.sealed_at)
    sha256 = hashlib.sha256(pdf).hexdigest()
    issue_receipt(acting, case=case, seizure=seizure, sha256=sha256, languages=wanted)
    log_read(acting, case=case, kind="receipt", thing=seizure)
    return Printed(_file("receipt", _number(contents)), pdf, wanted)


def print_custody(acting: Acting, *, exhibit: str, language: str) -> Printed:
    """The custody report of an exhibit the officer may see. Raises like ``print_seizure``."""
    acting = require(acting, "print")
    _known(language)
    rows = exhibit_rows(acting, [exhibit])
    if not rows:
        raise unseen()
    contents = _sealed(rows[0].case)
    kept, _tree = find_exhibit(contents, exhibit)
    standing = standing_of(kept.jti)
    with translation.override(language):
        document = custody_document(contents, exhibit, sheet_for(contents, language), standing)
    pdf = typeset("custody", document, moment=standing.sealed_at)
    return _issued(
        acting, contents, "custody", [exhibit], Printed(_file("custody", kept.body["number"]), pdf, (language,))
    )


def print_labels(
    acting: Acting, *, case: str, language: str, paper: Paper = "a4", exhibits: Sequence[str] = ()
) -> Printed:
    """Labels of a case's exhibits (all, or those named). Raises like ``print_seizure``."""
    acting = require(acting, "print")
    _known(language)
    see_case(acting, case)
    contents = _sealed(case)
    with translation.override(language):
        sheet = sheet_for(contents, language)
        document = labels_document(contents, sheet, paper=paper, exhibits=exhibits)
    checkpoint = latest_checkpoint()
    if checkpoint is None:
        raise LookupError("the ledger has no signed head")
    pdf = typeset("labels", document, moment=checkpoint.sealed_at)
    made = Printed(_file("labels", _number(contents)), pdf, (language,))
    return _issued(acting, contents, "labels", list(exhibits) or [case], made)


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


def _sealed(case: str) -> Contents:
    seal_now()
    return gather(case)


def _known(language: str) -> None:
    if language not in LANGUAGES:
        raise _language_refused()


def _language_refused() -> BadInput:
    return BadInput(
        "print.language",
        _("There is no such language here."),
        _("Choose one of the list; for a receipt one or two."),
        field="language",
    )


def _number(contents: Contents) -> str:
    opened = contents.of_kind("case.opened/1")
    return str(opened[0].body["number"]) if opened else contents.case


def _file(kind: str, number: str) -> str:
    return f"{kind}-{number.replace('/', '-')}.pdf"


def _issued(acting: Acting, contents: Contents, kind: str, things: list[str], made: Printed) -> Printed:
    """Records that the document was printed. Who may see the thing was decided by the caller: a custodian prints
    the report of an exhibit in hand without seeing its case.
    """
    body = PrintIssued(
        print=kind, things=things, sha256=hashlib.sha256(made.pdf).hexdigest(), languages=list(made.languages)
    )
    with writing(acting) as journal:
        journal.append(body, case=contents.case, about=things[:50])
    log_read(acting, case=contents.case, kind=f"print.{kind}", thing=things[0])
    return made
