"""Bodies: what a model marks sensitive is salted, wherever it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Annotated, ClassVar, Literal, NewType
from uuid import UUID

import pytest
from pydantic import BaseModel, Field, ValidationError

from copes.trust.errors import RecordError
from copes.trust.records.model import Body, Sensitive, sensitive_paths, to_claims
from copes.trust.records.private import PrivateKey
from copes.trust.records.sdjwt import Salted, issue, parse, payload, resolve

ID = UUID("019a0000-0000-7000-8000-000000000001")
Grams = NewType("Grams", Decimal)


class Role(Enum):
    DRIVER = "driver"
    OWNER = "owner"


class Name(StrEnum):
    SHORT = "short"


class Address(BaseModel):
    street: Annotated[str, Sensitive]
    country: str


class Person(BaseModel):
    role: Role
    name: Annotated[str, Sensitive]
    born: Annotated[date, Sensitive] | None = None
    address: Address | None = None
    aliases: list[Annotated[str, Sensitive]] = []


class Seizure(Body):
    kind: ClassVar[str] = "seizure.recorded/1"

    exhibit: UUID
    begun: datetime
    net: Decimal
    grams: Grams
    found: bool
    level: Literal["low", "high"]
    style: Name
    persons: tuple[Person, ...]
    driver: Annotated[Person | None, Sensitive] = None
    homes: Annotated[list[Address], Sensitive] = []
    notes: dict[str, Annotated[str, Sensitive]] = Field(default_factory=dict)
    phones: Annotated[str, Field(max_length=20), Sensitive] | None = None
    whole: Annotated[Decimal | None, Sensitive] = None
    lines: list[Address | str] = []
    count: int | None = None


class Tree(Body):
    kind: ClassVar[str] = "tree/1"

    label: Annotated[str, Sensitive]
    branches: list[Tree] = []


def seizure(**changes: object) -> Seizure:
    values: dict[str, object] = {
        "exhibit": ID,
        "begun": datetime(2018, 2, 9, 1, 35, tzinfo=timezone(timedelta(hours=1))),
        "net": Decimal("12.50"),
        "grams": Decimal("1E+3"),
        "found": True,
        "level": "high",
        "style": "short",
        "persons": [{"role": "driver", "name": "Ève", "born": "1980-02-29", "aliases": ["E."]}],
    }
    return Seizure.model_validate({**values, **changes})


def test_every_type_is_written_as_the_format_says() -> None:
    claims = to_claims(seizure())
    assert claims == {
        "exhibit": "019a0000-0000-7000-8000-000000000001",
        "begun": "2018-02-09T01:35:00+01:00",
        "net": "12.50",
        "grams": "1000",
        "found": True,
        "level": "high",
        "style": "short",
        "persons": [
            {
                "role": "driver",
                "name": Salted("Ève"),
                "born": Salted("1980-02-29"),
                "aliases": [Salted("E.")],
            }
        ],
        "homes": Salted([]),
        "notes": {},
        "lines": [],
    }
    assert type(claims["style"]) is str


def test_sensitive_wholes_hold_sensitive_parts() -> None:
    claims = to_claims(
        seizure(
            driver={"role": "owner", "name": "Bob", "address": {"street": "Main", "country": "FR"}},
            homes=[{"street": "Side", "country": "IT"}],
            notes={"a": "secret"},
            phones="+33",
            whole="4.20",
            lines=["x", {"street": "Third", "country": "ES"}],
            count=0,
        )
    )
    street = {"street": Salted("Main"), "country": "FR"}
    assert claims["driver"] == Salted({"role": "owner", "name": Salted("Bob"), "address": street, "aliases": []})
    assert claims["homes"] == Salted([{"street": Salted("Side"), "country": "IT"}])
    assert claims["notes"] == {"a": Salted("secret")}
    assert claims["phones"] == Salted("+33")
    assert claims["whole"] == Salted("4.20")
    assert claims["lines"] == ["x", {"street": Salted("Third"), "country": "ES"}]
    assert claims["count"] == 0


def test_a_model_comes_back_from_its_record() -> None:
    body = seizure(driver={"role": "owner", "name": "Bob"}, homes=[{"street": "S", "country": "IT"}], notes={"a": "b"})
    signed = issue({"kind": body.kind, "body": to_claims(body)}, PrivateKey.generate())
    jwt, encoded = parse(signed.compact())
    assert Seizure.model_validate(resolve(payload(jwt), encoded).claims["body"]) == body


def test_sensitive_paths_name_every_salted_place() -> None:
    assert sensitive_paths(Seizure) == [
        "persons.*.name",
        "persons.*.born",
        "persons.*.address.street",
        "persons.*.aliases.*",
        "driver",
        "driver.name",
        "driver.born",
        "driver.address.street",
        "driver.aliases.*",
        "homes",
        "homes.*.street",
        "notes.*",
        "phones",
        "whole",
        "lines.*.street",
    ]


def test_a_model_nested_in_itself() -> None:
    tree = Tree(label="root", branches=[Tree(label="leaf")])
    assert to_claims(tree) == {
        "label": Salted("root"),
        "branches": [{"label": Salted("leaf"), "branches": []}],
    }
    assert sensitive_paths(Tree) == ["label"]


def test_bodies_are_frozen_and_refuse_unknown_fields() -> None:
    tree = Tree(label="x")
    with pytest.raises(ValidationError):
        tree.label = "y"
    with pytest.raises(ValidationError):
        Tree.model_validate({"label": "x", "extra": 1})


def test_what_a_record_cannot_say_is_refused() -> None:
    class Weight(Body):
        value: float

    class Moment(Body):
        at: datetime

    class Amount(Body):
        value: Decimal = Field(allow_inf_nan=True)

    class Mixed(Body):
        value: Annotated[str, Sensitive] | int

    for body in (
        Weight(value=1.5),
        Moment(at=datetime.fromisoformat("2026-01-01T00:00:00")),
        Amount(value=Decimal("NaN")),
        Mixed(value=1),
    ):
        with pytest.raises(RecordError):
            to_claims(body)


def test_any_python_value_in_an_open_field_is_written_by_its_own_type() -> None:
    class Open(Body):
        value: object

    for value, written in (
        (Decimal("1.0"), "1.0"),
        ([date(2026, 1, 2), {"a": None, "b": ID}], ["2026-01-02", {"b": str(ID)}]),
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00+00:00"),
        (Role.OWNER, "owner"),
        (Address(street="x", country="y"), {"street": Salted("x"), "country": "y"}),
    ):
        assert to_claims(Open(value=value)) == {"value": written}
