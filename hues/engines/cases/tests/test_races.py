"""Two people at once: one winner, and one clear sentence for the other."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from PIL import Image

from hues.engines.cases import actions
from hues.engines.cases.models import Case, Step
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case_in, a_proof, part, the_city
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks import actions as clocks
from hues.kernel.clocks.queries import timers_of
from hues.kernel.errors import Invalid, Stale, TooMany, WrongState
from hues.kernel.media import queries as media
from hues.kernel.media.covering import Box
from hues.kernel.media.testing import a_photo

pytestmark = pytest.mark.django_db(transaction=True)
TUESDAY = MONDAY + timedelta(days=1)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do things at the same instant on connections of their own and return what came of each."""
    start, found = Barrier(len(acts), timeout=30), list[object]([None] * len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            found[place] = act()
        except (Invalid, TooMany, WrongState) as refusal:
            found[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=[place, act]) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def winners(found: list[object]) -> list[object]:
    assert all(isinstance(one, actions.Moved | Stale) for one in found), found
    return [one for one in found if isinstance(one, actions.Moved)]


def test_two_workers_answer_and_one_is_told_to_look_again() -> None:
    the_city()
    case = a_case_in(State.IN_PROGRESS)
    shown = [(by, a_proof(by)) for by in (cast.minh(), cast.worker(cast.WARD_OFFICE))]
    found = at_once(
        *(
            lambda by=by, proof=proof: actions.answer_case(
                case_id=case.id,
                text=f"Trả lời của {by.name}",
                outcome="not_ours",
                proof=proof,
                by=by,
                seen=case.version,
                at=TUESDAY,
            )
            for by, proof in shown
        )
    )
    assert len(winners(found)) == 1
    assert Step.objects.filter(case_id=case.id, verb="answer").count() == 1
    assert Case.objects.get(pk=case.id).version == case.version + 1


def test_a_worker_takes_what_the_centre_passes_on_at_the_same_instant() -> None:
    the_city()
    case = a_case_in(State.ASSIGNED)
    minh, operator, other = cast.minh(), cast.operator(), cast.an_agency("ubnd-kim-long").id
    found = at_once(
        lambda: actions.take(case_id=case.id, by=minh, seen=case.version, at=TUESDAY),
        lambda: actions.accept_and_route(case_id=case.id, agency_id=other, by=operator, seen=case.version, at=TUESDAY),
    )
    assert len(winners(found)) == 1


def test_a_citizen_reopens_while_the_city_closes() -> None:
    the_city()
    case = a_case_in(State.PUBLISHED)
    lan = cast.lan()
    found = at_once(
        lambda: actions.reopen(
            case_id=case.id, text="Vẫn còn ổ gà như trước khi sửa.", by=lan, seen=case.version, at=TUESDAY
        ),
        lambda: clocks.tick(MONDAY + timedelta(days=10)),
    )
    state = Case.objects.get(pk=case.id).state
    assert state == ("closed" if isinstance(found[0], Stale) else "assigned")


@pytest.mark.parametrize("state", [State.WAITING, State.PUBLISHED])
def test_a_citizen_who_writes_while_the_city_goes_on_by_itself_is_heard(state: State) -> None:
    """Their request began before the instant came, and has the case when the sweep gets there."""
    the_city()
    case, lan = a_case_in(state), cast.lan()
    act = {State.WAITING: actions.reply, State.PUBLISHED: actions.reopen}[state]
    due = max(timer.due_at for timer in timers_of(case.id))
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.id)
        sweep = Thread(target=swept, args=[due])
        sweep.start()
        sweep.join(timeout=3)
        before = due - timedelta(seconds=1)
        act(case_id=case.id, text="Vẫn còn ổ gà như trước khi sửa.", by=lan, seen=case.version, at=before)
    sweep.join()
    assert Case.objects.get(pk=case.id).version == case.version + 1


def swept(at: datetime) -> None:
    try:
        clocks.tick(at)
    finally:
        connection.close()


