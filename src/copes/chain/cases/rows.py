"""Rows into projection tables with as little between as possible: this is on the path of every act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connections, models

from copes.foundation.journal.statements import run

PREPARED = (models.DateTimeField, models.DecimalField, models.JSONField)
Prepare = Callable[..., Any] | None


@cache
def _statement(model: type[models.Model]) -> tuple[str, tuple[tuple[str, Prepare], ...]]:
    """The INSERT of a model's every column, and how each value is made ready. Both databases quote names alike."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's public meta API
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    ready = tuple((field.attname, field.get_db_prep_save if isinstance(field, PREPARED) else None) for field in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', ready  # noqa: S608, SLF001 - own names


def insert_rows(rows: Iterable[models.Model], db: str) -> None:
    """Inserts new rows of one model, every column given; no signals, nothing read back.

    Times, decimals and JSON are made ready for the database; ids, texts, numbers and truths go as they are.
    """
    listed = list(rows)
    if not listed:
        return
    connection = connections[db]
    sql, fields = _statement(type(listed[0]))
    values = []
    for row in listed:
        held = row.__dict__
        values.append([prepare(held[name], connection) if prepare else held[name] for name, prepare in fields])
    execute_all(sql, values, db)


def execute_all(sql: str, values: Sequence[Sequence[Any]], db: str) -> None:
    """Runs one statement with each list of values."""
    run(sql, values, db)
