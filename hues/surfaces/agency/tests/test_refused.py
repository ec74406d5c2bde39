"""What an agency sees of an answer that was refused, and photos that take the place of doubted ones."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import Known, a_case_in
from hues.kernel.media.testing import a_picture
from hues.surfaces.agency.tests.desk import TYPED, found, send
from hues.surfaces.desks.testing import text_of

pytestmark = pytest.mark.django_db


def a_shot(seed: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{seed}.jpg", a_picture((320, 240), seed=seed))


def kept(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('name="photos" value="')[1:]]


def with_a_doubted_photo(minh: Client) -> tuple[Known, list[str], str]:
    first, case = a_case_in(State.IN_PROGRESS), a_case_in(State.IN_PROGRESS)
    send(minh, first, "answer", outcome="fixed", text=TYPED, proof=[a_shot(1)])
    page = text_of(send(minh, case, "answer", outcome="fixed", text=TYPED, proof=[a_shot(1)]))
    return case, kept(page), page


def test_every_fault_of_a_refused_answer_is_told_on_top_with_a_way_to_its_field(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    page = text_of(send(minh, case, "answer", outcome="", text="", promise_on=""))
    summary = page[page.index('class="summary"') : page.index("<article")]
    assert 'href="#answer-outcome"' in summary
    assert 'href="#answer-text"' in summary


def test_photos_chosen_instead_take_the_place_of_doubted_ones(minh: Client) -> None:
    case, before, page = with_a_doubted_photo(minh)
    assert 'href="#answer-despite"' in page[page.index('class="summary"') : page.index("<article")]
    answered = send(minh, case, "answer", outcome="fixed", text=TYPED, photos=before, proof=[a_shot(2)])
    assert answered.status_code == 303
    assert found(case).state == State.ANSWERED
    assert len(found(case).photos) == 1


def test_a_script_that_keeps_a_photo_at_once_gets_the_new_one_alone(minh: Client) -> None:
    case, before, _page = with_a_doubted_photo(minh)
    answer = send(minh, case, "answer/keep", text=TYPED, photos=before, proof=[a_shot(2)])
    page = text_of(minh.get(answer.headers["Location"]))
    assert len(kept(page)) == 1
    assert kept(page) != before
    assert 'name="despite"' not in page


def test_doubted_photos_stay_where_somebody_says_why(minh: Client) -> None:
    case, before, _page = with_a_doubted_photo(minh)
    given: dict[str, Any] = {"outcome": "fixed", "text": TYPED, "photos": before, "despite": "Cùng một ổ gà."}
    assert send(minh, case, "answer", **given, proof=[a_shot(2)]).status_code == 303
    assert len(found(case).photos) == 2
