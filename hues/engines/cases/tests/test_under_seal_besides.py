"""What lies beside a report that is sealed: its photos, files written before, and what was compared with it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.actions.moving import Moved
from hues.engines.cases.models import CasePhoto
from hues.engines.cases.rules.doubts import Doubt
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import MONDAY, Known, a_case, a_case_in
from hues.engines.cases.tests.test_doubts import DAY, WHY, a_shot, answered, at_work, published
from hues.engines.cases.tests.test_under_seal import LATER, seal
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.queries import asker_for
from hues.kernel.media import queries as media
from hues.kernel.people import actions as people

pytestmark = pytest.mark.django_db


def joined(case_id: UUID, original: str, seen: int = 1) -> Moved:
    """Have the operator join a report with another."""
    said: dict[str, Any] = {"case_id": case_id, "outcome": "duplicate", "text": "Trùng với phản ánh trước."}
    return actions.refuse(duplicate_of=original, by=cast.operator(), seen=seen, at=MONDAY, **said)


def test_its_photos_are_public_no_more_those_of_the_answer_neither() -> None:
    case = at_work(report_seed=1)
    case = answered(case, a_shot(cast.minh(), 2))
    moved = actions.publish(case_id=case.id, by=cast.operator(), seen=case.version, at=MONDAY + DAY)
    photos = list(CasePhoto.objects.filter(case_id=case.id).values_list("photo_id", flat=True))
    assert [card.is_public for card in media.photos(photos).values()] == [True, True]
    seal(replace(case, version=moved.version))
    assert [card.is_public for card in media.photos(photos).values()] == [False, False]


def test_a_file_written_before_counts_the_seal_as_words_that_were_covered() -> None:
    case, minh = a_case_in(State.ANSWERED), cast.an_agency()
    ward = queries.ops_case(cast.operator(), case.number, at=MONDAY).ward_code
    scopes: tuple[dict[str, Any], ...] = (
        {},
        {"ward": ward},
        {"agencies": [minh.id]},
        {"agencies": [cast.an_agency("ubnd-kim-long").id]},
    )
    before = [queries.covers_of_words(**scope) for scope in scopes]
    seal(case)
    now = [queries.covers_of_words(**scope) for scope in scopes]
    assert [after - one for after, one in zip(now, before, strict=True)] == [1, 1, 1, 0]


def test_its_photos_raise_no_doubt_about_later_proof() -> None:
    first = at_work(report_seed=1)
    case, minh, photo = at_work(), cast.minh(), a_shot(cast.minh(), 1)
    assert [doubt.word for doubt in queries.doubts_about(minh, case.id, [photo])] == [Doubt.ALIKE]
    seal(first)
    assert queries.doubts_about(minh, case.id, [photo]) == ()
    published(answered(case, photo))


def test_a_doubt_from_before_names_neither_its_number_nor_its_photo() -> None:
    first = at_work(report_seed=1)
    case = answered(at_work(), a_shot(cast.minh(), 1), despite=WHY)
    seen = queries.ops_case(cast.operator(), case.number, at=MONDAY).doubts
    assert [doubt.number for doubt in seen] == [first.number]
    seal(first)
    for doubts in (
        queries.ops_case(cast.operator(), case.number, at=MONDAY).doubts,
        queries.desk_case(cast.minh(), case.number, at=MONDAY).doubts,
    ):
        assert [(doubt.number, doubt.alike) for doubt in doubts] == [("", None)]


def test_its_reporter_sees_proof_that_was_published_and_none_that_never_was() -> None:
    case = answered(at_work(report_seed=1), a_shot(cast.minh(), 2))
    seal(case)
    assert len(queries.my_case(cast.lan(), case.number, at=LATER).photos) == 1
    other = answered(at_work(report_seed=3), a_shot(cast.minh(), 4))
    moved = actions.publish(case_id=other.id, by=cast.operator(), seen=other.version, at=LATER)
    seal(replace(other, version=moved.version))
    assert len(queries.my_case(cast.lan(), other.number, at=LATER).photos) == 2


def test_a_duplicate_that_is_sealed_counts_for_its_original_no_more() -> None:
    eve = cast.eve()
    first, again = a_case_in(State.PUBLISHED), a_case(by=eve)
    other = asker_for(people.open_account(phone="+84901777661", name="Hồ Thị An", at=MONDAY), MONDAY)
    actions.support(number=first.number, by=other, at=MONDAY)
    moved = joined(again.id, first.number)
    assert (queries.public_case(first.number, at=LATER).supports, queries.follows(eve, first.number)) == (2, True)
    sealed = seal(Known(id=again.id, number=again.number, version=moved.version))
    assert (queries.public_case(first.number, at=LATER).supports, queries.follows(eve, first.number)) == (1, False)
    moved = actions.lift_seal(
        case_id=again.id, reason="Không phải tố cáo.", by=cast.duty_leader(), seen=sealed.version, at=LATER
    )
    joined(again.id, first.number, seen=moved.version)
    assert queries.public_case(first.number, at=LATER).supports == 2
    assert Verb.UNMERGE in queries.ops_case(cast.operator(), again.number, at=LATER).moves