def test_a_citizen_reopens_while_the_centre_publishes() -> None:
    """Whoever is second is told: an answer is never public and reopened in one step, nor is a word lost."""
    the_city()
    case = a_case_in(State.ANSWERED)
    lan, operator = cast.lan(), cast.operator()
    found = at_once(
        lambda: actions.publish(case_id=case.id, by=operator, seen=case.version, at=TUESDAY),
        lambda: actions.reopen(
            case_id=case.id, text="Vẫn còn ổ gà như trước khi sửa.", by=lan, seen=case.version + 1, at=TUESDAY
        ),
    )
    assert isinstance(found[0], actions.Moved)
    reopened = isinstance(found[1], actions.Moved)
    verbs = list(Step.objects.filter(case_id=case.id).order_by("seq").values_list("verb", flat=True))
    assert verbs[-1 - reopened :] == (["publish", "reopen"] if reopened else ["publish"])
    assert Case.objects.get(pk=case.id).state == (State.ASSIGNED if reopened else State.PUBLISHED)


def test_of_two_answers_that_show_the_same_photo_at_once_one_is_doubted() -> None:
    the_city()
    minh, answers = cast.minh(), list[Callable[[], object]]()
    for _ in range(2):
        case, photo = a_case_in(State.IN_PROGRESS), a_photo(by=minh.person_id, at=TUESDAY, seed=33)
        answer = partial(actions.answer_case, case_id=case.id, text="Đã vá.", outcome="fixed", proof=[photo.id])
        answers.append(partial(answer, by=minh, seen=case.version, at=TUESDAY))
    found = at_once(*answers)
    (refused,) = [one for one in found if isinstance(one, Invalid)]
    assert list(refused.fields) == ["despite"]


def test_of_two_agencies_that_answer_their_parts_at_once_one_is_the_last() -> None:
    the_city()
    case, answers = a_case_in(State.SPLIT), list[Callable[[], object]]()
    for turn, code in enumerate((cast.WARD_OFFICE, "ubnd-phu-xuan"), start=1):
        mine, by = part(case, turn), cast.worker(code)
        taken = actions.take(case_id=mine.id, by=by, seen=mine.version, at=MONDAY)
        answer = partial(
            actions.answer_case, case_id=mine.id, text="Đã xử lý.", outcome="not_ours", proof=a_proof(by), by=by
        )
        answers.append(partial(answer, seen=taken.version, at=TUESDAY))
    assert len(winners(at_once(*answers))) == 2
    assert Case.objects.get(pk=case.id).state == State.ANSWERED
    assert Step.objects.filter(case_id=case.id, verb="gather").count() == 1


def test_a_part_is_answered_while_the_centre_joins_the_whole() -> None:
    the_city()
    case = a_case_in(State.SPLIT)
    mine, minh, operator = part(case, 1), cast.minh(), cast.operator()
    taken = actions.take(case_id=mine.id, by=minh, seen=mine.version, at=MONDAY)
    other, proof = cast.an_agency("ubnd-kim-long").id, a_proof(minh)
    found = at_once(
        lambda: actions.answer_case(
            case_id=mine.id,
            text="Đã xem.",
            outcome="not_ours",
            proof=proof,
            by=minh,
            seen=taken.version,
            at=TUESDAY,
        ),
        lambda: actions.join(case_id=case.id, agency_id=other, by=operator, seen=case.version, at=TUESDAY),
    )
    assert isinstance(found[1], actions.Moved)
    assert (Case.objects.get(pk=case.id).state, Case.objects.get(pk=mine.id).state) == ("assigned", "closed")


def test_two_who_cover_the_same_photo_both_cover_it() -> None:
    the_city()
    photo = a_photo(by=cast.lan().person_id, at=MONDAY).id
    case, operator, leader = a_case_in(State.ASSIGNED, photos=(photo,)), cast.operator(), cast.duty_leader()
    left, right = (Box(left=left, top=0, width=50, height=100) for left in (0, 50))
    at_once(
        lambda: actions.cover_photo(case_id=case.id, photo_id=photo, boxes=[left], by=operator, at=TUESDAY),
        lambda: actions.cover_photo(case_id=case.id, photo_id=photo, boxes=[right], by=leader, at=TUESDAY),
    )
    with Image.open(io.BytesIO(media.preview(photo, []))) as picture:
        assert all(max(picture.getpixel((picture.width * part // 4, 9))) < 20 for part in (1, 3))  # type: ignore[arg-type]
    assert Step.objects.filter(case_id=case.id, verb="cover").count() == 2
