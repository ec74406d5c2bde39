"""Every read of bulletins, cut to what the asker may see."""

from hues.engines.bulletins.queries.cards import AlertCard, DeskBulletin, DeskRow, EventCard, KeyCard, Proof
from hues.engines.bulletins.queries.catalogue import (
    AlertSettings,
    alert_settings,
    alert_type,
    event,
    events,
    known,
    siren_pattern,
)
from hues.engines.bulletins.queries.desk import desk_bulletin, desk_list, how_many
from hues.engines.bulletins.queries.messages import preview
from hues.engines.bulletins.queries.public import alert, earlier, feed, in_force, proof
from hues.engines.bulletins.queries.reach import reach_of
from hues.engines.bulletins.queries.sealing import certificates

__all__ = [
    "AlertCard",
    "AlertSettings",
    "DeskBulletin",
    "DeskRow",
    "EventCard",
    "KeyCard",
    "Proof",
    "alert",
    "alert_settings",
    "alert_type",
    "certificates",
    "desk_bulletin",
    "desk_list",
    "earlier",
    "event",
    "events",
    "feed",
    "how_many",
    "in_force",
    "known",
    "preview",
    "proof",
    "reach_of",
    "siren_pattern",
]
