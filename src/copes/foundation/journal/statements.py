"""Statements on the path of every act, with as little between them and the database as our backends allow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

FEW = 24  # statements that travel together; more go out at once


def select(sql: str, values: Sequence[Any], db: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """The rows of one statement, as the database's driver gives them."""
    found: list[tuple[Any, ...]] = connections[db].select(sql, values)  # type: ignore[attr-defined]  # our backends
    return found


def run(sql: str, rows: Sequence[Sequence[Any]], db: str) -> None:
    """Runs one statement with each list of values, in order with everything else the transaction does.

    On PostgreSQL inside a transaction a few may wait for its commit; what is wrong with them is raised there.
    """
    if not rows:
        return
    connection = connections[db]
    if len(rows) > FEW or not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
        return
    one = connection.later if connection.vendor == "postgresql" else connection.select  # type: ignore[attr-defined]  # our backends
    for row in rows:
        one(sql, row)
