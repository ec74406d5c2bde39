"""The process of B4: a city of accounts, one alert over a polygon, and how soon everybody's inbox has it."""

import json
import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from math import cos, pi, sin
from pathlib import Path
from statistics import median

from django.core.management import call_command
from django.db import connection

from hues.config import postgres
from hues.engines.bulletins.rules import shapes
from hues.kernel.areas import queries as areas
from hues.kernel.areas.testing import the_wards
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.actions.broadcasting import CHUNK
from hues.kernel.delivery.channels import Urgency, Whom, Words
from hues.kernel.delivery.models import Broadcast
from hues.kernel.delivery.queries import reach
from hues.kernel.people.asker import Asker, Role
from hues.kernel.people.models import Person

SCALE = int(os.environ.get("SCALE", "1"))
ACCOUNTS, CORNERS, ROUNDS = 867_589 * SCALE, 256, 5
NOW = datetime(2036, 10, 2, 3, tzinfo=UTC)
# Everybody lives in a ward, a third follows another, and each has a point for the floor and a browser for the pushes.
FILL = (
    """INSERT INTO people_person (id, password, phone, name, language, home_ward, email, is_active, created_at)
       SELECT gen_random_uuid(), '', '+849' || n, '', 'vi', (%(wards)s::text[])[1 + n %% %(n)s], '', true, %(at)s
       FROM generate_series(1, %(accounts)s) AS n""",
    """INSERT INTO delivery_place (person_id, ward, is_home, since)
       SELECT id, (%(wards)s::text[])[1 + abs(hashtext(phone)) %% %(n)s], false, %(at)s
       FROM people_person WHERE hashtext(phone) %% 3 = 0""",
    """INSERT INTO delivery_subscription (channel, person_id, address, keys, language, at)
       SELECT 'push', id, 'https://push.example/' || id, '{}', 'vi', %(at)s FROM people_person""",
    """CREATE TABLE bench_place AS SELECT id, point(107.2 + random() * 0.8, 16.1 + random() * 0.6) AS at
       FROM people_person""",
    "ANALYZE",
)


def main() -> None:
    """Measure on a durable database of its own and print one line of JSON."""
    home = Path(os.environ["HUES_HOME"])
    postgres.start(home)
    try:
        call_command("migrate", verbosity=0)
        the_wards()
        _fill()
        print(json.dumps(_measure()))
        connection.close()
    finally:
        postgres.stop(home, "immediate")


def _fill() -> None:
    wards = [ward.code for ward in areas.wards()]
    given = {"wards": wards, "n": len(wards), "accounts": ACCOUNTS, "at": NOW - timedelta(days=30)}
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, given)


def _measure() -> dict[str, float]:
    ring = [(16.40 + 0.18 * sin(a), 107.60 + 0.22 * cos(a)) for a in (2 * pi * n / CORNERS for n in range(CORNERS))]
    outlines = {ward.code: outline for ward in areas.wards() if (outline := areas.outline_of(ward.code))}
    wards = sorted(shapes.covered([shapes.polygon(ring)], outlines))
    rounds: dict[str, list[float]] = {}
    for n in range(ROUNDS):  # in turn, so that a busy minute of the machine meets them all
        for name, act in (
            ("raw", partial(_inside, ring)),
            ("covering", partial(shapes.covered, [shapes.polygon(ring)], outlines)),
            ("telling", partial(_tell, f"b4:{n}", wards)),
            ("reading", partial(_read, f"b4:{n}", wards)),
        ):
            rounds.setdefault(name, []).append(_seconds(act))
    told = Broadcast.objects.get(key="b4:0").pk
    chunks = [partial(reach.targets, told, "push", low, low + CHUNK) for low in range(1, ACCOUNTS, ACCOUNTS // 20)]
    return {name: median(spent) for name, spent in rounds.items()} | {
        "people": len(reach.people_of(told)),
        "chunk": median(map(_seconds, chunks)),
        "areas": len(wards),
    }


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _inside(ring: Sequence[tuple[float, float]]) -> None:
    """Count the points within a polygon with nothing prepared: the database's own test on every row."""
    outline = f"({','.join(f'({lng},{lat})' for lat, lng in ring)})"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_place WHERE at <@ %s::polygon", [outline])


def _tell(key: str, wards: Sequence[str]) -> None:
    words = {"vi": "Lũ khẩn cấp trên sông Hương", "en": "Flash flood on the Hương river"}
    said = Words(key=key, topic="b4", urgency=Urgency.EXTREME, title=words, body=words, link="/x/", at=NOW)
    if not actions.broadcast(said, Whom(wards=wards)):
        raise RuntimeError(f"{key} was told before")


def _read(key: str, wards: Sequence[str]) -> None:
    """Read the inbox of the person who signed up last and lives in one of `wards`."""
    person = Person.objects.filter(home_ward__in=wards).order_by("-pk").values_list("pk", flat=True)[:1].get()
    asker = Asker(
        person_id=person, name="", language="vi", roles=frozenset({Role.CITIZEN}), agencies=frozenset(), home_ward=""
    )
    if key not in {card.reason for card in queries.inbox(asker).rows}:
        raise RuntimeError(f"{key} is not in the inbox")
