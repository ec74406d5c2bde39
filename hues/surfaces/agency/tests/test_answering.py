"""An answer with its proof, what is doubted about a photo, and what comes back when something lacks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case, a_case_in, routed
from hues.kernel.agencies import testing as cast
from hues.kernel.media.testing import a_picture
from hues.surfaces.agency.tests.desk import ELSEWHERE, TYPED, found, kept_photo, page_of, send
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db


def test_an_answer_with_proof_goes_to_the_centre(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    photo = SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    answered = send(minh, case, "answer", outcome="fixed", text=TYPED, proof=[photo])
    assert answered.status_code == 303
    after = found(case)
    assert (after.state, after.outcome, after.answer) == (State.ANSWERED, "fixed", TYPED)
    assert [photo.role for photo in after.photos] == ["proof"]


def test_an_answer_that_lacks_its_proof_keeps_what_was_typed(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    refused = send(minh, case, "answer", outcome="fixed", text=TYPED)
    page = text_of(refused)
    assert refused.status_code == 422
    assert TYPED in page
    assert 'aria-invalid="true"' in page
    assert found(case).state == State.IN_PROGRESS


def test_a_photo_sent_with_a_refused_answer_need_not_be_sent_again(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    photo = SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    page = text_of(send(minh, case, "answer", outcome="fixed", text="", proof=[photo]))
    kept = page.split('name="photos" value="')[1].split('"')[0]
    assert "/media/s/" in page
    answered = send(minh, case, "answer", outcome="fixed", text=TYPED, photos=kept)
    assert answered.status_code == 303
    assert len(found(case).photos) == 1


def test_a_photo_that_was_there_before_is_shown_beside_why_and_goes_in_with_a_reason(minh: Client) -> None:
    first, case = a_case_in(State.IN_PROGRESS), a_case_in(State.IN_PROGRESS)
    photo = a_picture((320, 240), seed=1)
    send(minh, first, "answer", outcome="fixed", text=TYPED, proof=[SimpleUploadedFile("a.jpg", photo)])
    assert 'name="despite"' not in page_of(minh, case)
    again = SimpleUploadedFile("again.jpg", photo)
    refused = send(minh, case, "answer", outcome="fixed", text=TYPED, proof=[again])
    page = text_of(refused)
    assert refused.status_code == 422
    assert TYPED in page
    assert f'href="/desk/{first.number}/"' in page
    assert 'name="despite"' in page
    kept = page.split('name="photos" value="')[1].split('"')[0]
    why = "Hai phản ánh về cùng một ổ gà."
    assert send(minh, case, "answer", outcome="fixed", text=TYPED, photos=kept, despite=why).status_code == 303
    assert found(case).state == State.ANSWERED
    page = page_of(minh, case)
    assert why in page
    assert 'class="doubts"' in page


def a_doubted_shot(by: Client) -> SimpleUploadedFile:
    """Answer another case with a photo, and return the same one again."""
    photo = a_picture((320, 240), seed=1)
    other = a_case_in(State.IN_PROGRESS)
    send(by, other, "answer", outcome="fixed", text=TYPED, proof=[SimpleUploadedFile("a.jpg", photo)])
    return SimpleUploadedFile("again.jpg", photo)


def test_what_is_doubted_is_told_before_the_answer_is_sent_and_goes_in_the_first_time(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    kept = send(minh, case, "answer/keep", text=TYPED, proof=[a_doubted_shot(minh)])
    assert kept.status_code == 303
    page = text_of(minh.get(kept.headers["Location"]))
    assert TYPED in page
    assert 'name="despite"' in page
    assert "aria-invalid" not in page
    given = {"outcome": "fixed", "text": TYPED, "photos": kept_photo(page), "despite": "Cùng một ổ gà, hai người báo."}
    assert send(minh, case, "answer", **given).status_code == 303
    assert found(case).state == State.ANSWERED


def test_a_missing_reason_and_whatever_else_is_missing_are_told_at_once(minh: Client) -> None:
    case, shot = a_case_in(State.IN_PROGRESS), a_doubted_shot(minh)
    refused = text_of(send(minh, case, "answer", outcome="promised", text=TYPED, proof=[shot]))
    for field in ("promise_on", "despite"):
        assert f'id="answer-{field}_error"' in refused, field
    refused = text_of(send(minh, case, "answer", outcome="", text=TYPED, photos=kept_photo(refused)))
    for field in ("outcome", "despite"):
        assert f'id="answer-{field}_error"' in refused, field


def test_another_agency_learns_that_a_photo_was_there_before_and_not_where(minh: Client) -> None:
    first = a_case_in(State.IN_PROGRESS)
    photo = a_picture((320, 240), seed=1)
    send(minh, first, "answer", outcome="fixed", text=TYPED, proof=[SimpleUploadedFile("a.jpg", photo)])
    routed_there = routed(a_case(), ELSEWHERE)
    other = at_desk(cast.worker(ELSEWHERE))
    send(other, routed_there, "take")
    page = text_of(
        send(other, routed_there, "answer", outcome="fixed", text=TYPED, proof=[SimpleUploadedFile("b.jpg", photo)])
    )
    assert 'name="despite"' in page
    assert first.number not in page


def test_a_photo_of_somebody_else_cannot_be_named_in_an_answer(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    forged = send(minh, case, "answer", outcome="fixed", text=TYPED, photos=f"{case.id}:forged")
    assert forged.status_code == 422
    assert TYPED in text_of(forged)


def test_a_file_that_is_no_picture_is_named_and_the_words_stay(minh: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    wrong = SimpleUploadedFile("bảng kê.pdf", b"%PDF-1.7 no picture", "image/jpeg")
    page = text_of(send(minh, case, "answer", outcome="fixed", text=TYPED, proof=[wrong]))
    assert "bảng kê.pdf" in page
    assert TYPED in page
