"""Recording from the road over HTTP: a control that opens its case, and zones of travel documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import File, Router, Schema, Status, UploadedFile
from pydantic import Field

from copes.chain.cases import policies
from copes.chain.cases.api_shapes import ControlFacts, PersonFacts
from copes.chain.cases.documents import document_facts
from copes.chain.cases.mrz import MrzUnreadableError, read_mrz
from copes.chain.cases.photographs import corrections_of, read_document
from copes.chain.cases.recording import record_new_control
from copes.chain.cases.records import ControlRecorded, Line
from copes.chain.cases.zones.picture import MOST_BYTES
from copes.foundation.api.guard import seals
from copes.foundation.api.schemas import Asked, Done, done, facts_of
from copes.foundation.api.tokens import ApiRequest
from copes.foundation.refusals import BadInput

router = Router(tags=["cases"])

if TYPE_CHECKING:

    class NewControl(ControlFacts):
        """The body of the control, and the title of the case it opens."""

        title: str | None
        suspected_offence: str | None
else:
    NewControl = facts_of(
        ControlRecorded,
        "NewControl",
        without={"control"},
        persons=(list[PersonFacts], Field(default_factory=list, max_length=60)),
        title=(Line | None, None),
        suspected_offence=(Line | None, None),
    )


class NewCase(Schema):
    """The case that was opened and the control recorded in it."""

    case: Done
    control: Done


class Zone(Asked):
    """The text of a machine-readable zone."""

    text: Annotated[str, Field(max_length=2000)]


class ZoneRead(Schema):
    """What a zone says: values as a person's fields take them, and the parts whose check digit is wrong."""

    format: str
    values: dict[str, str]
    wrong: list[str]


class Correction(Schema):
    """One sign that was exchanged because of its position; line and place are counted from 1."""

    line: int
    place: int
    read: str
    put: str


class PhotographRead(ZoneRead):
    """A zone read from a photograph: its text, what was corrected in it, and what it says. To be confirmed."""

    text: str
    corrections: list[Correction]


@router.post("/controls", response={201: NewCase})
def record_new(request: ApiRequest, body: NewControl) -> Status[NewCase]:
    """Opens a case and records the control it begins with, both or neither."""
    facts = body.model_dump(exclude_none=True)
    title, offence = facts.pop("title", ""), facts.pop("suspected_offence", None)
    case, control = record_new_control(request.auth, facts=facts, title=title, suspected_offence=offence)
    return Status(201, NewCase(case=done(case.id, case.jti), control=done(control.id, control.jti)))


@router.post("/documents/zone", response=ZoneRead)
def read_zone(request: ApiRequest, body: Zone) -> ZoneRead:
    """Reads the machine-readable zone of a travel document (ICAO Doc 9303). Nothing of it is kept."""
    policies.require(request.auth, "record_control")
    try:
        zone = read_mrz(body.text, timezone.localdate())
    except MrzUnreadableError:
        raise BadInput(
            "zone.unreadable",
            _("This is no machine-readable zone: two lines of 44 or 36 signs, or three lines of 30."),
            _("Read the lines again, with every < in them."),
            field="text",
        ) from None
    return ZoneRead(format=zone.format, values=document_facts(zone), wrong=list(zone.wrong))


@router.post("/documents/photograph", response=PhotographRead)
@seals
def read_document_photograph(request: ApiRequest, picture: File[UploadedFile]) -> PhotographRead:
    """Reads the machine-readable zone in a photograph (JPEG, PNG or WebP, up to 15 MB). It is not kept.

    Show the text to a person before you use it: names and countries have no check digit (ICAO Doc 9303 part 3 §4.9).
    503 where the node has no reader; the zone can be typed and sent to /documents/zone.
    """
    found = read_document(request.auth, picture.read(MOST_BYTES + 1))
    return PhotographRead(
        format=found.zone.format,
        values=document_facts(found.zone),
        wrong=list(found.zone.wrong),
        text=found.text,
        corrections=[Correction(**one) for one in corrections_of(found)],
    )
