"""Notices: two people, one winner, nothing that was published changes, and whoever was told hears what replaced it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.models import Notice
from hues.engines.bulletins.queries import NoticeFilters, desk_notice
from hues.engines.bulletins.rules import signing
from hues.engines.bulletins.rules.notices import Kind, NoticeState, NoticeText
from hues.engines.bulletins.testing import (
    KIM_LONG,
    MONDAY,
    NOTICE_TEXTS,
    PHU_XUAN,
    approved_notice,
    notice_words,
    published_notice,
    submitted_notice,
    withdrawn,
)
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks.actions import tick
from hues.kernel.errors import Invalid, NotAllowed, NotFound, ProofNeeded, Stale, WrongState
from hues.kernel.media import actions as media
from hues.kernel.media import queries as media_queries
from hues.kernel.media.testing import a_picture

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_nobody_passes_what_they_wrote_and_the_database_says_so_too() -> None:
    waiting, writer = submitted_notice(), cast.alert_writer()
    with pytest.raises(NotAllowed):
        actions.approve_notice(notice_id=waiting.id, by=writer, seen=waiting.version, proved_at=MONDAY, at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=waiting.id).update(approved_by=writer.person_id)


def test_what_was_published_never_changes() -> None:
    said = published_notice()
    assert (said.state, said.number[:3]) == (NoticeState.ISSUED, "TB-")
    changes: list[dict[str, object]] = [{"texts": {}}, {"wards": []}, {"expires_at": MONDAY}]
    for columns in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=said.id).update(**columns)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM bulletins_notice WHERE id = %s", [said.id])


def test_its_signature_holds_and_breaks_with_a_letter() -> None:
    said = published_notice()
    body, holds, *_key = queries.signed_notice(said.number)
    assert holds
    assert "Cúp điện ở Phú Xuân" in body.decode()
    certificate = queries.certificates()[0].certificate
    assert not signing.holds(body.replace("7 giờ".encode(), "8 giờ".encode()), certificate=certificate)


def test_of_two_who_approve_at_once_one_wins() -> None:
    waiting, first, second = submitted_notice(), cast.alert_approver(), cast.duty_leader()
    actions.approve_notice(notice_id=waiting.id, by=first, seen=waiting.version, proved_at=MONDAY, at=MONDAY)
    with pytest.raises(Stale):
        actions.approve_notice(notice_id=waiting.id, by=second, seen=waiting.version, proved_at=MONDAY, at=MONDAY)


def test_a_second_press_begins_no_second_update_while_the_first_is_as_it_was() -> None:
    notice, writer = published_notice(), cast.alert_writer()
    first = actions.update_notice(notice_id=notice.id, by=writer, at=MONDAY)
    assert actions.update_notice(notice_id=notice.id, by=writer, at=MONDAY) == first
    assert actions.update_notice(notice_id=notice.id, by=cast.operator(), at=MONDAY) != first
    actions.rewrite_notice(notice_id=first, content=notice_words(wards=()), by=writer, seen=1, at=MONDAY)
    assert actions.update_notice(notice_id=notice.id, by=writer, at=MONDAY) != first


def test_a_citizen_has_no_business_at_the_desk() -> None:
    waiting, lan = submitted_notice(), cast.lan()
    with pytest.raises(NotAllowed):
        queries.desk_notice(lan, waiting.id)
    with pytest.raises(NotAllowed):
        actions.draft_notice(content=notice_words(), by=lan, at=MONDAY)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"topic": "no-such"}, "topic"),
        ({"audience": "no-such"}, "audience"),
        ({"wards": ("00000",)}, "wards"),
        ({"expires_at": MONDAY}, "expires_at"),
        ({"publish_at": MONDAY + 2 * HOUR, "expires_at": MONDAY + HOUR}, "expires_at"),
        ({"texts": {"vi": NOTICE_TEXTS["vi"]}}, "title_en"),
        ({"kind": Kind.CORRECTION}, "rumour_vi"),
        ({"kind": Kind.CORRECTION}, "verdict"),
        ({"kind": Kind.CORRECTION, "verdict": "dull"}, "verdict"),
        ({"about": "VN-HUE-2026-999999"}, "about"),
        ({"texts": {**NOTICE_TEXTS, "vi": NoticeText(title="<b>To</b>", body="Chữ")}}, "title_vi"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(other: dict[str, object], field: str) -> None:
    writer = cast.alert_writer()
    begun = actions.draft_notice(content=notice_words(**other), by=writer, at=MONDAY)
    with pytest.raises(Invalid) as refused:
        actions.submit_notice(notice_id=begun, by=writer, seen=1, at=MONDAY)
    assert field in refused.value.fields
    assert queries.desk_notice(writer, begun).state is NoticeState.DRAFT


def test_nothing_passes_or_is_taken_back_without_the_person_being_proved_or_without_a_reason() -> None:
    waiting, approver = submitted_notice(), cast.alert_approver()
    for proved_at in (None, MONDAY - timedelta(minutes=6), MONDAY + HOUR):
        with pytest.raises(ProofNeeded):
            actions.approve_notice(
                notice_id=waiting.id, by=approver, seen=waiting.version, proved_at=proved_at, at=MONDAY
            )
    said = approved_notice(waiting.id, at=MONDAY)
    take = partial(actions.withdraw_notice, notice_id=said.id, by=approver, seen=said.version, at=MONDAY)
    with pytest.raises(ProofNeeded):
        take(because="wrong", proved_at=None)
    for because in ("", "dull"):
        with pytest.raises(Invalid):
            take(because=because, proved_at=MONDAY)
    assert desk_notice(approver, said.id).state is NoticeState.ISSUED
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=said.id).update(withdrawn_because="wrong")
    withdrawn(said, at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=said.id).update(withdrawn_because="over")


def test_one_that_is_scheduled_goes_out_at_its_time_and_ends_by_itself() -> None:
    at, until = MONDAY + 3 * HOUR, MONDAY + 5 * HOUR
    waiting = published_notice(notice_words(publish_at=at, expires_at=until))
    assert (waiting.state, waiting.number) == (NoticeState.SCHEDULED, "")
    with pytest.raises(NotFound):
        queries.notice("TB-2026-000000")
    tick(now=at - HOUR)
    assert not queries.notices(NoticeFilters(), at=at - HOUR).rows
    tick(now=at)
    (shown,) = queries.notices(NoticeFilters(), at=at).rows
    assert shown.valid(at)
    assert not shown.valid(until)
    tick(now=until)
    assert queries.notice(shown.number).state is NoticeState.EXPIRED
    assert not queries.notices(NoticeFilters(), at=until).rows


def test_one_given_back_before_its_time_does_not_go_out() -> None:
    at = MONDAY + HOUR
    waiting, approver = published_notice(notice_words(publish_at=at)), cast.alert_approver()
    actions.return_notice(notice_id=waiting.id, because="Sai ngày.", by=approver, seen=waiting.version, at=MONDAY)
    tick(now=at)
    assert desk_notice(approver, waiting.id).state is NoticeState.DRAFT
    assert not queries.notices(NoticeFilters(), at=at).rows


def test_what_replaces_a_withdrawn_one_comes_back_with_the_reason() -> None:
    said, writer, approver = published_notice(), cast.alert_writer(), cast.alert_approver()
    begun = actions.update_notice(notice_id=said.id, by=writer, at=MONDAY)
    later = replace(said.content, publish_at=MONDAY + HOUR)
    actions.rewrite_notice(notice_id=begun, content=later, by=writer, seen=1, at=MONDAY)
    actions.submit_notice(notice_id=begun, by=writer, seen=2, at=MONDAY)
    approved_notice(begun, at=MONDAY)
    withdrawn(said, at=MONDAY)
    tick(now=MONDAY + HOUR)
    back = desk_notice(approver, begun)
    assert back.state is NoticeState.DRAFT
    assert "không còn đăng" in back.returned_because
    with pytest.raises(WrongState):
        actions.update_notice(notice_id=said.id, by=writer, at=MONDAY)


def test_an_update_that_lost_its_ground_keeps_its_words() -> None:
    said, writer, approver = published_notice(), cast.alert_writer(), cast.alert_approver()
    other = replace(NOTICE_TEXTS["vi"], title="Cúp điện dài hơn")
    content = notice_words(texts={**NOTICE_TEXTS, "vi": other})
    waiting = [actions.update_notice(notice_id=said.id, by=one, at=MONDAY) for one in (writer, cast.operator())]
    for begun, by in zip(waiting, (writer, cast.operator()), strict=True):
        actions.rewrite_notice(notice_id=begun, content=content, by=by, seen=1, at=MONDAY)
        actions.submit_notice(notice_id=begun, by=by, seen=2, at=MONDAY)
    with pytest.raises(WrongState):
        actions.retarget_notice(notice_id=waiting[1], by=writer, seen=3, at=MONDAY)
    won = approved_notice(waiting[0], at=MONDAY)
    assert desk_notice(approver, waiting[1]).is_astray
    with pytest.raises(NotAllowed):
        actions.retarget_notice(notice_id=waiting[1], by=approver, seen=3, at=MONDAY)
    actions.retarget_notice(notice_id=waiting[1], by=writer, seen=3, at=MONDAY)
    found = desk_notice(approver, waiting[1])
    assert (found.state, found.follows, found.content, found.is_astray) == (NoticeState.DRAFT, won.id, content, False)
    actions.submit_notice(notice_id=waiting[1], by=writer, seen=found.version, at=MONDAY)
    withdrawn(won, at=MONDAY)
    actions.retarget_notice(notice_id=waiting[1], by=writer, seen=found.version + 1, at=MONDAY)
    actions.submit_notice(notice_id=waiting[1], by=writer, seen=found.version + 2, at=MONDAY)
    alone = approved_notice(waiting[1], at=MONDAY)
    assert (alone.state, alone.follows, Notice.objects.get(pk=alone.id).chain) == (NoticeState.ISSUED, None, alone.id)


def test_it_is_found_without_tone_marks_by_topic_ward_and_kind() -> None:
    published_notice()
    rumour = {language: replace(text, rumour="Nghe nói", source="Điện lực") for language, text in NOTICE_TEXTS.items()}
    words = notice_words(kind=Kind.CORRECTION, verdict="false", topic="safety", wards=(), texts=rumour)
    published_notice(words, at=MONDAY + HOUR)
    at = MONDAY + 2 * HOUR

    def count(**wanted: str) -> int:
        return len(queries.notices(NoticeFilters(**wanted), at=at).rows)

    assert count() == count(text="cup dien") == count(text="CÚP ĐIỆN", ward=PHU_XUAN) == 2
    assert count(text="nghe noi") == count(kind=Kind.CORRECTION) == count(topic="power") == count(ward=KIM_LONG) == 1
    assert count(text="không có") == 0


def test_pages_of_a_long_list_hold_each_notice_once() -> None:
    for hour in range(7):
        published_notice(at=MONDAY + hour * HOUR)
    found, after = [], ""
    while True:
        page = queries.notices(NoticeFilters(), at=MONDAY + 9 * HOUR, after=after, limit=3)
        found += [card.number for card in page.rows]
        if not page.next:
            break
        after = page.next
    assert len(found) == len(set(found)) == 7
    assert found == sorted(found, reverse=True)


def test_a_picture_becomes_public_with_its_notice() -> None:
    writer = cast.alert_writer()
    photo = media.store_photo(a_picture(), by=writer.person_id, at=MONDAY)
    described = {language: replace(text, alt="Trạm biến áp") for language, text in NOTICE_TEXTS.items()}
    waiting = submitted_notice(notice_words(pictures=(photo.id,), texts=described))
    assert not media_queries.photo(photo.id).is_public
    approved_notice(waiting.id, at=MONDAY)
    assert media_queries.photo(photo.id).is_public


def test_one_whose_end_has_passed_before_its_time_came_goes_back_with_the_reason() -> None:
    at = MONDAY + HOUR
    waiting = published_notice(notice_words(publish_at=at, expires_at=at + HOUR))
    tick(now=at + 3 * HOUR)
    back = desk_notice(cast.alert_approver(), waiting.id)
    assert back.state is NoticeState.DRAFT
    assert "hết hạn" in back.returned_because
