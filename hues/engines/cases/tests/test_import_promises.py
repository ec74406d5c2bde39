"""Imported histories leave in the register of promises what doing them leaves."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import import_cases
from hues.engines.cases.models import Case, CasePhoto, PastPromise
from hues.engines.cases.rules.facts import Given
from hues.engines.cases.rules.workflow import Verb
from hues.engines.cases.testing import the_city
from hues.engines.cases.tests.test_import import Story
from hues.kernel.media import queries as media
from hues.kernel.media.testing import a_photo

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2026, 4, 1), date(2026, 5, 1)


def promised(on: date = FIRST) -> Story:
    return Story(seed=20).accepted().taken().answered("promised", on).published()


def again(story: Story, outcome: str, on: date | None = None) -> Story:
    story.rated_and_reopened().taken()
    story.proof = a_photo(by=story.minh.person_id, at=story.at, seed=30).id
    return story.answered(outcome, on).published()


def shown(story: Story) -> Story:
    photo = a_photo(by=story.minh.person_id, at=story.at, seed=40).id
    given = Given(proofs=1)
    words: dict[str, Any] = {"words": "Đã làm xong.", "photos": (photo,)}
    return story.then(Verb.KEEP_PROMISE, actions.keep_promise, story.minh, given=given, proof=(photo,), **words)


def kept(story: Story) -> Story:
    return shown(story).then(
        Verb.CHECK_PROMISE, actions.check_promise, story.operator, given=Given(granted=True), granted=True
    )


STORIES: list[Callable[[], Story]] = [
    lambda: promised().rated_and_reopened(),
    lambda: kept(promised()).rated_and_reopened(),
    lambda: shown(promised()).rated_and_reopened(),
    lambda: again(promised(), "fixed"),
    lambda: again(promised(), "answered"),
    lambda: kept(again(promised(), "promised", SECOND)),
]


def register(case_id: UUID) -> list[dict[str, Any]]:
    columns = ("agency_id", "promise_on", "promise_shown_at", "promise_kept_at", "published_at")
    return list(PastPromise.objects.filter(case_id=case_id).order_by("published_at").values(*columns))


@pytest.mark.parametrize("told", STORIES)
def test_importing_leaves_the_promises_that_doing_it_leaves(told: Callable[[], Story]) -> None:
    the_city()
    story = told()
    prepared, acted = story.prepare(), register(story.act())
    before = queries.promise_tallies(at=story.at)
    Case.objects.all().delete()
    import_cases([prepared], at=story.at)
    assert register(Case.objects.get().pk) == acted
    assert queries.promise_tallies(at=story.at) == before


def test_the_imported_proof_of_a_promise_is_public_once_it_was_looked_at() -> None:
    the_city()
    for story, public in ((shown(promised()), False), (kept(promised()), True)):
        import_cases([story.prepare()], at=story.at)
        last = story.prepared[-1 - public].photos[0]
        assert (CasePhoto.objects.get(photo_id=last).role, media.photo(last).is_public) == ("proof", public)
