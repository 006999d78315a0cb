"""Whose turn it is to write to a database file."""

from __future__ import annotations

import os
import threading

from django.db.utils import OperationalError

_guard = threading.Lock()
_turns: dict[str, Turn] = {}
os.register_at_fork(after_in_child=_turns.clear)  # a turn is a thread's, and a child has other threads


class Turn:
    """The turn to write to one database file; at most one thread of the process has it."""

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


def turn_of(name: str) -> Turn:
    """The turn of a database file."""
    found = _turns.get(name)
    if found is None:
        with _guard:
            found = _turns.setdefault(name, Turn())
    return found
