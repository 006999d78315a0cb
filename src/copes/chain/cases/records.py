"""The facts about a case: its opening, the control it began with, who may see it, corrections and notes.

Free text and everything about a person is ``Sensitive``: it stands in the ledger as a salted field only.
Contents of the control follow what a report must carry in the laws the project knows (for example code des douanes,
art. 325 and 334) without being tied to one of them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from stdnum import iso6346
from stdnum.exceptions import InvalidChecksum, ValidationError

from copes.trust.records.model import Body, Sensitive

ALLOWED_CONTROLS = frozenset("\n\r\t")


def no_controls(value: str) -> str:
    """Text without control characters (a line break is one only in name). Raises PydanticCustomError."""
    if not value.isprintable() and any(ord(c) < 32 and c not in ALLOWED_CONTROLS for c in value):
        raise PydanticCustomError("text_control", "The text holds a control character.")
    return value


def real_country(value: str) -> str:
    """An ISO 3166-1 alpha-2 code that is assigned. Raises PydanticCustomError."""
    from pycountry import countries

    if countries.get(alpha_2=value) is None:
        raise PydanticCustomError("country", "There is no country with this code.")
    return value


Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(no_controls)
]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000), AfterValidator(no_controls)
]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500), AfterValidator(no_controls)
]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), AfterValidator(real_country)]
Latitude = Annotated[Decimal, Field(ge=-90, le=90, max_digits=9, decimal_places=6)]
Longitude = Annotated[Decimal, Field(ge=-180, le=180, max_digits=9, decimal_places=6)]
PersonRole = Literal[
    "traveller",
    "driver",
    "passenger",
    "crew",
    "owner",
    "consignor",
    "consignee",
    "declarant",
    "carrier",
    "courier",
    "suspect",
    "witness",
    "guardian",
    "interpreter",
    "other",
]
TransportKind = Literal[
    "car",
    "van",
    "lorry",
    "trailer",
    "bus",
    "motorcycle",
    "train",
    "vessel",
    "aircraft",
    "on_foot",
    "post",
    "other",
]


class Place(Body):
    """Where something happened; coordinates are WGS 84 degrees, as exact decimals."""

    name: Line
    country: Country | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Place:
        if (self.latitude is None) != (self.longitude is None):
            raise PydanticCustomError("coordinates", "Give both latitude and longitude, or neither.")
        return self


class LegalPower(Body):
    """The power the officers acted under, in words, and where the law says it."""

    text: Line
    citation: Line | None = None
    jurisdiction: Country | None = None


class MeansOfTransport(Body):
    """A means of transport that was controlled."""

    transport: TransportKind
    registration: Annotated[Line | None, Sensitive] = None
    country: Country | None = None
    description: Line | None = None


class Container(Body):
    """A freight container: the number as typed, and normalised (ISO 6346, check digit verified)."""

    typed: Line
    number: Annotated[str, Field(pattern=r"^[A-Z]{3}[UJZ][0-9]{7}$")]

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, given: Any) -> Any:
        if isinstance(given, str):
            given = {"typed": given}
        if not isinstance(given, dict) or not isinstance(given.get("typed"), str):
            return given
        try:
            number = iso6346.validate("".join(filter(str.isalnum, given["typed"])))
        except InvalidChecksum:
            raise PydanticCustomError("container_check", "The check digit of the container number is wrong.") from None
        except ValidationError:
            raise PydanticCustomError("container_form", "This is not a container number.") from None
        if given.get("number", number) != number:
            raise PydanticCustomError("container_form", "This is not a container number.")
        return {**given, "number": number}


class PresentPerson(Body):
    """A person met at a control. The role is what the officer states; it is never presumed."""

    person: Uuid
    role: PersonRole
    name: Annotated[Line | None, Sensitive] = None
    born: Annotated[date | None, Sensitive] = None
    nationality: Annotated[Country | None, Sensitive] = None
    document: Annotated[Line | None, Sensitive] = None
    address: Annotated[Line | None, Sensitive] = None


class CaseOpened(Body):
    """A case begins. The suspected offence is an assessment, kept apart from what was found."""

    kind: ClassVar[str] = "case.opened/1"
    case: Uuid
    number: Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9]{4}-[0-9]{6,}$")]
    title: Annotated[Line, Sensitive]
    suspected_offence: Annotated[Line | None, Sensitive] = None


class ControlRecorded(Body):
    """A control: when, where, on what grounds and power, of whom and what, and what was found."""

    kind: ClassVar[str] = "control.recorded/1"
    control: Uuid
    started_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    grounds: Annotated[Text, Sensitive]
    legal_power: LegalPower
    place: Place
    means_of_transport: list[MeansOfTransport] = Field(default_factory=list, max_length=20)
    containers: list[Container] = Field(default_factory=list, max_length=50)
    persons: list[PresentPerson] = Field(default_factory=list, max_length=60)
    found: Annotated[Text | None, Sensitive] = None
    officers: list[Uuid] = Field(min_length=1, max_length=40)

    @model_validator(mode="after")
    def _ends_after_start(self) -> ControlRecorded:
        if self.ended_at is not None and self.ended_at < self.started_at:
            raise PydanticCustomError("ends_before_start", "The end lies before the start.", {"at": "ended_at"})
        return self


class ControlEnded(Body):
    """The control ended."""

    kind: ClassVar[str] = "control.ended/1"
    control: Uuid
    ended_at: AwareDatetime


class AccessGranted(Body):
    """An officer needs to know of the case from now on."""

    kind: ClassVar[str] = "access.granted/1"
    officer: Uuid
    reason: Annotated[Reason, Sensitive]


class AccessRevoked(Body):
    """An officer needs to know of the case no more."""

    kind: ClassVar[str] = "access.revoked/1"
    officer: Uuid
    reason: Annotated[Reason, Sensitive]


class CorrectedField(Body):
    """One corrected value, by its JSON path in the corrected record (``body.place.name``).

    Exactly one of ``value`` and ``salted_value`` is given; neither means that the value is withdrawn.
    """

    path: Annotated[str, Field(pattern=r"^body(\.[a-z0-9_]+)+$", max_length=200)]
    value: str | int | bool | None = None
    salted_value: Annotated[str | None, Sensitive] = None


class CorrectionRecorded(Body):
    """An earlier record says something wrong; this is what is right. Both stay."""

    kind: ClassVar[str] = "correction.recorded/1"
    record_kind: Annotated[str, Field(pattern=r"^[a-z_.]+/[0-9]+$", max_length=60)]
    thing: Uuid
    fields: list[CorrectedField] = Field(min_length=1, max_length=60)
    reason: Annotated[Reason, Sensitive]


class NoteAdded(Body):
    """A note on the case."""

    kind: ClassVar[str] = "note.added/1"
    note: Uuid
    text: Annotated[Text, Sensitive]


class CaseClosed(Body):
    """The work on a case is done for now. What happens later to its things is still recorded."""

    kind: ClassVar[str] = "case.closed/1"
    reason: Annotated[Reason, Sensitive]


class CaseReopened(Body):
    """The work on a closed case goes on."""

    kind: ClassVar[str] = "case.reopened/1"
    reason: Annotated[Reason, Sensitive]


class TaskAssigned(Body):
    """An officer is asked to do something for the case; ``things`` are ids of exhibits of the case."""

    kind: ClassVar[str] = "task.assigned/1"
    task: Uuid
    assignee: Uuid
    title: Annotated[Line, Sensitive]
    text: Annotated[Text | None, Sensitive] = None
    due_at: AwareDatetime | None = None
    priority: Literal["normal", "urgent"] = "normal"
    things: list[Uuid] = Field(default_factory=list, max_length=200)


class TaskDone(Body):
    """The task is done; the note says what came of it."""

    kind: ClassVar[str] = "task.done/1"
    task: Uuid
    note: Annotated[Text | None, Sensitive] = None


class TaskWithdrawn(Body):
    """The task need not be done any more."""

    kind: ClassVar[str] = "task.withdrawn/1"
    task: Uuid
    reason: Annotated[Reason, Sensitive]
