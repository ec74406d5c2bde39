"""What follows when a bulletin or a notice is issued: people are told."""

from hues.engines.bulletins import actions
from hues.engines.bulletins.events import BulletinIssued, KeyDistrusted, NoticeIssued, NoticeMoved, SpokeAlone
from hues.engines.bulletins.rules.notices import NoticeVerb
from hues.kernel.delivery.events import SirenSilent
from hues.kernel.journal.actions import reacts_to


@reacts_to(BulletinIssued)
def tell_people(event: BulletinIssued) -> None:
    """Put it in the inboxes of those it is for; one for training has no public row and reaches nobody."""
    if event.subject is not None and not event.training:
        actions.tell(bulletin_id=event.subject, at=event.at)


@reacts_to(NoticeIssued)
def tell_of_notice(event: NoticeIssued) -> None:
    """Put a notice in the inboxes of those it is for."""
    if event.subject is not None:
        actions.tell_of_notice(notice_id=event.subject, at=event.at)


@reacts_to(NoticeMoved)
def tell_of_withdrawal(event: NoticeMoved) -> None:
    """Tell whoever was told of a notice that it was withdrawn."""
    if event.subject is not None and event.verb == NoticeVerb.WITHDRAW:
        actions.tell_of_withdrawal(notice_id=event.subject, at=event.at)


@reacts_to(SpokeAlone)
def tell_the_watchers(event: SpokeAlone) -> None:
    """Tell everybody who watches over alerts that one person spoke for the city."""
    if event.subject is not None:
        actions.tell_watchers(bulletin_id=event.subject, at=event.at)


@reacts_to(KeyDistrusted)
def tell_of_doubts(event: KeyDistrusted) -> None:
    """Tell who can issue them again which alerts in force prove nothing any more."""
    actions.tell_of_doubts(key=event.key, at=event.at)


@reacts_to(SirenSilent)
def tell_of_silence(event: SirenSilent) -> None:
    """Tell who is on duty that a siren does not sound, so that somebody warns by voice."""
    if event.subject is not None:
        actions.tell_of_silence(broadcast_id=event.subject, site=event.site, at=event.at)
