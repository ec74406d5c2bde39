"""Who is told: by home, by followed places, as of the instant it was said; the predicate against brute force."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Urgency, Way, Whom, Words
from hues.kernel.delivery.models import Chunk, Subscription
from hues.kernel.journal.testing import drain
from hues.kernel.people import actions as people
from hues.kernel.people.asker import Asker, Role

pytestmark = pytest.mark.django_db
MAY = datetime(2026, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)
A, B, C = "19753", "19774", "19777"


def somebody(number: int, *, home: str = "", follows: tuple[str, ...] = (), at: datetime = MAY) -> Asker:
    person = people.open_account(phone=f"+8490155{number:04}", at=at)
    if home:
        people.set_home_ward(person_id=person, ward=home, at=at)
    actions.follow_wards(person_id=person, wards=follows, at=at)
    return Asker(
        person_id=person,
        name="",
        language="vi",
        roles=frozenset({Role.CITIZEN}),
        agencies=frozenset(),
        home_ward=home,
    )


def tell(
    key: str,
    wards: list[str] | None,
    at: datetime,
    *,
    subject: str = "",
    ends_at: datetime | None = None,
    training: bool = False,
    **whom: Any,
) -> bool:
    said = {"vi": key, "en": key}
    words = Words(key=key, topic="t", urgency=Urgency.HIGH, title=said, body=said, link="/", at=at)
    words = replace(words, subject=subject, ends_at=ends_at)
    return actions.broadcast(words, Whom(wards=wards, **whom), training=training)


def keys(asker: Asker) -> list[str]:
    return [card.reason for card in queries.inbox(asker).rows]


def test_it_is_in_the_inbox_of_those_who_live_there_or_follow_the_place() -> None:
    home, follower, outside = somebody(1, home=A), somebody(2, home=C, follows=(A, B)), somebody(3, home=C)
    assert tell("ward", [A], MAY + DAY)
    assert not tell("ward", [C], MAY + DAY)
    tell("city", None, MAY + 2 * DAY)
    assert queries.inbox(home).rows[0].title == {"vi": "city", "en": "city"}
    assert (keys(home), keys(follower), keys(outside)) == (["city", "ward"], ["city", "ward"], ["city"])


def test_who_moves_during_the_alert_keeps_it_and_who_moves_in_later_never_had_it() -> None:
    leaves, comes = somebody(1, home=A), somebody(2, home=B)
    drain()
    tell("alert", [A], MAY + DAY)
    for asker, ward in ((leaves, B), (comes, A)):
        assert asker.person_id
        people.set_home_ward(person_id=asker.person_id, ward=ward, at=MAY + 2 * DAY)
    drain()
    assert (keys(leaves), keys(comes)) == (["alert"], [])
    tell("update", [B], MAY + 3 * DAY, also=["alert"])
    assert (keys(leaves), keys(comes)) == (["update", "alert"], [])
    tell("no longer", [], MAY + 3 * DAY, also=["alert"], without=["update"])
    assert keys(leaves) == ["update", "alert"]


def test_shrinking_an_area_tells_the_others_that_it_is_over() -> None:
    three = [somebody(n, home=ward) for n, ward in enumerate((A, B, C), 1)]
    tell("alert", [A, B, C], MAY + DAY)
    tell("update", [A], MAY + 2 * DAY)
    tell("over", [], MAY + 2 * DAY, also=["alert"], without=["update"])
    assert [keys(asker)[0] for asker in three] == ["update", "over", "over"]


def test_a_new_account_does_not_begin_with_old_alerts() -> None:
    tell("city", None, MAY)
    assert keys(somebody(1, at=MAY + DAY)) == []


def test_the_predicate_finds_the_set_that_brute_force_finds() -> None:
    wards = ("", A, B, C)
    town: dict[UUID, tuple[str, tuple[str, ...]]] = {}
    for number in range(40):
        home, follows = wards[number % 4], tuple(w for i, w in enumerate((A, B, C)) if number >> (i + 2) & 1)
        asker = somebody(number, home=home, follows=follows)
        assert asker.person_id
        town[asker.person_id] = (home, follows)
    for named in ([A], [B, C], [A, B, C], []):
        key = "-".join(named) or "none"
        tell(key, named, MAY + DAY)
        wanted = {person for person, (home, follows) in town.items() if {home, *follows} & set(named)}
        assert set(queries.reach.people_of(broadcast_id(key))) == wanted
        assert counted(key) == by_home(wanted, town)
    tell("city", None, MAY + DAY)
    tell("left", [], MAY + 2 * DAY, also=["city"], without=[A])
    for key in ("city", "left"):
        assert counted(key) == by_home(queries.reach.people_of(broadcast_id(key)), town), key
    assert counted("left") != counted("city")


def test_whom_the_chunks_are_for_is_what_brute_force_finds_and_a_stranger_hears_the_whole_city() -> None:
    wards = ("", A, B, C)
    lives: dict[int, set[str]] = {}
    for number in range(24):
        home, follows = wards[number % 4], tuple(w for i, w in enumerate((A, B, C)) if number >> (i + 2) & 1)
        person = somebody(number, home=home, follows=follows).person_id
        lives[browser(f"b{number}", person)] = {home, *follows}
    stranger, everybody = browser("stranger", None), set(lives)
    tell("city", None, MAY + DAY)
    assert told("city") == everybody | {stranger}
    tell("a", [A], MAY + DAY)
    assert told("a") == {pk for pk, places in lives.items() if A in places}
    tell("left", [], MAY + 2 * DAY, also=["city"], without=["a"])
    assert told("left") == (everybody | {stranger}) - told("a")


def test_a_browser_without_an_account_hears_of_the_wards_it_chose_as_of_the_instant_it_was_told() -> None:
    lives: dict[int, set[str]] = {}
    for number in range(8):
        pk = browser(f"g{number}", None)
        lives[pk] = {ward for i, ward in enumerate((A, B, C)) if number >> i & 1}
        actions.choose_wards(subscription=pk, wards=lives[pk], at=MAY)
    account = browser("account", somebody(1, home=C).person_id)
    actions.choose_wards(subscription=account, wards=[A], at=MAY)
    for wards in ([A], [B, C]):
        key = "-".join(wards)
        tell(key, wards, MAY + DAY)
        expected = {pk for pk, places in lives.items() if places & set(wards)}
        assert told(key) == expected | {account}
    tell("parents", [A], MAY + DAY, circle="parents")
    assert told("parents") == set()
    everybody = {*lives, account}
    for pk in everybody:
        actions.choose_wards(subscription=pk, wards=[], at=MAY + 2 * DAY)
    tell("over", [], MAY + 3 * DAY, also=[A])
    tell("next", [A], MAY + 3 * DAY)
    assert (told("over"), told("next")) == (told(A), set())


def test_whoever_signs_in_later_hears_the_end_of_what_that_browser_was_told() -> None:
    pk = browser("b", None)
    actions.choose_wards(subscription=pk, wards=[A], at=MAY)
    tell("alert", [A], MAY + DAY)
    Subscription.objects.filter(pk=pk).update(person=somebody(1, home=C).person_id)
    tell("over", [], MAY + 2 * DAY, also=["alert"])
    tell("another", [A], MAY + 2 * DAY)
    tell("at home", [C], MAY + 2 * DAY)
    assert [told(key) for key in ("alert", "over", "another", "at home")] == [{pk}] * 4
    actions.choose_wards(subscription=pk, wards=[], at=MAY + 3 * DAY)
    tell("no more", [A], MAY + 4 * DAY)
    assert told("no more") == set()


def browser(name: str, person: UUID | None) -> int:
    row = Subscription.objects.create(
        channel=Way.PUSH, person_id=person, address=f"https://push.example/{name}", language="vi", at=MAY
    )
    return int(row.pk)


def told(key: str) -> set[int]:
    chunks = Chunk.objects.filter(broadcast__key=key).values_list("broadcast", "channel", "low", "high")
    return {target.id for chunk in chunks for target in queries.reach.targets(*chunk)}


def counted(key: str) -> dict[str, int]:
    return {ward.ward: ward.told for ward in queries.board([key]).wards}


def by_home(people_: Iterable[UUID], town: Mapping[UUID, tuple[str, tuple[str, ...]]]) -> dict[str, int]:
    return dict(Counter(town[person][0] for person in people_))


def broadcast_id(key: str) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM delivery_broadcast WHERE key = %s", [key])
        found: UUID = cursor.fetchone()[0]
        return found


def test_telling_the_city_takes_as_many_statements_for_ten_people_as_for_forty() -> None:
    counted = []
    for many in (10, 30):
        for number in range(many):
            somebody(many * 100 + number, home=A)
        with CaptureQueriesContext(connection) as statements:
            tell(f"city {many}", None, MAY + DAY)
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 12


def test_broadcasts_and_own_messages_are_read_page_by_page_and_marked_alike() -> None:
    asker = somebody(1, home=A)
    assert asker.person_id
    words = {"vi": "x", "en": "x"}
    for number in range(4):
        at = MAY + DAY + timedelta(minutes=number // 2)
        tell(f"b{number}", [A], at)
        actions.plan([asker.person_id], reason=f"p{number}", title=words, body=words, link="/", at=at)
    seen, after = [], ""
    while True:
        page = queries.inbox(asker, after, limit=3)
        seen += [card.reason for card in page.rows]
        if page.next is None:
            break
        after = page.next
    assert sorted(seen) == sorted(f"{kind}{n}" for kind in "bp" for n in range(4))
    assert queries.unread_count(asker) == 8
    first = queries.inbox(asker).rows[0].id
    assert actions.mark_read(by=asker, items=[first], at=MAY + 2 * DAY) == 1
    assert actions.mark_read(by=asker, at=MAY + 2 * DAY) == 7
    assert queries.unread_count(asker) == 0
    assert all(card.read_at for card in queries.inbox(asker).rows)


def test_homes_that_are_noted_out_of_order_follow_one_another() -> None:
    asker = somebody(1)
    assert asker.person_id
    for day, ward in ((3, C), (1, A), (2, B), (1, A)):
        actions.live_in(person_id=asker.person_id, ward=ward, at=MAY + day * DAY)
    for day, ward in enumerate((A, B, C), 1):
        tell(ward, [ward], MAY + day * DAY + DAY / 2)
    assert keys(asker) == [C, B, A]
