"""Cover names and numbers in the words of a case; the original stays under seal, and can be shown again."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hues.engines.cases.actions import copies, splitting, wording
from hues.engines.cases.actions.covering import note_look
from hues.engines.cases.actions.moving import Moved, Words, move
from hues.engines.cases.models import SealedWords
from hues.engines.cases.queries.covering import ADDRESS, PUBLIC_ADDRESS, PUBLIC_TEXT, REPORT_SEQ, TEXT, Texts, said
from hues.engines.cases.rules import covering, intake
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Given
from hues.engines.cases.rules.workflow import Verb
from hues.kernel.errors import NotFound, WrongState
from hues.kernel.people.asker import Asker
from hues.kit.text import tidy

WORDS = "words"
# What is covered in one of two is covered in the other too: what was written, and what was published of it.
SAME = {TEXT: PUBLIC_TEXT, PUBLIC_TEXT: TEXT, ADDRESS: PUBLIC_ADDRESS, PUBLIC_ADDRESS: ADDRESS}


@transaction.atomic
def cover_words(*, case_id: UUID, seq: int, texts: Mapping[str, str], by: Asker, seen: int, at: datetime) -> Moved:
    """
    Cover words in what was said with step `seq` (the first is the report) for everybody, staff and its writer included.

    `texts` are those of `queries.words_to_cover` with marks in place of words; one that is not named stays. What is
    covered is so wherever the same words stand: in what was published, in the parts of the case, in its whole.

    :raises NotFound: if nothing was said there
    :raises Invalid: if a text differs by more than marks, or none differs
    """
    splitting.hold_whole(case_id)
    moved = move(Verb.COVER, case_id, by=by, seen=seen, at=at, given=Given(what=WORDS))
    before = said(case_id, seq)
    if not before:
        raise NotFound
    after = _checked(before, {name: covering.marked(tidy(text)) for name, text in texts.items()})
    copies.seal(case_id, seq, before, at=at)
    copies.put(case_id, seq, before, after)
    copies.cover_copies(case_id, seq, before, after, by=by, at=at)
    return moved


@transaction.atomic
def uncover_words(*, case_id: UUID, seq: int, reason: str, by: Asker, at: datetime) -> Moved:
    """
    Show words as they were written, to everybody who may see the case; copies that were covered with them too.

    What was published meanwhile stays as it was checked.

    :raises Invalid: if there is no reason
    :raises WrongState: if they are not covered
    """
    words = Words(internal=reason)
    splitting.hold_whole(case_id)
    moved = move(Verb.UNCOVER, case_id, by=by, seen=None, at=at, given=Given(what=WORDS), words=words)
    sealed = SealedWords.objects.filter(case_id=case_id, seq=seq).first()
    if sealed is None:
        raise WrongState
    before, after, since = said(case_id, seq), copies.originals(sealed), sealed.at
    if seq == REPORT_SEQ and copies.published_since(case_id, since):
        after = {name: text for name, text in after.items() if name not in (PUBLIC_TEXT, PUBLIC_ADDRESS)}
    sealed.delete()
    copies.put(case_id, seq, before, before | after)
    copies.uncover_copies(case_id, seq, before, before | after, since=since, reason=words, by=by, at=at)
    return moved


@transaction.atomic
def see_words(*, case_id: UUID, seq: int, purpose: str, by: Asker, at: datetime) -> Texts:
    """
    Return the texts that are covered as they were written, and write down who looked and what for.

    :raises NotAllowed: if the asker does not operate the centre
    :raises NotFound: if they are not covered
    :raises Invalid: if there is no purpose
    """
    note_look(case_id=case_id, what=WORDS, purpose=purpose, by=by, at=at)
    sealed = SealedWords.objects.filter(case_id=case_id, seq=seq).first()
    if sealed is None:
        raise NotFound
    now = said(case_id, seq)
    return {name: text for name, text in copies.originals(sealed).items() if now.get(name) != text}


def _checked(before: Texts, sent: Texts) -> Texts:
    """Return all texts as they are to be read."""
    # A form sends what it was shown without blanks at the ends: that is no change.
    shown = {name: covering.marked(tidy(text)) for name, text in before.items()}
    changed = {name: text for name, text in sent.items() if name in shown and text != shown[name]}
    wrong = [Breach(name, code) for name, text in changed.items() if (code := _wrong(name, before[name], text))]
    if wrong:
        raise wording.invalid(wrong)
    if not changed:
        raise wording.invalid([Breach(next(iter(sent), TEXT), "words-same")])
    after = before | changed
    for name, text in changed.items():
        twin = SAME.get(name, "")
        if twin in before and twin not in changed:
            after[twin] = covering.covered_like(before[name], text, before[twin])
    return after


def _wrong(name: str, before: str, text: str) -> str:
    if not text:
        return "text-missing"
    if covering.taken_out(covering.marked(tidy(before)), text) is None:
        return "words-rewritten"
    longest = intake.LONGEST_ADDRESS if name in (ADDRESS, PUBLIC_ADDRESS) else intake.LONGEST_TEXT
    return "text-long" if len(text) > max(longest, len(before)) else ""
