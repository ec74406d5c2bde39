"""What follows when a week begins: heads and the duty leader read how their agencies stand."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from hues.engines.cases import events
from hues.engines.cases.queries import answered, weekly
from hues.engines.cases.queries.answered import Lately
from hues.engines.cases.queries.counted import Week
from hues.engines.cases.reactions.telling import both, staff_of
from hues.kernel.agencies import queries as agencies
from hues.kernel.delivery import actions as delivery
from hues.kernel.journal.actions import reacts_to
from hues.kernel.people.asker import Role
from hues.kit.text import Words

TITLE: Words = _("The week begins: %(open)s at work, %(late)s late")
BODY: Words = _(
    "Due this week: %(soon)s. Longest open: %(oldest)s days by the calendar. Promises past their day: %(broken)s."
)
LATELY: Words = _(
    "Answers of the last four weeks: %(answered)s, after %(days)s days by the calendar, %(working_days)s working days "
    "on average; confirmed %(confirmed)s, contested %(contested)s, no word %(silent)s."
)
NONE: Final = Lately()


@reacts_to(events.WeekBegan)
def tell_how_they_stand(event: events.WeekBegan) -> None:
    """Tell each head about the own agency, and the duty leader about all."""
    weeks, answers = weekly.weeks(at=event.at), answered.by_agency(at=event.at)
    for agency_id, week in weeks.items():
        heads = staff_of(agency_id, frozenset({Role.AGENCY_HEAD}), event.at)
        _tell(heads, week, answers.get(agency_id, NONE), event, f"{agency_id}", link="/desk/")
    whole = weekly.whole([*weeks.values(), weekly.given_back(at=event.at)])
    leaders = agencies.people_with(Role.DUTY_LEADER, event.at)
    _tell(leaders, whole, answered.whole(answers), event, "all", link="/ops/")


def _tell(
    people: Iterable[UUID], week: Week, answers: Lately, event: events.WeekBegan, about: str, *, link: str
) -> None:
    values = {language: _numbers(week, answers, language) for language, _name in settings.LANGUAGES}
    body = both(BODY, values)
    if answers.answered:
        said = both(LATELY, values)
        body = {language: f"{words} {said[language]}" for language, words in body.items()}
    delivery.plan(
        people,
        reason=f"{event.name}:{event.at:%G-W%V}:{about}",
        title=both(TITLE, values),
        body=body,
        link=link,
        work=True,
        at=event.at,
    )


def _numbers(week: Week, answers: Lately, language: str) -> dict[str, str]:
    averages = {"days": answers.days, "working_days": answers.working_days}
    whole = {name: getattr(answers, name) for name in ("answered", "confirmed", "contested", "silent")}
    with translation.override(language):
        told = {name: number_format(number, 1) for name, number in averages.items() if number is not None}
    return {name: str(number) for name, number in (week.numbers() | whole).items()} | told
