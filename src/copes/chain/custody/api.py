"""Exhibits, seals, photographs and custody over HTTP. Thin: services and queries do the work."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile
from pydantic import AwareDatetime, Field

from copes.chain.cases.policies import unseen
from copes.chain.custody import queries, services
from copes.chain.custody.api_shapes import (
    ApplySeal,
    BreakSeal,
    CancelFacts,
    CheckSeal,
    DeclineFacts,
    Desk,
    ExhibitCorrection,
    ExhibitLine,
    ExhibitOut,
    Exhibits,
    ExhibitSearch,
    ReceiveFacts,
    ReleaseFacts,
    ReleaseOut,
    exhibit_out,
    line_out,
    release_out,
)
from copes.chain.custody.chain import exhibit_page
from copes.chain.custody.queries import Filters
from copes.foundation.api.schemas import Done, binary, done, file_answer
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.people.reading import log_read
from copes.foundation.storage.services import read_blob

router = Router(tags=["custody"])


class PhotographForm(Schema):
    """What is known of a picture besides its bytes."""

    taken_at: AwareDatetime | None = None


@router.get("/exhibits", response=Exhibits)
def list_exhibits(request: ApiRequest, wanted: Query[ExhibitSearch]) -> Exhibits:
    """The exhibits you may see, newest case first, a page at a time."""
    filters = Filters(state=wanted.state, holder=wanted.holder, category=wanted.category, number=wanted.number)
    page = queries.exhibits(request.auth, filters, after=wanted.after)
    log_read(request.auth, case=None, kind="exhibits", thing=wanted.number or "list")
    return Exhibits(items=[line_out(row) for row in page.rows], next=page.after)


@router.get("/exhibits/find", response=ExhibitLine)
def find_exhibit(request: ApiRequest, text: Annotated[str, Field(min_length=1, max_length=100)]) -> ExhibitLine:
    """The one exhibit that a scanned label, an exhibit number, a seal or a container number means."""
    found = queries.find_exhibit(request.auth, text)
    log_read(request.auth, case=found.case, kind="exhibit", thing=found.id)
    return line_out(found)


@router.get("/exhibits/{exhibit}", response=ExhibitOut)
def read_exhibit(request: ApiRequest, exhibit: str) -> ExhibitOut:
    """An exhibit with its chain of custody: who answered for it from when to when, and every act on it."""
    page = exhibit_page(request.auth, exhibit)
    log_read(request.auth, case=page.row.case_id, kind="exhibit", thing=exhibit)
    return exhibit_out(page)


@router.post("/exhibits/{exhibit}/corrections", response={201: Done})
def correct_exhibit(request: ApiRequest, exhibit: str, body: ExhibitCorrection) -> Status[Done]:
    """Records what was wrong in an exhibit's description: the whole description as it should read, and why."""
    facts = body.model_dump(exclude_none=True)
    reason = facts.pop("reason")
    jti = services.correct_exhibit(request.auth, exhibit=exhibit, facts=facts, reason=reason)
    return Status(201, done(exhibit, jti))


@router.post("/exhibits/{exhibit}/photographs", response={201: Done})
def add_photograph(
    request: ApiRequest, exhibit: str, picture: File[UploadedFile], form: Form[PhotographForm]
) -> Status[Done]:
    """Keeps a photograph (JPEG, PNG or WebP, up to 25 MB, unchanged) of an exhibit in your hands."""
    data = picture.read()
    jti = services.photograph(request.auth, exhibit=exhibit, data=data, taken_at=form.taken_at)
    return Status(201, done(exhibit, jti))


@router.get("/exhibits/{exhibit}/photographs/{photograph}", response={200: None}, openapi_extra=binary("image/*"))
def read_photograph(request: ApiRequest, exhibit: str, photograph: str) -> HttpResponse:
    """The picture, byte for byte as it was taken in."""
    page = exhibit_page(request.auth, exhibit)
    found = next((one for one in page.photographs if one.id == photograph), None)
    if found is None:
        raise unseen()
    log_read(request.auth, case=page.row.case_id, kind="photograph", thing=photograph)
    return file_answer(read_blob(found.sha256), found.media_type, found.name)


@router.post("/exhibits/{exhibit}/seals", response={201: Done})
def apply_seal(request: ApiRequest, exhibit: str, body: ApplySeal) -> Status[Done]:
    """Puts a seal on an exhibit in your hands."""
    return Status(201, done(exhibit, services.apply_seal(request.auth, exhibit=exhibit, seal=body.seal)))


@router.post("/exhibits/{exhibit}/seals/check", response={201: Done})
def check_seal(request: ApiRequest, exhibit: str, body: CheckSeal) -> Status[Done]:
    """Records that the seal was looked at, and found intact or not."""
    jti = services.check_seal(request.auth, exhibit=exhibit, seal=body.seal, intact=body.intact, remark=body.remark)
    return Status(201, done(exhibit, jti))


@router.post("/exhibits/{exhibit}/seals/break", response={201: Done})
def break_seal(request: ApiRequest, exhibit: str, body: BreakSeal) -> Status[Done]:
    """Records that the seal was opened on purpose, why, and by which it was replaced."""
    jti = services.break_seal(
        request.auth, exhibit=exhibit, seal=body.seal, reason=body.reason, replaced_by=body.replaced_by
    )
    return Status(201, done(exhibit, jti))


@router.get("/custody/desk", response=Desk)
def read_desk(request: ApiRequest) -> Desk:
    """What waits for your receipt, what you released and nobody received yet, and what you hold."""
    officer = request.auth.officer
    held = queries.held_by(officer)
    log_read(request.auth, case=None, kind="desk", thing=officer)
    return Desk(
        to_receive=[release_out(one) for one in queries.to_receive(officer)],
        released=[release_out(one) for one in queries.open_releases(officer)],
        held=[line_out(one) for one in held.rows],
        more_held=held.after is not None,
    )


@router.post("/custody/releases", response={201: list[Done]})
def release(request: ApiRequest, body: ReleaseFacts) -> Status[list[Done]]:
    """You give exhibits in your hands to ``released_to``; until receipt you stay answerable.

    One release for each case among the exhibits, all or none. ``seals`` is the state of the seals as you saw it,
    for all of them or by exhibit id.
    """
    facts = body.model_dump()
    made = services.release(request.auth, to=facts.pop("released_to"), **facts)
    return Status(201, [done(jti, jti) for jti in made])


@router.get("/custody/releases/{release}", response=ReleaseOut)
def read_release(request: ApiRequest, release: str) -> ReleaseOut:
    """An open release that you gave or are asked to receive."""
    found = queries.open_release(request.auth, release)
    log_read(request.auth, case=found.case, kind="release", thing=release)
    return release_out(found)


@router.post("/custody/releases/{release}/receive", response=Done)
def receive(request: ApiRequest, release: str, body: ReceiveFacts) -> Done:
    """You take some or all exhibits of a release to you; from now on you answer for them."""
    return done(release, services.receive(request.auth, release=release, **body.model_dump()))


@router.post("/custody/releases/{release}/decline", response=Done)
def decline(request: ApiRequest, release: str, body: DeclineFacts) -> Done:
    """You refuse exhibits that were released to you; they stay with the releaser."""
    return done(release, services.decline(request.auth, release=release, **body.model_dump()))


@router.post("/custody/releases/{release}/cancel", response=Done)
def cancel(request: ApiRequest, release: str, body: CancelFacts) -> Done:
    """You take a release of yours back before receipt."""
    return done(release, services.cancel(request.auth, release=release, **body.model_dump()))
