"""Shapes that answers of several rooms share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, cast

from django.http import HttpResponse
from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, create_model

from copes.foundation.journal.acting import Acting
from copes.foundation.journal.queries import Place, place_of, places_of
from copes.foundation.refusals import Forbidden

State = Literal["durable", "sealed", "witnessed"]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Reason = Annotated[str, Field(min_length=3, max_length=500)]


class Asked(Schema):
    """A request body: members that are not named here are refused."""

    model_config = ConfigDict(extra="forbid")


class FieldProblem(Schema):
    """One field that cannot be accepted."""

    field: str
    code: str
    reason: str
    mend: str


class Problem(Schema):
    """Why the request was not answered as asked (RFC 9457), and what to do about it."""

    status: int
    code: str
    reason: str
    mend: str
    field: str | None = None
    errors: list[FieldProblem] | None = None


class Recorded(Schema):
    """Where a record stands in the ledger: its index, its leaf data in hex, and how far it is protected by now."""

    record: str
    index: int
    leaf: str
    state: State
    checkpoint_size: int | None = None


class Done(Schema):
    """An act was recorded; ``id`` is the thing it made or changed."""

    id: str
    records: list[Recorded]


class OfficerName(Schema):
    """An officer as others see them; ``name`` is null once erased."""

    id: str
    name: str | None
    service_number: str | None
    agency: str
    label: str


class Moment(Schema):
    """A point in time, as others need it beside an act."""

    at: datetime


def recorded(jti: str, place: Place | None = None) -> Recorded:
    """Where a record stands now. Raises LookupError when there is none."""
    place = place or place_of(jti)
    return Recorded(
        record=jti,
        index=place.index,
        leaf=place.leaf.hex(),
        state=cast("State", place.state),
        checkpoint_size=place.checkpoint_size,
    )


def done(thing: str, *jtis: str) -> Done:
    """The answer to an act: the thing, and where its records stand."""
    places = places_of(jtis)
    return Done(id=thing, records=[recorded(jti, places[jti]) for jti in jtis if jti in places])


def next_after(rows: Sequence[Any], size: int, key: str) -> str | None:
    """The key of the last row of a page that has another page behind it; ``rows`` holds one row more then."""
    return str(getattr(rows[size - 1], key)) if len(rows) > size else None


def file_answer(data: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to be saved, never rendered: the type is stated, and browsers must neither guess nor run it."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def facts_of(body: type[BaseModel], name: str, *, without: Collection[str] = (), **changed: Any) -> type[BaseModel]:
    """The body of a record as a request states it: the same fields, without those that the node fills in.

    ``changed`` gives fields another type, as ``(type, default)``. The service checks the whole record again.
    """
    fields: dict[str, Any] = {
        field: (info.annotation if not info.metadata else Annotated[info.annotation, *info.metadata], info)
        for field, info in body.model_fields.items()
        if field not in without and field not in changed
    }
    config = ConfigDict(extra="forbid")
    return create_model(name, __config__=config, __doc__=body.__doc__, **fields, **changed)


def binary(media_type: str) -> dict[str, Any]:
    """What the description says of an operation that answers with a file."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": "The file", "content": content}}}


def in_role(acting: Acting, roles: Iterable[str]) -> None:
    """Raises Forbidden unless the officer holds one of ``roles``."""
    from django.utils.translation import gettext_lazy as _

    if not acting.has(*roles):
        raise Forbidden(
            "role.missing",
            _("Your roles do not include this address."),
            _("If your work needs it, ask an administrator of your agency."),
        )
