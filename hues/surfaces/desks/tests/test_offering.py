"""The forms of moves as a page draws them."""

import pytest

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk, seen_on, text_of

pytestmark = pytest.mark.django_db
TYPED = """<script>alert("1")</script> & 'more'"""


def test_what_was_typed_comes_back_as_words_and_never_as_a_part_of_the_page() -> None:
    case, browser = a_case_in(State.RECEIVED), at_desk(cast.operator())
    seen = seen_on(text_of(browser.get(f"/ops/{case.number}/")))
    typed = {"seen": seen, "text": TYPED, "duplicate_of": '"><b>', "outcome": '"><i>'}
    page = text_of(browser.post(f"/ops/{case.number}/refuse/", typed))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#x27;more&#x27;" in page
    assert '"><b>' not in page
    assert '"><i>' not in page


def test_every_form_of_a_page_says_whose_it_is_and_which_version_it_was_drawn_for() -> None:
    case, browser = a_case_in(State.RECEIVED), at_desk(cast.operator())
    page = text_of(browser.get(f"/ops/{case.number}/"))
    moves = page[page.index('id="moves"') : page.index("</aside>")]
    assert moves.count("<form") == moves.count('name="csrfmiddlewaretoken"') == moves.count('name="seen"') >= 4
    assert moves.count(" open>") <= 1


def test_a_move_that_was_asked_for_is_open() -> None:
    case, browser = a_case_in(State.RECEIVED), at_desk(cast.operator())
    page = text_of(browser.get(f"/ops/{case.number}/?do=refuse"))
    assert 'id="do-refuse" open>' in page
    assert 'id="do-accept" open>' not in page
