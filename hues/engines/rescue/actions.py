"""Take a call for rescue, and note each thing that is done about it."""

import hashlib
import secrets
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.engines.rescue import events
from hues.engines.rescue.declare import RESCUERS
from hues.engines.rescue.models import Call, Seal, Step
from hues.engines.rescue.rules import bounds
from hues.engines.rescue.rules.urgency import Need, urgency
from hues.engines.rescue.rules.workflow import ENDED, MOVES, State, Verb, possible
from hues.kernel.areas import queries as areas
from hues.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker
from hues.kernel.turns import take_turn
from hues.kit.text import fold, tidy

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another over a bad line
CODE = 8
MOST_PEOPLE = 500
LONGEST = {"address": 300, "words": 1000, "note": 1000}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """
    What a caller tells: `phone` in E.164, a point (degrees WGS 84) or words that say where, or both.

    `origin` stands for the network address it came from, `sender` for the browser: what it alone knows. `foreign_page`
    is a form that was not ours.
    """

    phone: str
    people: int = 1
    needs: Set[Need] = frozenset()
    battery_low: bool = False
    for_other: bool = False
    lat: float | None = None
    lng: float | None = None
    source: str = ""
    address: str = ""
    words: str = ""
    origin: str = field(default="", compare=False)
    sender: str = field(default="", compare=False)
    foreign_page: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """The code to follow a call with; `again` if the same call was there already."""

    code: str
    again: bool = False


@transaction.atomic
def open_call(asked: Asked, *, at: datetime) -> Receipt:
    """
    Take a call, and none is one too many, nor too long: what does not fit into its place goes on in its words, as
    far as those hold it.

    The same one sent again by the same browser while it is open gives the code of the first, and takes back that
    everybody was safe. Whoever else tells the same gets a code of their own: the code is all it takes to say that.

    :raises Invalid: if nothing says where, or how many people is out of reason
    """
    _check(asked)
    take_turn(f"rescue.call:{asked.phone}")
    alike = _digest(asked)
    same = _digest_of(alike, asked.sender or secrets.token_hex())
    known = Seal.objects.filter(same=same, is_open=True).values_list("call__code", flat=True).first()
    if known:
        call_again(code=known, at=at)
        return Receipt(code=known, again=True)
    call = _written(asked, behind=_behind(asked, at), at=at)
    seal = _sealed(call, asked, same=same, alike=alike, at=at)
    Step.objects.create(seal=seal, seq=1, verb=Verb.OPEN, at=at)
    _tell(events.CallOpened, call, Verb.OPEN, by=None, at=at)
    return Receipt(code=call.code)


@transaction.atomic
def move(*, verb: Verb, code: str, seen: int, by: Asker, words: str = "", at: datetime) -> int:
    """
    Do one thing about a call in the name of the centre, and return the version it made.

    :raises NotAllowed: if the asker is no rescuer
    :raises NotFound: if there is no such call
    :raises Stale: if somebody else was faster than the page that showed version `seen`
    :raises WrongState: if this can't be done from where the call stands
    :raises Invalid: if the words are missing that this needs
    """
    if not by.may(*RESCUERS):
        raise NotAllowed
    call = _locked(code)
    if call.version != seen:
        raise Stale
    if verb not in possible(State(call.state), tries=call.tries):
        raise WrongState
    said = tidy(words)[: LONGEST["note"]]
    if MOVES[verb].says and not said:
        sentence = _("Write a few words: what was said, who goes, how it ended.")
        raise Invalid(sentence, {"words": sentence})
    _step(call, verb, by=by.person_id, words=said, at=at)
    _tell(events.CallMoved, call, verb, by=by.person_id, at=at)
    return call.version


@transaction.atomic
def say_safe(*, code: str, at: datetime) -> None:
    """
    Take a caller's word that everybody is safe; the centre still rings and closes the call itself.

    :raises NotFound: if there is no such call
    """
    call = _locked(code)
    if call.said_safe_at is not None or State(call.state) not in MOVES[Verb.SAY_SAFE].steps:
        return
    call.said_safe_at = at
    _step(call, Verb.SAY_SAFE, by=None, words="", at=at)
    _tell(events.CallSaidSafe, call, Verb.SAY_SAFE, by=None, at=at)


@transaction.atomic
def call_again(*, code: str, at: datetime) -> None:
    """
    Take a caller's word that help is needed, though they may have said that everybody is safe.

    :raises NotFound: if there is no such call
    """
    call = _locked(code)
    if State(call.state) not in MOVES[Verb.CALL_AGAIN].steps or (
        call.said_safe_at is None and _called_just_now(call, at)
    ):
        return
    call.said_safe_at = None
    _step(call, Verb.CALL_AGAIN, by=None, words="", at=at)
    _tell(events.CallRepeated, call, Verb.CALL_AGAIN, by=None, at=at)


