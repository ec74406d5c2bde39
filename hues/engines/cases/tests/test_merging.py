"""Reports about the same thing are joined and parted again; whoever follows hears once."""

from datetime import timedelta

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import CaseReceipt
from hues.engines.cases.actions.moving import Moved
from hues.engines.cases.models import Case, Support
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import MONDAY, Known, a_case, a_case_in
from hues.engines.cases.tests.ending import done
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import Invalid
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def joined(case: CaseReceipt, original: str) -> Moved:
    """Have the operator join a report that was just opened with another."""
    return actions.refuse(
        case_id=case.id,
        outcome="duplicate",
        text="Trùng với phản ánh trước.",
        duplicate_of=original,
        by=cast.operator(),
        seen=1,
        at=MONDAY,
    )


def followers(case: Known | CaseReceipt) -> int:
    supports = Case.objects.get(pk=case.id).supports
    assert supports == Support.objects.filter(case_id=case.id).count()
    return supports


def titles(by: Asker) -> list[str]:
    return [item.title["vi"] for item in reversed(delivery.inbox(by).rows)]


def test_the_reporter_of_a_duplicate_follows_the_original_and_hears_once() -> None:
    eve = cast.eve()
    first, again, third = a_case_in(State.ANSWERED), a_case(by=eve), a_case(by=eve)
    joined(again, first.number)
    joined(third, first.number)
    assert followers(first) == 1
    actions.publish(case_id=first.id, by=cast.operator(), seen=first.version, at=MONDAY)
    drain()
    assert titles(eve).count(f"{again.number}: đã ghép với phản ánh trước") == 1
    assert titles(eve).count(f"{first.number}: đã có trả lời") == 1


def test_whoever_reports_the_same_twice_does_not_follow_themselves() -> None:
    first, again = a_case(), a_case()
    joined(again, first.number)
    assert followers(first) == 0


def test_parted_again_it_waits_for_the_centre_and_nobody_follows_through_it() -> None:
    eve = cast.eve()
    first, again = a_case_in(State.IN_PROGRESS), a_case(by=eve)
    moved = joined(again, first.number)
    assert followers(first) == 1
    actions.unmerge(case_id=again.id, by=cast.operator(), seen=moved.version, at=MONDAY + DAY)
    assert followers(first) == 0
    row = Case.objects.get(pk=again.id)
    assert (row.state, row.outcome, row.duplicate_of, row.due_at) == ("received", "", None, again.due_at)
    assert row.accept_due_at > again.accept_due_at
    drain()
    assert titles(eve)[-1] == f"{again.number}: được xem xét riêng trở lại"


def test_who_followed_by_themselves_still_follows_after_parting() -> None:
    eve = cast.eve()
    first, again = a_case_in(State.IN_PROGRESS), a_case(by=eve)
    actions.support(number=first.number, by=eve, at=MONDAY)
    moved = joined(again, first.number)
    actions.unmerge(case_id=again.id, by=cast.operator(), seen=moved.version, at=MONDAY)
    assert followers(first) == 1


def test_a_duplicate_of_a_duplicate_belongs_to_the_first() -> None:
    first, second, third = a_case(), a_case(), a_case(by=cast.eve())
    joined(second, first.number)
    joined(third, second.number)
    assert Case.objects.get(pk=third.id).duplicate_of == first.id
    assert followers(first) == 1


def test_two_reports_are_not_made_duplicates_of_each_other() -> None:
    first, second = a_case(), a_case()
    joined(second, first.number)
    with pytest.raises(Invalid):
        joined(first, second.number)


@pytest.mark.parametrize("state", [State.PUBLISHED, State.CLOSED])
def test_joined_with_one_that_is_answered_its_reporter_is_sent_to_the_answer(state: State) -> None:
    eve = cast.eve()
    first, again = a_case_in(state), a_case(by=eve)
    joined(again, first.number)
    drain()
    last = delivery.inbox(eve).rows[0]
    assert last.title["vi"] == f"{again.number}: đã ghép với phản ánh trước"
    assert "Mở phản ánh của bạn để đọc trả lời" in last.body["vi"]
    assert queries.my_case(eve, again.number, at=MONDAY).duplicate_of == first.number


def test_nothing_is_joined_with_what_was_not_taken_on() -> None:
    spam, again = a_case_in(State.REFUSED), a_case(by=cast.eve())
    with pytest.raises(Invalid) as refused:
        joined(again, spam.number)
    assert "không được tiếp nhận" in str(refused.value.fields["duplicate_of"])
    assert Case.objects.get(pk=again.id).state == State.RECEIVED


