"""Every read of bulletins, cut to what the asker may see."""

from hues.engines.bulletins.queries.answers import Echo, echo, my_answer
from hues.engines.bulletins.queries.cards import AlertCard, DeskBulletin, DeskRow, EventCard, KeyCard, PresetCard, Proof
from hues.engines.bulletins.queries.catalogue import (
    AlertSettings,
    alert_settings,
    alert_type,
    event,
    events,
    known,
    presets,
    siren_pattern,
)
from hues.engines.bulletins.queries.desk import desk_bulletin, desk_list, how_many
from hues.engines.bulletins.queries.messages import preview
from hues.engines.bulletins.queries.notice_cards import (
    DeskNotice,
    NoticeCard,
    NoticeFilters,
    TopicCard,
    desk_notice,
    desk_notices,
    how_many_notices,
    notice,
    notice_languages,
    notices,
    signed_notice,
    topic,
    topics,
)
from hues.engines.bulletins.queries.public import alert, earlier, feed, in_force, proof
from hues.engines.bulletins.queries.reach import reach_in, reach_of, sounding
from hues.engines.bulletins.queries.sealing import certificates

__all__ = [
    "AlertCard",
    "AlertSettings",
    "DeskBulletin",
    "DeskNotice",
    "DeskRow",
    "Echo",
    "EventCard",
    "KeyCard",
    "NoticeCard",
    "NoticeFilters",
    "PresetCard",
    "Proof",
    "TopicCard",
    "alert",
    "alert_settings",
    "alert_type",
    "certificates",
    "desk_bulletin",
    "desk_list",
    "desk_notice",
    "desk_notices",
    "earlier",
    "echo",
    "event",
    "events",
    "feed",
    "how_many",
    "how_many_notices",
    "in_force",
    "known",
    "my_answer",
    "notice",
    "notice_languages",
    "notices",
    "presets",
    "preview",
    "proof",
    "reach_in",
    "reach_of",
    "signed_notice",
    "siren_pattern",
    "sounding",
    "topic",
    "topics",
]