def note_export(*, rows: int, by: Asker, at: datetime) -> None:
    """
    Write down that somebody took the calls away as a file.

    :raises NotAllowed: if the asker is no rescuer
    """
    if not by.may(*RESCUERS):
        raise NotAllowed
    journal.record(events.CallsExported(at=at, by=by.person_id, rows=rows))


def _check(asked: Asked) -> None:
    if asked.lat is None and not asked.address:
        sentence = _("Tell where it is: by the phone's position, on the map, or in words.")
        raise Invalid(sentence, {"address": sentence})
    if not 1 <= asked.people <= MOST_PEOPLE:
        sentence = _("How many people? Between 1 and 500.")
        raise Invalid(sentence, {"people": sentence})


def _behind(asked: Asked, at: datetime) -> bool:
    recent = Seal.objects.filter(origin=asked.origin, at__gt=at - bounds.WINDOW).count() if asked.origin else 0
    of_phone = list(Seal.objects.filter(phone=asked.phone, is_open=True).values_list("origin", flat=True))
    return bounds.stands_behind(
        recent,
        of_phone=len(of_phone),
        of_phone_here=of_phone.count(asked.origin),
        foreign_page=asked.foreign_page,
    )


def _written(asked: Asked, *, behind: bool, at: datetime) -> Call:
    ward = areas.ward_at(asked.lat, asked.lng) if asked.lat is not None and asked.lng is not None else None
    outside = asked.lat is not None and ward is None
    if ward is None and asked.address:
        named = areas.wards_matching(asked.address.rpartition(",")[2][: LONGEST["address"]])
        ward = named[0] if len(named) == 1 else None
    return Call.objects.create(
        code="".join(secrets.choice(LETTERS) for _n in range(CODE)),
        state=State.RECEIVED,
        urgency=urgency(asked.needs, people=asked.people, battery_low=asked.battery_low),
        behind=behind,
        people=asked.people,
        needs=[need.value for need in Need if need in asked.needs],
        battery_low=asked.battery_low,
        for_other=asked.for_other,
        outside=outside,
        ward_code=ward.code if ward else "",
        at=at,
        moved_at=at,
    )


def _sealed(call: Call, asked: Asked, *, same: str, alike: str, at: datetime) -> Seal:
    address, words = _fitting(asked)
    return Seal.objects.create(
        call=call,
        phone=asked.phone,
        lat=asked.lat,
        lng=asked.lng,
        source=asked.source if asked.lat is not None else "words",
        address=address,
        words=words,
        same=same,
        alike=alike,
        origin=asked.origin,
        at=at,
    )


def _fitting(asked: Asked) -> tuple[str, str]:
    """Return address and words as they are kept: what the one has too much of stands at the end of the other."""
    address, words = asked.address, asked.words
    if len(address) > LONGEST["address"]:
        head = address[: LONGEST["address"]]
        head = head.rpartition(" ")[0] or head
        address, words = head, f"{words}\n… {address[len(head) :].strip()}".strip()
    return address, words[: LONGEST["words"]]


def _called_just_now(call: Call, at: datetime) -> bool:
    calls = Step.objects.filter(seal_id=call.pk, verb__in=(Verb.OPEN, Verb.CALL_AGAIN), at__gt=at - bounds.AGAIN)
    return calls.exists()


def _digest(asked: Asked) -> str:
    # A phone's own position wanders by some metres between two presses: three places are a hundred of them.
    point = f"{asked.lat:.3f},{asked.lng:.3f}" if asked.lat is not None else ""
    needs = ",".join(sorted(asked.needs))
    return _digest_of(asked.phone, str(asked.people), needs, point, fold(asked.address), fold(asked.words))


def _digest_of(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _locked(code: str) -> Call:
    call = Call.objects.select_for_update().filter(code=code).first()
    if call is None:
        raise NotFound
    return call


def _step(call: Call, verb: Verb, *, by: UUID | None, words: str, at: datetime) -> None:
    end = MOVES[verb].steps[State(call.state)]
    call.version += 1
    call.state, call.moved_at = end, at
    call.tries += verb == Verb.MISS
    if verb == Verb.RETURN:
        call.tries, call.said_safe_at = 0, None
    call.first_touched_at = call.first_touched_at or (at if by else None)
    call.ended_at = (call.ended_at or at) if end in ENDED else None
    call.save()
    sealed = {"is_open": end not in ENDED, "ended_at": call.ended_at}
    # One that is opened again may find the same call sent anew meanwhile.
    Seal.objects.filter(pk=call.pk).update(**sealed, **({"same": call.code} if verb == Verb.RETURN else {}))
    if Seal.objects.filter(pk=call.pk).exists():  # gone once its time is over
        Step.objects.create(seal_id=call.pk, seq=call.version, verb=verb, by=by, words=words, at=at)


def _tell(event: type[events.CallEvent], call: Call, verb: Verb, *, by: UUID | None, at: datetime) -> None:
    journal.record(
        event(at=at, by=by, subject=call.pk, verb=verb, state=call.state, version=call.version, urgency=call.urgency)
    )
