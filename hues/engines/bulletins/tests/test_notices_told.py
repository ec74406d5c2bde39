"""Whoever was told of a notice hears what replaced it, and nobody else does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.rules.notices import NoticeState, NoticeText, Why, subject_of
from hues.engines.bulletins.testing import (
    KIM_LONG,
    MONDAY,
    NOTICE_TEXTS,
    PHU_XUAN,
    notice_words,
    published_notice,
    updated_notice,
    withdrawn,
)
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import actions as sending
from hues.kernel.delivery import queries as delivery
from hues.kernel.journal.testing import drain
from hues.kernel.people import actions as people
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def living_in(ward: str) -> Asker:
    lan = cast.lan()
    assert lan.person_id
    people.set_home_ward(person_id=lan.person_id, ward=ward, at=MONDAY - HOUR)
    return lan


def inbox(asker: Asker) -> list[str]:
    drain()
    return [item.title["vi"] for item in delivery.inbox(asker, limit=20).rows]


def test_it_reaches_those_who_live_there_and_nobody_else() -> None:
    lan = living_in(PHU_XUAN)
    published_notice()
    published_notice(notice_words(wards=(KIM_LONG,), texts={**NOTICE_TEXTS, "vi": NoticeText(title="Xa", body="Xa")}))
    assert inbox(lan) == ["Cúp điện ở Phú Xuân"]


def test_an_update_tells_those_it_is_no_longer_for_that_it_has_changed() -> None:
    lan, minh = living_in(PHU_XUAN), cast.minh()
    assert minh.person_id
    people.set_home_ward(person_id=minh.person_id, ward=KIM_LONG, at=MONDAY - HOUR)
    said = published_notice()
    assert (len(inbox(lan)), inbox(minh)) == (1, [])
    texts = {**NOTICE_TEXTS, "vi": NoticeText(title="Dời", body="Dời")}
    newer = updated_notice(said, replace(said.content, wards=(KIM_LONG,), texts=texts), at=MONDAY + HOUR)
    assert inbox(lan) == ["Đã thay đổi: Cúp điện ở Phú Xuân", "Cúp điện ở Phú Xuân"]
    assert inbox(minh) == ["Dời"]
    earlier = queries.notice(said.number)
    assert (earlier.state, earlier.next) == (NoticeState.REPLACED, newer.number)
    assert queries.notice(newer.number).before == said.number
    last = updated_notice(newer, replace(newer.content, wards=(PHU_XUAN,)), at=MONDAY + 2 * HOUR)
    assert (inbox(lan)[0], inbox(minh)[0]) == ("Dời", "Đã thay đổi: Dời")
    withdrawn(last, at=MONDAY + 3 * HOUR)
    assert inbox(lan)[0] == inbox(minh)[0] == "Đã rút: Dời"
    assert (len(inbox(lan)), len(inbox(minh))) == (4, 3)


def test_a_withdrawal_is_told_once_with_its_reason_to_whoever_was_told_and_to_nobody_else() -> None:
    lan, minh = living_in(PHU_XUAN), cast.minh()
    said = published_notice()
    inbox(lan)
    assert lan.person_id
    assert minh.person_id
    people.set_home_ward(person_id=lan.person_id, ward=KIM_LONG, at=MONDAY + HOUR)
    people.set_home_ward(person_id=minh.person_id, ward=PHU_XUAN, at=MONDAY + HOUR)
    withdrawn(said, because="over", at=MONDAY + 2 * HOUR)
    assert inbox(lan) == ["Đã rút: Cúp điện ở Phú Xuân", "Cúp điện ở Phú Xuân"]
    told = delivery.inbox(lan).rows[0]
    assert told.body["vi"] == "Thành phố đã rút thông báo này. Việc này đã kết thúc sớm hơn dự kiến."
    assert told.body["en"] == "The city has withdrawn this notice. It was over earlier than announced."
    assert (told.link, inbox(minh)) == (f"/f/notices/{said.number}/", [])
    assert not actions.tell_of_withdrawal(notice_id=said.id, at=MONDAY + 3 * HOUR)
    assert queries.notice(said.number).why is Why.OVER


def test_what_was_withdrawn_before_its_turn_is_told_to_nobody_and_neither_is_the_withdrawal() -> None:
    lan = living_in(PHU_XUAN)
    withdrawn(published_notice(), at=MONDAY)
    assert inbox(lan) == []


def test_who_does_not_follow_a_topic_hears_nothing_of_it_but_what_was_told_before_is_followed_up() -> None:
    lan = living_in(PHU_XUAN)
    assert lan.person_id
    said = published_notice()
    assert len(inbox(lan)) == 1
    sending.unfollow_one(person_id=lan.person_id, subject=subject_of("power"), at=MONDAY + HOUR)
    later = MONDAY + 2 * HOUR
    published_notice(at=later)
    published_notice(
        notice_words(topic="water", texts={**NOTICE_TEXTS, "vi": NoticeText(title="Nước", body="N")}), at=later
    )
    assert inbox(lan) == ["Nước", "Cúp điện ở Phú Xuân"]
    assert [item.subject for item in delivery.inbox(lan).rows] == ["notice:water", "notice:power"]
    newer = updated_notice(said, said.content, at=later + HOUR)
    assert inbox(lan)[0] == "Đã thay đổi: Cúp điện ở Phú Xuân"
    withdrawn(newer, at=later + 2 * HOUR)
    assert inbox(lan)[0] == "Đã rút: Cúp điện ở Phú Xuân"


def test_a_notice_for_some_tells_them_and_an_update_for_others_tells_the_first_that_it_changed() -> None:
    lan, minh = living_in(PHU_XUAN), cast.minh()
    assert lan.person_id
    assert minh.person_id
    people.set_home_ward(person_id=minh.person_id, ward=PHU_XUAN, at=MONDAY - HOUR)
    sending.belong(person_id=lan.person_id, circles=["parents"], at=MONDAY - HOUR)
    said = published_notice(notice_words(audience="parents"))
    assert (inbox(lan), inbox(minh)) == (["Cúp điện ở Phú Xuân"], [])
    assert said.reach
    assert (said.reach.people, queries.notice(said.number).content.audience) == (0, "parents")  # too few to be told
    wider = updated_notice(said, replace(said.content, audience="residents"), at=MONDAY + HOUR)
    assert (len(inbox(lan)), len(inbox(minh))) == (2, 1)
    updated_notice(wider, replace(wider.content, audience="visitors"), at=MONDAY + 2 * HOUR)
    assert inbox(lan)[0] == inbox(minh)[0] == "Đã thay đổi: Cúp điện ở Phú Xuân"


def test_who_lives_outside_and_saved_a_ward_is_told_of_its_notices_and_their_end() -> None:
    guest = people.open_account(phone="+84905551234", name="Khách", at=MONDAY - HOUR)
    sending.follow_wards(person_id=guest, wards=[PHU_XUAN], at=MONDAY - HOUR)
    said = published_notice()
    reader = Asker(person_id=guest)
    assert inbox(reader) == ["Cúp điện ở Phú Xuân"]
    sending.follow_wards(person_id=guest, wards=[], at=MONDAY + HOUR)
    withdrawn(said, at=MONDAY + 2 * HOUR)
    published_notice(at=MONDAY + 3 * HOUR)
    assert inbox(reader) == ["Đã rút: Cúp điện ở Phú Xuân", "Cúp điện ở Phú Xuân"]
