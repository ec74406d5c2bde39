"""What the city has decided about alerts: its list of events, its name, its languages."""

from dataclasses import dataclass
from functools import cache

from hues.engines.bulletins.declare import AlertType
from hues.engines.bulletins.queries.cards import EventCard, PresetCard, SourceCard
from hues.engines.bulletins.rules import signing
from hues.engines.bulletins.rules.content import Known
from hues.engines.bulletins.rules.numbers import NOTICES, as_printed
from hues.kernel import city
from hues.kernel.areas import queries as areas
from hues.kernel.registry import declared
from hues.kit.text import Bilingual

EVENTS = "alert_events.csv"
SIRENS = "alert_sirens.csv"
PEOPLE = "ward_people.csv"
PRESETS = "alert_areas.csv"
SOURCES = "alert_sources.csv"


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertSettings:
    """Table `alerts` of the city's `city.toml`; `one_person` lets somebody warn alone in an emergency."""

    sender: str
    prefix: str
    languages: tuple[str, ...]
    sender_name: Bilingual
    one_person: bool


@cache
def alert_settings() -> AlertSettings:
    """Return how the city signs its alerts; what it doesn't say follows from its code and name."""
    here = city.city()
    said = city.document("city.toml").get("alerts", {})
    return AlertSettings(
        sender=said.get("sender", f"ioc.{here.code}"),
        prefix=said.get("prefix", here.code.upper()),
        languages=tuple(said.get("languages", ("vi-VN", "en-US"))),
        sender_name=said.get("sender_name", here.name),
        one_person=said.get("one_person") is True,
    )


@cache
def events() -> tuple[EventCard, ...]:
    """Return the city's events in its own order; a city without a list warns of nothing."""
    if not city.path(EVENTS).exists():
        return ()
    return tuple(
        EventCard(
            code=row["code"],
            category=row["category"],
            response=row["response"],
            icon=row["icon"],
            name={"vi": row["vi"], "en": row["en"]},
        )
        for row in city.rows(EVENTS)
    )


def event(code: str) -> EventCard:
    """Return the event of that code; one that left the list keeps its code for a name."""
    unlisted = EventCard(code=code, category="Other", response="Monitor", icon="alert-triangle", name={"vi": code})
    return next((card for card in events() if card.code == code), unlisted)


@cache
def _sounds() -> dict[str, tuple[tuple[int, str], ...]]:
    """Return, for each event that makes sirens sound, from which risk level it does and how, the gravest first."""
    rows = city.rows(SIRENS) if city.path(SIRENS).exists() else []
    found: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        found.setdefault(row["event"], []).append((int(row["from_risk"]), row["pattern"]))
    return {event: tuple(sorted(sounds, reverse=True)) for event, sounds in found.items()}


def siren_pattern(event: str, risk: int) -> str:
    """Return how the sirens sound for an event of that risk, or "" where they keep silent."""
    return next((pattern for least, pattern in _sounds().get(event, ()) if risk >= least), "")


@cache
def residents() -> dict[str, int]:
    """Return how many people live in each ward, as the city estimates; empty where it has no figures."""
    rows = city.rows(PEOPLE) if city.path(PEOPLE).exists() else ()
    return {row["code"]: int(row["people"]) for row in rows}


@cache
def presets() -> tuple[PresetCard, ...]:
    """Return the sets of wards that the city warns together, in its own order."""
    rows = city.rows(PRESETS) if city.path(PRESETS).exists() else ()
    return tuple(
        PresetCard(code=row["code"], name={"vi": row["vi"], "en": row["en"]}, wards=tuple(row["wards"].split()))
        for row in rows
    )


@cache
def called() -> dict[str, tuple[str, ...]]:
    """Return what each event may be called by others, besides its own names."""
    rows = city.rows(EVENTS) if city.path(EVENTS).exists() else ()
    return {row["code"]: (row["vi"], row["en"], *filter(None, row.get("also", "").split("|"))) for row in rows}


@cache
def sources() -> tuple[SourceCard, ...]:
    """Return whose warnings become drafts of ours."""
    rows = city.rows(SOURCES) if city.path(SOURCES).exists() else ()
    return tuple(
        SourceCard(
            code=row["code"],
            name={"vi": row["vi"], "en": row["en"]},
            url=row["url"],
            certificate=row.get("certificate") or "",
        )
        for row in rows
    )


def certificates_of(source: str) -> tuple[str, ...] | None:
    """Return the certificates that a source must sign with, () if it need not, None if the named file is no good."""
    named = next((card.certificate for card in sources() if card.code == source), "")
    if not named:
        return ()
    try:
        return signing.certificates_in(city.path(named).read_text("ascii"))
    except (OSError, ValueError):
        return None


def known() -> Known:
    """Return what a bulletin is checked against."""
    return Known(
        languages=alert_settings().languages,
        events=frozenset(card.code for card in events()),
        wards=frozenset(ward.code for ward in areas.wards()),
        bounds=city.city().bounds,
    )


def alert_type() -> AlertType | None:
    """Return what the function that runs alerts has declared."""
    return next(iter(declared(AlertType).values()), None)


def number_in(typed: str) -> str:
    """Return the number of a message, as it is printed, that somebody means by what they typed or pasted, or ""."""
    return as_printed(typed, (alert_settings().prefix, NOTICES))
