"""How often one may call: token buckets in memory, one set for each worker process."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict

REQUESTS_A_MINUTE = 600
FAILED_SIGN_INS_A_MINUTE = 20
FAILED_PASSWORDS_A_MINUTE = 5
MOST_KEYS = 20_000


class Limiter:
    """At most ``rate`` events in ``seconds`` for each key; an unused allowance lasts as long."""

    def __init__(self, rate: int, seconds: float = 60.0) -> None:
        self.rate = rate
        self.seconds = seconds
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> int:
        """Counts one event of ``key``. Returns 0 when it is within the limit, else the whole seconds to wait."""
        now = time.monotonic()
        with self._lock:
            level, since = self._buckets.pop(key, (float(self.rate), now))
            level = min(float(self.rate), level + (now - since) * self.rate / self.seconds)
            granted = level >= 1
            self._buckets[key] = (level - 1 if granted else level, now)
            while len(self._buckets) > MOST_KEYS:
                self._buckets.popitem(last=False)
        return 0 if granted else max(1, math.ceil((1 - level) * self.seconds / self.rate))

    def forget(self) -> None:
        """Starts anew for every key."""
        with self._lock:
            self._buckets.clear()


requests = Limiter(REQUESTS_A_MINUTE)
failed_sign_ins = Limiter(FAILED_SIGN_INS_A_MINUTE)
failed_passwords = Limiter(FAILED_PASSWORDS_A_MINUTE)
