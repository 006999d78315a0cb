"""The worker beside the site: seals every second, and does by the clock what nobody should wait for.

Sealing has this thread to itself, so no job can slow it. Jobs run in a second thread, one after the other
(docs/adr/0014-one-worker-beside-the-site.md).
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import Error, OperationalError, close_old_connections, connections

from copes.foundation.journal.services import SealingRefusedError, seal_now
from copes.foundation.refusals import Frozen
from copes.foundation.scheduling.jobs import Clock

log = logging.getLogger(__name__)
SEAL_EVERY = 1.0  # seconds: one checkpoint covers all acts committed since the last
LOOK_EVERY = 1.0  # seconds between looks at the clock
LAST_WORD = 8.0  # seconds a running job has to end when the worker stops
LOCK = "worker.lock"


@contextmanager
def only_one(home: Path, *, waits: Callable[[], None], stop: threading.Event) -> Iterator[bool]:
    """Holds the node's worker lock; waits for another worker to end, saying so once through ``waits``.

    Yields False when ``stop`` was set while waiting.
    """
    handle = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _locked(handle, waits, stop)
    finally:
        os.close(handle)


def _locked(handle: int, waits: Callable[[], None], stop: threading.Event) -> bool:
    said = False
    while not stop.is_set():
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not said:
                waits()
            said = True
            stop.wait(SEAL_EVERY)
        else:
            return True
    return False


def work(stop: threading.Event, *, complain: Callable[[str], None]) -> str | None:
    """Works until ``stop`` is set. Returns why when the ledger froze and nothing is sealed any more, else None."""
    thread = threading.Thread(target=_jobs, args=(stop,), name="jobs", daemon=True)
    thread.start()
    try:
        return _seal(stop, complain)
    finally:
        stop.set()
        thread.join(LAST_WORD)


def _seal(stop: threading.Event, complain: Callable[[str], None]) -> str | None:
    while not stop.is_set():
        try:
            seal_now()
        except (SealingRefusedError, Frozen) as refused:
            return str(refused)
        except (OperationalError, OSError) as passing:
            complain(f"sealing waits: {passing}")
        close_old_connections()
        stop.wait(SEAL_EVERY)
    return None


def _jobs(stop: threading.Event) -> None:
    clock: Clock | None = None
    while not stop.is_set():
        try:
            clock = clock or Clock()
            clock.round(stopped=stop.is_set)
        except Error:
            log.warning("the jobs' table cannot be read", exc_info=True)
        close_old_connections()
        stop.wait(LOOK_EVERY)
    if clock is not None:
        clock.finish()
    connections.close_all()
