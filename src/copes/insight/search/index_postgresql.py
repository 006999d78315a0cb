"""The index on PostgreSQL: a tsvector of the words beside each thing, with a GIN index.

A GIN index gives all rows that match and cannot stop at the newest fifty. So the newest rows are looked through first,
which answers frequent words; only what is too rare to fill a page there is asked of the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from copes.insight.search.index import Sought
    from copes.insight.search.models import Thing

CREATE = (
    "ALTER TABLE search_thing ADD COLUMN vector tsvector",
    "CREATE INDEX search_thing_vector ON search_thing USING gin (vector) WITH (fastupdate = off)",
)
DROP = ("ALTER TABLE search_thing DROP COLUMN vector",)
NEWEST, MOST = 3_000, 20_000


def put(rows: Sequence[Thing]) -> None:
    """Puts the words of new rows into the index, in one statement."""
    ids = [row.id for row in rows]
    texts = [f"{row.words} {row.scope}" for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_thing t SET vector = array_to_tsvector(array_remove(string_to_array(n.tokens, ' '), '')) "
            "FROM unnest(%s::bigint[], %s::text[]) AS n(id, tokens) WHERE t.id = n.id",
            [ids, texts],
        )


def drop(rows: Sequence[tuple[int, str]]) -> None:
    """Nothing to do: the words go with their row."""
    del rows


def purge() -> None:
    """Nothing to do: autovacuum overwrites dead rows, as in every other table."""


def clear() -> None:
    """Nothing to do: the words go with their rows."""


def hits(sought: Sought) -> list[Thing]:
    """Rows that match, newest first; of more than twenty thousand rows beyond the newest ones, not always those."""
    newest = f"SELECT * FROM search_thing WHERE {{before}} ORDER BY id DESC LIMIT {NEWEST}"  # noqa: S608 - own names
    found = _rows(newest, [], sought)
    if len(found) >= sought.limit:
        return found
    indexed = f"SELECT * FROM search_thing WHERE vector @@ %s::tsquery AND {{before}} LIMIT {MOST}"  # noqa: S608
    return _rows(indexed, [question(sought)], sought)


def _rows(among: str, values: list[object], sought: Sought) -> list[Thing]:
    from copes.insight.search.index import COLUMNS
    from copes.insight.search.models import Thing

    among = among.replace("{before}", "true" if sought.before is None else "id < %s")
    values = [*values, *([] if sought.before is None else [sought.before]), question(sought)]
    where = "vector @@ %s::tsquery"
    if sought.code:
        where, values = f"{where} AND code = %s", [*values, sought.code]
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    sql = (
        f"WITH among AS MATERIALIZED ({among}) SELECT {columns} FROM among WHERE {where} "  # noqa: S608 - own names
        f"ORDER BY id DESC LIMIT {int(sought.limit)}"
    )
    return list(Thing.objects.raw(sql, values))


def question(sought: Sought) -> str:
    """The question as a tsquery; words hold letters and digits only and stand in quotes."""
    words = " & ".join(_begins(one) for one in sought.words)
    if sought.whole:
        words = f"({words}) | {_begins(sought.whole)}" if words else _begins(sought.whole)
    scopes = " | ".join(f"'{one}'" for one in sought.scopes)
    kinds = " | ".join(f"'{one}'" for one in sought.kinds)
    return " & ".join(f"({part})" for part in (words, scopes, kinds) if part)


def _begins(word: str) -> str:
    return f"'{word}':*" if len(word) > 1 else f"'{word}'"
