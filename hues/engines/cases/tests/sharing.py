"""Cases that were split, as the tests of their parts need them."""

from datetime import timedelta
from typing import Any

from hues.engines.cases import actions
from hues.engines.cases.models import Case
from hues.engines.cases.testing import (
    MONDAY,
    Known,
    answered_part,
)
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import queries as delivery
from hues.kernel.journal.testing import drain
from hues.kernel.people.asker import Asker

DAY = timedelta(days=1)
TUESDAY, WEDNESDAY = MONDAY + DAY, MONDAY + 2 * DAY
OTHER = "ubnd-phu-xuan"


def titles(by: Asker) -> list[str]:
    drain()
    return [item.title["vi"] for item in reversed(delivery.inbox(by).rows)]


def both_answered(case: Known, *, at: Any = WEDNESDAY) -> Known:
    """Have both agencies answer their parts; return the whole as it is then."""
    answered_part(case, 1, cast.WARD_OFFICE, text="Đã vá ổ gà.", at=at - timedelta(hours=1))
    answered_part(case, 2, OTHER, text="Đã cắt cành cây.", at=at)
    return whole(case)


def whole(case: Known) -> Known:
    row = Case.objects.get(pk=case.id)
    return Known(id=row.pk, number=row.number, version=row.version)


def published(case: Known) -> None:
    actions.publish(case_id=case.id, by=cast.operator(), seen=case.version, at=WEDNESDAY)
