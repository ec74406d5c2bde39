"""Tell people: those for whom a bulletin is, and all who were told what it replaces."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext

from hues.engines.bulletins.models import Bulletin, PublicBulletin
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.rules.states import MsgType, State
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery import queries as delivered
from hues.kernel.people import queries as people
from hues.kit.text import Bilingual

type Texts = Mapping[str, Mapping[str, str]]


@transaction.atomic
def tell(*, bulletin_id: UUID, at: datetime) -> int:
    """
    Put a public bulletin in the inboxes it is for, and return how many people were told.

    Whoever was told an earlier message of the story is told this one as well, wherever they live by now; those for
    whom an update is no longer, that it is not. What was replaced before its turn came is told to nobody.
    """
    row = PublicBulletin.objects.select_related("bulletin").filter(pk=bulletin_id).first()
    if row is None:
        return 0
    _wait_for_turn(row.bulletin.chain)
    bulletin = Bulletin.objects.get(pk=bulletin_id)
    if bulletin.state != State.ISSUED:
        return 0
    earlier = Bulletin.objects.filter(chain=bulletin.chain, sent_at__isnull=False).exclude(pk=bulletin_id)
    told = delivered.told(_reason(name) for name in earlier.values_list("identifier", flat=True))
    audience = frozenset(people.everybody() if row.everywhere else people.living_in(row.audience))
    inside = audience | told if bulletin.msg_type == MsgType.CANCEL else audience
    _plan(inside, bulletin, _headlines(bulletin.texts), _bodies(bulletin.texts), at)
    outside = told - inside
    _plan(outside, bulletin, _no_longer(bulletin.texts), _not_for_you(bulletin.texts), at)
    return len(inside) + len(outside)


def _wait_for_turn(chain: UUID) -> None:
    # One message of a story at a time: an update has to see everybody whom the alert was told to.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(chain)])


def _plan(to: frozenset[UUID], bulletin: Bulletin, title: Bilingual, body: Bilingual, at: datetime) -> None:
    declared = catalogue.alert_type()
    link = declared.link.format(identifier=bulletin.identifier) if declared else ""
    if to:
        delivery.plan(to, reason=_reason(bulletin.identifier), title=title, body=body, link=link, at=at)


def _reason(identifier: str) -> str:
    return f"bulletins.alert:{identifier}"


def _headlines(texts: Texts) -> Bilingual:
    return {language[:2]: words["headline"] for language, words in texts.items()}


def _bodies(texts: Texts) -> Bilingual:
    return {language[:2]: words["instruction"] or words["description"] for language, words in texts.items()}


def _no_longer(texts: Texts) -> Bilingual:
    found = {}
    for language, headline in _headlines(texts).items():
        with translation.override(language):
            found[language] = gettext("No longer for your area: %(headline)s") % {"headline": headline}
    return found


def _not_for_you(texts: Texts) -> Bilingual:
    found = {}
    for language in _headlines(texts):
        with translation.override(language):
            found[language] = gettext("The city has updated this alert, and you are no longer in its area.")
    return found
