"""The processes of B17 inside of a running city: one fills it, one reports, one warns; each prints a line of JSON."""

import json
import random
import sys
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from bench.reporting import WORK, photo_and_report
from hues.engines.bulletins import testing
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.rules.numbers import told_as
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.push import topic
from hues.kernel.people import actions as people
from hues.kit import clock

PLACE = testing.PHU_XUAN
LONGEST = 60.0  # seconds until we give an alert up
FILL = (
    """INSERT INTO people_person (id, password, phone, name, language, home_ward, email, is_active, created_at)
       SELECT gen_random_uuid(), '', '+8479' || lpad(n::text, 7, '0'), '', 'vi', %(ward)s, '', true,
         now() - interval '1 day'
       FROM generate_series(1, %(number)s) AS n""",
    """INSERT INTO delivery_place (person_id, ward, is_home, since)
       SELECT id, home_ward, true, created_at FROM people_person WHERE phone LIKE '+8479%%'""",
    """INSERT INTO delivery_subscription (channel, person_id, address, keys, language, at)
       SELECT 'push', id, %(origin)s || '/wpush/v2/' || id, %(keys)s::jsonb, 'vi', now()
       FROM people_person WHERE phone LIKE '+8479%%'""",
)


def main() -> None:
    """Do what the last two words say."""
    what, given = sys.argv[-2:]
    do = {"fill": _fill, "reports": _reports, "alerts": _alerts}[what](**json.loads(given))
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(do()))


def _fill(*, number: int, origin: str, keys: dict[str, str], mute: int) -> Callable[[], int]:
    """Let so many people live in one ward, each with a browser, and prepare for all of them; tell who is `mute` too."""
    actions.add_hook(label="mute", url=f"http://127.0.0.1:{mute}/", at=clock.now())
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, {"ward": PLACE, "number": number, "origin": origin, "keys": json.dumps(keys)})
        cursor.execute("ANALYZE")
    return actions.prepare


def _reports(*, each: float, seconds: float) -> Callable[[], list[float]]:
    """Take a report in at each turn, every second one with a photo; return what each took from its turn on."""
    acts = [WORK["report"](random.Random(1)), photo_and_report(random.Random(2))]
    for act in acts:
        act()
    return lambda: _in_turn(acts, each, seconds)


def _alerts(*, each: float, seconds: float) -> Callable[[], list[tuple[str, float, float]]]:
    """Issue an alert at each turn; return its story, when it was issued, and when it was in an inbox."""
    lan = cast.lan()
    assert lan.person_id
    people.set_home_ward(person_id=lan.person_id, ward=PLACE, at=clock.now())
    actions.live_in(person_id=lan.person_id, ward=PLACE, at=clock.now())
    found: list[tuple[str, float, float]] = []

    def warn() -> None:
        waiting = testing.submitted(testing.words(wards=(PLACE,), at=clock.now()), at=clock.now())
        began = time.time()
        alert = testing.passed(waiting, at=clock.now())
        while told_as(alert.identifier) not in {card.reason for card in queries.inbox(lan).rows}:
            if time.time() > began + LONGEST:
                raise TimeoutError("an alert is in no inbox")
            time.sleep(0.005)
        found.append((topic(str(Bulletin.objects.get(pk=alert.id).chain)), began, time.time()))

    def issue() -> list[tuple[str, float, float]]:
        _in_turn([warn], each, seconds)
        return found

    return issue


def _in_turn(acts: list[Any], each: float, seconds: float) -> list[float]:
    """Do the acts in turn, one each so many seconds; return how long after its turn each was done."""
    taken, begun = list[float](), time.perf_counter()
    for n in range(int(seconds / each)):
        turn = begun + n * each
        time.sleep(max(0.0, turn - time.perf_counter()))
        acts[n % len(acts)]()
        taken.append(time.perf_counter() - turn)
    return taken
