"""Send what is owed: lease some, hand it over, and write down what came of it."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import TracebackType

from hues.kernel.delivery import mail, messengers, push, sirens, sms, webhook
from hues.kernel.delivery.actions import handing, leasing, one_by_one, parcels, passes, settling, signed_in, stories
from hues.kernel.delivery.actions.broadcasting import words_of
from hues.kernel.delivery.actions.leasing import LEASE
from hues.kernel.delivery.actions.parcels import DELIVER
from hues.kernel.delivery.actions.vapid import sender_key
from hues.kernel.delivery.channels import IN_ANSWER, KEYLESS, Channel, Message, Way
from hues.kernel.delivery.lanes import Kind
from hues.kernel.delivery.models import Chunk, Hook, Parcel
from hues.kernel.delivery.sealing import lock
from hues.kernel.people.entering import way_in

__all__ = ["DELIVER", "LEASE", "Kind", "send_all", "send_owed"]
FIRST = (Way.PUSH,)  # of single messages: what must not wait for somebody's mail server
ALWAYS: Mapping[Way, Channel] = {
    Way.MAIL: mail.send,
    Way.LETTER: mail.send_in_answer,
    Way.FACEBOOK: messengers.facebook,
    Way.SMS: sms.send,
    Way.SIREN: sirens.send,
}


class Channels:
    """The ways out, with what they keep open while there is something to send."""

    def __init__(self) -> None:
        self._kept = ExitStack()
        self._push: push.Push | None = None

    def __enter__(self) -> "Channels":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._kept.close()

    def to(self, way: Way, at: datetime) -> Channel:
        """Return a way out."""
        if way is Way.PUSH:
            self._push = self._push or self._kept.enter_context(push.Push(sender_key(at)))
            return self._push
        if way is Way.WEBHOOK:
            return webhook.Webhooks(_hooks())
        if way in (Way.ZALO, Way.OA):
            access, spoil = partial(passes.zalo_access, at=at), partial(passes.spoil_zalo_pass, at=at)
            return messengers.Zalo(access=access, spoil=spoil, line=str(way))
        return ALWAYS[way]


def send_owed(*, at: datetime) -> int:
    """Send a little of each kind that is owed, and return how many messages were looked at."""
    with Channels() as channels:
        return sum(_send(kind, channels, at) for kind in Kind)


def send_all(kind: Kind, *, now: Callable[[], datetime]) -> int:
    """Send until nothing of a kind is due, over the same connections, and return how many messages were looked at."""
    total = 0
    with Channels() as channels:
        while looked_at := _send(kind, channels, now()):
            total += looked_at
    return total


def _send(kind: Kind, channels: Channels, at: datetime) -> int:
    """Send a little; pushes of a new broadcast and those that are pushed again take turns."""
    chunk = _send_chunk(channels, at, kind) if kind in (Kind.PUSHES, Kind.PARTS) else 0
    return chunk + (_send_parcels(channels, at, kind) if kind is not Kind.PARTS else 0)


def _send_chunk(channels: Channels, at: datetime, kind: Kind) -> int:
    held = leasing.chunk(kind, at=at)
    if not held.ids:
        return 0
    chunk = Chunk.objects.select_related("broadcast").get(pk=held.ids[0])
    words = words_of(chunk.broadcast)
    found = stories.going_to(chunk.broadcast, chunk.channel, chunk.low, chunk.high)
    newer = stories.told_newer(chunk.broadcast, chunk.channel, chunk.low, chunk.high, at=at)
    results = [stories.replaced(target.id) for target in found if target.id in newer]
    if stories.is_over(chunk.broadcast, at=at):
        results += [stories.ended(target.id) for target in found if target.id not in newer]
        newer = frozenset(target.id for target in found)
    later: dict[int, datetime] = {}
    now: list[Message] = []
    for target in found:
        due = stories.due(target, words.urgency, at)
        if target.id in newer:
            continue
        if due > at:
            later[target.id] = due
            continue
        now.append(
            Message(
                ref=str(target.id),
                address=target.address,
                language=target.language,
                words=words,
                keys=target.keys,
                to_many=True,
            )
        )
    if chunk.channel in KEYLESS:
        one_by_one.send(chunk, held.lease, channels.to, now, one_by_one.Apart(results, later), at=at)
        return len(found) or 1
    results += handing.hand_over(channels.to, Way(chunk.channel), now, at, public=True)
    known = {result.ref for result in results}
    rest = next((int(message.ref) for message in now if message.ref not in known), None)
    settling.settle_chunk(chunk, held.lease, results, later, words, rest=rest, at=at)
    return len(found) or 1


def _send_parcels(channels: Channels, at: datetime, kind: Kind) -> int:
    held = leasing.parcels(kind, at=at)
    if not held.ids:
        return 0
    rows = list(Parcel.objects.select_related("broadcast", "subscription__person").filter(pk__in=held.ids))
    rows.sort(key=lambda row: (row.due_at, row.pk))  # what goes to one siren keeps its order
    by_way: dict[Way, list[Message]] = {}
    over = {row.pk for row in rows if stories.is_over(row.broadcast, at=at)}
    old = stories.old_ones((row for row in rows if row.pk not in over), at=at)
    back, signed_out = signed_in.kept_back(rows, at=at), signed_in.signed_out(rows, at=at)
    for row in rows:
        if row.pk not in old | over | back.keys():
            by_way.setdefault(Way(row.channel), []).append(_message(row, signed_out=row.pk in signed_out))
    unsent = [*map(stories.replaced, old), *map(stories.ended, over), *back.values()]  # no story is one person's alone
    settling.settle_parcels(held.lease, unsent, at=at)
    for way, messages in sorted(by_way.items(), key=lambda one: FIRST.index(one[0]) if one[0] in FIRST else len(FIRST)):
        if way in KEYLESS:
            handed = frozenset(str(row.pk) for row in rows if row.handed)
            one_by_one.send_parcels(held.lease, channels.to, way, messages, handed, at=at)
        else:
            settling.settle_parcels(held.lease, handing.hand_over(channels.to, way, messages, at), at=at)
    settling.put_back(held.lease, kind, at=at)
    return len(rows)


def _message(row: Parcel, *, signed_out: bool = False) -> Message:
    words = parcels.unpacked(row.words)
    if signed_out:
        words = signed_in.without_words(words)
    if row.subscription is None:
        return Message(ref=str(row.pk), address=row.address, language="vi", words=words, asked_for=False)
    to = row.subscription
    language = to.person.language if to.person else to.language
    if to.channel in IN_ANSWER and to.person and words.link:
        words = replace(words, link=way_in(to.person.pk, words.link))
    return Message(
        ref=str(row.pk),
        address=to.address,
        language=language,
        words=words,
        keys=to.keys,
        to_many=row.broadcast is not None,
    )


def _hooks() -> Mapping[str, tuple[str, bytes]]:
    rows = Hook.objects.values_list("pk", "url", "sealed")
    return {str(pk): (url, lock().decrypt(bytes(sealed))) for pk, url, sealed in rows}
