"""Whom a broadcast reaches: the one predicate that the inbox and every way out share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from json import loads
from typing import Any
from uuid import UUID

from django.db import connection

from hues.kernel.delivery.channels import CITYWIDE, RESIDENTS, Way
from hues.kernel.delivery.queries.cards import InboxCard
from hues.kit.few import roughly

# Whoever did not follow the subject of an area `a` at its instant is not in it; nor is, where it is the whole city, who
# wanted only what is for the own places. What has no subject (alerts) reaches both.
FOLLOWED = f"""(a.subject = '' OR NOT EXISTS (
  SELECT 1 FROM delivery_unfollowed u WHERE u.person_id = {{person}}
    AND (u.subject = a.subject OR a.ward = '' AND u.subject = '{CITYWIDE}')
    AND u.since <= a.as_of AND coalesce(u.until, 'infinity') > a.as_of))"""  # noqa: S608
# Of an area for a circle, whoever belonged to it at its instant is in it; who lives there is what the city knows.
BELONGS = f"""(a.circle = ''
  OR a.circle = '{RESIDENTS}' AND EXISTS (
    SELECT 1 FROM delivery_whereabouts h WHERE h.person_id = {{person}} AND h.is_home AND a.ward IN ('', h.ward)
      AND h.since <= a.as_of AND h.until > a.as_of)
  OR EXISTS (
    SELECT 1 FROM delivery_belongs c WHERE c.person_id = {{person}} AND c.circle = a.circle
      AND c.since <= a.as_of AND coalesce(c.until, 'infinity') > a.as_of))"""  # noqa: S608
# Accounts of the day count for the city; those who lived in or followed a ward at that instant, for the ward.
_TO_PERSON = f"""
  WITH mine AS (SELECT ward, since, until FROM delivery_whereabouts WHERE person_id = %(person)s),
  hit AS (
    SELECT a.broadcast_id, bool_or(a.excluded) AS left_out FROM delivery_area a
    WHERE (a.ward = '' AND a.as_of >= (SELECT created_at FROM people_person WHERE id = %(person)s)
       OR EXISTS (SELECT 1 FROM mine m WHERE m.ward = a.ward AND m.since <= a.as_of AND m.until > a.as_of))
      AND {FOLLOWED.format(person="%(person)s")} AND {BELONGS.format(person="%(person)s")}
    GROUP BY a.broadcast_id
  )
  SELECT {{columns}} FROM hit JOIN delivery_broadcast b ON b.id = hit.broadcast_id
  LEFT JOIN delivery_readbroadcast r ON r.broadcast_id = b.id AND r.person_id = %(person)s
  WHERE NOT hit.left_out AND NOT b.training AND b.again_of_id IS NULL
"""  # noqa: S608
# From a person's few wards to the areas (OFFSET 0 keeps that order): the other way round is as many looks for each
# person as the broadcast has areas.
_IN_AREA = f"""EXISTS (
  SELECT 1 FROM (
    SELECT ward, since, until FROM delivery_whereabouts WHERE person_id = p.id{{places}}
    UNION ALL SELECT '', '-infinity', 'infinity'
    OFFSET 0) w
  CROSS JOIN LATERAL (
    SELECT 1 FROM delivery_area a WHERE a.broadcast_id = %(broadcast)s AND a.excluded = {{excluded}}
      AND a.ward = w.ward AND w.since <= a.as_of AND w.until > a.as_of
      AND (a.ward <> '' OR p.id IS NULL OR p.created_at <= a.as_of)
      AND {FOLLOWED.format(person="p.id")} AND {BELONGS.format(person="p.id")}
    OFFSET 0) hit)"""  # noqa: S608
_PREDICATE = f"{_IN_AREA.format(excluded='false', places='')} AND NOT {_IN_AREA.format(excluded='true', places='')}"
# A browser keeps the wards that it chose without an account, whoever signs in there.
_OF_BROWSER = """
    UNION ALL SELECT ward, since, coalesce(until, 'infinity') FROM delivery_browserplace
    WHERE subscription_id = s.id"""
_OF_ADDRESS = " AND NOT ".join(_IN_AREA.format(excluded=out, places=_OF_BROWSER) for out in ("false", "true"))
_IN_CHUNK = f"""
  SELECT s.id, s.address, s.keys::text, coalesce(p.language, s.language),
         coalesce((
           SELECT o.least FROM delivery_floor o WHERE o.person_id = p.id AND o.until > %(as_of)s
           ORDER BY o.until LIMIT 1), f.least, 'low'), f.quiet_from, f.quiet_until
  FROM delivery_subscription s
  LEFT JOIN LATERAL (
    SELECT id, language, is_active, created_at FROM people_person WHERE id = s.person_id OFFSET 0) p ON true
  LEFT JOIN delivery_preference f ON f.person_id = p.id
  WHERE s.channel = %(channel)s AND s.id >= %(low)s AND s.id < %(high)s
    AND (s.person_id IS NULL OR p.is_active) AND {_OF_ADDRESS}{{more}}
  ORDER BY s.id
"""  # noqa: S608
_UNOPENED = """ AND NOT EXISTS (
  SELECT 1 FROM delivery_readbroadcast r
  WHERE r.broadcast_id IN (%(again_of)s, %(broadcast)s) AND r.person_id = p.id)
  AND NOT EXISTS (
  SELECT 1 FROM delivery_openedthere o WHERE o.broadcast_id = %(again_of)s AND o.subscription_id = s.id)"""
# Guests (without a number) cannot sign in: they have no inbox to look into, and nothing but answers goes to them.
_PEOPLE = f"SELECT p.id FROM people_person p WHERE p.is_active AND p.phone IS NOT NULL AND {_PREDICATE}"  # noqa: S608
_WISHED = f"""
    AND (%(subject)s = '' OR p.id NOT IN (
      SELECT person_id FROM delivery_unfollowed WHERE until IS NULL
        AND (subject = %(subject)s OR %(everybody)s AND subject = '{CITYWIDE}')))
    AND (%(circle)s = ''
      OR %(circle)s = '{RESIDENTS}' AND p.home_ward <> '' AND (%(everybody)s OR p.home_ward = ANY(%(wards)s))
      OR p.id IN (SELECT person_id FROM delivery_belongs WHERE circle = %(circle)s AND until IS NULL))
