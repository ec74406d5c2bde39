"""A bulletin as a CAP message."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from hues.engines.bulletins.models import Bulletin, Notice
from hues.engines.bulletins.queries import catalogue, reach
from hues.engines.bulletins.queries.desk import desk_bulletin
from hues.engines.bulletins.queries.notice_desk import desk_notice
from hues.engines.bulletins.rules import cap, shapes
from hues.engines.bulletins.rules.cap import Area, Info, Message, Reference
from hues.engines.bulletins.rules.content import Content, Text
from hues.engines.bulletins.rules.notice_xml import build_notice
from hues.engines.bulletins.rules.notices import NoticeContent
from hues.engines.bulletins.rules.states import MsgType
from hues.kernel.areas import queries as areas
from hues.kernel.city import city
from hues.kernel.clocks.queries import calendar
from hues.kernel.languages import spoken
from hues.kernel.people.asker import Asker
from hues.kit.text import pick

UNSENT = "PREVIEW"


def message_of(
    content: Content, *, identifier: str, msg_type: MsgType, references: tuple[Reference, ...], sent_at: datetime
) -> Message:
    """Return a bulletin's message as if it were sent at `sent_at`."""
    event, said = catalogue.event(content.event), catalogue.alert_settings()
    declared = catalogue.alert_type()
    link = declared.link.format(identifier=identifier) if declared else "/"
    return Message(
        identifier=identifier,
        sender=said.sender,
        sent_at=sent_at,
        msg_type=msg_type,
        training=content.training,
        references=references,
        category=event.category,
        event_code=event.code,
        response=event.response,
        risk=content.risk,
        onset_at=content.onset_at,
        expires_at=content.expires_at,
        contact=city().hotline,
        infos=tuple(
            Info(
                language=language,
                event=pick(event.name, spoken(language)),
                sender_name=pick(said.sender_name, spoken(language)),
                text=content.texts.get(language, Text()),
                areas=areas_of(content, language),
                web=f"{settings.HUES.origin}{_prefix(spoken(language))}{link}",
            )
            for language in said.languages
        ),
        zone=calendar().zone,
    )


def areas_of(content: Content, language: str) -> tuple[Area, ...]:
    """
    Return the areas as a language names them: one for each ward with its boundary, and one for what was drawn.

    Readers of others show the name of an area and nothing else, so it says which wards were drawn over.
    """
    found = []
    for code in content.wards:
        ward, outline = areas.ward(code), areas.outline_of(code)
        name = pick(ward.name, spoken(language)) if ward else code
        found.append(Area(name=name, shapes=shapes.rings(outline) if outline else (), codes=(code,)))
    if content.shapes:
        parts = ", ".join(reach.parts_of(content.shapes, content.wards, language))
        with translation.override(spoken(language)):
            drawn = gettext("Area drawn on the map")
        found.append(Area(name=f"{drawn}: {parts}" if parts else drawn, shapes=content.shapes))
    return tuple(found)


def _prefix(language: str) -> str:
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def references_of(chain: UUID, before: datetime) -> tuple[Reference, ...]:
    """Return all messages of a story sent up to an instant, in their order."""
    sent = Bulletin.objects.filter(chain=chain, sent_at__lte=before).order_by("sent_at", "id")
    sender = catalogue.alert_settings().sender
    return tuple(Reference(sender, name, at) for name, at in sent.values_list("identifier", "sent_at") if at)


def preview(asker: Asker, bulletin_id: UUID, *, at: datetime) -> bytes:
    """
    Return the unsigned message of a bulletin as it would be sent now.

    :raises NotAllowed: if the asker has nothing to do with alerts
    :raises NotFound: if there is no such bulletin
    """
    found = desk_bulletin(asker, bulletin_id)
    chain = Bulletin.objects.values_list("chain", flat=True).get(pk=bulletin_id)
    return cap.build(
        message_of(
            found.content,
            identifier=found.identifier or UNSENT,
            msg_type=found.msg_type,
            references=references_of(chain, at) if found.follows else (),
            sent_at=found.sent_at or at,
        )
    )


def document_of(content: NoticeContent, *, number: str, sent_at: datetime, replaces: str) -> bytes:
    """Return the unsigned document of a notice as if it were published at `sent_at`."""
    return build_notice(
        content,
        number=number,
        sender=catalogue.alert_settings().sender,
        sent_at=sent_at.astimezone(calendar().zone),
        replaces=replaces,
    )


def notice_preview(asker: Asker, notice_id: UUID, *, at: datetime) -> bytes:
    """
    Return the unsigned document of a notice as it would be published now, or was.

    :raises NotAllowed: if the asker has nothing to do with notices
    :raises NotFound: if there is no such notice
    """
    found = desk_notice(asker, notice_id)
    followed = Notice.objects.filter(pk__in=filter(None, [found.follows])).values_list("number", flat=True).first()
    sent_at = found.sent_at or at.replace(microsecond=0)
    return document_of(found.content, number=found.number or UNSENT, sent_at=sent_at, replaces=followed or "")
