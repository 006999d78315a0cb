"""Record ids: UUID version 7 (RFC 9562 §5.7), ascending inside a process."""

import os
import threading
import time

_COUNTER_BITS = 12
_RANDOM_BITS = 62


class _Sequence:
    """Hands out (millisecond, counter) pairs that never go back, whatever the clock does.

    The counter starts at a random value below half its range each millisecond (RFC 9562 §6.2 method 1).
    When it is used up, or the clock steps back, the last millisecond is kept or moved on.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def take(self, milliseconds: int, start: int) -> int:
        """The next 60-bit value (48 bits of milliseconds, 12 of counter), above every one before."""
        with self._lock:
            fresh = milliseconds << _COUNTER_BITS | start
            self._last = fresh if fresh >> _COUNTER_BITS > self._last >> _COUNTER_BITS else self._last + 1
            return self._last


_SEQUENCE = _Sequence()


def uuid7() -> str:
    """A new UUIDv7, lower case with hyphens; later calls in this process sort after earlier ones."""
    random = int.from_bytes(os.urandom(10), "big")
    start = random >> 69  # 11 bits: half the counter's range stays free
    place = _SEQUENCE.take(time.time_ns() // 1_000_000, start)
    value = (
        (place >> _COUNTER_BITS) << 80
        | 0x7 << 76
        | (place & 0xFFF) << 64
        | 0b10 << 62
        | random & ((1 << _RANDOM_BITS) - 1)
    )
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
