"""Opening a case: whole or not at all, once or not at all, in few statements."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case, CasePhoto, CaseSeal, Key, Step
from hues.engines.cases.testing import DAI_NOI, MONDAY, POTHOLE, WORDS, a_case, the_city
from hues.kernel import editions
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks import queries as clocks
from hues.kernel.errors import Invalid, NotAllowed, SignInNeeded, WrongState
from hues.kernel.journal import queries as journal
from hues.kernel.media import queries as media
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import STRANGER, Asker

MOST_STATEMENTS = 10
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def send(**given: Any) -> actions.CaseReceipt:
    the_city()
    usual: dict[str, Any] = {
        "category": POTHOLE,
        "text": WORDS,
        "place": DAI_NOI,
        "by": given.get("by") or cast.lan(),
        "at": MONDAY,
    }
    return actions.open_case(**(usual | given))


@pytest.mark.django_db
def test_a_case_is_opened_whole() -> None:
    lan = cast.lan()
    photo = a_photo(by=lan.person_id, at=MONDAY)
    receipt = send(by=lan, photos=(photo.id,), answers={"size": "door", "nonsense": "x"})
    case = Case.objects.get(pk=receipt.id)
    assert (case.number, case.state, case.version) == (receipt.number, "received", 1)
    assert (case.ward_code, case.service_class, case.answers) == ("19753", "normal", {"size": "door"})
    assert case.folded.startswith(f"{receipt.number.lower()} 23 thang 8, phu xuan o ga sau")
    assert CaseSeal.objects.get(pk=case.pk).person_id == lan.person_id
    assert list(Step.objects.filter(case=case).values_list("seq", "verb", "side")) == [(1, "open", "citizen")]
    assert list(CasePhoto.objects.filter(case=case).values_list("photo_id", "role", "order")) == [
        (photo.id, "report", 0)
    ]
    assert [(t.kind, t.due_at) for t in clocks.timers_of(case.pk)] == [("cases.accept_overdue", case.accept_due_at)]
    assert [(e.event, e.by) for e in journal.entries_about(case.pk)] == [("cases.case.opened", None)]
    assert not media.loose_photos_of(lan.person_id or case.pk)


@pytest.mark.django_db(transaction=True)
def test_opening_takes_few_statements_even_with_photo_and_key() -> None:
    lan = cast.lan()
    photos = [a_photo(by=lan.person_id, at=MONDAY, seed=seed).id for seed in range(2)]
    send(by=lan, photos=photos[:1], key="warm")
    with editions.asked_once(), CaptureQueriesContext(connection) as captured:  # as every request does
        actions.open_case(
            category=POTHOLE, text=WORDS, place=DAI_NOI, photos=photos[1:], by=lan, key="second", at=MONDAY
        )
    said = [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(CONTROL)]
    assert len(said) <= MOST_STATEMENTS, "\n".join(said)


@pytest.mark.django_db
def test_numbers_follow_one_another_and_begin_anew_each_year() -> None:
    new_year = datetime(2046, 1, 1, 0, 30, tzinfo=UTC)
    first, second = send().number, send().number
    assert first.startswith("PA-2026-")
    assert second == f"PA-2026-{int(first[-6:]) + 1:06}"
    # An hour before midnight in Greenwich it is the new year in Huế; no other test has numbered a case of 2046.
    assert send(at=new_year - timedelta(hours=1)).number == "PA-2046-000001"
    assert send(at=new_year).number == "PA-2046-000002"


@pytest.mark.django_db
def test_everything_that_is_wrong_is_told_at_once() -> None:
    outside = replace(DAI_NOI, lat=16.05, lng=108.21)
    with pytest.raises(Invalid) as caught:
        send(category="no-such", text="ngắn", place=outside, channel="smoke")
    assert set(caught.value.fields) == {"category", "text", "place", "channel"}
    assert not Case.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " \u200b  \n "}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"category": "roads"}, "category"),
        ({"kind": "poem"}, "category"),
        ({"place": replace(DAI_NOI, lat=16.4, lng=108.1)}, "place"),
        ({"place": replace(DAI_NOI, lat=float("nan"))}, "place"),
        ({"place": replace(DAI_NOI, address="x" * 201)}, "address"),
        ({"photos": tuple(Case().pk for _ in range(11))}, "photos"),
        ({"photos": (Case().pk,)}, "photos"),
    ],
)
def test_bad_input_is_refused_by_its_field(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        send(**given)
    assert list(caught.value.fields) == [field]
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_text_is_kept_composed_and_without_what_cannot_be_seen() -> None:
    receipt = send(text="Ổ gà\u200b sâu, nguy hiểm.  \r\nXe té.")
    assert Case.objects.get(pk=receipt.id).text == "Ổ gà sâu, nguy hiểm.\nXe té."


@pytest.mark.django_db
def test_a_stranger_signs_in_first() -> None:
    with pytest.raises(SignInNeeded):
        send(by=STRANGER)


@pytest.mark.django_db
def test_a_photo_that_somebody_else_sent_is_not_taken_and_nothing_is_written() -> None:
    photo = a_photo(by=cast.eve().person_id, at=MONDAY)
    with pytest.raises(Invalid) as caught:
        send(photos=(photo.id,))
    assert "photos" in caught.value.fields
    assert not Case.objects.exists()
    assert not Step.objects.exists()


@pytest.mark.django_db
def test_sent_twice_it_is_opened_once() -> None:
    lan = cast.lan()
    photo = a_photo(by=lan.person_id, at=MONDAY)
    first = send(by=lan, key="k", photos=(photo.id,))
    again = send(by=lan, key="k", photos=(photo.id,), at=MONDAY + timedelta(days=1))
    assert not first.again
    assert again == replace(first, again=True)
    assert Case.objects.count() == Key.objects.count() == 1
    with pytest.raises(WrongState):
        send(by=lan, key="k", text="Một việc hoàn toàn khác.", photos=(photo.id,))
    assert send(by=cast.eve(), key="k").number != first.number


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_the_same_instant_it_is_opened_once() -> None:
    the_city()
    lan, start = cast.lan(), Barrier(2, timeout=30)
    receipts: list[actions.CaseReceipt] = []

    def sender(by: Asker) -> None:
        start.wait()
        receipts.append(actions.open_case(category=POTHOLE, text=WORDS, place=DAI_NOI, by=by, key="twin", at=MONDAY))
        connection.close()

    threads = [Thread(target=sender, args=[lan]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {receipt.number for receipt in receipts} == {Case.objects.get().number}
    assert sorted(receipt.again for receipt in receipts) == [False, True]


@pytest.mark.django_db
def test_an_operator_writes_down_what_a_caller_says() -> None:
    with pytest.raises(NotAllowed):
        send(channel="phone", contact="0905 000 111")
    with pytest.raises(Invalid) as caught:
        send(channel="phone", by=cast.operator())
    assert "contact" in caught.value.fields
    receipt = send(channel="phone", contact="Ông Tý, 0905 000 111", by=cast.operator(), show_name=True)
    seal = CaseSeal.objects.get(pk=receipt.id)
    assert (seal.person_id, seal.contact) == (None, "Ông Tý, 0905 000 111")
    assert not Case.objects.get(pk=receipt.id).show_name
    assert Step.objects.get(case_id=receipt.id).side == "ioc"


@pytest.mark.django_db
def test_the_receipt_says_when_it_is_taken_on_and_answered() -> None:
    receipt = a_case()
    assert receipt.accept_due_at == MONDAY + timedelta(days=1, minutes=30)
    assert receipt.due_at == datetime(2026, 3, 12, 10, tzinfo=UTC)  # seven working days after that


@pytest.mark.django_db
def test_a_draft_is_kept_under_its_key_until_it_is_dropped() -> None:
    lan = cast.lan()
    actions.save_draft(by=lan, key="a", fields={"text": "Ổ"}, at=MONDAY)
    actions.save_draft(by=lan, key="a", fields={"text": "Ổ gà"}, at=MONDAY + timedelta(minutes=1))
    actions.save_draft(by=lan, key="b", fields={}, at=MONDAY)
    found = queries.draft(lan)
    assert found is not None
    assert (found.key, found.fields) == ("a", {"text": "Ổ gà"})
    assert queries.draft(cast.eve()) is None
    actions.drop_draft(by=lan, key="a")
    assert queries.draft(lan, "a") is None
    with pytest.raises(SignInNeeded):
        actions.save_draft(by=STRANGER, key="a", fields={}, at=MONDAY)


@pytest.mark.django_db
def test_a_report_is_sent_together_with_its_draft_or_not_at_all() -> None:
    the_city()
    lan, story = cast.lan(), {"category": POTHOLE, "text": WORDS, "place": DAI_NOI}
    actions.save_draft(by=lan, key="a", fields={"text": WORDS}, at=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_draft ADD CONSTRAINT nothing_is_sent CHECK (sent = '')")
        with pytest.raises(IntegrityError):
            actions.send_draft(by=lan, key="a", at=MONDAY, **story)
        cursor.execute("ALTER TABLE cases_draft DROP CONSTRAINT nothing_is_sent")
    held = queries.draft(lan, "a")
    assert held is not None
    assert (held.sent, held.fields, Case.objects.count()) == ("", {"text": WORDS}, 0)
    number = actions.send_draft(by=lan, key="a", at=MONDAY, **story).number
    actions.save_draft(by=lan, key="a", fields={"text": "late"}, at=MONDAY)
    sent = queries.draft(lan, "a")
    assert sent is not None
    assert (sent.sent, sent.fields, queries.draft(lan, unsent=True)) == (number, {}, None)
