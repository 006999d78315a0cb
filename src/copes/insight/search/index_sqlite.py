"""The index on SQLite: an FTS5 table without content, whose row ids are the things'.

Beginnings of up to sixteen letters are indexed as such, so that "cocai" is one list of rows, read from its end, as
fast for a word that a million things bear as for one that ten do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from copes.insight.search.index import Sought
    from copes.insight.search.models import Thing

CREATE = (
    "CREATE VIRTUAL TABLE search_words USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii', "
    "prefix='2 3 4 5 6 7 8 9 10 11 12 13 14 15 16')"
)
DROP = "DROP TABLE search_words"


def put(rows: Sequence[Thing]) -> None:
    """Puts the words of new rows into the index."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_words(rowid, tokens) VALUES (%s, %s)",
            [(row.id, f"{row.words} {row.scope}") for row in rows],
        )


def drop(rows: Sequence[tuple[int, str]]) -> None:
    """Takes rows out, given as id and exactly the text that was put in."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_words(search_words, rowid, tokens) VALUES ('delete', %s, %s)", list(rows)
        )


def purge() -> None:
    """Merges the index into one piece, which leaves out what was dropped; freed pages are overwritten (secure_delete).

    FTS5 otherwise keeps a dropped word until a later merge. Takes seconds with a million things.
    """
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")


def clear() -> None:
    """Empties the index."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_words(search_words) VALUES ('delete-all')")


def hits(sought: Sought) -> list[Thing]:
    """Rows that match, newest first."""
    from copes.insight.search.models import Thing

    where, values = ["search_words MATCH %s"], [question(sought)]
    if sought.before is not None:
        where.append("w.rowid < %s")
        values.append(str(sought.before))
    if sought.code:
        where.append("t.code = %s")
        values.append(sought.code)
    sql = (
        "SELECT t.* FROM search_words w CROSS JOIN search_thing t ON t.id = w.rowid "  # noqa: S608 - own names only
        f"WHERE {' AND '.join(where)} ORDER BY w.rowid DESC LIMIT {int(sought.limit)}"
    )
    return list(Thing.objects.raw(sql, values))


def question(sought: Sought) -> str:
    """The question in FTS5's language; words hold letters and digits only and stand in quotes."""
    words = " AND ".join(_begins(one) for one in sought.words)
    if sought.whole:
        words = f"({words}) OR {_begins(sought.whole)}" if words else _begins(sought.whole)
    scopes = " OR ".join(f'"{one}"' for one in sought.scopes)
    kinds = " OR ".join(f'"{one}"' for one in sought.kinds)
    return " AND ".join(f"({part})" for part in (words, scopes, kinds) if part)


def _begins(word: str) -> str:
    return f'"{word}" *' if len(word) > 1 else f'"{word}"'
