"""Bodies of records as pydantic models, and the way from a model to claims with salted fields.

Mark what is personal or sensitive with ``Annotated[..., Sensitive]``: a field, the elements of a list, a
whole object or list, or fields inside it. Everything else stands open in the ledger's record.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from copes.trust.errors import RecordError
from copes.trust.records.sdjwt import Salted

Encoder = Callable[[Any], Any]
_PLAIN = (str, int, bool, type(None))


class Sensitive:
    """The marker: ``name: Annotated[str, Sensitive]``. The class itself is the marker; it is not
    instantiated.
    """


class Body(BaseModel):
    """The body of one kind of record: frozen, no unknown fields. ``kind`` is e.g. ``custody.released/1``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class _Field:
    attribute: str
    name: str
    encode: Encoder | None
    salted: bool


def to_claims(body: BaseModel) -> dict[str, Any]:
    """The body as claims for ``sdjwt.issue``: ``Salted`` where sensitive, None left out, in field order.

    Decimals become plain decimal text, aware datetimes RFC 3339, dates ISO 8601, enums their value, UUIDs
    lower case. Raises RecordError for floats, naive datetimes, numbers that are not finite and unknown types.
    """
    claims: dict[str, Any] = {}
    values = body.__dict__
    for field in _plan(type(body)):
        value = values[field.attribute]
        if value is None:
            continue
        if field.encode is not None:
            value = field.encode(value)
        claims[field.name] = Salted(value) if field.salted else value
    return claims


@cache
def _plan(model: type[BaseModel]) -> tuple[_Field, ...]:
    """How each field of a model is written; made once a class."""
    fields = []
    for attribute, info in model.model_fields.items():
        salted = Sensitive in info.metadata
        encode, inner = _encoder(info.annotation)
        fields.append(_Field(attribute, info.alias or attribute, encode, salted or inner))
    return tuple(fields)


def _encoder(annotation: Any) -> tuple[Encoder | None, bool]:
    """How values of a type are written (None: as they are), and whether the value is marked sensitive."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        encode, inner = _encoder(arguments[0])
        return encode, inner or Sensitive in arguments[1:]
    if origin in {Union, UnionType}:
        return _union_encoder([each for each in arguments if each is not type(None)])
    if annotation in _PLAIN or (origin is Literal and all(type(each) in _PLAIN for each in arguments)):
        return None, False
    return _container_encoder(origin, arguments) or _encoder_of_type(annotation), False


def _container_encoder(origin: Any, arguments: Sequence[Any]) -> Encoder | None:
    """How lists and mappings of a declared element type are written; None for anything else."""
    if not isinstance(origin, type):
        return None
    if issubclass(origin, Mapping):
        return _mapping_encoder(arguments[1])
    if origin is tuple and arguments[1:] != (...,):
        if any(_encoder(each)[1] for each in arguments):
            raise RecordError("record.model", "a tuple of fixed form cannot hold sensitive elements")
        return None
    return _sequence_encoder(arguments[0]) if issubclass(origin, Sequence | AbstractSet) else None


def _encoder_of_type(kind: Any) -> Encoder:
    if isinstance(kind, type):
        for known, encode in _BY_TYPE:
            if issubclass(kind, known):
                return encode
    return _by_value


def _union_encoder(members: Sequence[Any]) -> tuple[Encoder | None, bool]:
    found = [_encoder(member) for member in members]
    marked = {inner for _, inner in found}
    if len(marked) > 1:
        raise RecordError("record.model", "either every alternative of a union is sensitive or none")
    encoders = {encode for encode, _ in found}
    return (encoders.pop() if len(encoders) == 1 else _by_value), marked.pop()


def _sequence_encoder(element: Any) -> Encoder | None:
    encode, salted = _encoder(element)
    if salted:
        return lambda values: [Salted(encode(value) if encode else value) for value in values]
    if encode is None:
        return list
    return lambda values: [encode(value) for value in values]


def _mapping_encoder(element: Any) -> Encoder:
    encode, salted = _encoder(element)

    def members(values: Mapping[str, Any]) -> dict[str, Any]:
        written = {str(name): encode(value) if encode else value for name, value in values.items() if value is not None}
        return {name: Salted(value) for name, value in written.items()} if salted else written

    return members


def _decimal_text(value: Decimal) -> str:
    if not value.is_finite():
        raise RecordError("record.number", "a record holds finite numbers only")
    return format(value, "f")


def _time_text(value: datetime) -> str:
    if value.utcoffset() is None:
        raise RecordError("record.naive-time", "a record's times state their offset from UTC")
    return value.isoformat()


def _plain_date(value: date | time) -> str:
    return value.isoformat()


def _enum_value(value: Enum) -> Any:
    return _by_value(value.value)


def _values_of(values: Iterable[Any]) -> list[Any]:
    return [_by_value(each) for each in values]


def _members_of(values: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name): _by_value(value) for name, value in values.items() if value is not None}


def _as_it_is(value: Any) -> Any:
    return value


_BY_TYPE: tuple[tuple[type | UnionType, Encoder], ...] = (
    (Enum, _enum_value),
    (str | int | NoneType, _as_it_is),
    (BaseModel, to_claims),
    (Decimal, _decimal_text),
    (datetime, _time_text),
    (UUID, str),
    (date | time, _plain_date),
    (Mapping, _members_of),
    (list | tuple | set | frozenset, _values_of),
)


def _by_value(value: Any) -> Any:
    """Write a value by its own type, where the annotation alone does not say how."""
    for kind, encode in _BY_TYPE:
        if isinstance(value, kind):
            return encode(value)
    raise RecordError("record.type", "a record cannot hold a {type}", type=type(value).__name__)


def sensitive_paths(model: type[BaseModel]) -> list[str]:
    """Where a model has salted fields, ``persons.*.name``: ``*`` stands for list positions and mapping names.

    A model nested in itself is followed once.
    """
    return _paths(model, "", frozenset())


def _paths(annotation: Any, path: str, above: frozenset[type]) -> list[str]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    found = [path] if origin is Annotated and Sensitive in arguments[1:] else []
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _paths_of_model(annotation, path, above)
    if origin is Annotated:
        found += _paths(arguments[0], path, above)
    elif origin in {Union, UnionType}:
        found += [each for member in arguments for each in _paths(member, path, above)]
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        found += _paths(arguments[1], f"{path}.*", above)
    elif isinstance(origin, type) and issubclass(origin, Sequence | AbstractSet):
        found += _paths(arguments[0], f"{path}.*", above)
    return list(dict.fromkeys(found))


def _paths_of_model(model: type[BaseModel], path: str, above: frozenset[type]) -> list[str]:
    found: list[str] = []
    for attribute, info in model.model_fields.items() if model not in above else ():
        place = f"{path}.{info.alias or attribute}".removeprefix(".")
        found += [place] if Sensitive in info.metadata else []
        found += _paths(info.annotation, place, above | {model})
    return list(dict.fromkeys(found))
