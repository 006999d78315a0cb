"""Dossiers over HTTP. Thin: services and queries do the work.

Issuing seals the ledger first, and what is issued is a record itself: so it is a POST.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from django.http import StreamingHttpResponse
from django.utils.translation import get_language
from ninja import Router, Schema, Status
from pydantic import Field

from copes.chain.cases.api_shapes import officer_or_none
from copes.chain.cases.policies import unseen
from copes.chain.dossier import queries, services
from copes.chain.dossier.queries import DossierRow
from copes.chain.dossier.records import DossierIssued
from copes.chain.dossier.zipping import zip_chunks
from copes.foundation.api.guard import seals
from copes.foundation.api.schemas import Asked, Id, OfficerName, Recorded, binary, facts_of, recorded
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.people.reading import log_read

router = Router(tags=["dossiers and prints"])


class Withheld(Asked):
    """A salted field to leave out: the record, and the path in it (``body.persons.0.name``)."""

    record: Id
    path: Annotated[str, Field(max_length=200)]


if TYPE_CHECKING:

    class IssueDossier(DossierIssued):
        """For whom, why, in which language, and what is left out."""

        withhold: list[Withheld]
else:
    IssueDossier = facts_of(
        DossierIssued,
        "IssueDossier",
        without={"dossier", "records", "files", "withheld", "withheld_digest"},
        withhold=(list[Withheld], Field(default_factory=list, max_length=2000)),
    )


class IssuedOut(Schema):
    """A dossier just issued, and what the verifier proved of it. ``holds``: everything it claims."""

    id: str
    place: Recorded
    holds: bool
    signatures: int
    inclusion: int
    exhibits: int
    cosignatures: int
    withheld: int


class DossierOut(Schema):
    """A dossier that was issued; ``recipient`` is null once erased. ``available``: its files lie on this node."""

    id: str
    case: str
    record: str
    language: str
    recipient: str | None
    purpose: str
    withheld: int
    records: int
    files: int
    issued_by: OfficerName | None
    issued_at: datetime
    available: bool


class Dossiers(Schema):
    """A page of dossiers, newest first; ``next`` is the cursor of the page behind."""

    items: list[DossierOut]
    next: str | None


class Verified(Schema):
    """What the verifier said of a dossier, in your language."""

    at: datetime
    holds: bool
    numbers: dict[str, int]
    held: list[str]
    failed: list[str]
    unchecked: list[str]


class DossierDetails(DossierOut):
    """A dossier with its place in the ledger and its last verification."""

    place: Recorded
    verified: Verified | None


class FieldOut(Schema):
    """A salted field: the record and path to withhold it by, what it is, and its value."""

    record: str
    path: str
    kind: str
    label: str
    value: str
    occurred_at: datetime


@router.post("/cases/{case}/dossiers", response={201: IssuedOut})
@seals
def issue_dossier(request: ApiRequest, case: str, body: IssueDossier) -> Status[IssuedOut]:
    """Issues a dossier of the case: a BagIt bag that a stranger can verify. Fetch it as a zip afterwards."""
    made = services.issue_dossier(
        request.auth,
        case=case,
        language=body.language,
        recipient=body.recipient,
        purpose=body.purpose,
        withhold=[(one.record, one.path) for one in body.withhold],
    )
    outcome = made.outcome
    return Status(
        201,
        IssuedOut(
            id=made.id,
            place=recorded(made.record),
            holds=outcome.code() == 0,
            signatures=outcome.signatures,
            inclusion=outcome.inclusion,
            exhibits=outcome.exhibits,
            cosignatures=outcome.cosignatures,
            withheld=outcome.withheld,
        ),
    )


@router.get("/dossiers", response=Dossiers)
def list_dossiers(request: ApiRequest, case: Id | None = None, after: Id | None = None) -> Dossiers:
    """The dossiers of the cases you may know of, or of one case, newest first, a page at a time."""
    page = queries.dossiers(request.auth, case=case, after=after)
    log_read(request.auth, case=case, kind="dossiers", thing=case or "list")
    return Dossiers(items=[DossierOut(**_fields(row)) for row in page.rows], next=page.after)


@router.get("/cases/{case}/salted-fields", response=list[FieldOut])
def list_salted_fields(request: ApiRequest, case: str) -> list[FieldOut]:
    """Every salted field of the case that a dossier could leave out (``withhold``)."""
    _contents, fields = queries.choosable(request.auth, case)
    log_read(request.auth, case=case, kind="fields", thing=case)
    return [
        FieldOut(
            record=one.jti,
            path=one.path,
            kind=one.kind,
            label=one.label,
            value=one.value,
            occurred_at=one.occurred_at,
        )
        for one in fields
    ]


@router.get("/dossiers/{dossier}", response=DossierDetails)
def read_dossier(request: ApiRequest, dossier: str) -> DossierDetails:
    """One dossier: for whom, why, how much is in it, and what the verifier last said of it."""
    return _details(request, dossier)


@router.post("/dossiers/{dossier}/verify", response=DossierDetails)
@seals
def verify_dossier(request: ApiRequest, dossier: str) -> DossierDetails:
    """Runs the verifier over the dossier's files again."""
    queries.dossier(request.auth, dossier)
    _present(dossier)
    services.verify(dossier)
    return _details(request, dossier)


@router.get("/dossiers/{dossier}/download", response={200: None}, openapi_extra=binary("application/zip"))
def download_dossier(request: ApiRequest, dossier: str) -> StreamingHttpResponse:
    """The dossier as a zip, made while it is sent; the same dossier always gives the same bytes."""
    row = queries.dossier(request.auth, dossier)
    folder = _present(dossier)
    log_read(request.auth, case=row.case, kind="dossier.download", thing=dossier)
    name = f"dossier-{row.id}"
    response = StreamingHttpResponse(zip_chunks(folder, name), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def _present(dossier: str) -> Path:
    """The folder of a dossier. Raises Unseen when its files do not lie on this node (any more)."""
    folder = queries.dossier_folder(dossier)
    if not folder.is_dir():
        raise unseen()
    return folder


def _details(request: ApiRequest, dossier: str) -> DossierDetails:
    view = queries.dossier_view(request.auth, dossier, get_language() or "en")
    log_read(request.auth, case=view.row.case, kind="dossier", thing=dossier)
    said = view.verified
    verified = (
        None
        if said is None
        else Verified(
            at=said.at,
            holds=said.holds,
            numbers=said.numbers,
            held=list(said.held),
            failed=list(said.failed),
            unchecked=list(said.unchecked),
        )
    )
    return DossierDetails(**_fields(view.row), place=recorded(view.row.record_id, view.place), verified=verified)


def _fields(row: DossierRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "case": row.case,
        "record": row.record_id,
        "language": row.language,
        "recipient": row.recipient,
        "purpose": row.purpose,
        "withheld": row.withheld,
        "records": row.records,
        "files": row.files,
        "issued_by": officer_or_none(row.issued_by),
        "issued_at": row.issued_at,
        "available": row.available,
    }
