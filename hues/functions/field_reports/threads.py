"""Later letters of a sender: they answer what an agency asked, or are added to the report they belong to."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import batched, zip_longest
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import Moved
from hues.engines.cases.declare import STATE_WORDS
from hues.engines.cases.queries import CaseRow, MyCase
from hues.engines.cases.rules.intake import LONGEST_TEXT, MOST_PHOTOS
from hues.engines.cases.rules.workflow import State, Verb, next_state, shape_of
from hues.functions.field_reports.looked import ring_first
from hues.kernel.agencies.queries import asker_for
from hues.kernel.delivery import actions as delivery
from hues.kernel.errors import NotFound, Refusal
from hues.kernel.languages import in_each
from hues.kernel.letters import actions as letters
from hues.kernel.letters import queries as kept
from hues.kernel.letters.actions import Held
from hues.kernel.media import queries as media
from hues.kernel.people.asker import CITY, Asker
from hues.kit.text import Bilingual, Words
from hues.surfaces.citizen.cards import TONES
from hues.surfaces.shell import addresses

MOST = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Theirs:
    """A report of the same sender, as the page of letters shows it."""

    number: str
    title: Bilingual
    state: Words
    tone: str
    takes_words: bool


def reports_of(letter_id: UUID, at: datetime) -> tuple[Theirs, ...]:
    """Return the last reports of who wrote a letter, none under seal; not who that is."""
    sender = Asker(person_id=kept.sender_of(letter_id))
    rows = queries.my_cases(sender, limit=MOST, but_sealed=True, at=at).rows if sender.signed_in else ()
    return tuple(
        Theirs(
            number=row.number,
            title=row.category_title,
            state=STATE_WORDS[row.state],
            tone=TONES[row.state],
            takes_words=_takes_words(row),
        )
        for row in rows
    )


def _takes_words(row: CaseRow) -> bool:
    shape = shape_of(parts=row.parts, parent_id=None)
    return any(next_state(verb, row.state, shape) for verb in (Verb.REPLY, Verb.ADD))


@transaction.atomic
def add_to(number: str, *, letter_ids: Collection[UUID], by: Asker, at: datetime) -> None:
    """
    Add letters to the sender's own report, as the answer if the agency has asked something.

    :raises NotFound: if it is not the sender's, or is under seal
    :raises WrongState: if the report takes no more words, or somebody has seen to the letters
    """
    held = letters.hold(letter_ids, by=by)
    _say(held, number, by, at)
    letters.file(held, number, by=by, at=at)


def see_to(letter_id: UUID, at: datetime) -> None:
    """Let a letter answer what its sender was asked; tell a sender who wrote anew that somebody will read it."""
    sender = asker_for(kept.sender_of(letter_id), at)
    if not sender.signed_in:
        return
    asked = [row.number for row in queries.my_cases(sender, but_sealed=True, at=at).rows if row.state == State.WAITING]
    if len(asked) == 1 and _answers(letter_id, asked[0], at):
        return
    if sender.person_id and kept.is_first(letter_id):
        delivery.plan(
            [sender.person_id],
            reason=f"letters:{letter_id}",
            title=in_each(_("The city has your message")),
            body=_and(in_each(_("Somebody reads it and sends you a number by which you can follow it.")), ring_first()),
            link="/f/field_reports/mine/",
            at=at,
        )


def _and(words: Bilingual, more: Bilingual) -> Bilingual:
    return {language: f"{said} {more[language]}".strip() for language, said in words.items()}


def _answers(letter_id: UUID, number: str, at: datetime) -> bool:
    try:
        with transaction.atomic():
            held = letters.hold([letter_id], by=CITY)
            _say(held, number, CITY, at)
            letters.file(held, number, by=CITY, at=at)
    except Refusal:  # an operator was faster, or the agency went on: it waits for somebody
        return False
    return True


def _say(held: Held, number: str, handed_on_by: Asker, at: datetime) -> None:
    by = asker_for(held.person_id, at)
    case = queries.my_case(by, number, at=at)
    if case.state == State.SEALED:
        raise NotFound  # as if it were somebody else's: an operator may not find out whose it is
    add = partial(actions.add_words, handed_on_by=handed_on_by)
    say = actions.reply if case.state == State.WAITING else add
    texts, photos = portions(_words(held)), tuple(media.photos(held.photos))
    first = say(
        case_id=case.id,
        text=next(texts, "") or _only_photos(),
        photos=photos[:MOST_PHOTOS],
        by=by,
        seen=case.version,
        at=at,
    )
    say_on(first, texts, photos[MOST_PHOTOS:], by=by, handed_on_by=handed_on_by, at=at)


def say_on(
    case: Moved | MyCase, texts: Iterable[str], photos: Sequence[UUID], *, by: Asker, handed_on_by: Asker, at: datetime
) -> None:
    """Add what did not fit into one move, portion by portion: no word and no photo of a letter is left behind."""
    for text, some in zip_longest(texts, batched(photos, MOST_PHOTOS)):
        case = actions.add_words(
            case_id=case.id,
            text=text or _only_photos(),
            photos=some or (),
            by=by,
            handed_on_by=handed_on_by,
            seen=case.version,
            at=at,
        )


def portions(text: str) -> Iterator[str]:
    """Cut a text at the ends of lines into portions that a report takes."""
    portion = ""
    for line in text.splitlines():
        for start in range(0, len(line) or 1, LONGEST_TEXT):
            piece = line[start : start + LONGEST_TEXT]
            longer = f"{portion}\n{piece}" if portion else piece
            if len(longer) > LONGEST_TEXT:
                yield portion
                longer = piece
            portion = longer
    if portion:
        yield portion


def _words(held: Held) -> str:
    """Return the words of letters; a place is told in degrees."""
    with override(addresses.MAIN):
        places = [gettext("Place: %(lat).6f, %(lng).6f") % {"lat": lat, "lng": lng} for lat, lng in held.points]
        return "\n".join(part for part in (held.text, *places) if part)


def _only_photos() -> str:
    with override(addresses.MAIN):
        return gettext("(A photo, without words)")
