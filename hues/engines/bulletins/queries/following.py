"""What a draft may follow instead: what it followed is over, or nobody knows yet what it goes on with."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from hues.engines.bulletins.models import Bulletin, Incoming
from hues.engines.bulletins.queries.desk import check_reader
from hues.engines.bulletins.queries.rows import texts_of
from hues.engines.bulletins.rules.states import OPEN, MsgType, State
from hues.kernel.people.asker import Asker
from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A bulletin in force that a draft may follow."""

    id: UUID
    identifier: str
    headline: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Targets:
    """What a draft may follow; `is_astray` if what it follows is over, `is_unsure` while a person has to say."""

    is_astray: bool = False
    is_unsure: bool = False
    choices: tuple[Target, ...] = ()


def targets(asker: Asker, bulletin_id: UUID) -> Targets:
    """
    Return what a draft may follow.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has nothing to do with alerts
    """
    check_reader(asker)
    row = Bulletin.objects.select_related("follows").filter(pk=bulletin_id).first()
    if row is None or row.state not in OPEN:
        return Targets()
    if row.follows:
        is_astray = row.follows.state != State.ISSUED
        return Targets(is_astray=is_astray, choices=_in_force(row, {row.chain}) if is_astray else ())
    choices = _in_force(row, _perhaps(row))
    return Targets(is_unsure=bool(choices) and not row.own_because, choices=choices)


def _in_force(row: Bulletin, chains: set[UUID]) -> tuple[Target, ...]:
    found = Bulletin.objects.filter(chain__in=chains, state=State.ISSUED, training=row.training)
    return tuple(
        Target(
            id=one.pk,
            identifier=one.identifier,
            headline={language[:2]: text.headline for language, text in texts_of(one.texts).items()},
        )
        for one in found.exclude(msg_type=MsgType.CANCEL).order_by("sent_at", "id")
    )


def _perhaps(row: Bulletin) -> set[UUID]:
    """Return the stories at which the message that made a draft was noted, too."""
    same = Q(pk__in=())
    for one in Incoming.objects.filter(bulletin=row, outcome="unsure"):
        same |= Q(source=one.source, sender=one.sender, identifier=one.identifier, sent_at=one.sent_at)
    return set(Incoming.objects.filter(same, outcome="marked").values_list("bulletin__chain", flat=True))
