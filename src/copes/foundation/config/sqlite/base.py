"""SQLite for many threads: they queue for the write lock, and share the wait for the disk.

Two things differ from Django's backend, and neither changes what a commit promises:

- SQLite lets a second writer wait by sleeping and trying again, up to 100 ms at a time. Here the threads of a process
  wait for their *turn* before ``BEGIN IMMEDIATE``; SQLite's own waiting is left to other processes.
- ``synchronous=FULL`` syncs the write-ahead log under the write lock, once for every commit. Here a transaction that
  has its turn commits its frames to the log, gives the turn to the next, and only then waits until the log is on
  disk; one sync serves all who wait. ``commit`` returns after the sync, never before. Everything outside such a
  transaction keeps ``synchronous=FULL``.

SQLite replays a log up to the last whole commit, so whoever built on a commit that was lost is lost with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteWrapper

from copes.foundation.config.sqlite.logs import Log, log_of
from copes.foundation.config.sqlite.turns import Turn, turn_of

DEFAULT_TIMEOUT = 5.0  # seconds, as sqlite3.connect has it


@lru_cache(maxsize=256)
def _marked(sql: str) -> str:
    """The statement with SQLite's marks; our own statements hold no other per cent sign."""
    return sql.replace("%s", "?")


class DatabaseWrapper(SQLiteWrapper):
    """A connection whose transactions begin when it is the thread's turn, and are on disk when they end."""

    _turn: Turn | None = None
    _log: Log | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Opens a connection and finds out whether it has a write-ahead log to sync."""
        connection = super().get_new_connection(conn_params)
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        full = connection.execute("PRAGMA synchronous").fetchone()[0] >= 2
        self._log = log_of(str(self.settings_dict["NAME"])) if mode == "wal" and full else None
        return connection

    def select(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of one statement; those of one that returns none are none."""
        if self.queries_logged or self.execute_wrappers:
            with self.cursor() as cursor:
                cursor.execute(sql, values)
                return list(cursor.fetchall())
        self.validate_no_broken_transaction()
        self.ensure_connection()
        with self.wrap_database_errors:
            found: list[tuple[Any, ...]] = self.connection.execute(_marked(sql), values).fetchall()
            return found

    def make_durable(self) -> None:
        """Returns when everything this connection can see is on disk."""
        self.ensure_connection()
        if self._log:
            with self.wrap_database_errors:
                self._log.sync()

    def _start_transaction_under_autocommit(self) -> None:
        turn = turn_of(str(self.settings_dict["NAME"]))
        if turn.take(float(self.settings_dict["OPTIONS"].get("timeout", DEFAULT_TIMEOUT))):
            self._turn = turn
        try:
            if self._turn and self._log:
                self.connection.execute("PRAGMA synchronous=NORMAL")
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> Any:
        done = super()._commit()  # type: ignore[misc]  # the stubs leave it out
        if self._end_turn() and self._log:
            with self.wrap_database_errors:
                self._log.sync()
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._end_turn()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]  # the stubs leave it out
        finally:
            turn, self._turn = self._turn, None
            if turn is not None:
                turn.give()

    def _end_turn(self) -> bool:
        """Whether there was a turn to end."""
        turn, self._turn = self._turn, None
        if turn is None:
            return False
        try:
            if self._log:
                self.connection.execute("PRAGMA synchronous=FULL")
        finally:
            turn.give()
        return True
