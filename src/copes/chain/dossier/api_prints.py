"""Prints over HTTP. Thin: printing does the work.

Each seals the ledger first, and that it was printed is a record itself: so each is a POST.
"""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from copes.chain.dossier import printing
from copes.chain.dossier.prints.frame import Printed
from copes.chain.dossier.records import Language
from copes.foundation.api.guard import seals
from copes.foundation.api.schemas import Asked, Id, binary, file_answer
from copes.foundation.api.tokens import ApiRequest

router = Router(tags=["dossiers and prints"])
PDF = binary("application/pdf")

Page = Literal["a4", "us-letter"]


class InLanguage(Asked):
    """The language of the print, and its paper."""

    language: Language
    page: Page = "a4"


class PrintReport(Asked):
    """One language, or two side by side in ``languages``, the person's first."""

    language: Language | None = None
    languages: Annotated[list[Language], Field(max_length=2)] = []
    page: Page = "a4"


class InLanguages(Asked):
    """The person's language first, the agency's second; one is enough."""

    languages: Annotated[list[Language], Field(min_length=1, max_length=2)]
    page: Page = "a4"


class PrintNotice(InLanguages):
    """``person``: the place of the addressee among the persons of the seizure's record, from 0."""

    person: Annotated[int, Field(ge=0, le=100)] = 0


class PrintLabels(Asked):
    """Labels of all exhibits of the case, or of those named.

    ``paper`` is the name of a label paper (``l7160``, ``a4``, ``roll`` …); ``start`` the place of the first label on
    the first sheet, row by row from 1; ``copies`` the labels for each exhibit.
    """

    language: Language
    paper: Annotated[str, Field(max_length=20)] = "a4"
    exhibits: Annotated[list[Id], Field(max_length=1000)] = []
    start: Annotated[int, Field(ge=1, le=100)] = 1
    copies: Annotated[int, Field(ge=1, le=10)] = 1


@router.post("/seizures/{seizure}/report", response={200: None}, openapi_extra=PDF)
@seals
def print_report(request: ApiRequest, seizure: str, body: PrintReport) -> HttpResponse:
    """The report of a seizure or detention as PDF, in one language or in two side by side."""
    languages = body.languages or ([body.language] if body.language else [])
    return _pdf(printing.print_seizure(request.auth, seizure=seizure, languages=languages, page=body.page))


@router.post("/seizures/{seizure}/receipt", response={200: None}, openapi_extra=PDF)
@seals
def print_receipt(request: ApiRequest, seizure: str, body: InLanguages) -> HttpResponse:
    """The receipt for the person as PDF, in one or two languages side by side."""
    return _pdf(printing.print_receipt(request.auth, seizure=seizure, languages=body.languages, page=body.page))


@router.post("/seizures/{seizure}/notice", response={200: None}, openapi_extra=PDF)
@seals
def print_notice(request: ApiRequest, seizure: str, body: PrintNotice) -> HttpResponse:
    """The notice to a person named by the seizure's record as PDF, in one or two languages side by side."""
    made = printing.print_notice(
        request.auth, seizure=seizure, languages=body.languages, person=body.person, page=body.page
    )
    return _pdf(made)


@router.post("/exhibits/{exhibit}/custody-report", response={200: None}, openapi_extra=PDF)
@seals
def print_custody(request: ApiRequest, exhibit: str, body: InLanguage) -> HttpResponse:
    """The custody report of an exhibit as PDF."""
    return _pdf(printing.print_custody(request.auth, exhibit=exhibit, language=body.language, page=body.page))


@router.post("/cases/{case}/report", response={200: None}, openapi_extra=PDF)
@seals
def print_case(request: ApiRequest, case: str, body: InLanguage) -> HttpResponse:
    """The report of a whole case as PDF: facts, exhibits with holders, custody, tasks, corrections, who may see it."""
    return _pdf(printing.print_case(request.auth, case=case, language=body.language, page=body.page))


@router.post("/cases/{case}/labels", response={200: None}, openapi_extra=PDF)
@seals
def print_labels(request: ApiRequest, case: str, body: PrintLabels) -> HttpResponse:
    """Labels of exhibits as PDF: number, QR code and Code 128, on a sheet or roll of your choice."""
    made = printing.print_labels(
        request.auth,
        case=case,
        language=body.language,
        paper=body.paper,
        exhibits=body.exhibits,
        start=body.start,
        copies=body.copies,
    )
    return _pdf(made)


@router.post("/me/task-list", response={200: None}, openapi_extra=PDF)
@seals
def print_tasks(request: ApiRequest, body: InLanguage) -> HttpResponse:
    """Your open tasks as PDF."""
    return _pdf(printing.print_tasks(request.auth, language=body.language, page=body.page))


@router.post("/me/held-list", response={200: None}, openapi_extra=PDF)
@seals
def print_held(request: ApiRequest, body: InLanguage) -> HttpResponse:
    """What you hold as PDF, for a change of shift."""
    return _pdf(printing.print_held(request.auth, language=body.language, page=body.page))


@router.post("/me/to-receive-list", response={200: None}, openapi_extra=PDF)
@seals
def print_to_receive(request: ApiRequest, body: InLanguage) -> HttpResponse:
    """What waits for your receipt as PDF."""
    return _pdf(printing.print_to_receive(request.auth, language=body.language, page=body.page))


def _pdf(printed: Printed) -> HttpResponse:
    return file_answer(printed.pdf, "application/pdf", printed.name)
