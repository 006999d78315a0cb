"""Searching over HTTP. Thin: queries and services do the work."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema, Status

from copes.foundation.api.schemas import Asked
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.people.reading import log_read
from copes.insight.search import disclosing, queries, services
from copes.insight.search.exporting import TYPES

router = Router(tags=["search"])
Kind = Literal[
    "case", "exhibit", "person", "transport", "container", "seal", "control", "seizure", "note", "task", "officer"
]


class SearchFor(Schema):
    """What is looked for."""

    q: Annotated[str, Field(min_length=1, max_length=200, description="Words, names, numbers, plates")]
    kind: Annotated[Kind | None, Field(description="Only things of this kind")] = None
    after: Annotated[int | None, Field(description="Key of the page before")] = None


class FoundOut(Schema):
    """A thing that was found."""

    kind: str
    title: str
    detail: str
    case: str
    number: str
    url: str
    at: datetime
    corrected: bool


class FoundPage(Schema):
    """A page of things, newest first; ``next`` is the key of the next page."""

    items: list[FoundOut]
    next: int | None


class SavedIn(Asked):
    """A search or list to keep."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    address: Annotated[str, Field(min_length=1, max_length=1000)]


class SavedOut(SavedIn):
    """A search or list that is kept."""

    id: str


class ExportOf(Asked):
    """A list to export. ``filters`` are those of the list's own address; ``picked`` ids win over them."""

    format: Literal["csv", "xlsx"]
    purpose: Annotated[str, Field(min_length=3, max_length=300)]
    filters: dict[str, str] = {}
    picked: Annotated[list[str], Field(max_length=disclosing.MOST_PICKED)] = []


@router.get("/search", response=FoundPage)
def search(request: ApiRequest, wanted: Query[SearchFor]) -> FoundPage:
    """Everything you may know of that bears all the words, newest first, exact numbers ahead."""
    text = wanted.q.replace("\0", "")
    found = queries.search(request.auth, text, kind=wanted.kind or "", after=wanted.after)
    if found.rows:
        log_read(request.auth, case=None, kind="search", thing=text[:100])
    rows = [
        FoundOut(kind=row.kind, title=row.name, detail=row.told, case=row.case, number=row.number, url=row.url,
                 at=row.at, corrected=row.corrected)
        for row in found.rows
    ]  # fmt: skip
    return FoundPage(items=rows, next=found.after)


@router.get("/searches", response=list[SavedOut])
def list_searches(request: ApiRequest) -> list[SavedOut]:
    """Your saved searches."""
    saved = queries.saved_of(request.auth.officer)
    return [SavedOut(id=one.id, name=one.name, address=one.address) for one in saved]


@router.post("/searches", response={201: SavedOut})
def save_search(request: ApiRequest, body: SavedIn) -> Status[SavedOut]:
    """Keeps a search or filtered list under a name."""
    kept = services.save_search(request.auth, name=body.name, address=body.address)
    return Status(201, SavedOut(id=kept.id, name=kept.name, address=kept.address))


@router.delete("/searches/{search_id}", response={204: None})
def delete_search(request: ApiRequest, search_id: str) -> Status[None]:
    """Deletes one of your saved searches."""
    services.delete_search(request.auth, search_id)
    return Status(204, None)


@router.post("/lists/{name}/export")
def export_list(request: ApiRequest, name: Literal["cases", "exhibits"], body: ExportOf) -> HttpResponse:
    """A list as a file; the ledger keeps who exported it, what for, and the file's hash."""
    with disclosing.export_list(
        request.auth, name=name, given=body.filters, picked=body.picked, form=body.format, purpose=body.purpose
    ) as made:
        answer = HttpResponse(made.read(), content_type=TYPES[body.format])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{body.format}"'
    return answer
