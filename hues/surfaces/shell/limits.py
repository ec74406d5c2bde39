"""How often something may be done from a browser, and how long whoever did it too often has to wait."""

from math import ceil
from time import time

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from hues.kernel.errors import TooMany

APP = "allauth.account"


def count(request: HttpRequest, action: str, key: str) -> None:
    """
    Count something against the limits of `ACCOUNT_RATE_LIMITS`, a visit too.

    :raises TooMany: if it was too often, with how long it takes until it is not
    """
    if not ratelimit.consume(request, app=APP, action=action, key=key, limit_get=True):
        raise TooMany(wait=wait_for(request, action, key))


def wait_for(request: HttpRequest, action: str, key: str) -> int:
    """Return in how many seconds it may be done once more; 0 if it may at once."""
    longest, now = 0.0, time()
    for rate in ratelimit.get_rates(app=APP, action=action):
        done = cache.get(ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key), [])
        if len(done) >= rate.amount:  # the newest first: the one that must be over is the last of those that count
            longest = max(longest, done[rate.amount - 1] + rate.duration - now)
    return ceil(longest)
