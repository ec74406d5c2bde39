"""One person writes one answer on two devices."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hues.engines.cases import queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.media.testing import a_picture
from hues.surfaces.desks.testing import at_desk, seen_on, text_of

pytestmark = pytest.mark.django_db

MINE, THEIRS = "Đã dặm vá xong, viết ở văn phòng.", "Đã dặm vá tạm, viết ngoài hiện trường."
QUIET = {"HX-Request": "true"}
KEPT = re.compile(r'name="kept" value="([^"]+)"')


class Device:
    """A page of the case's answer, as it was drawn on one device."""

    def __init__(self, case: Known) -> None:
        self.case, self.browser = case, at_desk(cast.minh())
        self.open()

    def open(self) -> str:
        """Draw the page anew."""
        page = text_of(self.browser.get(f"/desk/{self.case.number}/"))
        self.seen = seen_on(page)
        return self.read(page)

    def read(self, page: str) -> str:
        """Hold what the page says of the version it was drawn with."""
        found = KEPT.search(page)
        assert found
        self.kept = found[1]
        return page

    def send(self, code: str, **typed: Any) -> Any:
        """Send the form."""
        said = {"seen": self.seen, "kept": self.kept, **typed}
        return self.browser.post(f"/desk/{self.case.number}/{code}/", said)

    def keep(self, text: str) -> Any:
        """Keep what is being written, as the page does by itself."""
        said = {"seen": self.seen, "kept": self.kept, "text": text}
        return self.browser.post(f"/desk/{self.case.number}/answer/keep/", said, headers=QUIET)


@pytest.fixture
def case() -> Known:
    """Return a case that waits for an answer."""
    return a_case_in(State.IN_PROGRESS)


def draft(case: Known) -> queries.DraftCard:
    """Return what is kept."""
    found = queries.draft(cast.minh(), queries.key_of_move(case.id, "answer"))
    assert found
    return found


def test_what_comes_from_an_older_page_overwrites_nothing_and_is_kept_too(case: Known) -> None:
    office, street = Device(case), Device(case)
    assert street.keep(THEIRS).status_code == 204
    late = office.keep(MINE)
    assert late.status_code == 409
    assert THEIRS in text_of(late)
    assert draft(case).fields["text"] == THEIRS
    assert [said["text"] for said in draft(case).others.values()] == [MINE]
    page = street.open()
    assert MINE in page
    assert THEIRS in page


def test_one_device_goes_on_without_being_told_of_itself(case: Known) -> None:
    office = Device(case)
    for text in ("Đã", "Đã dặm", MINE):
        assert office.keep(text).status_code == 204
    assert (draft(case).fields["text"], draft(case).others) == (MINE, {})
    street = Device(case)  # opened after, it shows what is there and goes on with it
    assert street.keep(THEIRS).status_code == 204
    assert (draft(case).fields["text"], draft(case).others) == (THEIRS, {})
    assert office.keep(MINE).status_code == 409


def test_whoever_was_told_goes_on_and_the_others_words_stay_beside(case: Known) -> None:
    office, street = Device(case), Device(case)
    street.keep(THEIRS)
    office.read(text_of(office.keep(MINE)))
    assert office.keep(MINE + " Cảm ơn.").status_code == 204
    assert draft(case).fields["text"] == MINE + " Cảm ơn."
    assert [said["text"] for said in draft(case).others.values()] == [THEIRS]
    assert street.keep(THEIRS + " Ảnh sau.").status_code == 409


@pytest.mark.parametrize(("pressed", "text", "beside"), [("take", THEIRS, [MINE]), ("leave", MINE, [])])
def test_the_words_of_the_other_are_taken_or_left_out(case: Known, pressed: str, text: str, beside: list[str]) -> None:
    office, street = Device(case), Device(case)
    street.keep(THEIRS)
    late = office.send("answer/keep", text=MINE)  # without a script the whole page comes back
    assert late.status_code == 409
    page = office.read(text_of(late))
    assert MINE in page
    assert THEIRS in page
    other = re.search(r'name="take" value="([^"]+)"', page)
    assert other
    assert office.send("answer/keep", text=MINE, **{pressed: other[1]}).status_code == 303
    assert draft(case).fields["text"] == text
    assert [said["text"] for said in draft(case).others.values()] == beside
    assert street.keep(THEIRS + " Xong.").status_code == 409


def test_an_answer_from_an_older_page_is_sent_only_when_its_writer_has_seen_the_other_words(case: Known) -> None:
    office, street = Device(case), Device(case)
    street.keep(THEIRS)
    shot = SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    late = office.send("answer", outcome="fixed", text=MINE, proof=[shot])
    assert late.status_code == 409
    page = office.read(text_of(late))
    assert THEIRS in page
    photo = re.search(r'name="photos" value="([^"]+)"', page)
    assert photo
    assert queries.ops_case(cast.operator(), case.number, at=MONDAY).state == State.IN_PROGRESS
    assert office.send("answer", outcome="fixed", text=MINE, photos=photo[1]).status_code == 303
    assert queries.ops_case(cast.operator(), case.number, at=MONDAY).answer == MINE


@pytest.mark.parametrize("kept", ["", "x", "99999999999999999999.a", "-1", "." + "a" * 4000, "\0.\0"])
def test_a_broken_version_is_an_old_one(case: Known, kept: str) -> None:
    office, street = Device(case), Device(case)
    street.keep(THEIRS)
    office.kept = kept
    assert office.keep(MINE).status_code in (204, 409)
    assert THEIRS in (draft(case).fields["text"], *(said["text"] for said in draft(case).others.values()))


def test_a_colleague_is_shown_nothing_of_it(case: Known) -> None:
    Device(case).keep(THEIRS)
    assert THEIRS not in text_of(at_desk(cast.head()).get(f"/desk/{case.number}/"))


def test_the_reader_of_the_case_has_a_page_of_their_own_each_time(case: Known) -> None:
    assert Device(case).kept != Device(case).kept
