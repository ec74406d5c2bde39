"""What journeys do inside of a running city, where no door is the point: each in a process of its own."""

import json
import sys
from dataclasses import replace
from uuid import UUID

from django.db import connection, transaction

from hues.engines.bulletins import testing
from hues.engines.bulletins.actions import Moved
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.rules.numbers import told_as
from hues.engines.bulletins.rules.states import State
from hues.kernel.delivery import actions
from hues.kernel.delivery.channels import Sirens, Urgency, Way, Whom, Words
from hues.kernel.delivery.models import Broadcast, Hook, Parcel, Subscription
from hues.kernel.delivery.queries import reach
from hues.kernel.letters.testing import a_letter
from hues.kernel.owing import owe
from hues.kernel.people import actions as people
from hues.kernel.people.models import Person
from hues.kit.clock import now

FILL = (
    """INSERT INTO people_person (id, password, phone, name, language, home_ward, email, is_active, created_at)
       SELECT gen_random_uuid(), '', '+84988' || lpad(n::text, 6, '0'), '', 'vi', ward, '', true,
         now() - interval '1 day'
       FROM unnest(%(wards)s::text[]) WITH ORDINALITY AS given (ward, n)""",
    """INSERT INTO delivery_place (person_id, ward, is_home, since)
       SELECT id, home_ward, true, now() - interval '1 day' FROM people_person WHERE phone LIKE '+84988%%'""",
    """INSERT INTO delivery_subscription (channel, person_id, address, keys, language, at)
       SELECT 'push', id, %(origin)s || '/' || right(phone, 6)::int, %(keys)s::jsonb, 'vi', now()
       FROM people_person WHERE phone LIKE '+84988%%'""",
)


def fill(*, wards: list[str], origin: str, keys: dict[str, str]) -> None:
    """Let one person with one browser live in each of `wards`."""
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, {"wards": wards, "origin": origin, "keys": json.dumps(keys)})


def subscribe(*, way: str, address: str, keys: dict[str, str]) -> None:
    """Let a stranger give the city an address."""
    actions.subscribe(way=Way(way), address=address, keys=keys, person_id=None, language="vi", at=now())


def forget() -> None:
    """Send nothing to anybody from now on, nor what the demo's own alerts owe."""
    Parcel.objects.filter(sent_at__isnull=True).delete()
    Subscription.objects.all().delete()
    Hook.objects.all().delete()


def hook(*, url: str) -> None:
    """Let another system be told."""
    actions.add_hook(label="Radio", url=url, at=now())


def answered_by(*, zalo: str) -> None:
    """Give the city a token of Zalo's."""
    actions.keep_zalo_pass(refresh=zalo, at=now())


@transaction.atomic
def answer(*, way: str, senders: list[str]) -> None:
    """Let some write to the city by a channel, and so be answered."""
    for sender in senders:
        a_letter(way=Way(way), sender=sender, key=f"{way}:{sender}", at=now())


def text(*, to: str) -> None:
    """Owe somebody a text message, as a code for signing in is."""
    actions.text(to, "Mã của bạn: 123456", at=now())


def broadcast(*, key: str, siren: str, wards: list[str]) -> None:
    """Tell everybody of a danger to life; sirens sound in `wards`."""
    words = {"vi": "Lũ khẩn cấp", "en": "Flash flood"}
    said = Words(key=key, topic=key, urgency=Urgency.EXTREME, title=words, body=words, link="/x/", at=now())
    actions.broadcast(said, Whom(wards=None), sirens=Sirens(pattern=siren, wards=wards))


def issue(*, wards: list[str], headline: str, after: str = "") -> list[str]:
    """Issue an alert or an update of it by two people; return its id and its identifier."""
    at = now()
    said = testing.words(wards=tuple(wards), at=at)
    said = replace(said, texts={code: replace(one, headline=headline) for code, one in said.texts.items()})
    if after:
        return _names(testing.updated(_moved(after), said, at=at))
    return _names(testing.issued(said, at=at))


def cancel(*, after: str) -> list[str]:
    """Cancel an alert."""
    return _names(testing.cancelled(_moved(after), at=now()))


def move(*, numbers: list[int], ward: str) -> None:
    """Let people move."""
    for number in numbers:
        person = Person.objects.get(phone=f"+84988{number:06}")
        people.set_home_ward(person_id=person.pk, ward=ward, at=now())


def inboxes(*, identifier: str) -> list[int]:
    """Return who has an alert in the inbox."""
    told = reach.people_of(Broadcast.objects.get(key=told_as(identifier)).pk)
    phones = Person.objects.filter(pk__in=told, phone__startswith="+84988").values_list("phone", flat=True)
    return sorted(int(phone[-6:]) for phone in phones)


def time_passes() -> None:
    """Let the leases of dead workers end, and what waits be due, as if minutes had passed."""
    with connection.cursor() as cursor:
        for table in ("delivery_chunk", "delivery_parcel"):
            cursor.execute(f"UPDATE {table} SET leased_until = now(), due_at = least(due_at, now())")
        cursor.execute("UPDATE delivery_line SET closed_until = now() WHERE closed_until > now()")
    owe("hues.delivery.deliver", lane="delivery")


def _names(moved: Moved) -> list[str]:
    return [str(moved.id), moved.identifier]


def _moved(bulletin: str) -> Moved:

    row = Bulletin.objects.get(pk=UUID(bulletin))
    return Moved(id=row.pk, state=State(row.state), version=row.version, identifier=row.identifier)


def main() -> None:
    """Do what the last word says with the JSON of standard input, and print what it returns."""
    done = globals()[sys.argv[-1]](**json.load(sys.stdin))
    print(json.dumps(done))
