"""What the desk says of sirens: which would sound, and after an alert was issued only what they were really told."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from hues.engines.bulletins import queries
from hues.engines.bulletins.queries import DeskBulletin
from hues.engines.bulletins.rules.numbers import told_as
from hues.engines.bulletins.rules.states import MsgType
from hues.kernel.delivery import queries as delivered
from hues.kernel.delivery import sirens
from hues.kernel.delivery.queries import Order

UNTOLD = ("owed", "failed", "over")  # a siren says nothing to a stop, so "told" is all that is known of one


def sirens_of(found: DeskBulletin) -> dict[str, Any] | None:
    """Return what the page says of sirens: `title`, `lines` and `tone`; None where none is to sound."""
    orders = delivered.siren_orders(told_as(found.identifier)) if found.sent_at else None
    if orders:
        return {"title": _("What sirens were told"), "lines": [_said(order) for order in orders], "tone": "bad"}
    if not (meant := _meant(found)):
        return None
    if orders is not None:
        title = _("No siren was told to sound")
        return {"title": title, "lines": [meant, _("Warn by voice there.")], "tone": "wait"}
    if not sirens.are_there():
        title = _("No siren is connected: none sounds")
        return {"title": title, "lines": [meant, _("Warn by voice there.")], "tone": "wait"}
    title = _("Sirens are about to be told") if found.sent_at else _("Sirens sound when it is issued")
    return {"title": title, "lines": [meant], "tone": "bad"}


def _meant(found: DeskBulletin) -> str:
    """Return which sirens stand where it is right to sound them, and how; "" if none does."""
    if found.msg_type is MsgType.CANCEL:
        return ""
    pattern, wards = queries.sounding(found.content, found.before)
    sites = sirens.sites_in(wards) if pattern else []
    return _sites(sites, pattern) if sites else ""


def _said(order: Order) -> str:
    ends = {
        "owed": _("not told yet"),
        "told": _("told, it has not answered"),
        "sounds": _("it answers that it sounds"),
        "failed": _("it could not be told, or does not sound"),
        "over": _("not told: it was over by then"),
    }
    if order.pattern == sirens.STOP:
        return f"{order.site} · {_('to stop')}" + (f" · {ends[order.came]}" if order.came in UNTOLD else "")
    return f"{_sites([order.site], order.pattern)} · {ends[order.came]}"


def _sites(sites: Sequence[str], pattern: str) -> str:
    try:
        sound = sirens.sound(pattern)
    except KeyError:  # the city has renamed its patterns since
        return f"{', '.join(sites)} · {pattern}"
    return f"{', '.join(sites)} · {_('%(times)s × %(seconds)s s, pause %(pause)s s') % sound}"
