"""Write what was counted."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from hues.kernel.city import city
from hues.kernel.visits import counting

# One statement whatever the traffic; keys in order, so that two processes never wait for one another in a circle.
# Its commit does not wait for the disk: a database killed within half a second loses these counts, nothing else.
ADD = """
INSERT INTO visits_dayvisits (day, function, audience, visits)
SELECT %s, function, audience, visits
FROM unnest(%s::text[], %s::text[], %s::bigint[]) AS counted (function, audience, visits),
  set_config('synchronous_commit', 'off', true) AS hurried
ON CONFLICT (day, function, audience) DO UPDATE SET visits = visits_dayvisits.visits + excluded.visits
"""


def flush(now: datetime) -> int:
    """Add what this process counted to the day of `now` in the city and return how many visits that were."""
    counts = counting.take()
    if not counts:
        return 0
    keys = sorted(counts)
    day = now.astimezone(ZoneInfo(city().timezone)).date()
    functions, audiences = [f for f, _ in keys], [a for _, a in keys]
    try:
        with connection.cursor() as cursor:
            cursor.execute(ADD, [day, functions, audiences, [counts[key] for key in keys]])
    except BaseException:
        counting.put_back(counts)
        raise
    return sum(counts.values())
