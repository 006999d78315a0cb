"""Writes docs/trust/kinds.md: every kind of record, its fields, and which of them are salted. A test compares.

Run without arguments to write the page; ``kinds_page()`` gives its text.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

TARGET = Path(__file__).resolve().parents[1] / "docs" / "trust" / "kinds.md"
HEAD = """# Kinds of records

Made by `tools/kinds.py` from the models that the program itself uses; a test fails when this page is not up to date.
The parts that every record has are in [format.md](format.md) §1; here stands the **body** of each kind.

How to read a path: a point goes into an object, `*` stands for any position of a list (or any member of a map).
*Salted* fields stand in the signed record as digests only and can be left out or erased; what lies beneath a salted
object is salted with it. Optional fields are left out when there is nothing to say.

How values are written: decimals and amounts as text in plain notation (`3969`, `0.25`); times as RFC 3339 with their
offset from UTC; dates as ISO 8601; ids as lower-case UUIDs.
"""
WORDS: dict[type, str] = {
    bool: "true or false",
    int: "whole number",
    Decimal: "decimal, as text",
    datetime: "time with offset",
    date: "date",
    time: "time of day",
    UUID: "id",
    str: "text",
}
UUID_PATTERN = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class Row(NamedTuple):
    """One line of a kind's table."""

    path: str
    form: str
    salted: bool
    optional: bool


def kinds_page() -> str:
    """The whole page. Needs Django, to have every room declare its kinds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "copes.foundation.config.settings")
    import django

    django.setup()
    from copes.foundation.journal.registry import body_of, kinds

    parts = [HEAD]
    for group, names in groupby(kinds(), key=lambda kind: kind.partition(".")[0]):
        parts.append(f"## {group}\n")
        parts += [_section(kind, body_of(kind)) for kind in names]
    return "\n".join(parts)


def _section(kind: str, body: type[BaseModel]) -> str:
    first = " ".join((body.__doc__ or "").split())
    lines = [f"### `{kind}`", "", first, "", "| field | form | | |", "|---|---|---|---|"]
    for row in rows_of(body):
        notes = ("salted" if row.salted else "plain", "optional" if row.optional else "")
        lines.append(f"| `{row.path}` | {row.form} | {notes[0]} | {notes[1]} |")
    return "\n".join([*lines, ""])


def rows_of(model: type[BaseModel]) -> list[Row]:
    """The fields of a body, nested ones beneath their own; salted where the model marks them ``Sensitive``."""
    from copes.trust.records.model import sensitive_paths

    return list(_rows(model, "", frozenset(sensitive_paths(model)), salted=False))


def _rows(model: type[BaseModel], above: str, marked: AbstractSet[str], *, salted: bool) -> Iterator[Row]:
    for attribute, info in model.model_fields.items():
        path = f"{above}.{info.alias or attribute}".removeprefix(".")
        optional = not info.is_required()
        hidden = salted or path in marked
        pattern = _pattern(info.metadata)
        yield Row(path, _form(info.annotation, pattern), hidden, optional)
        for nested, stars in _models(info.annotation):
            yield from _rows(nested, path + stars, marked, salted=hidden or path + stars in marked)


def _pattern(metadata: Sequence[Any]) -> str:
    return next((str(one.pattern) for one in metadata if getattr(one, "pattern", None)), "")


def _bare(annotation: Any) -> tuple[Any, str]:
    """The type without ``Annotated``, with the pattern it carried."""
    pattern = ""
    while hasattr(annotation, "__metadata__"):
        found = [*annotation.__metadata__]
        found += [nested for one in found for nested in getattr(one, "metadata", ())]
        pattern = pattern or _pattern(found)
        annotation = annotation.__origin__
    return annotation, pattern


def _members(annotation: Any) -> list[Any]:
    """The alternatives of a union, without None; else the type alone."""
    bare, _ = _bare(annotation)
    if get_origin(bare) in {Union, UnionType}:
        return [one for one in get_args(bare) if one is not type(None)]
    return [annotation]


def _form(annotation: Any, pattern: str = "") -> str:
    alternatives = _members(annotation)
    if len(alternatives) > 1:
        return " or ".join(_form(one) for one in alternatives)
    bare, own = _bare(alternatives[0])
    origin, arguments = get_origin(bare), get_args(bare)
    if origin is Literal:
        return "one of " + ", ".join(f"`{one}`" for one in arguments)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"map to {_form(arguments[1])}"
    if isinstance(origin, type) and issubclass(origin, Sequence | AbstractSet):
        return f"list of {_form(arguments[0])}"
    return _plain_form(bare, own or pattern)


def _plain_form(kind: Any, pattern: str) -> str:
    if UUID_PATTERN in pattern:
        return "id"
    if pattern:
        return "text of the form `" + pattern.replace("|", "\\|") + "`"
    if kind is AwareDatetime:
        return WORDS[datetime]
    if isinstance(kind, type):
        if issubclass(kind, BaseModel):
            return "object"
        for known, words in WORDS.items():
            if issubclass(kind, known):
                return words
    return "any JSON value"


def _models(annotation: Any) -> Iterator[tuple[type[BaseModel], str]]:
    """The models a field's value is made of, each with the stars of the lists and maps around it."""
    for one in _members(annotation):
        bare, _ = _bare(one)
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            yield bare, ""
        elif isinstance(get_origin(bare), type):
            for argument in get_args(bare):
                for model, stars in _models(argument):
                    yield model, f".*{stars}"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(kinds_page(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
