"""Owe people a word, and see that it leaves."""

from hues.kernel.delivery.actions.broadcasting import broadcast
from hues.kernel.delivery.actions.confirming import ask_mail, confirm_mail
from hues.kernel.delivery.actions.hearing import hear
from hues.kernel.delivery.actions.hooks import add_hook, remove_hook
from hues.kernel.delivery.actions.insisting import say_untold
from hues.kernel.delivery.actions.joining import begin_joining, is_code, join, part_from_zalo, say_failed
from hues.kernel.delivery.actions.naming import zalo_told
from hues.kernel.delivery.actions.parcels import wake_all
from hues.kernel.delivery.actions.passes import keep_passes, keep_zalo_pass
from hues.kernel.delivery.actions.planning import plan
from hues.kernel.delivery.actions.preferring import (
    belong,
    follow_wards,
    live_in,
    only_my_places,
    prefer,
    unfollow,
    unfollow_one,
)
from hues.kernel.delivery.actions.preparing import prepare
from hues.kernel.delivery.actions.reading import mark_read, read_there
from hues.kernel.delivery.actions.receipts import mail_came_back, text_arrived
from hues.kernel.delivery.actions.repeating import note_opened, note_opened_at, repeat
from hues.kernel.delivery.actions.replaying import replay
from hues.kernel.delivery.actions.sending import DELIVER, Kind, send_all, send_owed
from hues.kernel.delivery.actions.settling import HEAR
from hues.kernel.delivery.actions.signed_in import move, stay
from hues.kernel.delivery.actions.subscribing import answer_to, choose_wards, subscribe, unsubscribe
from hues.kernel.delivery.actions.texting import SEND_TEXT, erase_secrets, send_text, text
from hues.kernel.delivery.actions.vapid import sender_key
from hues.kernel.delivery.actions.writing import write

__all__ = [
    "DELIVER",
    "HEAR",
    "SEND_TEXT",
    "Kind",
    "add_hook",
    "answer_to",
    "ask_mail",
    "begin_joining",
    "belong",
    "broadcast",
    "choose_wards",
    "confirm_mail",
    "follow_wards",
    "hear",
    "is_code",
    "join",
    "keep_passes",
    "keep_zalo_pass",
    "live_in",
    "mail_came_back",
    "mark_read",
    "note_opened",
    "note_opened_at",
    "only_my_places",
    "part_from_zalo",
    "plan",
    "read_there",
    "prefer",
    "prepare",
    "remove_hook",
    "repeat",
    "replay",
    "say_failed",
    "say_untold",
    "send_all",
    "send_owed",
    "erase_secrets",
    "send_text",
    "sender_key",
    "move",
    "stay",
    "subscribe",
    "text",
    "text_arrived",
    "unfollow",
    "unfollow_one",
    "unsubscribe",
    "wake_all",
    "write",
    "zalo_told",
]
