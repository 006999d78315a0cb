"""The facts about exhibits, their seals, photographs and custody (docs/trust/format.md §5).

A condition describes the thing and names no person, so it stands open in the record; remarks are salted fields.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from copes.chain.cases.records import Container, Country, Line, Reason, Text, Uuid, no_controls
from copes.trust.records.model import Body, Sensitive

Category = Literal[
    "drugs",
    "precursor",
    "medicine",
    "cash",
    "tobacco",
    "alcohol",
    "firearm",
    "ammunition",
    "explosive",
    "counterfeit",
    "wildlife",
    "cultural",
    "jewellery",
    "vehicle",
    "document",
    "digital_device",
    "fuel",
    "foodstuff",
    "clothing",
    "packaging",
    "other",
]
Unit = Literal["g", "kg", "t", "mg", "ml", "l", "m3", "m", "m2", "pieces", "packs", "pairs"]
ReleaseReason = Literal[
    "storage", "weighing", "examination", "laboratory", "photography", "court", "transport", "return", "other"
]
SealState = Literal["intact", "broken", "none", "not_checked"]
Amount = Annotated[Decimal, Field(gt=0, max_digits=20, decimal_places=6)]
Money = Annotated[Decimal, Field(ge=0, max_digits=20, decimal_places=4)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
SealNumber = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), AfterValidator(no_controls)
]
Condition = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(no_controls)
]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
MAX_BATCH = 200  # exhibits in one custody record, so that it stays under 64 KiB; bigger batches make several


class Denomination(Body):
    """So many notes or coins of one value."""

    value: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=4)]
    count: Annotated[int, Field(gt=0, le=10_000_000)]
    form: Literal["note", "coin"] = "note"


class Cash(Body):
    """Cash counted by denomination, by two officers; the total is the sum and nothing else."""

    currency: Currency
    denominations: list[Denomination] = Field(min_length=1, max_length=40)
    total: Money
    counters: list[Uuid] = Field(max_length=6)

    @model_validator(mode="after")
    def _adds_up(self) -> Cash:
        counted = sum((line.value * line.count for line in self.denominations), Decimal(0))
        if counted != self.total:
            raise PydanticCustomError(
                "cash_total",
                "The denominations add up to {counted}, not to {total}.",
                {"counted": format(counted, "f"), "total": format(self.total, "f")},
            )
        if len(set(self.counters)) < 2:
            raise PydanticCustomError("two_counters", "Two different officers must count cash.")
        return self


class Vehicle(Body):
    """A vehicle taken as an exhibit."""

    registration: Annotated[Line | None, Sensitive] = None
    vin: Annotated[Line | None, Sensitive] = None
    make: Line | None = None
    country: Country | None = None


class Value(Body):
    """An estimated value."""

    amount: Money
    currency: Currency


class Origin(Body):
    """Where an imported record comes from, and how exact its time is."""

    source: Line
    line: Annotated[int, Field(ge=1)]
    time_known_to: Literal["minute", "day", "month", "year"]


class Measure(Body):
    """A further measured or stated property, for example purity in per cent."""

    name: Line
    value: Annotated[Decimal, Field(max_digits=20, decimal_places=6)]
    unit: Line


class ExhibitCreated(Body):
    """One thing with one label exists as an exhibit, in the hands of ``holder``."""

    kind: ClassVar[str] = "exhibit.created/1"
    exhibit: Uuid
    number: Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9]{4}-[0-9]{6,}/[0-9]+$")]
    holder: Uuid
    seizure: Uuid
    description: Text
    category: Category
    quantity: Amount | None = None
    unit: Unit | None = None
    gross_g: Amount | None = None
    net_g: Amount | None = None
    cash: Cash | None = None
    container: Container | None = None
    vehicle: Vehicle | None = None
    value: Value | None = None
    measures: list[Measure] | None = None
    found_where: Annotated[Text | None, Sensitive] = None
    seal: SealNumber | None = None
    hs_code: Annotated[str | None, Field(pattern=r"^[0-9]{4}([0-9]{2}){0,3}$")] = None
    origin: Origin | None = None

    @model_validator(mode="after")
    def _whole(self) -> ExhibitCreated:
        if (self.quantity is None) != (self.unit is None):
            raise PydanticCustomError("quantity_unit", "A quantity needs a unit, and a unit a quantity.")
        if (self.cash is None) == (self.category == "cash"):
            raise PydanticCustomError("cash_category", "Cash is counted by denomination, and only cash is.")
        if self.gross_g is not None and self.net_g is not None and self.net_g > self.gross_g:
            raise PydanticCustomError("net_over_gross", "The net weight is more than the gross weight.")
        return self


class ExhibitPhotographed(Body):
    """A photograph of an exhibit, kept in the blob store under its SHA-256."""

    kind: ClassVar[str] = "exhibit.photographed/1"
    exhibit: Uuid
    sha256: Sha256
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,100}$")]
    media_type: Literal["image/jpeg", "image/png", "image/webp"]
    size: Annotated[int, Field(gt=0)]
    taken_at: AwareDatetime | None = None


class SealApplied(Body):
    """A seal was put on an exhibit."""

    kind: ClassVar[str] = "seal.applied/1"
    exhibit: Uuid
    seal: SealNumber


class SealChecked(Body):
    """A seal was looked at and found intact, or not."""

    kind: ClassVar[str] = "seal.checked/1"
    exhibit: Uuid
    seal: SealNumber
    intact: bool
    remark: Annotated[Text | None, Sensitive] = None


class SealBroken(Body):
    """A seal was opened on purpose, and perhaps replaced."""

    kind: ClassVar[str] = "seal.broken/1"
    exhibit: Uuid
    seal: SealNumber
    reason: Reason
    replaced_by: SealNumber | None = None


class SealSeen(Body):
    """The state of one exhibit's seal as someone saw it at a hand-over."""

    exhibit: Uuid
    seal: SealNumber | None = None
    state: SealState


class CustodyReleased(Body):
    """The holder gives exhibits out of hand, to someone named; until receipt the holder stays answerable."""

    kind: ClassVar[str] = "custody.released/1"
    exhibits: list[Uuid] = Field(min_length=1, max_length=MAX_BATCH)
    released_by: Uuid
    released_to: Uuid
    reason: ReleaseReason
    remark: Annotated[Text | None, Sensitive] = None
    condition: Condition
    seals: list[SealSeen] | None = None


class CustodyReceived(Body):
    """The person to whom exhibits were released takes them, all or part; from now on that person answers."""

    kind: ClassVar[str] = "custody.received/1"
    release: Uuid
    exhibits: list[Uuid] = Field(min_length=1, max_length=MAX_BATCH)
    received_by: Uuid
    condition: Condition
    remark: Annotated[Text | None, Sensitive] = None
    seals: list[SealSeen] | None = None


class CustodyDeclined(Body):
    """The person to whom exhibits were released refuses them; they stay with the releaser."""

    kind: ClassVar[str] = "custody.declined/1"
    release: Uuid
    exhibits: list[Uuid] = Field(min_length=1, max_length=MAX_BATCH)
    received_by: Uuid
    reason: Reason


class CustodyCancelled(Body):
    """The releaser takes a release back before receipt."""

    kind: ClassVar[str] = "custody.cancelled/1"
    release: Uuid
    exhibits: list[Uuid] = Field(min_length=1, max_length=MAX_BATCH)
    reason: Reason
