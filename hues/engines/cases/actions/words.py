"""Cover names and numbers in the words of a case; the original stays under seal, and can be shown again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Replace

from hues.engines.cases.actions import wording
from hues.engines.cases.actions.covering import note_look
from hues.engines.cases.actions.moving import Moved, Words, move
from hues.engines.cases.models import Case, SealedWords, Step
from hues.engines.cases.rules import intake
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Given
from hues.engines.cases.rules.workflow import ANSWERING, Verb
from hues.kernel.errors import NotFound, WrongState
from hues.kernel.people.asker import Asker
from hues.kit.text import fold, tidy

WORDS = "words"
# The words of the report itself stand in the case, not in its first step.
REPORT_SEQ = 1


@transaction.atomic
def cover_words(*, case_id: UUID, seq: int, text: str, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Replace what was said with step `seq` (the first is the report) for everybody, staff and its writer included.

    :raises NotFound: if nothing was said there
    :raises Invalid: if no words are left, too many, or the same
    """
    moved = move(Verb.COVER, case_id, by=by, seen=seen, at=at, given=Given(what=WORDS))
    said, before = tidy(text), _said(case_id, seq)
    if Step.objects.filter(case_id=case_id, seq=seq, verb=Verb.GATHER, case__published_at=None).exists():
        raise wording.invalid([Breach("text", "words-gathered")])
    if not said:
        raise wording.invalid([Breach("text", "text-missing")])
    if len(said) > max(intake.LONGEST_TEXT, len(before["text"])):
        raise wording.invalid([Breach("text", "text-long")])
    if said in before.values():
        raise wording.invalid([Breach("text", "words-same")])
    SealedWords.objects.get_or_create(case_id=case_id, seq=seq, defaults=before | {"at": at})
    _put(case_id, seq, text=said, public_text=said if before["public_text"] else "")
    return moved


@transaction.atomic
def uncover_words(*, case_id: UUID, seq: int, reason: str, by: Asker, at: datetime) -> Moved:
    """
    Show words as they were written, to everybody who may see the case.

    :raises Invalid: if there is no reason
    :raises WrongState: if they are not covered
    """
    words = Words(internal=reason)
    moved = move(Verb.UNCOVER, case_id, by=by, seen=None, at=at, given=Given(what=WORDS), words=words)
    sealed = SealedWords.objects.filter(case_id=case_id, seq=seq).first()
    if sealed is None:
        raise WrongState
    # What was published meanwhile stays as it was checked.
    since = Step.objects.filter(case_id=case_id, verb=Verb.PUBLISH, at__gt=sealed.at).exists()
    public = (not since and sealed.public_text) or _said(case_id, seq)["public_text"]
    _put(case_id, seq, text=sealed.text, public_text=public)
    sealed.delete()
    return moved


@transaction.atomic
def see_words(*, case_id: UUID, seq: int, purpose: str, by: Asker, at: datetime) -> str:
    """
    Return words as they were written, and write down who looked and what for.

    :raises NotAllowed: if the asker does not operate the centre
    :raises NotFound: if they are not covered
    :raises Invalid: if there is no purpose
    """
    note_look(case_id=case_id, what=WORDS, purpose=purpose, by=by, at=at)
    sealed = SealedWords.objects.filter(case_id=case_id, seq=seq).first()
    if sealed is None:
        raise NotFound
    return sealed.text


def _said(case_id: UUID, seq: int) -> dict[str, str]:
    """Return what was said, and what everybody reads of it if that is another text."""
    if seq == REPORT_SEQ:
        # The parts of a split case say what the whole says.
        row = Case.objects.filter(pk=case_id, parent_id=None).values("text", "public_text").first()
        if row is None:
            raise NotFound
        return {"text": row["text"], "public_text": row["public_text"]}
    text = Step.objects.filter(case_id=case_id, seq=seq).values_list("public_text", flat=True).first()
    if not text:
        raise NotFound
    return {"text": text, "public_text": ""}


def _put(case_id: UUID, seq: int, *, text: str, public_text: str) -> None:
    if seq == REPORT_SEQ:
        Case.objects.filter(pk=case_id).update(public_text=public_text)
        Case.objects.filter(Q(pk=case_id) | Q(parent_id=case_id)).update(text=text)
    else:
        before = _said(case_id, seq)["text"]
        Step.objects.filter(case_id=case_id, seq=seq).update(public_text=text)
        # What a part answered stands in the answer of the whole too, as long as nobody has put it otherwise.
        whole = Case.objects.filter(pk=case_id, parent_id__isnull=False).values("parent_id")
        gathered = Step.objects.filter(case_id__in=whole, verb=Verb.GATHER, public_text__contains=before)
        gathered.update(public_text=Replace("public_text", Value(before), Value(text)))
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
