"""What covering a photo would make of it; every text of a case that can be covered, and what is covered of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from hues.engines.cases.models import Case, CasePhoto, SealedWords, Step
from hues.engines.cases.queries import catalogue
from hues.kernel.agencies import queries as agencies
from hues.kernel.errors import NotAllowed, NotFound
from hues.kernel.media import queries as media
from hues.kernel.media.covering import MOST_BOXES, Box
from hues.kernel.people.asker import Asker

# The words of the report itself stand in the case, not in its first step.
REPORT_SEQ = 1
TEXT, PUBLIC_TEXT, ADDRESS, PUBLIC_ADDRESS, TASK = "text", "public_text", "address", "public_address", "task"
INTERNAL = "internal"  # what staff said to staff: notes, reasons
ANSWER = "answer:"  # and the key of the question
OF_REPORT = (TEXT, PUBLIC_TEXT, ADDRESS, PUBLIC_ADDRESS)
type Texts = dict[str, str]


def photo_covered(by: Asker, number: str, photo_id: UUID, boxes: Sequence[Box]) -> bytes:
    """
    Return a photo as covering these boxes would leave it, a JPEG; nothing is kept.

    :raises NotAllowed: if the asker does not operate the centre
    :raises NotFound: if the case has no such photo
    """
    if not by.in_ioc:
        raise NotAllowed
    if not CasePhoto.objects.filter(case__in=Case.objects.filter(number=number), photo_id=photo_id).exists():
        raise NotFound
    return media.preview(photo_id, [box for box in boxes[:MOST_BOXES] if box.covers])


def words_to_cover(by: Asker, number: str, seq: int) -> Texts:
    """
    Return what was said with step `seq` of a case, by the name of each text; the first is the report.

    :raises NotAllowed: if the asker does not operate the centre
    :raises NotFound: if nothing was said there
    """
    if not by.in_ioc:
        raise NotAllowed
    case_id = Case.objects.filter(number=number).values_list("pk", flat=True).first()
    texts = said(case_id, seq) if case_id else {}
    if not texts:
        raise NotFound
    return texts


def words_are_covered(by: Asker, number: str, seq: int) -> bool:
    """Test, for the operations centre, if what was said with step `seq` of a case is covered; not what it was."""
    return by.in_ioc and SealedWords.objects.filter(case__in=Case.objects.filter(number=number), seq=seq).exists()


# What is covered in one part, or in the whole, may have stood in all of them.
_COVERS = """
SELECT count(*) FROM cases_step AS cover JOIN cases_case AS held ON held.id = cover.case_id
WHERE cover.verb IN ('cover', 'seal') AND (cover.verb = 'seal' OR cover.facts ->> 'what' = 'words')
  AND (%(ward)s = '' OR held.ward_code = %(ward)s)
  AND (%(agencies)s::uuid[] IS NULL OR EXISTS (
    SELECT 1 FROM cases_case AS kin
    WHERE (kin.id = COALESCE(held.parent_id, held.id) OR kin.parent_id = COALESCE(held.parent_id, held.id))
      AND (kin.agency_id = ANY(%(agencies)s) OR EXISTS (
        SELECT 1 FROM cases_step AS step WHERE step.case_id = kin.id AND step.agency_id = ANY(%(agencies)s)
      ))
  ))
"""


def covers_of_words(*, ward: str = "", agencies: Sequence[UUID] | None = None) -> int:
    """
    Return how often words were covered, or sealed with their case: over all cases or over those of a ward, or that
    these agencies have or had.

    Whoever keeps a copy of such cases counts again before it is shown. A count, not an instant: it tells of every
    cover that is committed, whichever clock it was made by; and it only grows, whichever way the cases go.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COVERS, {"ward": ward, "agencies": None if agencies is None else list(agencies)})
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def had_it_before(case_id: UUID) -> frozenset[UUID]:
    """Return the agencies that had a case once and have it no more."""
    now = Case.objects.filter(pk=case_id).values_list("agency_id", flat=True).first()
    told = Step.objects.filter(case_id=case_id, agency_id__isnull=False).values_list("agency_id", flat=True)
    has_it = {now, *agencies.forebears([now])} if now else set()
    return frozenset(agency for agency in told if agency is not None) - has_it


def said(case_id: UUID, seq: int) -> Texts:
    """Return what was said with step `seq` of a case; a part says its task, everything else the whole says."""
    if seq != REPORT_SEQ:
        step = Step.objects.filter(case_id=case_id, seq=seq).values_list("public_text", "internal_text").first()
        return {name: text for name, text in zip((TEXT, INTERNAL), step or (), strict=False) if text}
    row = Case.objects.filter(pk=case_id).values(*OF_REPORT, TASK, "answers", "category", "parent_id").first()
    if row is None:
        return {}
    found = {TASK: row[TASK]} if row["parent_id"] else {name: row[name] for name in OF_REPORT} | _typed(row)
    return {name: text for name, text in found.items() if text}


def _typed(row: dict[str, Any]) -> Texts:
    """Return what was typed in answer to a question; what was chosen from a list names nobody."""
    chosen = catalogue.chosen(row["category"], row["answers"])
    typed = {key: value for key, value in row["answers"].items() if isinstance(value, str) and key not in chosen}
    return {f"{ANSWER}{key}": value for key, value in typed.items()}
