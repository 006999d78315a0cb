"""Corrections: how a later record changes what an earlier one is read as. Both records stay.

A corrected row keeps, per path, the record and path its value now comes from (``sources``).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from copes.chain.cases.records import CorrectedField
from copes.foundation.journal.facts import Fact
from copes.trust.records.model import Body, sensitive_paths

Applier = Callable[[Fact, str], None]
_appliers: dict[str, Applier] = {}
_bodies: dict[str, type[Body]] = {}


def corrects(*bodies: type[Body]) -> Callable[[Applier], Applier]:
    """Declares how corrections of records of these kinds change the declaring room's tables."""

    def register(applier: Applier) -> Applier:
        for body in bodies:
            _appliers[body.kind] = applier
            _bodies[body.kind] = body
        return applier

    return register


def apply_correction(fact: Fact, db: str) -> None:
    """Hands a correction to the room whose record it corrects. Raises LookupError for a kind none declared."""
    _appliers[fact.body["record_kind"]](fact, db)


def body_model(kind: str) -> type[Body]:
    """The body of a kind that can be corrected. Raises LookupError."""
    return _bodies[kind]


def correct_row(row: Any, fact: Fact) -> Any:
    """The row with its ``body`` and ``sources`` as they are after the correction."""
    body, sources = copy.deepcopy(row.body), dict(row.sources)
    for place, field in enumerate(fact.body["fields"]):
        member = "value" if "value" in field else "salted_value"  # an erased one is simply not there
        set_value(body, field["path"], field.get(member))
        sources[field["path"]] = [fact.jti, f"body.fields.{place}.{member}"]
    row.body, row.sources = body, sources
    return row


def set_value(body: dict[str, Any], path: str, value: Any) -> None:
    """Sets what stands at ``body.a.0.b``; objects and list elements that are missing are made on the way."""
    keys = path.split(".")[1:]
    at: Any = body
    for place, key in enumerate(keys):
        last = place == len(keys) - 1
        if isinstance(at, list):
            number = int(key)
            while len(at) <= number:
                at.append({})
            if last:
                at[number] = value
            at = at[number]
        elif last:
            if value is None:
                at.pop(key, None)
            else:
                at[key] = value
        else:
            if at.get(key) is None:
                at[key] = [] if keys[place + 1].isdigit() else {}
            at = at[key]


def flatten(value: Any, path: str = "body") -> dict[str, Any]:
    """Every value of a body by its path; empty lists and objects have none."""
    if isinstance(value, Mapping):
        return {k: v for key, item in value.items() for k, v in flatten(item, f"{path}.{key}").items()}
    if isinstance(value, list):
        return {k: v for at, item in enumerate(value) for k, v in flatten(item, f"{path}.{at}").items()}
    return {path: value}


def changed_fields(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[CorrectedField]:
    """What differs between two bodies of a kind, sensitive values as salted ones.

    List elements keep their place; elements that the new body lacks are withdrawn value by value.
    """
    secret = {tuple(path.split(".")) for path in sensitive_paths(body_model(kind))}
    before, after = flatten(old), flatten(new)
    found = []
    for path in sorted(before.keys() | after.keys()):
        value = after.get(path)
        if _same(before.get(path), value):
            continue
        if value is not None and _is_sensitive(path, secret):
            found.append(CorrectedField(path=path, salted_value=str(value)))
        else:
            found.append(CorrectedField(path=path, value=value))
    return found


def _same(old: Any, new: Any) -> bool:
    """Whether two values say the same: a moment in another offset, or 2.50 for 2.5, is no correction."""
    if old == new or not (isinstance(old, str) and isinstance(new, str)):
        return bool(old == new)
    for read in (datetime.fromisoformat, Decimal):
        try:
            return bool(read(old) == read(new))
        except (ValueError, TypeError, InvalidOperation):
            continue
    return False


def _is_sensitive(path: str, secret: set[tuple[str, ...]]) -> bool:
    general = tuple("*" if key.isdigit() else key for key in path.split(".")[1:])
    return any(general[: len(marked)] == marked for marked in secret)


def sources_of(row: Any, paths: Sequence[str]) -> list[tuple[str, str]]:
    """Record and path from which the values at ``paths`` of a row come."""
    return [tuple(row.sources.get(path, (row.record_id, path))) for path in paths]
