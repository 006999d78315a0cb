"""Triggers that refuse every change of what was appended, for SQLite and PostgreSQL.

A database administrator can drop them; `copes check` compares them with this list and names what is missing.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY = (
    "journal_entry",
    "journal_tile",
    "journal_checkpoint",
    "journal_cosignature",
    "people_reading",
)
_NEVER = "ledger rows are never changed"
# What may happen to the few rows that do change, as the condition under which the trigger refuses.
_GUARDS = {
    ("journal_disclosure", "UPDATE"): "1 = 1",
    ("journal_disclosure", "DELETE"): ("NOT EXISTS (SELECT 1 FROM journal_erasure e WHERE e.digest = OLD.digest)"),
    ("journal_edge", "UPDATE"): "NEW.size <= OLD.size OR NEW.last_iat < 0",
    ("journal_edge", "DELETE"): "1 = 1",
    ("journal_cosigned_log", "UPDATE"): "NEW.size < OLD.size OR NEW.vkey <> OLD.vkey",
    ("journal_cosigned_log", "DELETE"): "1 = 1",
}


def _rules() -> list[tuple[str, str, str]]:
    rules = [(table, act, "1 = 1") for table in APPEND_ONLY for act in ("UPDATE", "DELETE")]
    return rules + [(table, act, guard) for (table, act), guard in _GUARDS.items()]


def _sqlite(table: str, act: str, guard: str) -> tuple[str, str]:
    name = f"{table}_no_{act.lower()}"
    return name, (
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {guard} BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
    )


def _postgresql(table: str, act: str, guard: str) -> tuple[str, str]:
    name = f"{table}_no_{act.lower()}"
    condition = f"IF {guard} THEN RAISE EXCEPTION '{_NEVER}'; END IF; RETURN {'OLD' if act == 'DELETE' else 'NEW'};"
    return name, (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $copes$ BEGIN {condition} END $copes$;"
        f" CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def statements(vendor: str) -> dict[str, str]:
    """The trigger's name and its statement, for ``sqlite`` or ``postgresql``."""
    build = _sqlite if vendor == "sqlite" else _postgresql
    found = dict(build(table, act, guard) for table, act, guard in _rules())
    if vendor == "postgresql":
        for table in APPEND_ONLY:
            name = f"{table}_no_truncate"
            found[name] = (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $copes$ BEGIN RAISE EXCEPTION '{_NEVER}'; END $copes$;"
                f" CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )
    return found


def create(connection: BaseDatabaseWrapper, *, tables: tuple[str, ...]) -> None:
    """Creates the triggers of ``tables`` (for a migration)."""
    with connection.cursor() as cursor:
        for name, sql in statements(connection.vendor).items():
            if name.rpartition("_no_")[0] in tables:
                cursor.execute(sql)


def foreign(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers in the database that are not ours: they could change what is written."""
    wanted = statements(connection.vendor)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE NOT t.tgisinternal AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
            )
        return sorted(name for (name,) in cursor.fetchall() if name not in wanted)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are absent, disabled or not as they were made."""
    wanted = statements(connection.vendor)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = dict(cursor.fetchall())
            return sorted(name for name, sql in wanted.items() if found.get(name) != sql)
        cursor.execute(
            "SELECT t.tgname, t.tgenabled, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND p.proname = t.tgname"
        )
        alive = {name: source for name, enabled, source in cursor.fetchall() if enabled in ("O", "A")}
    return sorted(name for name, sql in wanted.items() if name not in alive or alive[name].strip() not in sql)
