"""Send an agency that never signs in a link to one case."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.events import PassSent
from hues.engines.cases.models import Case, Pass
from hues.engines.cases.queries.passes import TO_DO, digest_of
from hues.engines.cases.rules.passes import AGAIN_AFTER, LASTS
from hues.kernel.agencies import queries as agencies
from hues.kernel.delivery import actions as delivery
from hues.kernel.errors import NotFound, TooMany, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.languages import in_each
from hues.kernel.turns import take_turn
from hues.kit.text import Bilingual, Words

BYTES = 18  # of chance in a link: 24 characters
AGAIN: tuple[Words, Words] = (_("%(number)s: a new link"), _("You asked for it. It opens the report as it is now."))
JUST_SENT: Words = _("A link was sent a few minutes ago. Please look there first.")


@transaction.atomic
def send_pass(*, case_id: UUID, agency_id: UUID, title: Bilingual, body: Bilingual, at: datetime) -> bool:
    """Send a link with these words, if the agency wants links and has something to do; return if one was sent."""
    address = agencies.link_to(agency_id)
    held = Case.objects.filter(TO_DO, pk=case_id, agency_id=agency_id)
    version = held.values_list("version", flat=True).first()
    if not address or version is None:
        return False
    token = secrets.token_urlsafe(BYTES)
    sent = Pass(
        digest=digest_of(token),
        case_id=case_id,
        agency_id=agency_id,
        sent_to=address,
        seq=version,
        at=at,
        until_at=at + LASTS,
    )
    sent.save(force_insert=True)
    journal.record(PassSent(at=at, subject=case_id, agency=agency_id, link=sent.pk))
    reason = f"{PassSent.name}:{sent.pk}"
    link = f"/pass/{token}/"
    delivery.write(address, reason=reason, title=title, body=body, link=link, useful_for=LASTS, at=at)
    return True


@transaction.atomic
def send_pass_again(*, token: str, at: datetime) -> None:
    """
    Send the agency a new link in place of an old one; whoever asks sees nothing of it.

    :raises NotFound: if there was no such link
    :raises WrongState: if the case is not with the agency any more
    :raises TooMany: if one was sent a moment ago
    """
    old = Pass.objects.filter(digest=digest_of(token)).values("case_id", "agency_id", "case__number").first()
    if old is None:
        raise NotFound
    take_turn(f"cases.pass:{old['case_id']}")
    sent = Pass.objects.filter(case_id=old["case_id"], at__gt=at - AGAIN_AFTER).order_by("-at").first()
    if sent:
        raise TooMany(JUST_SENT, wait=(sent.at + AGAIN_AFTER - at).total_seconds())
    title, body = (in_each(words, number=old["case__number"]) for words in AGAIN)
    if not send_pass(case_id=old["case_id"], agency_id=old["agency_id"], title=title, body=body, at=at):
        raise WrongState


@transaction.atomic
def close_passes(*, agency_id: UUID, at: datetime) -> int:
    """Close the links that went to another address than an agency has now, and return how many; none opens again."""
    open_ones = Pass.objects.filter(agency_id=agency_id, until_at__gt=at)
    return open_ones.exclude(sent_to=agencies.link_to(agency_id)).update(until_at=at)
