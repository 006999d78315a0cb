from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from copes.insight.search import index_postgresql, index_sqlite


def _make(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for statement in index_postgresql.CREATE:
            editor.execute(statement)
    else:
        editor.execute(index_sqlite.CREATE)


def _drop(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for statement in index_postgresql.DROP:
            editor.execute(statement)
    else:
        editor.execute(index_sqlite.DROP)


class Migration(migrations.Migration):
    """The index of words beside the things: FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

    dependencies: ClassVar = [("search", "0001_found")]
    operations: ClassVar = [migrations.RunPython(_make, _drop)]
