"""PostgreSQL for many callers: what an act writes travels with its commit, and commits share the wait for the disk.

Three things differ from Django's backend, and none changes what a commit promises:

- Statements handed to ``later`` are sent together: before the next other statement, or with ``COMMIT``. Appends come
  one after another under the lock of the ledger's edge, so every round trip saved under the lock is saved for all.
- The statements of ``later`` and ``select`` are planned once for each connection.
- After ``share_sync`` the transaction commits without waiting for the disk, which releases its locks, and then waits
  until the write-ahead log is on disk up to and beyond it (a commit that does wait, of a message in the log). Both
  travel in one message. ``commit`` returns after the wait, never before.

PostgreSQL replays its log in order, so whoever built on a commit that was lost is lost with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQLWrapper
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.backends.utils import debug_transaction
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus, TransactionStatus

SYNC = b"SELECT pg_logical_emit_message(true, 'copes', '')"
MOST_PLANNED = 64  # statements a connection keeps planned on the server
_GOOD = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK, ExecStatus.EMPTY_QUERY)


class SchemaEditor(DatabaseSchemaEditor):
    """Makes no second index of every indexed text for LIKE: nothing here searches so, and every act would pay."""

    def _create_like_index_sql(self, model: Any, field: Any) -> None:
        """None."""


class DatabaseWrapper(PostgreSQLWrapper):
    """A connection that can send statements together, and commit before it waits for the disk."""

    SchemaEditorClass = SchemaEditor

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._later: list[bytes] = []
        self._shared = False
        self._planned_by: Any = None
        self._planned: dict[str, str] = {}
        self._writer: Any = None
        self.execute_wrappers.append(self._in_order)

    def later(self, sql: str, values: Sequence[Any]) -> None:
        """Runs a statement that returns nothing, at the latest when the transaction commits, in order with others.

        Only inside a transaction. What is wrong with it is raised when it is sent.
        """
        self._begin()
        with self.wrap_database_errors:
            self._later.append(self._ready(sql, values))

    def _begin(self) -> None:
        self.validate_no_broken_transaction()
        if not self.in_atomic_block:
            raise ValueError("only the statements of a transaction can wait for its commit")
        self.ensure_connection()
        if self.connection.pgconn.transaction_status == TransactionStatus.IDLE:
            with self.wrap_database_errors:
                self._run(b"BEGIN")  # psycopg begins with the first statement it sends itself

    def select(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of one statement; what waits is sent with it. Begins the transaction if need be."""
        if self.queries_logged or len(self.execute_wrappers) > 1 or not self.in_atomic_block:
            with self.cursor() as cursor:
                cursor.execute(sql, values)
                return list(cursor.fetchall())
        self.validate_no_broken_transaction()
        self.ensure_connection()
        with self.wrap_database_errors:
            begin = self.connection.pgconn.transaction_status == TransactionStatus.IDLE
            text = [*([b"BEGIN"] if begin else []), *self._later, self._ready(sql, values)]
            self._later = []
            result = self._run(b"; ".join(text))
            loader = Transformer(self.connection)
            loader.set_pgresult(result)
            return loader.load_rows(0, result.ntuples, tuple)

    def _ready(self, sql: str, values: Sequence[Any]) -> bytes:
        """The statement with its values, as the execution of one that the server has planned before."""
        if self._planned_by is not self.connection:
            self._planned_by, self._planned = self.connection, {}
            self._writer = self.connection.cursor()
        name = self._planned.get(sql)
        if name is None and len(self._planned) < MOST_PLANNED:
            name = f"copes_{len(self._planned)}"
            pieces = sql.split("%s")
            numbered = "".join(f"{piece}${place}" for place, piece in enumerate(pieces[:-1], start=1)) + pieces[-1]
            self._run(f"PREPARE {name} AS {numbered}".encode())
            self._planned[sql] = name
        if name is not None:
            marks = ", ".join(["%s"] * len(values))
            sql = f"EXECUTE {name} ({marks})" if values else f"EXECUTE {name}"
        text: str = self._writer.mogrify(sql, values)
        return text.encode("utf-8")

    def share_sync(self) -> None:
        """From here on this transaction is one that releases its locks before it waits for the disk."""
        self._begin()
        self._later.append(b"SET LOCAL synchronous_commit TO off")
        self._shared = True

    def make_durable(self) -> None:
        """Returns when everything this connection can see is on disk. Outside transactions."""
        self.ensure_connection()
        with self.wrap_database_errors:
            self._run(SYNC)

    def _in_order(self, execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        if self._later:
            self._send()
        return execute(sql, values, many, context)

    def _send(self) -> None:
        waiting, self._later = self._later, []
        with self.wrap_database_errors:
            self._run(b"; ".join(waiting))

    def _run(self, text: bytes) -> Any:
        result = self.connection.pgconn.exec_(text)
        if result.status not in _GOOD:
            raise psycopg.errors.error_from_result(result)
        return result

    def _commit(self) -> Any:
        if self.connection is None or not (self._later or self._shared):
            return super()._commit()  # type: ignore[misc]  # the stubs leave it out
        waiting, shared = self._later, self._shared
        self._forget()
        with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
            if self.connection.pgconn.transaction_status != TransactionStatus.INTRANS:
                raise psycopg.errors.InFailedSqlTransaction("the transaction was refused before its commit")
            self._run(b"; ".join([*waiting, b"COMMIT", *([SYNC] if shared else [])]))
        return None

    def _rollback(self) -> Any:
        self._forget()
        return super()._rollback()  # type: ignore[misc]  # the stubs leave it out

    def _savepoint_rollback(self, sid: str) -> None:
        self._later = []
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # the stubs leave it out

    def _close(self) -> Any:
        self._forget()
        return super()._close()  # type: ignore[misc]  # the stubs leave it out

    def _forget(self) -> None:
        self._later, self._shared = [], False
