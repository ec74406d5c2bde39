"""A seal is opened for a purpose that can be read, by either way and for every original."""

from collections.abc import Callable

import pytest

from hues.engines.cases import actions
from hues.engines.cases.rules.purposes import says_something
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.consent import queries as consent
from hues.kernel.errors import Invalid
from hues.kit.ids import new_id
from hues.kit.text import tidy


@pytest.mark.parametrize(
    ("purpose", "says"),
    [
        ("Gọi lại hỏi vị trí", True),
        ("ring back", False),
        ("ring them back", True),
        ("xác minh.vụ việc", True),
        ("Go\u0323i la\u0323i ho\u0309i", False),  # nine letters, however they are written
        ("xxxxxxxxxx", False),
        ("xxxxx xxxxx Xxxxx", False),
        ("..........", False),
        ("1234567890 12345", False),
        ("tò mò", False),
        ("", False),
    ],
)
def test_a_purpose_has_two_different_words_and_ten_letters(purpose: str, says: bool) -> None:  # noqa: FBT001
    assert says_something(tidy(purpose)) is says


WAYS: dict[str, Callable[..., object]] = {
    "the name": lambda case, **look: actions.unseal(case_id=case.id, **look),
    "words": lambda case, **look: actions.see_words(case_id=case.id, seq=1, **look),
    "a photo": lambda case, **look: actions.see_original(case_id=case.id, photo_id=new_id(), **look),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_without_one_nothing_is_opened_and_nobody_looked(way: str) -> None:
    case, by = a_case_in(State.IN_PROGRESS), cast.operator()
    with pytest.raises(Invalid) as refused:
        WAYS[way](case, purpose="xxxxxxxxxx", by=by, at=MONDAY)
    assert "hai từ khác nhau" in str(refused.value.fields["purpose"])
    assert by.person_id is not None
    assert not consent.accesses_by(by.person_id)
