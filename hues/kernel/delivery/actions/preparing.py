"""Agree with browsers before there is anything to say, so that a broadcast need not: each agreement is used once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from json import loads

from django.db import connection

from hues.kernel.delivery import sealing
from hues.kernel.delivery.channels import Message
from hues.kernel.delivery.encrypting import Shared, agree_with
from hues.kernel.delivery.models import Chunk

BATCH, BATCHES = 500, 200  # a hundred thousand in one run: some seconds, then others have their turn
_POINT = 65
_WITHOUT = """
  SELECT s.id, s.keys::text FROM delivery_subscription s
  WHERE s.channel = 'push' AND s.id > %s
    AND NOT EXISTS (SELECT 1 FROM delivery_preparedkey k WHERE k.subscription_id = s.id)
  ORDER BY s.id LIMIT %s
"""
_KEEP = """
  INSERT INTO delivery_preparedkey (subscription_id, sealed)
  SELECT s.id, given.sealed FROM unnest(%s::bigint[], %s::bytea[]) AS given (id, sealed)
  JOIN delivery_subscription s ON s.id = given.id FOR KEY SHARE OF s
  ON CONFLICT (subscription_id) DO
"""
# Whoever comes second finds nothing and makes a key pair of its own.
_TAKE = """
  DELETE FROM delivery_preparedkey k USING (
    SELECT subscription_id FROM delivery_preparedkey WHERE subscription_id = ANY(%s)
    ORDER BY subscription_id FOR UPDATE SKIP LOCKED) AS mine
  WHERE k.subscription_id = mine.subscription_id RETURNING k.subscription_id, k.sealed
"""


def prepare() -> int:
    """Agree with browsers that have nothing prepared, unless a broadcast is on its way; return with how many."""
    made, last = 0, 0
    for _ in range(BATCHES):
        if Chunk.objects.filter(done_at__isnull=True).exists():
            break
        with connection.cursor() as cursor:
            cursor.execute(_WITHOUT, [last, BATCH])
            rows = cursor.fetchall()
        if not rows:
            break
        last = rows[-1][0]
        made += _prepare([(pk, loads(keys)) for pk, keys in rows])
    return made


def keep(subscription: int, keys: Mapping[str, str], shared: Shared) -> None:
    """Keep what was agreed when somebody subscribed, instead of what was kept for that address before."""
    _put([subscription], [_closed(keys, shared)], "UPDATE SET sealed = excluded.sealed")


def equipped(messages: Sequence[Message]) -> list[Message]:
    """
    Give messages to subscriptions what is prepared for them, taken out for good before anything is sent.

    Not inside of a transaction: what comes back when one fails would be used twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [[int(message.ref) for message in messages]])
        taken = {str(pk): sealed for pk, sealed in cursor.fetchall()}
    return [
        replace(message, shared=_opened(message.keys, taken[message.ref])) if message.ref in taken else message
        for message in messages
    ]


def _prepare(browsers: Sequence[tuple[int, Mapping[str, str]]]) -> int:
    ids, sealed = [], []
    for pk, keys in browsers:
        try:
            shared = agree_with(keys)
        except ValueError:
            continue
        ids.append(pk)
        sealed.append(_closed(keys, shared))
    _put(ids, sealed, "NOTHING")
    return len(ids)


def _put(ids: Sequence[int], sealed: Sequence[bytes], otherwise: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_KEEP + otherwise, [[*ids], [*sealed]])


def _closed(keys: Mapping[str, str], shared: Shared) -> bytes:
    return sealing.closed(shared.public + shared.secret, _owner(keys))


def _opened(keys: Mapping[str, str], sealed: bytes) -> Shared | None:
    """Return nothing if the browser has other keys by now."""
    plain = sealing.opened(bytes(sealed), _owner(keys))
    return Shared(public=plain[:_POINT], secret=plain[_POINT:]) if plain else None


def _owner(keys: Mapping[str, str]) -> bytes:
    return f"{keys['p256dh']}.{keys['auth']}".encode()
