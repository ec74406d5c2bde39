"""What the desk changes of the city's rules: the class of a category, and the time a class has."""

from datetime import datetime

from django.db import transaction

from hues.engines.cases.actions import wording
from hues.engines.cases.events import CategoryChanged, TimeChanged
from hues.engines.cases.models import AnswerTime, Category, Edition
from hues.engines.cases.queries import catalogue
from hues.engines.cases.rules.breach import Breach
from hues.kernel import editions
from hues.kernel.errors import NotAllowed, NotFound
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker, Role
from hues.kit.ids import new_id

MOST_DAYS = 250  # a working year
MAY_SET = (Role.DUTY_LEADER, Role.ADMIN)


@transaction.atomic
def change_category(*, code: str, service_class: str, by: Asker, at: datetime) -> None:
    """
    Give a category another class; reports that are open keep theirs.

    :raises NotAllowed: if the asker is neither duty leader nor administrator
    :raises NotFound: if there is no such category
    :raises Invalid: if the city knows no such class
    """
    _check_may(by)
    if service_class not in catalogue.deadlines().answers:
        raise wording.invalid([Breach("service_class", "unknown-class")])
    if not Category.objects.filter(pk=code, parent__isnull=False, is_active=True).update(service_class=service_class):
        raise NotFound
    _new_edition()
    journal.record(CategoryChanged(at=at, by=by.person_id, subject=None, category=code, service_class=service_class))


@transaction.atomic
def change_time(
    *,
    service_class: str,
    hours: float | None = None,
    days: int | None = None,
    max_days: int | None = None,
    by: Asker,
    at: datetime,
) -> None:
    """
    Say in how many working hours or days answers of a class are due; `max_days` is the longest plan.

    It holds for reports that are passed on, or given this class, from now on.

    :raises NotAllowed: if the asker is neither duty leader nor administrator
    :raises Invalid: if the city knows no such class, or the time is none
    """
    _check_may(by)
    if service_class not in catalogue.deadlines().answers:
        raise wording.invalid([Breach("service_class", "unknown-class")])
    if not _fits(hours, days, max_days):
        raise wording.invalid([Breach("days", "time-length")])
    AnswerTime.objects.update_or_create(
        service_class=service_class, defaults={"hours": hours, "days": days, "max_days": max_days}
    )
    _new_edition()
    journal.record(
        TimeChanged(
            at=at,
            by=by.person_id,
            subject=None,
            service_class=service_class,
            hours=hours,
            days=days,
            max_days=max_days,
        )
    )


def _fits(hours: float | None, days: int | None, max_days: int | None) -> bool:
    if hours is not None:
        return days is None and max_days is None and 0 < hours <= MOST_DAYS * 8
    return days is not None and 1 <= days <= (max_days or MOST_DAYS) <= MOST_DAYS


def _check_may(by: Asker) -> None:
    if not by.may(*MAY_SET):
        raise NotAllowed


def _new_edition() -> None:
    Edition.objects.update_or_create(id=1, defaults={"token": new_id()})
    editions.changed("cases")
