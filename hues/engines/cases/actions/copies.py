"""Write the covered words of a case wherever they stand again: in its parts, in its whole, in what it is found by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from hues.engines.cases.actions.moving import SILENT, Words, move
from hues.engines.cases.models import Case, SealedWords, Step
from hues.engines.cases.queries.covering import ANSWER, INTERNAL, OF_REPORT, REPORT_SEQ, TASK, TEXT, Texts
from hues.engines.cases.rules.covering import MARK, covered_like
from hues.engines.cases.rules.facts import Given
from hues.engines.cases.rules.workflow import ANSWERING, Verb
from hues.kernel.people.asker import Asker
from hues.kit.text import fold

GIVEN = Given(what="words")
COLUMN = {TEXT: "public_text", INTERNAL: "internal_text"}
# What is left of a text beside the marks is found again in another text only if it is as long as that.
ENOUGH = 10  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """A step of the case, of its whole or of one of its parts that may say the same again."""

    case_id: UUID
    seq: int
    name: str
    verb: str
    text: str


def seal(case_id: UUID, seq: int, before: Texts, *, at: datetime) -> None:
    """Put what was written under seal; what lies there already is the original."""
    row, _new = SealedWords.objects.get_or_create(case_id=case_id, seq=seq, defaults={"at": at})
    row.texts = before | originals(row)
    row.save(update_fields=["texts"])


def originals(sealed: SealedWords) -> Texts:
    """Return what was written."""
    found: Texts = sealed.texts
    return found


def published_since(case_id: UUID, since: datetime) -> bool:
    """Test if a case was published, and so read by the operations centre, after an instant."""
    return Step.objects.filter(case_id=case_id, verb=Verb.PUBLISH, at__gt=since).exists()


def put(case_id: UUID, seq: int, before: Texts, after: Texts) -> None:
    """Write texts in place of others; the parts of a case say what the whole says."""
    if seq == REPORT_SEQ and TASK in after:
        Case.objects.filter(pk=case_id).update(task=after[TASK])
        Step.objects.filter(case_id=case_id, internal_text=before[TASK]).update(internal_text=after[TASK])
    elif seq == REPORT_SEQ:
        columns: dict[str, Any] = {name: after[name] for name in OF_REPORT if name in after}
        typed = {name.removeprefix(ANSWER): text for name, text in after.items() if name.startswith(ANSWER)}
        columns["answers"] = Case.objects.values_list("answers", flat=True).get(pk=case_id) | typed
        Case.objects.filter(pk=case_id).update(**columns)
        shared = {name: value for name, value in columns.items() if name in ("text", "address", "answers")}
        Case.objects.filter(parent_id=case_id).update(**shared)
    else:
        said = {column: after[name] for name, column in COLUMN.items() if name in after}
        Step.objects.filter(case_id=case_id, seq=seq).update(**said)
        if INTERNAL in before:  # a part was given to its agency with the words of its task
            Case.objects.filter(pk=case_id, task=before[INTERNAL]).update(task=after[INTERNAL])
    _find_by_what_is_left(case_id)


def cover_copies(case_id: UUID, seq: int, before: Texts, after: Texts, *, by: Asker, at: datetime) -> None:
    """Cover in the whole and the parts of a case what was covered in itself, and tell so in their history."""
    written = {}
    for copy in _copies(case_id, seq, before):
        text = covered_like(before[copy.name], after[copy.name], copy.text)
        if text != copy.text:
            seal(copy.case_id, copy.seq, {copy.name: copy.text}, at=at)
            written[copy] = text
    _write(case_id, written)
    _tell(Verb.COVER, case_id, seq, before, written, by=by, at=at)


def uncover_copies(
    case_id: UUID, seq: int, before: Texts, after: Texts, *, since: datetime, reason: Words, by: Asker, at: datetime
) -> None:
    """Uncover what was covered along with these words, and by nothing else; published meanwhile it stays as it is."""
    written = {}
    for copy in _copies(case_id, seq, before):
        text = _uncovered(copy, before[copy.name], after[copy.name])
        if text != copy.text and not published_since(copy.case_id, since):
            _unseal(copy)
            written[copy] = text
    _write(case_id, written)
    _tell(Verb.UNCOVER, case_id, seq, before, written, reason=reason, by=by, at=at)


def _uncovered(copy: Copy, covered: str, original: str) -> str:
    sealed = SealedWords.objects.filter(case_id=copy.case_id, seq=copy.seq).first()
    if sealed is not None and copy.name in originals(sealed):
        first = originals(sealed)[copy.name]
        return first if covered_like(original, covered, first) == copy.text else copy.text
    # Put together after it was covered: nothing lies under seal.
    if len(covered.replace(MARK, "").strip()) < ENOUGH:
        return copy.text
    return copy.text.replace(covered, original)


def _unseal(copy: Copy) -> None:
    row = SealedWords.objects.filter(case_id=copy.case_id, seq=copy.seq).first()
    if row is None:
        return
    row.texts = {name: text for name, text in originals(row).items() if name != copy.name}
    if row.texts:
        row.save(update_fields=["texts"])
    else:
        row.delete()


def _copies(case_id: UUID, seq: int, before: Texts) -> Iterator[Copy]:
    """Yield the steps that may say the same: answers in answers, other words where they were passed on to a part."""
    if seq != REPORT_SEQ:
        for name in COLUMN:
            if name in before:
                yield from _copies_of(name, case_id, seq, before[name])


def _copies_of(name: str, case_id: UUID, seq: int, before: str) -> Iterator[Copy]:
    root = Case.objects.values_list("parent_id", flat=True).get(pk=case_id) or case_id
    steps = Step.objects.filter(Q(case_id=root) | Q(case__parent_id=root)).exclude(**{COLUMN[name]: ""})
    rows = steps.values_list("case_id", "seq", "verb", COLUMN[name])
    found = [Copy(case_id=a, seq=b, name=name, verb=c, text=d) for a, b, c, d in rows]
    verb = next(copy.verb for copy in found if (copy.case_id, copy.seq) == (case_id, seq))
    for copy in found:
        answers = name == TEXT and verb in ANSWERING and copy.verb in ANSWERING
        if (copy.case_id, copy.seq) != (case_id, seq) and (answers or copy.text == before):
            yield copy


def _write(case_id: UUID, written: dict[Copy, str]) -> None:
    for copy, text in written.items():
        Step.objects.filter(case_id=copy.case_id, seq=copy.seq).update(**{COLUMN[copy.name]: text})
        if copy.name == INTERNAL:
            Case.objects.filter(pk=copy.case_id, task=copy.text).update(task=text)
    for other in {copy.case_id for copy in written} | {case_id}:
        _find_by_what_is_left(other)


def _tell(
    verb: Verb,
    case_id: UUID,
    seq: int,
    before: Texts,
    written: dict[Copy, str],
    *,
    reason: Words = SILENT,
    by: Asker,
    at: datetime,
) -> None:
    """Move every other case whose words changed: whoever writes on what they said before is told to look again."""
    others = {copy.case_id for copy in written} - {case_id}
    if seq == REPORT_SEQ and TASK not in before:
        others |= set(Case.objects.filter(parent_id=case_id).values_list("pk", flat=True))
    for other in sorted(others):
        move(verb, other, by=by, seen=None, at=at, given=GIVEN, words=reason)


def _find_by_what_is_left(case_id: UUID) -> None:
    for one in Case.objects.filter(Q(pk=case_id) | Q(parent_id=case_id)).values_list("pk", flat=True):
        Case.objects.filter(pk=one).update(folded=_folded(one))


def _folded(case_id: UUID) -> str:
    """Return what a case is found by, as it reads now: words that were taken out can't be guessed at."""
    case: Any = Case.objects.get(pk=case_id)
    if case.published_at is None:
        return fold(f"{case.number} {case.address} {case.task} {case.text}")
    published = Step.objects.filter(case_id=case_id, verb=Verb.PUBLISH).order_by("-seq").values("seq")[:1]
    answers = Step.objects.filter(case_id=case_id, verb__in=sorted(ANSWERING), seq__lt=published).order_by("-seq")
    answer = answers.values_list("public_text", flat=True).first() or ""
    return fold(f"{case.number} {case.public_address} {case.public_text} {answer}")
