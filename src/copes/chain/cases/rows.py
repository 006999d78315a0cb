"""Rows into projection tables with as little between as possible: this is on the path of every act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connections, models

from copes.foundation.journal.statements import run


@cache
def _statement(model: type[models.Model], vendor: str) -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    """The INSERT of a model's every column. Both databases quote names the same way."""
    del vendor
    fields = tuple(model._meta.concrete_fields)  # noqa: SLF001 - Django's public meta API
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', fields  # noqa: S608, SLF001 - own names


def insert_rows(rows: Iterable[models.Model], db: str) -> None:
    """Inserts new rows of one model, every column given; no signals, nothing read back."""
    listed = list(rows)
    if not listed:
        return
    connection = connections[db]
    sql, fields = _statement(type(listed[0]), connection.vendor)
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in listed]
    execute_all(sql, values, db)


def execute_all(sql: str, values: Sequence[Sequence[Any]], db: str) -> None:
    """Runs one statement with each list of values."""
    run(sql, values, db)
