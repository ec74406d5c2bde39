"""What is wrong with a plan to merge, split or dissolve agencies, told by row."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hues.kernel.agencies.listing import CODE
from hues.kernel.agencies.queries import AgencyCard
from hues.kit.text import Bilingual, Words, pick, tidy

LONGEST_AHEAD, LONGEST_AGO = timedelta(days=731), timedelta(days=366)
LONGEST_NAME = 200
MOST_ENDING, MOST_SHARES = 40, 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """
    What falls to one heir: what lies in `wards` and is of `categories`; empty is any.

    `code` is an agency's. With a `name` in both languages it is one that begins on the day.
    """

    code: str
    name: Bilingual = field(default_factory=dict)
    wards: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    @property
    def is_rest(self) -> bool:
        """Test if it takes whatever the shares before leave."""
        return not (self.wards or self.categories)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which agencies end, who follows them and on which day."""

    ends: tuple[str, ...]
    shares: tuple[Share, ...]
    on: date
    by_routes: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """One thing wrong; `place` is "on", "ends" or "shares", `row` counts from 1, 0 is all of it."""

    place: str
    row: int
    sentence: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A change that stands already, planned or done: who follows an agency, from when."""

    on: date
    heirs: tuple[UUID, ...]


def mistakes(
    wanted: Wanted,
    known: Mapping[str, AgencyCard],
    standing: Mapping[UUID, Standing],
    *,
    wards: Container[str],
    today: date,
) -> list[Mistake]:
    """Return everything that is wrong with a plan, given the agencies by code and the changes that stand."""
    found = [*_wrong_whole(wanted, today), *_wrong_ends(wanted, known, standing)]
    for row, share in enumerate(wanted.shares, start=1):
        found += [Mistake(place="shares", row=row, sentence=said) for said in _wrong_share(share, wanted, known, wards)]
    return found or list(_wrong_ways(wanted, known, standing)) or list(_too_soon(wanted, known, standing, today))


def _wrong_whole(wanted: Wanted, today: date) -> Iterable[Mistake]:
    if not today - LONGEST_AGO <= wanted.on <= today + LONGEST_AHEAD:
        yield Mistake(place="on", row=0, sentence=_("The day lies more than a year ago or two years ahead."))
    if not 0 < len(wanted.ends) <= MOST_ENDING:
        yield Mistake(place="ends", row=0, sentence=_("Say which agencies end: one to forty."))
    if not 0 < len(wanted.shares) <= MOST_SHARES:
        yield Mistake(place="shares", row=0, sentence=_("Say who follows: one agency, or up to forty shares."))
        return
    heirs = {share.code for share in wanted.shares}
    if len(wanted.ends) > 1 and len(heirs) > 1:
        yield Mistake(
            place="shares", row=0, sentence=_("Several agencies go into one, or one into several: not both at once.")
        )
    rest = [row for row, share in enumerate(wanted.shares, start=1) if share.is_rest]
    if rest != [len(wanted.shares)]:
        yield Mistake(
            place="shares",
            row=0,
            sentence=_("The last share, and only that, names no ward and no category: it takes all that is left."),
        )


def _wrong_ends(
    wanted: Wanted, known: Mapping[str, AgencyCard], standing: Mapping[UUID, Standing]
) -> Iterable[Mistake]:
    for row, code in enumerate(wanted.ends, start=1):
        card = known.get(code)
        said = _cannot_end(card, standing) if card else _("There is no agency “%(code)s”.")
        if said is None and code in wanted.ends[: row - 1]:
            said = _("“%(name)s” is named twice.")
        if said:
            yield Mistake(place="ends", row=row, sentence=said % _called(code, card))


def _cannot_end(card: AgencyCard, standing: Mapping[UUID, Standing]) -> Words | None:
    if card.kind == "ioc":
        return _("The operations centre cannot end.")
    if card.ended_on:
        return _("“%(name)s” has ended already.")
    if card.id in standing:
        return _("A change of “%(name)s” is planned already. Call that one off first.")
    return None if card.is_active else _("“%(name)s” is not at work.")


def _wrong_share(
    share: Share, wanted: Wanted, known: Mapping[str, AgencyCard], wards: Container[str]
) -> Iterable[Words]:
    card = known.get(share.code)
    said = _cannot_follow(share, card) if share.code not in wanted.ends else _("“%(name)s” cannot go into itself.")
    if said:
        yield said % _called(share.code, card)
    if card is None and any(share.name.values()):
        yield from _wrong_new(share)
    for ward in share.wards:
        if ward not in wards:
            yield _("There is no ward “%(code)s”.") % {"code": ward}


def _cannot_follow(share: Share, card: AgencyCard | None) -> Words | None:
    named = any(share.name.values())
    if card is None:
        return (
            None if named else _("There is no agency “%(code)s”. Give a new one a name in Vietnamese and in English.")
        )
    if card.kind == "ioc":
        return _("The operations centre does not follow an agency.")
    if card.ended_on:
        return _("“%(name)s” has ended already; choose who followed it.")
    if named and not begins(card):
        return _("“%(code)s” is there already: leave its name out, or choose another code.")
    return None


def begins(card: AgencyCard | None) -> bool:
    """Test if an agency is still to begin: it is not there, or was to begin with a change that was called off."""
    return card is None or not (card.is_active or card.ended_on)


def _wrong_new(share: Share) -> Iterable[Words]:
    if not CODE.fullmatch(share.code):
        yield _("A code has 1 to 64 lower-case letters a-z, digits and hyphens.")
    if not all(0 < len(tidy(share.name.get(language, ""))) <= LONGEST_NAME for language in ("vi", "en")):
        yield _("A new agency has a name in Vietnamese and one in English, of at most 200 characters.")


def _called(code: str, card: AgencyCard | None) -> dict[str, str]:
    return {"code": code, "name": pick(card.name, get_language() or "vi") if card else code}


def _wrong_ways(
    wanted: Wanted, known: Mapping[str, AgencyCard], standing: Mapping[UUID, Standing]
) -> Iterable[Mistake]:
    ends = {known[code].id for code in wanted.ends}
    for row, share in enumerate(wanted.shares, start=1):
        card = known.get(share.code)
        after = standing.get(card.id) if card else None
        if card and _leads_to(card.id, ends, standing):
            sentence = _("In the end it would follow itself: “%(name)s” is to go that way too.") % _called(
                share.code, card
            )
            yield Mistake(place="shares", row=row, sentence=sentence)
        elif after and after.on < wanted.on:
            sentence = _("“%(name)s” itself ends before that day.") % _called(share.code, card)
            yield Mistake(place="shares", row=row, sentence=sentence)


def _too_soon(
    wanted: Wanted, known: Mapping[str, AgencyCard], standing: Mapping[UUID, Standing], today: date
) -> Iterable[Mistake]:
    for row, code in enumerate(wanted.ends, start=1):
        if sentence := _still_to_follow(known[code], known, standing, max(wanted.on, today)):
            yield Mistake(place="ends", row=row, sentence=sentence)


def _still_to_follow(
    card: AgencyCard, known: Mapping[str, AgencyCard], standing: Mapping[UUID, Standing], day: date
) -> Words | None:
    """Return why an agency can't end on a day: by then it has not yet taken over what it is to take over."""
    by_id = {one.id: one for one in known.values()}
    for gone, change in standing.items():
        if change.on > day and card.id in change.heirs and gone in by_id:
            return _(
                "“%(name)s” is to take over from “%(gone)s” on %(day)s. Call that change off first, or choose that day "
                "or a later one."
            ) % {
                "name": _called(card.code, card)["name"],
                "gone": _called("", by_id[gone])["name"],
                "day": f"{change.on:%d/%m/%Y}",
            }
    return None


def _leads_to(agency_id: UUID, ends: Container[UUID], standing: Mapping[UUID, Standing]) -> bool:
    seen: set[UUID] = set()
    ways: list[UUID] = [agency_id]
    while ways:
        here = ways.pop()
        if here in ends:
            return True
        if here not in seen:
            seen.add(here)
            ways += standing[here].heirs if here in standing else ()
    return False
