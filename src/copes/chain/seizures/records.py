"""The facts about seizures and detentions: what the report, the notice and the receipt must carry.

The body is the union of what the laws the project knows ask of a seizure report: date and cause, declaration made to
the person, seizing officers and person in charge of prosecution, nature and quantity of the things, presence or
summons, guardian, place of drafting, hour of closing (code des douanes art. 325); reading, invitation to sign and
copy (art. 327); grounds and power (CEMA 1979 Sch. 3 para. 1).
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError

from copes.chain.cases.records import LegalPower, Line, Place, PresentPerson, Text, Uuid
from copes.chain.custody.records import Amount, Category, Currency, Money, Sha256, Unit
from copes.trust.records.model import Body, Sensitive

MAX_ITEMS = 150  # items in one report: the record stays under 64 KiB
Presence = Literal["present", "absent", "refused_to_attend", "unknown"]
Signature = Literal["signed", "refused", "unable", "not_asked"]
Copy = Literal["given", "refused", "sent", "not_given"]
Detection = Literal[
    "risk_analysis",
    "intelligence",
    "random",
    "dog",
    "scanner",
    "questioning",
    "declaration",
    "routine",
    "other",
]
ConcealmentPlace = Literal[
    "baggage",
    "body",
    "vehicle_structure",
    "cargo",
    "container_structure",
    "fuel_tank",
    "mail",
    "clothing",
    "not_concealed",
    "other",
]


class Prosecution(Body):
    """The person in charge of prosecution."""

    name: Annotated[Line | None, Sensitive] = None
    capacity: Line
    residence: Line | None = None


class Guardian(Body):
    """To whom things are entrusted that stay where they are (gardien)."""

    name: Annotated[Line, Sensitive]
    capacity: Annotated[Line | None, Sensitive] = None
    address: Annotated[Line | None, Sensitive] = None


class Summons(Body):
    """How the person was called to attend the description or the drafting."""

    how: Line
    at: AwareDatetime | None = None


class Route(Body):
    """The way of the goods, as far as known."""

    origin: Line | None = None
    departure: Line | None = None
    transit: Line | None = None
    destination: Line | None = None


class SeizedItem(Body):
    """One line of the report; the exhibit's own record says the rest."""

    exhibit: Uuid
    number: Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9]{4}-[0-9]{6,}/[0-9]+$")]
    description: Line
    category: Category
    quantity: Amount | None = None
    unit: Unit | None = None
    currency: Currency | None = None
    total: Money | None = None


class SeizureRecorded(Body):
    """Things were seized."""

    kind: ClassVar[str] = "seizure.recorded/1"
    seizure: Uuid
    control: Uuid | None = None
    cause: Annotated[Text, Sensitive]
    legal_basis: LegalPower
    declaration: Annotated[Text | None, Sensitive] = None
    officers: list[Uuid] = Field(min_length=1, max_length=40)
    prosecution: Prosecution | None = None
    persons: list[PresentPerson] = Field(default_factory=list, max_length=20)
    presence: Presence
    summons: Summons | None = None
    guardian: Guardian | None = None
    place: Place
    drafted_at: Place
    started_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    read_to_person: bool
    signature: Signature
    copy_given: Copy
    statements: Annotated[Text | None, Sensitive] = None
    reservations: Annotated[Text | None, Sensitive] = None
    detection: Detection | None = None
    concealment_place: ConcealmentPlace | None = None
    concealment: Annotated[Text | None, Sensitive] = None
    route: Route | None = None
    items: list[SeizedItem] = Field(min_length=1, max_length=MAX_ITEMS)

    @model_validator(mode="after")
    def _times_and_signature(self) -> SeizureRecorded:
        if self.closed_at is not None and self.closed_at < self.started_at:
            raise PydanticCustomError("ends_before_start", "The end lies before the start.", {"at": "closed_at"})
        if self.presence != "present" and self.signature in {"signed", "refused", "unable"}:
            raise PydanticCustomError("signed_absent", "A person who was not present cannot have been asked to sign.")
        if self.presence != "present" and self.read_to_person:
            raise PydanticCustomError("read_absent", "The report cannot be read to a person who was not present.")
        return self


class DetentionRecorded(SeizureRecorded):
    """Things are held until it is clear whether they are liable to seizure."""

    kind: ClassVar[str] = "detention.recorded/1"


class ReceiptIssued(Body):
    """A receipt or notice for the person was printed."""

    kind: ClassVar[str] = "receipt.issued/1"
    seizure: Uuid
    sha256: Sha256
    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]+)?$")]] = Field(min_length=1, max_length=2)
    template: Sha256 | None = None  # over the agency's own templates and branding; absent when the shipped ones served


class PrintIssued(Body):
    """A document was printed from records."""

    kind: ClassVar[str] = "print.issued/1"
    print: Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]
    things: list[Uuid] = Field(max_length=1000)
    sha256: Sha256
    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]+)?$")]] = Field(min_length=1, max_length=2)
    template: Sha256 | None = None  # over the agency's own templates and branding; absent when the shipped ones served
