"""Whom a bulletin would reach."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from hues.engines.bulletins.queries.catalogue import residents, siren_pattern
from hues.engines.bulletins.rules import shapes
from hues.engines.bulletins.rules.content import Content
from hues.engines.bulletins.rules.notices import CIRCLES, NoticeContent, circle_of, subject_of
from hues.engines.bulletins.rules.shapes import Shape
from hues.engines.bulletins.rules.warnings import Reach
from hues.kernel.areas import queries as areas
from hues.kernel.delivery import queries as delivery
from hues.kernel.languages import spoken
from hues.kit.text import pick

WHOLE: Final = 0.98  # of a ward: what is left out are the ends of a finger's line


def audience_of(content: Content) -> tuple[str, ...]:
    """Return the wards whose people a bulletin is for: those named, and every one that a drawn area touches."""
    return tuple(sorted(_parts(content.wards, content.shapes)))


def places_of(named: Sequence[str], drawn: Sequence[Shape], language: str) -> tuple[str, ...]:
    """Return the names of the wards named, then what the drawn areas touch of others ("part of …"), for readers."""
    return (*_names(named, language), *parts_of(drawn, named, language))


def parts_of(drawn: Sequence[Shape], named: Sequence[str], language: str) -> tuple[str, ...]:
    """Return what drawn areas touch of the wards that are not named, in words."""
    touched = {code: part for code, part in _parts((), drawn).items() if code not in set(named)}
    with translation.override(spoken(language)):
        parts = [gettext("part of %(ward)s") % {"ward": name} for name in _names(_less(touched), language)]
    return (*_names([code for code in touched if touched[code] >= WHOLE], language), *parts)


def reach_of(content: Content) -> Reach:
    """Return whom a bulletin would reach as things are now."""
    return reach_in(content.wards, content.shapes)


def reach_of_notice(content: NoticeContent) -> Reach:
    """Return whom a notice would reach as things are now: who follows its topic and belongs to whom it is for."""
    named = content.wards or tuple(ward.code for ward in areas.wards())
    return reach_in(named, (), subject=subject_of(content.topic), circle=circle_of(content.audience))


def reach_in(named: Sequence[str], drawn: Sequence[Shape], *, subject: str = "", circle: str = "") -> Reach:
    """Return whom one would reach in the wards named and the areas drawn, as things are now."""
    parts, every = _parts(named, drawn), areas.wards()
    wards, chosen = tuple(sorted(parts)), set(parts)
    everyone = delivery.would_reach(None)
    all_of_them = bool(every) and chosen == {ward.code for ward in every}
    told = None if all_of_them else wards
    return Reach(
        wards=wards,
        people=everyone if told is None and not subject else _people(told, subject, circle),
        devices=0 if circle else delivery.would_push(told),
        residents=round(int(sum(residents().get(code, 0) * part for code, part in parts.items())), -2),
        citizens=sum(residents().values()),
        accounts=everyone,
        area_km2=sum(ward.area_km2 for ward in every if ward.code in chosen),
        city_km2=sum(ward.area_km2 for ward in every),
        all_wards=len(every),
    )


def _people(wards: Sequence[str] | None, subject: str, circle: str) -> int:
    # Whatever hangs on it (the page, its warnings, who may submit) knows no more of a circle than this.
    count = delivery.would_reach_roughly if circle in CIRCLES else delivery.would_reach
    return count(wards, subject, circle)


def aloud(content: Content) -> tuple[str, tuple[str, ...]]:
    """Return in which pattern sirens are right to sound while this is in force, and where; ("", ()) if nowhere."""
    pattern = "" if content.training else siren_pattern(content.event, content.risk)
    return (pattern, audience_of(content)) if pattern else ("", ())


def sounding(content: Content, before: Content | None) -> tuple[str, tuple[str, ...]]:
    """
    Return in which pattern sirens sound when this is issued, and in which wards; ("", ()) where none does.

    What replaces another message sounds where the danger is new: everywhere if it is another or a graver one, else only
    in wards that were not warned before. Better words alone wake nobody.
    """
    pattern, wards = aloud(content)
    if before and siren_pattern(before.event, before.risk) and _no_worse(content, before):
        wards = tuple(ward for ward in wards if ward not in set(audience_of(before)))
    return (pattern, wards) if pattern and wards else ("", ())


def _less(touched: Mapping[str, float]) -> list[str]:
    return [code for code, part in touched.items() if part < WHOLE]


def _names(codes: Sequence[str], language: str) -> tuple[str, ...]:
    known = (areas.ward(code) for code in codes)
    return tuple(sorted(pick(ward.name, spoken(language)) for ward in known if ward))


def _parts(named: Sequence[str], drawn: Sequence[Shape]) -> Mapping[str, float]:
    """Return which part of each ward is warned: all of those named, of others what is drawn over."""
    outlines = {ward.code: outline for ward in areas.wards() if (outline := areas.outline_of(ward.code))}
    return {**shapes.covered(drawn, outlines), **dict.fromkeys(named, 1.0)}


def _no_worse(content: Content, before: Content) -> bool:
    return content.event == before.event and content.risk <= before.risk
