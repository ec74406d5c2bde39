"""An answer that was begun is kept for its writer, and for nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.media.testing import a_picture
from hues.surfaces.agency.tests.desk import ELSEWHERE, TYPED, kept_photo, page_of, send
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db


def test_an_answer_that_was_left_is_there_again_for_its_writer_alone(minh: Client) -> None:
    case, colleague = a_case_in(State.IN_PROGRESS), at_desk(cast.head())
    shot = SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    send(minh, case, "answer", outcome="fixed", text="", promise_on="2026-03-09", proof=[shot])
    quiet = {"seen": case.version, "outcome": "fixed", "text": TYPED, "promise_on": "2026-03-09"}
    assert minh.post(f"/desk/{case.number}/answer/keep/", quiet, headers={"HX-Request": "true"}).status_code == 204
    page = page_of(minh, case)
    assert TYPED in page
    assert 'value="2026-03-09"' in page
    assert '<option value="fixed" selected>' in page
    assert TYPED not in page_of(colleague, case)
    name = kept_photo(page)
    assert send(minh, case, "answer/keep", text=TYPED, photos=name, drop=name).status_code == 303
    page = page_of(minh, case)
    assert TYPED in page
    assert 'name="photos"' not in page
    assert minh.get("/f/field_reports/mine/").status_code == 200
    assert queries.draft(cast.minh()) is None  # it is no report of their own


@pytest.mark.parametrize("field", ["text", "outcome", "promise_on"])
def test_what_no_database_keeps_is_left_out_of_what_is_kept(minh: Client, field: str) -> None:
    case = a_case_in(State.IN_PROGRESS)
    assert send(minh, case, "answer/keep", **{"text": TYPED, field: "a\0b"}).status_code == 303
    draft = queries.draft(cast.minh(), queries.key_of_move(case.id, "answer"))
    assert draft
    assert draft.fields[field] == "ab"


def test_an_answer_that_was_sent_is_not_begun_again_when_it_comes_back(minh: Client) -> None:
    case, shot = a_case_in(State.IN_PROGRESS), SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    send(minh, case, "answer/keep", text=TYPED)
    assert send(minh, case, "answer", outcome="fixed", text=TYPED, proof=[shot]).status_code == 303
    assert queries.draft(cast.minh(), queries.key_of_move(case.id, "answer")) is None


def test_a_file_that_is_no_photo_is_told_when_it_is_kept_and_nothing_else_is(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    refused = send(minh, case, "answer/keep", text=TYPED, proof=[SimpleUploadedFile("a.jpg", b"no photo")])
    assert refused.status_code == 422
    assert 'id="answer-proof_error"' in text_of(refused)
    assert 'id="answer-outcome_error"' not in text_of(refused)
    assert TYPED in page_of(minh, case)


def test_only_what_has_photos_is_kept_and_only_at_the_desk_that_has_the_case(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    assert send(minh, case, "note/keep", text=TYPED).status_code == 404
    stranger = at_desk(cast.worker(ELSEWHERE))
    assert stranger.post(f"/desk/{case.number}/answer/keep/", {"seen": 1, "text": TYPED}).status_code == 404
