"""Importing is the same as having done it, only faster."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from hues.engines.cases import actions
from hues.engines.cases.actions import Moved, PreparedCase, PreparedMove, folding, import_cases, unfit
from hues.engines.cases.models import Case, CasePhoto, CaseSeal, MapTally, Step
from hues.engines.cases.rules.facts import Given
from hues.engines.cases.rules.workflow import Side, State, Verb
from hues.engines.cases.testing import DAI_NOI, MONDAY, POTHOLE, WORDS, the_city
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks import queries as clocks
from hues.kernel.errors import Invalid
from hues.kernel.journal import queries as journal
from hues.kernel.journal.testing import drain
from hues.kernel.media import queries as media
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import CITY, Asker

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = MONDAY + timedelta(days=5)
NEXT_YEAR = date(2027, 3, 1)


class Story:
    """A case told twice: as prepared moves, and as calls of the actions that make them."""

    def __init__(self, category: str = POTHOLE, *, text: str = WORDS, show_name: bool = False, seed: int = 0) -> None:
        self.lan, self.minh, self.operator = cast.lan(), cast.minh(), cast.operator()
        self.category, self.text, self.show_name, self.at = category, text, show_name, MONDAY
        self.photo = a_photo(by=self.lan.person_id, at=MONDAY, seed=seed).id
        self.proof = a_photo(by=self.minh.person_id, at=MONDAY, seed=seed + 100).id
        self.prepared: list[PreparedMove] = []
        self.calls: list[Callable[[UUID, int], Moved]] = []

    def then(
        self,
        verb: Verb,
        action: Callable[..., Any],
        by: Asker,
        *,
        given: Given | None = None,
        says: str = "text",
        words: str = "",
        internal: bool = False,
        photos: tuple[UUID, ...] = (),
        **keywords: Any,
    ) -> "Story":
        """Add one move; `says` is what the action calls its words."""
        self.at += HOUR
        at = self.at
        self.prepared.append(
            PreparedMove(
                verb=verb,
                at=at,
                by=by.person_id,
                given=given or Given(),
                text="" if internal else words,
                internal=words if internal else "",
                photos=photos,
            )
        )
        spoken = {says: words} if words else {}
        self.calls.append(lambda case_id, seen: action(case_id=case_id, by=by, seen=seen, at=at, **spoken, **keywords))
        return self

    def accepted(self) -> "Story":
        agency = cast.an_agency().id
        given = Given(agency_id=agency)
        return self.then(Verb.ACCEPT, actions.accept_and_route, self.operator, given=given, agency_id=agency)

    def taken(self) -> "Story":
        return self.then(Verb.TAKE, actions.take, self.minh)

    def asked_and_replied(self) -> "Story":
        self.then(Verb.ASK, actions.ask_citizen, self.minh, says="question", words="Ở số nhà nào?")
        return self.then(Verb.REPLY, actions.reply, self.lan, words="Số 12, cạnh quán cà phê.")

    def extended(self) -> "Story":
        until = MONDAY + 20 * DAY
        self.then(
            Verb.ASK_EXTENSION,
            actions.ask_extension,
            self.minh,
            given=Given(until=until),
            says="reason",
            words="Chờ vật tư.",
            internal=True,
            until=until,
        )
        given = Given(granted=True)
        return self.then(Verb.DECIDE_EXTENSION, actions.decide_extension, self.operator, given=given, granted=True)

    def answered(self, outcome: str = "fixed", promise_on: date | None = None) -> "Story":
        return self.then(
            Verb.ANSWER,
            actions.answer_case,
            self.minh,
            given=Given(outcome=outcome, promise_on=promise_on, proofs=1),
            words="Đã xử lý.",
            photos=(self.proof,),
            outcome=outcome,
            promise_on=promise_on,
            proof=(self.proof,),
        )

    def published(self) -> "Story":
        return self.then(Verb.PUBLISH, actions.publish, self.operator)

    def rated_and_reopened(self) -> "Story":
        given = Given(stars=2, fixed=False)
        self.then(Verb.RATE, actions.rate, self.lan, given=given, stars=2, fixed=False)
        return self.then(Verb.REOPEN, actions.reopen, self.lan, words="Mặt đường lại lún như cũ rồi.")

    def refused(self) -> "Story":
        given = Given(outcome="spam")
        return self.then(
            Verb.REFUSE,
            actions.refuse,
            self.operator,
            given=given,
            words="Không phải phản ánh.",
            outcome="spam",
        )

    def act(self) -> UUID:
        """Do it, move by move."""
        receipt = actions.open_case(
            category=self.category,
            text=self.text,
            place=DAI_NOI,
            photos=(self.photo,),
            answers={"size": "door"},
            by=self.lan,
            show_name=self.show_name,
            at=MONDAY,
        )
        for seen, call in enumerate(self.calls, start=1):
            call(receipt.id, seen)
        return receipt.id

    def prepare(self) -> PreparedCase:
        """Return the same, prepared."""
        return PreparedCase(
            category=self.category,
            text=self.text,
            place=DAI_NOI,
            at=MONDAY,
            reporter=self.lan.person_id,
            show_name=self.show_name,
            answers={"size": "door"},
            photos=(self.photo,),
            moves=tuple(self.prepared),
        )


def stories() -> Iterable[Story]:
    yield Story(seed=1)
    yield Story(seed=2).refused()
    yield Story(seed=3).accepted()
    yield Story("roads-manhole", seed=4).accepted().taken().asked_and_replied()
    yield Story(seed=5).accepted().taken().extended().answered()
    yield Story(seed=6, show_name=True).accepted().taken().answered("promised", NEXT_YEAR).published()
    yield Story("noise-karaoke", seed=7).accepted().taken().answered().published().rated_and_reopened()
    yield Story(text="Ổ gà trước nhà tôi, số 24 Lê Lợi.", seed=8).accepted().taken().answered().published()


def what_there_is(case_id: UUID) -> str:
    """Return everything written about a case, with what must differ, its id and number, taken out."""
    # What is imported was read by people elsewhere: it is not weighed for whether it needs a look.
    case = Case.objects.values().get(pk=case_id) | {"look": ""}
    found = [
        case,
        CaseSeal.objects.values().get(pk=case_id),
        list(Step.objects.filter(case_id=case_id).order_by("seq").values()),
        list(CasePhoto.objects.filter(case_id=case_id).order_by("photo_id").values()),
        [(timer.kind, timer.due_at) for timer in clocks.timers_of(case_id)],
        [(entry.event, entry.at, entry.by, entry.facts) for entry in journal.entries_about(case_id)],
    ]
    number = case["number"]
    return repr(found).replace(str(case_id), "ID").replace(number, "NUMBER").replace(number.lower(), "NUMBER")


def test_photos_of_an_imported_answer_are_public_and_others_are_not() -> None:
    the_city()
    open_story, told = Story(seed=1).accepted(), Story(seed=2).accepted().taken().answered().published()
    import_cases([open_story.prepare(), told.prepare()], at=NOW)
    shown = {pk: media.photo(pk).is_public for pk in (open_story.photo, told.photo, told.proof)}
    assert shown == {open_story.photo: False, told.photo: True, told.proof: True}


def test_many_that_come_from_one_place_are_counted_there_in_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "MANY", 1)
    the_city()
    told = [Story(seed=seed).accepted().taken().answered().published().prepare() for seed in (1, 2, 3)]
    import_cases(told, at=NOW)
    assert list(MapTally.objects.values_list("kind", "res", "n").order_by("res")) == [
        ("report", 7, 3),
        ("report", 9, 3),
    ]


def test_importing_leaves_what_doing_it_leaves() -> None:
    the_city()
    for story in stories():
        prepared = story.prepare()
        acted = what_there_is(story.act())
        import_cases([prepared], at=story.at)
        imported = Case.objects.order_by("-number").values_list("pk", flat=True)[0]
        assert what_there_is(imported) == acted


def test_the_same_batch_has_the_same_ids_and_tells_nobody() -> None:
    the_city()
    story = Story().accepted().taken().answered().published()
    prepared = PreparedCase(
        number="PA-2025-000777",
        category=POTHOLE,
        text=WORDS,
        place=DAI_NOI,
        at=MONDAY - 300 * DAY,
        reporter=story.lan.person_id,
    )
    report = import_cases([prepared], at=NOW)
    case = Case.objects.get(number="PA-2025-000777")
    assert (report.cases, report.steps) == (1, 1)
    assert str(case.pk) == "0196a389-3380-728c-8034-446bd2082803"
    assert case.pk.version == 7
    assert drain() == 0


def test_a_number_that_came_from_elsewhere_is_never_given_out_again() -> None:
    the_city()
    lan = cast.lan()
    usual: dict[str, Any] = {
        "category": POTHOLE, "text": WORDS, "place": DAI_NOI, "at": MONDAY, "reporter": lan.person_id
    }  # fmt: skip
    far = int(actions.open_case(category=POTHOLE, text=WORDS, place=DAI_NOI, by=lan, at=MONDAY).number[-6:]) + 40
    there, *following = [f"PA-2026-{far + step:06}" for step in range(4)]
    import_cases([PreparedCase(number=there, **usual), PreparedCase(**usual), PreparedCase(**usual)], at=NOW)
    opened = actions.open_case(category=POTHOLE, text=WORDS, place=DAI_NOI, by=lan, at=MONDAY)
    assert sorted(Case.objects.values_list("number", flat=True))[1:] == [there, *following]
    assert opened.number == following[-1]


@pytest.mark.parametrize(
    ("moves", "failure"),
    [
        ((PreparedMove(verb=Verb.TAKE, at=MONDAY),), LookupError),
        ((PreparedMove(verb=Verb.ACCEPT, at=MONDAY),), Invalid),
    ],
)
def test_a_history_that_could_not_have_been_is_not_imported(
    moves: tuple[PreparedMove, ...], failure: type[Exception]
) -> None:
    the_city()
    good = PreparedCase(category=POTHOLE, text=WORDS, place=DAI_NOI, at=MONDAY)
    bad = PreparedCase(category=POTHOLE, text=WORDS, place=DAI_NOI, at=MONDAY, moves=moves)
    assert list(unfit([good, bad], at=NOW)) == [1]
    with pytest.raises(failure):
        import_cases([good, bad], at=NOW)
    assert not Case.objects.exists()


def test_progress_is_told_and_open_cases_keep_their_clocks() -> None:
    the_city()
    told: list[int] = []
    agency = cast.an_agency().id
    accept = PreparedMove(verb=Verb.ACCEPT, at=MONDAY, by=cast.operator().person_id, given=Given(agency_id=agency))
    import_cases(
        [PreparedCase(category=POTHOLE, text=WORDS, place=DAI_NOI, at=MONDAY, moves=(accept,))],
        at=NOW,
        progress=told.append,
    )
    case = Case.objects.get()
    assert told == [1]
    assert (case.state, case.ward_code) == (State.ASSIGNED, "19753")
    assert [timer.kind for timer in clocks.timers_of(case.pk)] == ["cases.due_soon", "cases.overdue", "cases.escalated"]


def test_what_the_city_did_by_itself_can_be_imported_too() -> None:
    the_city()
    story = Story().accepted().taken().answered().published()
    close = PreparedMove(verb=Verb.CLOSE, at=MONDAY + 20 * DAY, side=Side.CITY)
    prepared = story.prepare()
    import_cases(
        [PreparedCase(**{f: getattr(prepared, f) for f in prepared.__slots__} | {"moves": (*prepared.moves, close)})],
        at=MONDAY + 30 * DAY,
    )
    case = Case.objects.get()
    assert (case.state, list(clocks.timers_of(case.pk))) == ("closed", [])
    assert CITY.person_id is None
    assert isinstance(case.closed_at, datetime)
