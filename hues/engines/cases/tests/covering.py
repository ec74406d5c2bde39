"""Take words out, and read what is left."""

from datetime import timedelta
from uuid import UUID

from hues.engines.cases import actions, queries
from hues.engines.cases.models import Case
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.testing import MONDAY, Known
from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import Asker

TUESDAY = MONDAY + timedelta(days=1)
NAMED, COVERED = "Đã nhắc ông Tôn Thất Đạm dọn sạch.", "Đã nhắc […] dọn sạch."


def as_it_is(case_id: UUID) -> Known:
    row = Case.objects.get(pk=case_id)
    return Known(id=row.pk, number=row.number, version=row.version)


def cover(case: Known, seq: int, text: str, name: str = queries.TEXT) -> None:
    seen = as_it_is(case.id).version
    actions.cover_words(case_id=case.id, seq=seq, texts={name: text}, by=cast.operator(), seen=seen, at=TUESDAY)


def answer_of(case: Known) -> tuple[int, str]:
    """Return the step with the last answer of a case, and its words."""
    steps = [step for step in queries.ops_case(cast.operator(), case.number, at=TUESDAY).timeline if step.text]
    return steps[-1].seq, steps[-1].text


def found(words: str) -> int:
    return len(queries.public_cases(CaseFilters(text=words), at=TUESDAY).rows)


def internal_of(case: Known, by: Asker) -> list[str]:
    read = queries.ops_case if by.in_ioc else queries.desk_case
    return [step.internal for step in read(by, case.number, at=TUESDAY).timeline if step.internal]
