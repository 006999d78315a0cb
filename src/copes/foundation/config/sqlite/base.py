"""SQLite for many threads: they queue for the write lock instead of polling for it.

SQLite lets a second writer wait by sleeping and trying again, up to 100 ms at a time: with 32 threads most of the
time is slept away, and who gets the lock is chance. Here the threads of a process wait on a lock of the process
before ``BEGIN IMMEDIATE``, so that SQLite's own waiting is left to other processes. Nothing else changes: the
transaction, its durability and its isolation are SQLite's.
"""

from __future__ import annotations

import os
import threading
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteWrapper
from django.db.utils import OperationalError

DEFAULT_TIMEOUT = 5.0  # seconds, as sqlite3.connect has it
_guard = threading.Lock()
_turns: dict[str, Turn] = {}
os.register_at_fork(after_in_child=_turns.clear)  # a turn is a thread's, and a child has other threads


class Turn:
    """Whose turn it is to write to one database file; at most one thread of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: int | None = None

    def take(self, timeout: float) -> bool:
        """Waits for the turn. False: the thread has it already, by another connection, and SQLite is to decide.

        Raises OperationalError after ``timeout`` seconds, as SQLite does.
        """
        if self._thread == threading.get_ident():
            return False
        if not self._lock.acquire(timeout=timeout):
            raise OperationalError("database is locked")
        self._thread = threading.get_ident()
        return True

    def give(self) -> None:
        """Ends the turn."""
        self._thread = None
        self._lock.release()


def _turn_of(name: str) -> Turn:
    with _guard:
        return _turns.setdefault(name, Turn())


class DatabaseWrapper(SQLiteWrapper):
    """A connection whose transactions begin when it is the thread's turn, and end the turn."""

    _turn: Turn | None = None

    def _start_transaction_under_autocommit(self) -> None:
        turn = _turn_of(str(self.settings_dict["NAME"]))
        timeout = float(self.settings_dict["OPTIONS"].get("timeout", DEFAULT_TIMEOUT))
        if turn.take(timeout):
            self._turn = turn
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> Any:
        done = super()._commit()  # type: ignore[misc]  # the stubs leave it out
        self._end_turn()
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
            self._end_turn()

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.give()
