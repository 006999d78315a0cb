"""PostgreSQL for many callers: what an act writes travels with its commit, and commits share the wait for the disk.

Two things differ from Django's backend, and neither changes what a commit promises:

- Statements handed to ``later`` are sent together: before the next other statement, or with ``COMMIT``. Appends come
  one after another under the lock of the ledger's edge, so every round trip saved under the lock is saved for all.
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
from django.db.backends.utils import debug_transaction
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus, TransactionStatus

SYNC = b"SELECT pg_logical_emit_message(true, 'copes', '')"
_GOOD = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK, ExecStatus.EMPTY_QUERY)


class DatabaseWrapper(PostgreSQLWrapper):
    """A connection that can send statements together, and commit before it waits for the disk."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._later: list[bytes] = []
        self._shared = False
        self.execute_wrappers.append(self._in_order)

    def later(self, sql: str, values: Sequence[Any]) -> None:
        """Runs a statement that returns nothing, at the latest when the transaction commits, in order with others.

        Only inside a transaction. What is wrong with it is raised when it is sent.
        """
        self.validate_no_broken_transaction()
        if not self.in_atomic_block:
            raise ValueError("only the statements of a transaction can wait for its commit")
        self.ensure_connection()
        with self.wrap_database_errors:
            if self.connection.pgconn.transaction_status == TransactionStatus.IDLE:
                self._run(b"BEGIN")  # psycopg begins with the first statement it sends itself
            self._later.append(self.connection.cursor().mogrify(sql, values).encode("utf-8"))

    def select(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of one statement in a transaction; with several, those of the last. Begins it if need be."""
        if self.queries_logged or len(self.execute_wrappers) > 1 or not self.in_atomic_block:
            with self.cursor() as cursor:
                cursor.execute(sql, values)
                while cursor.nextset():
                    pass
                return cursor.fetchall()
        self.validate_no_broken_transaction()
        self.ensure_connection()
        with self.wrap_database_errors:
            text = [*self._later, self.connection.cursor().mogrify(sql, values).encode("utf-8")]
            self._later = []
            if self.connection.pgconn.transaction_status == TransactionStatus.IDLE:
                text.insert(0, b"BEGIN")
            result = self._run(b"; ".join(text))
            loader = Transformer(self.connection)
            loader.set_pgresult(result)
            return loader.load_rows(0, result.ntuples, tuple)

    def share_sync(self) -> str:
        """The statement after which this transaction releases its locks before it waits for the disk."""
        self._shared = True
        return "SET LOCAL synchronous_commit TO off"

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
