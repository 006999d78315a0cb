"""Goods templates over HTTP: those of the house, and the officer's own."""

from __future__ import annotations

from ninja import Router, Schema, Status

from copes.chain.cases import policies
from copes.chain.seizures.favourites import drop_favourite, favourites_of, keep_favourite
from copes.chain.seizures.goods import goods
from copes.foundation.api.schemas import Asked
from copes.foundation.api.tokens import ApiRequest

router = Router(tags=["seizures"])


class GoodsOut(Schema):
    """A template: what an item begins with, and what to look at."""

    code: str
    label: str
    category: str
    unit: str
    currency: str
    description: str
    packaging: list[str]
    questions: list[str]


class OwnTemplate(Asked):
    """A description with its category and unit."""

    description: str
    category: str = ""
    unit: str = ""


class OwnTemplateOut(Schema):
    """One of the officer's own templates."""

    id: str
    label: str
    description: str
    category: str
    unit: str


class TemplateId(Schema):
    """The template that was kept."""

    id: str


@router.get("/goods", response=list[GoodsOut])
def list_goods(request: ApiRequest) -> list[GoodsOut]:
    """The goods templates of the house, in the reader's language."""
    policies.require(request.auth, "record_seizure")
    return [GoodsOut(**one.shown()) for one in goods()]


@router.get("/goods/mine", response=list[OwnTemplateOut])
def list_own(request: ApiRequest) -> list[OwnTemplateOut]:
    """Your own templates."""
    return [OwnTemplateOut.model_validate(one) for one in favourites_of(request.auth)]


@router.post("/goods/mine", response={201: TemplateId})
def keep_own(request: ApiRequest, body: OwnTemplate) -> Status[TemplateId]:
    """Keeps a template of your own."""
    acting = policies.require(request.auth, "record_seizure")
    return Status(201, TemplateId(id=keep_favourite(acting, body.model_dump())))


@router.delete("/goods/mine/{template}", response={204: None})
def drop_own(request: ApiRequest, template: str) -> Status[None]:
    """Forgets one of your own templates."""
    drop_favourite(request.auth, template)
    return Status(204, None)
