"""Whom a bulletin would reach."""

from hues.engines.bulletins.queries.catalogue import siren_pattern
from hues.engines.bulletins.rules import shapes
from hues.engines.bulletins.rules.content import Content
from hues.engines.bulletins.rules.warnings import Reach
from hues.kernel.areas import queries as areas
from hues.kernel.people import queries as people


def audience_of(content: Content) -> tuple[str, ...]:
    """Return the wards whose people a bulletin is for: those named, and every one that a drawn area touches."""
    every = areas.wards()
    outlines = {ward.code: outline for ward in every if (outline := areas.outline_of(ward.code))}
    return tuple(sorted({*content.wards, *shapes.touched(content.shapes, outlines)}))


def reach_of(content: Content) -> Reach:
    """Return whom a bulletin would reach as things are now."""
    wards, every = audience_of(content), areas.wards()
    chosen = set(wards)
    everyone = people.how_many()
    all_of_them = bool(every) and chosen == {ward.code for ward in every}
    return Reach(
        wards=wards,
        people=everyone if all_of_them else people.how_many(wards),
        accounts=everyone,
        area_km2=sum(ward.area_km2 for ward in every if ward.code in chosen),
        city_km2=sum(ward.area_km2 for ward in every),
        all_wards=len(every),
    )


def sounding(content: Content, before: Content | None) -> tuple[str, tuple[str, ...]]:
    """
    Return in which pattern sirens sound when this is issued, and in which wards; ("", ()) where none does.

    What replaces another message sounds where the danger is new: everywhere if it is another or a graver one, else only
    in wards that were not warned before. Better words alone wake nobody.
    """
    pattern, wards = siren_pattern(content.event, content.risk), audience_of(content)
    if before and siren_pattern(before.event, before.risk) and _no_worse(content, before):
        wards = tuple(ward for ward in wards if ward not in set(audience_of(before)))
    return (pattern, wards) if pattern and wards and not content.training else ("", ())


def _no_worse(content: Content, before: Content) -> bool:
    return content.event == before.event and content.risk <= before.risk
