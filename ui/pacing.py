"""How often somebody may ask: a token bucket for each client (a request takes one token, which come back evenly)."""

import time
from collections import OrderedDict
from collections.abc import Callable

MOST_CLIENTS = 10_000


class Pace:
    """Lets each client make `per_minute` requests at once and then as many a minute; 0 lets everybody through."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take a token and return 0, or return in how many seconds there will be one."""
        if not self._per_minute:
            return 0.0
        now, rate = self._clock(), self._per_minute / 60
        tokens, since = self._buckets.pop(client, (float(self._per_minute), now))
        tokens = min(float(self._per_minute), tokens + (now - since) * rate)
        waiting = 0.0 if tokens >= 1 else (1 - tokens) / rate
        self._buckets[client] = (tokens if waiting else tokens - 1, now)
        # Who has not asked for longest is forgotten first.
        while len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return waiting