"""  # noqa: S608
_WOULD = f"""
  SELECT count(*) FROM people_person p WHERE p.is_active AND p.phone IS NOT NULL
    AND (%(everybody)s OR p.home_ward = ANY(%(wards)s) OR p.id IN (
      SELECT person_id FROM delivery_place WHERE NOT is_home AND until IS NULL AND ward = ANY(%(wards)s)))
    {_WISHED}
"""  # noqa: S608
_WOULD_IN_EACH = f"""
  SELECT count(DISTINCT p.id) FROM (
    SELECT id AS person_id, home_ward AS ward FROM people_person WHERE home_ward = ANY(%(wards)s)
    UNION ALL SELECT person_id, ward FROM delivery_place WHERE NOT is_home AND until IS NULL AND ward = ANY(%(wards)s)
  ) AS there JOIN people_person p ON p.id = there.person_id WHERE p.is_active AND p.phone IS NOT NULL
    {_WISHED}
  GROUP BY there.ward
"""  # noqa: S608
_WOULD_PUSH = f"""
  SELECT count(*) FROM delivery_subscription s WHERE s.channel = '{Way.PUSH}' AND s.person_id IS NULL
    AND (%(everybody)s OR s.id IN (
      SELECT subscription_id FROM delivery_browserplace WHERE until IS NULL AND ward = ANY(%(wards)s)))
"""  # noqa: S608
_CARD = "b.id, b.key, b.title::text, b.body::text, b.link, b.at, r.at, b.subject"


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """One subscription that a broadcast is for, with its owner's wishes."""

    id: int
    address: str
    keys: dict[str, str]
    language: str
    least: str
    quiet_from: time | None
    quiet_until: time | None


def broadcasts_to(person_id: UUID, last: tuple[datetime, UUID] | None, limit: int) -> list[InboxCard]:
    """Return what a person was told with others, newest first, from `last` on."""
    where = "" if last is None else "AND (b.at, b.id) < (%(at)s, %(id)s)"
    order = f"{where} ORDER BY b.at DESC, b.id DESC LIMIT %(limit)s"
    given = {"person": person_id, "limit": limit, "at": last and last[0], "id": last and last[1]}
    return [
        InboxCard(
            id=id_,
            reason=key,
            title=loads(title),
            body=loads(body),
            link=link,
            at=at,
            read_at=read_at,
            subject=subject,
        )
        for id_, key, title, body, link, at, read_at, subject in _rows(_TO_PERSON.format(columns=_CARD) + order, given)
    ]


def unread_broadcasts(person_id: UUID) -> frozenset[UUID]:
    """Return which broadcasts to a person are unread."""
    rows = _rows(_TO_PERSON.format(columns="b.id") + "AND r.at IS NULL", {"person": person_id})
    return frozenset(row[0] for row in rows)


def targets(
    broadcast_id: UUID,
    channel: str,
    low: int,
    high: int,
    again_of: UUID | None = None,
    as_of: datetime | None = None,
) -> list[Target]:
    """
    Return the subscriptions of a range that a broadcast is for; one told again, of those who have not opened it.

    What they want to hear of at least is what they want now, or wanted `as_of` an instant.
    """
    given = {"broadcast": broadcast_id, "channel": channel, "low": low, "high": high}
    given |= {"again_of": again_of, "as_of": as_of}
    sql = _IN_CHUNK.format(more=_UNOPENED if again_of else "")
    return [
        Target(
            id=id_,
            address=address,
            keys=loads(keys),
            language=language,
            least=least,
            quiet_from=quiet_from,
            quiet_until=quiet_until,
        )
        for id_, address, keys, language, least, quiet_from, quiet_until in _rows(sql, given)
    ]


def would_reach(wards: Sequence[str] | None, subject: str = "", circle: str = "") -> int:
    """Return in how many inboxes something to these wards (None: the whole city) would be if it was told now."""
    given = {"everybody": wards is None, "wards": list(wards or ()), "subject": subject, "circle": circle}
    return int(_rows(_WOULD, given)[0][0])


def would_reach_roughly(wards: Sequence[str] | None, subject: str, circle: str) -> int:
    """
    Return about how many of a circle something to these wards (None: the whole city) would reach.

    Each ward is told roughly before they are added up: else a set of wards whose people come just to where a number
    steps would tell whether the one person in a further ward is of the circle. Whoever hears of two counts in both.
    """
    if wards is None:
        return roughly(would_reach(None, subject, circle))
    given = {"everybody": False, "wards": list(wards), "subject": subject, "circle": circle}
    return sum(roughly(n) for (n,) in _rows(_WOULD_IN_EACH, given))


def would_push(wards: Sequence[str] | None) -> int:
    """Return on how many browsers without an account something to these wards (None: the whole city) would be shown."""
    return int(_rows(_WOULD_PUSH, {"everybody": wards is None, "wards": list(wards or ())})[0][0])


def people_of(broadcast_id: UUID) -> frozenset[UUID]:
    """Return everybody who has a broadcast in the inbox; for counting and checking, not for sending."""
    return frozenset(row[0] for row in _rows(_PEOPLE, {"broadcast": broadcast_id}))


def _rows(sql: str, given: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return rows
