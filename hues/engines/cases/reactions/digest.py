"""What follows when a week begins: heads and the duty leader read how their agencies stand."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hues.engines.cases import events
from hues.engines.cases.queries import weekly
from hues.engines.cases.queries.counted import Week
from hues.engines.cases.reactions.telling import both, in_every_language, staff_of
from hues.kernel.agencies import queries as agencies
from hues.kernel.delivery import actions as delivery
from hues.kernel.journal.actions import reacts_to
from hues.kernel.people.asker import Role
from hues.kit.text import Words

TITLE: Words = _("The week begins: %(open)s at work, %(late)s late")
BODY: Words = _(
    "Due this week: %(soon)s. Longest open: %(oldest)s days by the calendar. Promises past their day: %(broken)s."
)


@reacts_to(events.WeekBegan)
def tell_how_they_stand(event: events.WeekBegan) -> None:
    """Tell each head about the own agency, and the duty leader about all."""
    weeks = weekly.weeks(at=event.at)
    for agency_id, week in weeks.items():
        heads = staff_of(agency_id, frozenset({Role.AGENCY_HEAD}), event.at)
        _tell(heads, week, event, f"{agency_id}", link="/desk/")
    whole = weekly.whole(weeks)
    _tell(agencies.people_with(Role.DUTY_LEADER, event.at), whole, event, "all", link="/ops/")


def _tell(people: Iterable[UUID], week: Week, event: events.WeekBegan, about: str, *, link: str) -> None:
    numbers: Mapping[str, str] = {name: str(number) for name, number in week.numbers().items()}
    values = in_every_language(numbers)
    delivery.plan(
        people,
        reason=f"{event.name}:{event.at:%G-W%V}:{about}",
        title=both(TITLE, values),
        body=both(BODY, values),
        link=link,
        work=True,
        at=event.at,
    )
