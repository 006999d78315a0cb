"""For tests that feed a parser whatever comes: it reads, or it refuses with a TrustError, never anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from copes.trust.errors import TrustError

T = TypeVar("T")


def read_or_refused(read: Callable[[], T]) -> T | None:
    """What ``read`` gives, or None when it refused in words; any other exception fails the test."""
    try:
        return read()
    except TrustError as error:
        if not str(error):
            raise AssertionError("a refusal says why") from error
        return None
