"""Tell people of notices: of a new one those it is for, of a changed or withdrawn one all who were told of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from hues.engines.bulletins.actions.notice_rows import key_of
from hues.engines.bulletins.actions.telling import wait_for_turn
from hues.engines.bulletins.declare import WHY_WORDS
from hues.engines.bulletins.models import Notice
from hues.engines.bulletins.queries import notice_cards
from hues.engines.bulletins.rules.notice_warnings import LONGEST_TOLD
from hues.engines.bulletins.rules.notices import NoticeState, Why, circle_of, subject_of
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery import queries as delivered
from hues.kernel.delivery.channels import Urgency, Whom, Words
from hues.kernel.languages import spoken
from hues.kit.text import Bilingual


@transaction.atomic
def tell_of_notice(*, notice_id: UUID, at: datetime) -> bool:
    """
    Hand a published notice to delivery, for those it is for and who follow its topic.

    Of an update everybody else who was told what it replaces, wherever they live by now, is told that it has changed.
    """
    row = _in_turn(notice_id, NoticeState.ISSUED)
    if row is None:
        return False
    key, title = key_of(row.number), {language: words["title"] for language, words in row.texts.items()}
    body = {language: words["body"][:LONGEST_TOLD] for language, words in row.texts.items()}
    to = Whom(wards=row.wards or None, circle=circle_of(row.audience))
    is_new = _send(row, to, key=key, title=title, body=body, ends_at=row.expires_at, at=at)
    if earlier := _told_before(row):
        to = Whom(also=earlier, without=[key])
        _send(row, to, key=f"{key}:elsewhere", **_changed(row.follows or row), at=at)
    return is_new


@transaction.atomic
def tell_of_withdrawal(*, notice_id: UUID, at: datetime) -> bool:
    """Tell everybody whom a notice or one before it reached that it was withdrawn, and why; nobody else."""
    row = _in_turn(notice_id, NoticeState.WITHDRAWN)
    if row is None:
        return False
    told = [*delivered.told_of([key_of(row.number)]), *_told_before(row)]
    if not told:
        return False
    title, body = {}, {}
    for language, words in row.texts.items():
        with translation.override(spoken(language)):
            title[language] = gettext("Withdrawn: %(title)s") % {"title": words["title"]}
            why = WHY_WORDS[Why(row.withdrawn_because)] if row.withdrawn_because else ""
            body[language] = " ".join(filter(None, (gettext("The city has withdrawn this notice."), str(why))))
    return _send(row, Whom(also=told), key=f"{key_of(row.number)}:withdrawn", title=title, body=body, at=at)


def _in_turn(notice_id: UUID, state: NoticeState) -> Notice | None:
    """Return a notice once nobody else tells of its story, if it still is in that state."""
    chain = Notice.objects.filter(pk=notice_id).values_list("chain", flat=True).first()
    if chain is None or notice_cards.notice_type() is None:
        return None
    wait_for_turn(chain)
    return Notice.objects.select_related("follows").filter(pk=notice_id, state=state).first()


def _told_before(row: Notice) -> list[str]:
    """Return the keys of what people were told of the story before this notice."""
    earlier = Notice.objects.filter(chain=row.chain, sent_at__isnull=False).exclude(pk=row.pk)
    return sorted(delivered.told_of([key_of(number) for number in earlier.values_list("number", flat=True)]))


def _send(row: Notice, to: Whom, *, key: str, **said: Any) -> bool:
    declared = notice_cards.notice_type()
    words = Words(
        key=key,
        topic=str(row.chain),
        subject=subject_of(row.topic),
        urgency=Urgency.NORMAL,
        link=declared.link.format(number=row.number) if declared else "",
        **said,
    )
    return delivery.broadcast(words, to)


def _changed(row: Notice) -> dict[str, Bilingual]:
    title, body = {}, {}
    for language, words in row.texts.items():
        with translation.override(spoken(language)):
            title[language] = gettext("Changed: %(title)s") % {"title": words["title"]}
            body[language] = gettext("The city has changed this notice. It may no longer be for where you live.")
    return {"title": title, "body": body}