def test_a_late_report_is_not_joined_with_one_that_has_more_time() -> None:
    late = a_case_in(State.IN_PROGRESS)
    at = Case.objects.get(pk=late.id).due_at + DAY
    back = done(actions.give_back, late, cast.minh(), at, reason="Không phải việc của chúng tôi.")
    fresh, answer = a_case_in(State.IN_PROGRESS, at=at), a_case_in(State.PUBLISHED, at=at)
    refused = {"outcome": "duplicate", "text": "Đã có phản ánh cùng nội dung."}
    with pytest.raises(Invalid) as told:
        done(actions.refuse, back, cast.operator(), at, duplicate_of=fresh.number, **refused)
    assert "trễ hạn" in str(told.value.fields["duplicate_of"])
    done(actions.refuse, back, cast.operator(), at, duplicate_of=answer.number, **refused)


def test_what_was_joined_with_one_that_is_not_taken_on_is_looked_at_by_itself() -> None:
    eve, head = cast.eve(), cast.head()
    first, again = a_case(), a_case(by=eve)
    met = a_case_in(State.ASSIGNED)
    actions.support(number=met.number, by=head, at=MONDAY)
    actions.give_back(case_id=met.id, reason="Không phải của chúng tôi.", by=cast.minh(), seen=met.version, at=MONDAY)
    joined(again, first.number)
    for case, seen in ((first, 1), (met, met.version + 1)):
        said = {"outcome": "spam", "text": "Không phải phản ánh."}
        actions.refuse(case_id=case.id, by=cast.operator(), seen=seen, at=MONDAY + DAY, **said)
    row = Case.objects.get(pk=again.id)
    assert (row.state, row.duplicate_of, followers(first)) == ("received", None, 0)
    assert row.accept_due_at > MONDAY + DAY
    drain()
    assert titles(eve)[-1] == f"{again.number}: được xem xét riêng trở lại"
    assert titles(head)[-1] == f"{met.number}: không được tiếp nhận"


def test_joined_on_with_a_third_its_own_duplicates_stay_with_it() -> None:
    first, second, third = a_case(), a_case(), a_case(by=cast.eve())
    joined(third, second.number)
    joined(second, first.number)
    assert Case.objects.get(pk=third.id).state == State.REFUSED


def test_whoever_says_that_theirs_is_another_follows_no_more() -> None:
    eve = cast.eve()
    first, again = a_case_in(State.IN_PROGRESS), a_case(by=eve)
    moved = joined(again, first.number)
    actions.reopen(
        case_id=again.id, text="Chỗ tôi báo là chỗ khác, cách đó một đoạn.", by=eve, seen=moved.version, at=MONDAY + DAY
    )
    assert followers(first) == 0
    assert Case.objects.get(pk=again.id).state == State.RECEIVED


def test_only_what_was_joined_can_be_parted() -> None:
    spam = a_case_in(State.REFUSED)
    with pytest.raises(Invalid):
        actions.unmerge(case_id=spam.id, by=cast.operator(), seen=spam.version, at=MONDAY)
    assert Verb.UNMERGE not in queries.ops_case(cast.operator(), spam.number, at=MONDAY).moves


def test_parted_from_what_was_joined_itself_nobody_follows_further_up_either() -> None:
    eve = cast.eve()
    first, second, third = a_case(by=cast.head()), a_case(), a_case(by=eve)
    moved = joined(third, second.number)
    joined(second, first.number)
    assert followers(first) == 2
    actions.unmerge(case_id=third.id, by=cast.operator(), seen=moved.version, at=MONDAY)
    assert (followers(first), followers(second)) == (1, 0)
    assert not Support.objects.filter(person_id__in=[eve.person_id]).exists()


def test_whoever_came_by_two_duplicates_follows_until_both_are_parted() -> None:
    eve = cast.eve()
    first, second, third = a_case(), a_case(by=eve), a_case(by=eve)
    for left, again in enumerate((second, third)[::-1]):
        joined(again, first.number)
        assert followers(first) == 1, left
    for left, again in enumerate((third, second)):
        actions.unmerge(case_id=again.id, by=cast.operator(), seen=2, at=MONDAY)
        assert followers(first) == 1 - left


def test_a_number_beside_another_reason_joins_nothing() -> None:
    first, spam = a_case(), a_case(by=cast.eve())
    said = {"text": "Quảng cáo.", "duplicate_of": first.number}
    actions.refuse(case_id=spam.id, outcome="spam", by=cast.operator(), seen=1, at=MONDAY, **said)
    assert Case.objects.get(pk=spam.id).duplicate_of is None
    assert followers(first) == 0
