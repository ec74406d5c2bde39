"""Tell people: those for whom a bulletin is, and all whom the message before it reached."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hues.engines.bulletins.models import Bulletin, PublicBulletin
from hues.engines.bulletins.queries import catalogue, reach
from hues.engines.bulletins.queries.doubts import doubted, doubted_notices
from hues.engines.bulletins.queries.rows import CONTENT, content_of
from hues.engines.bulletins.rules.numbers import elsewhere, told_as
from hues.engines.bulletins.rules.states import MsgType, State
from hues.kernel.agencies import queries as agencies
from hues.kernel.areas import queries as areas
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery import queries as delivered
from hues.kernel.delivery.channels import Sirens, Urgency, Whom, Words
from hues.kernel.languages import in_each, spoken
from hues.kernel.people import queries as people
from hues.kernel.people.asker import Role
from hues.kernel.turns import take_turn
from hues.kit.text import Bilingual

type Texts = Mapping[str, Mapping[str, str]]
SILENT: Final = _("Siren %(site)s (%(where)s) does not sound")
BY_VOICE: Final = _("Warn by voice there. Why it keeps silent stands under Deliveries.")
DOUBTED: Final = _("Messages in force to be issued again: %(number)s")
AGAIN: Final = _(
    "Others may know the key that signed them. Whoever checks one is told not to rely on it, until it is issued again "
    "with the new key."
)
RENEWERS: Final = (Role.DUTY_LEADER, Role.ALERT_WRITER, Role.ALERT_APPROVER)
UNMOVED: Final = Sirens(wards=())
HUSHED: Final = Sirens(wards=(), hush=True)
WATCHERS: Final = (Role.ALERT_APPROVER, Role.DUTY_LEADER, Role.LEADER, Role.AUDITOR)
URGENCY: Final[Mapping[int, Urgency]] = {
    1: Urgency.LOW,
    2: Urgency.NORMAL,
    3: Urgency.HIGH,
    4: Urgency.EXTREME,
    5: Urgency.EXTREME,
}


@transaction.atomic
def tell(*, bulletin_id: UUID, at: datetime) -> bool:
    """
    Hand a public bulletin to delivery, and return whether there was anything to tell.

    A cancellation also reaches everybody whom an earlier message of the story reached, wherever they live by now, and
    hushes sirens, as an update does where they are to sound no more. For whom the message before was and an update is
    no longer, they are told just that, as urgently as the message before, and not again. What was replaced before its
    turn is told to nobody. Sirens sound where the city's list finds new danger.
    """
    row = PublicBulletin.objects.select_related("bulletin").filter(pk=bulletin_id).first()
    if row is None:
        return False
    wait_for_turn(row.bulletin.chain)
    if (bulletin := Bulletin.objects.get(pk=bulletin_id)).state != State.ISSUED:
        return False
    earlier = _told_before(bulletin)
    key, is_over = told_as(bulletin.identifier), bulletin.msg_type == MsgType.CANCEL
    _send(
        bulletin,
        Whom(
            wards=None if row.everywhere else row.audience,
            also=[told_as(before.identifier) for before in earlier] if is_over else (),
        ),
        key=key,
        title=_headlines(bulletin.texts),
        body=_bodies(bulletin.texts),
        urgency=URGENCY[bulletin.risk],
        sirens=HUSHED if is_over else _sound(bulletin, earlier),
        ends_at=None if is_over else bulletin.expires_at,
        at=at,
    )
    if earlier and not is_over:
        _tell_elsewhere(bulletin, key, earlier[0], at)
    return True


def _tell_elsewhere(bulletin: Bulletin, key: str, before: Bulletin, at: datetime) -> None:
    _send(
        bulletin,
        Whom(also=[told_as(before.identifier)], without=[key]),
        urgency=URGENCY[before.risk],
        key=elsewhere(key),
        title=_no_longer(before.texts),  # the words that they know it by
        body=_not_for_you(before.texts),
        at=at,
    )


@transaction.atomic
def tell_watchers(*, bulletin_id: UUID, at: datetime) -> None:
    """Tell approvers, duty leaders, the leadership and auditors who spoke alone, and why."""
    row = Bulletin.objects.get(pk=bulletin_id)
    name = next(iter(people.names_of([row.approved_by] if row.approved_by else []).values()), "")
    told = {person for role in WATCHERS for person in agencies.people_with(role, at)}
    headlines = _headlines(row.texts)
    title, body = {}, {}
    for language, headline in headlines.items():
        with translation.override(spoken(language)):
            title[language] = gettext("One person has warned alone: %(headline)s") % {"headline": headline}
            body[language] = gettext("%(name)s issued it without a second person. The reason: %(reason)s") % {
                "name": name,
                "reason": row.alone_because,
            }
    delivery.plan(
        told,
        reason=f"bulletins.alone:{row.identifier}",
        title=title,
        body=body,
        link=f"/ops/alerts/{row.pk}/",
        urgency=Urgency.HIGH,
        at=at,
    )


@transaction.atomic
def tell_of_doubts(*, key: str, at: datetime) -> None:
    """Tell who leads the shift, writes and approves that messages in force are to be issued again with the new key."""
    found = [*doubted(at), *doubted_notices(at)]
    if not found:
        return
    delivery.plan(
        {person for role in RENEWERS for person in agencies.people_with(role, at)},
        reason=f"bulletins.key:{key}:{at.isoformat()}",
        title=in_each(DOUBTED, number=str(len(found))),
        body=in_each(AGAIN),
        link="/ops/alerts/",
        urgency=Urgency.HIGH,
        work=True,
        at=at,
    )


@transaction.atomic
def tell_of_silence(*, broadcast_id: UUID, site: str, at: datetime) -> None:
    """Tell who leads the shift that a siren does not sound, once for each command."""
    ward = areas.ward(delivered.ward_of_siren(site))
    delivery.plan(
        agencies.people_with(Role.DUTY_LEADER, at),
        reason=f"delivery.siren:{broadcast_id}:{site}",
        title=in_each(SILENT, site=site, where=ward.name if ward else "–"),
        body=in_each(BY_VOICE),
        link="/ops/deliveries/",
        urgency=Urgency.EXTREME,
        work=True,
        at=at,
    )


def wait_for_turn(chain: UUID) -> None:
    """Tell of one message of a story at a time: an update has to see everybody whom the one before was told to."""
    take_turn(f"bulletins.told:{chain}")


def _send(bulletin: Bulletin, to: Whom, *, key: str, sirens: Sirens = UNMOVED, **said: Any) -> None:
    declared = catalogue.alert_type()
    words = Words(
        key=key,
        topic=str(bulletin.chain),
        link=declared.link.format(identifier=bulletin.identifier) if declared else "",
        **said,
    )
    delivery.broadcast(words, to, sirens=sirens, training=bulletin.training)


def _told_before(bulletin: Bulletin) -> list[Bulletin]:
    """Return the messages of the story that people were really told, the last one first."""
    sent = Bulletin.objects.filter(chain=bulletin.chain, sent_at__isnull=False).exclude(pk=bulletin.pk)
    found = list(sent.order_by("-sent_at", "-id"))
    known = delivered.told_of([told_as(row.identifier) for row in found])
    return [row for row in found if told_as(row.identifier) in known]


def _sound(bulletin: Bulletin, earlier: list[Bulletin]) -> Sirens:
    """Return which sirens sound, measured against the last message of the story that people were told."""
    said = [content_of({name: getattr(row, name) for name in CONTENT}) for row in (bulletin, *earlier[:1])]
    pattern, warned = reach.aloud(said[0])
    _pattern, wards = reach.sounding(said[0], said[1] if earlier else None)
    return Sirens(pattern=pattern, wards=wards, hush=True, warned=warned)


def _headlines(texts: Texts) -> Bilingual:
    return {language[:2]: words["headline"] for language, words in texts.items()}


def _bodies(texts: Texts) -> Bilingual:
    return {language[:2]: words["instruction"] or words["description"] for language, words in texts.items()}


def _no_longer(texts: Texts) -> Bilingual:
    found = {}
    for language, headline in _headlines(texts).items():
        with translation.override(spoken(language)):
            found[language] = gettext("No longer for your area: %(headline)s") % {"headline": headline}
    return found


def _not_for_you(texts: Texts) -> Bilingual:
    found = {}
    for language in _headlines(texts):
        with translation.override(spoken(language)):
            found[language] = gettext("The city has updated this alert, and you are no longer in its area.")
    return found
