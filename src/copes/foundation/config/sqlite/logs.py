"""Write-ahead logs, and one sync for all who wait for it."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

_guard = threading.Lock()
_logs: dict[str, Log] = {}


class Log:
    """The write-ahead log of one database file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fresh()

    def _fresh(self) -> None:
        self._syncing, self._counting = threading.Lock(), threading.Lock()
        self._asked = self._done = 0
        self._handle, self._identity = -1, (0, 0)

    def sync(self) -> None:
        """Returns when everything written to the log before the call is on disk.

        One sync answers all who asked before it began. Raises sqlite3.OperationalError when the disk refuses.
        """
        with self._counting:
            self._asked += 1
            mine = self._asked
        with self._syncing:
            if self._done >= mine:
                return
            with self._counting:
                upto = self._asked
            try:
                self._open()
                os.fdatasync(self._handle)
            except OSError as error:
                raise sqlite3.OperationalError(f"disk I/O error: the write-ahead log is not synced: {error}") from error
            self._done = upto

    def _open(self) -> None:
        """Opens the log anew when SQLite made a new one; then its name in the folder is synced, too."""
        found = os.stat(self._path)  # noqa: PTH116 - this is on the path of every act
        if (found.st_dev, found.st_ino) == self._identity:
            return
        if self._handle >= 0:
            os.close(self._handle)
        self._handle = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        self._identity = (found.st_dev, found.st_ino)
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def log_of(name: str) -> Log:
    """The log of the database file ``name``."""
    with _guard:
        return _logs.setdefault(name, Log(Path(f"{name}-wal")))


def _after_fork() -> None:
    for log in _logs.values():
        log._fresh()  # noqa: SLF001 - same module


os.register_at_fork(after_in_child=_after_fork)
