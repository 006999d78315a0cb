"""Statements of an act that return nothing: sent one by one, or, where the database can, with the commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections

FEW = 24  # statements that travel together; more go out at once


def run(sql: str, rows: Sequence[Sequence[Any]], db: str) -> None:
    """Runs one statement with each list of values, in order with everything else the transaction does.

    On PostgreSQL inside a transaction a few may wait for its commit; what is wrong with them is raised there.
    """
    if not rows:
        return
    connection = connections[db]
    later = getattr(connection, "later", None)
    if later is not None and connection.in_atomic_block and len(rows) <= FEW:
        for row in rows:
            later(sql, row)
        return
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(sql, rows[0])
        else:
            cursor.executemany(sql, rows)
