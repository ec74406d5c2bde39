"""The demo's reports: each a small life that the city's own rules allow, the same for the same number and day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

import shapely

from hues.config.demo.texts import Texts
from hues.engines.cases.actions import Place, PreparedCase, PreparedMove
from hues.engines.cases.queries import catalogue, routes
from hues.engines.cases.queries.choices import CategoryCard
from hues.engines.cases.rules import deadlines as clock
from hues.engines.cases.rules.facts import Given, Law
from hues.engines.cases.rules.outcomes import Outcome
from hues.engines.cases.rules.workflow import Verb
from hues.kernel.areas import queries as areas
from hues.kernel.areas.queries import WardCard
from hues.kernel.city import document

WET_MONTHS = frozenset({9, 10, 11, 12})
OUTCOMES = (
    (Outcome.FIXED, 66),
    (Outcome.ANSWERED, 16),
    (Outcome.PROMISED, 9),
    (Outcome.NOT_OURS, 4),
    (Outcome.REFUSED, 5),
)
GONE = frozenset({Outcome.FIXED, Outcome.ANSWERED, Outcome.REFUSED})  # the trouble, when the agency looks
QUICK, SLOW = 0.75, 0.16  # shares of cases answered well within their time, and of those that run late
FORESIGHT, ASKED_AT = 0.4, 0.6  # share of the late that ask for more time, and after which part of their time
STUBBORN = 0.4  # share of the unhappy who open their report again
# How many days from the day promised an agency shows what it promised; None: never until now.
KEPT = ((-9, 20), (-4, 30), (-1, 30), (6, 12), (None, 12))


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """Who and what the stories are made of: `workers` by agency, `pictures` by kind and whether it is mended."""

    citizens: Sequence[UUID]
    operators: Sequence[UUID]
    workers: Mapping[UUID, UUID]
    pictures: Mapping[str, Mapping[bool, Sequence[UUID]]]
    places: Mapping[str, Sequence[tuple[float, float]]]
    texts: Texts
    until: datetime
    days: int
    routes: dict[tuple[str, str, str], UUID | None] = field(default_factory=dict)

    def agency_for(self, category: str, ward_code: str, address: str) -> UUID | None:
        """Return where the city's rules send such a report; asked once for each road owner, ward and category."""
        road = routes.road_of(ward_code, address=address)
        key = (category, ward_code, road.owner if road else "")
        if key not in self.routes:
            self.routes[key] = catalogue.suggested_agency("report", *key)
        return self.routes[key]


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who handles a case; no worker where the agency has nobody in the demo."""

    worker: UUID | None
    operator: UUID


@dataclass(slots=True)
class _Teller:
    """One story being told: moves are added until the present is reached."""

    stage: Stage
    law: Law
    dice: Random
    moves: list[PreparedMove]
    now: datetime
    promised: date | None = None
    sent: Sequence[UUID] = ()  # the reporter's photos

    def after(self, hours: float) -> bool:
        """Let working time pass; say whether the story still lies in the past."""
        self.now = self.law.calendar.add_hours(self.now, hours) + timedelta(seconds=self.dice.randint(0, 59))
        return self.now < self.stage.until

    def tell(self, verb: Verb, by: UUID | None, given: Given | None = None, **words: object) -> None:
        """Add a move at this instant."""
        self.moves.append(PreparedMove(verb=verb, at=self.now, by=by, given=given or Given(), **words))  # type: ignore[arg-type]


def stories(count: int, stage: Stage) -> Iterator[PreparedCase]:
    """Yield that many reports in the order they were opened."""
    law, leaves = catalogue.law(), [c for c in catalogue.categories() if c.parent and stage.texts.of(c.code)]
    wards = areas.wards()
    waiting = min(count, max(3, count // 200))
    for number in range(count):
        dice = Random(f"hue-{number}-{count}")  # noqa: S311 a story, not a secret
        # More of them lately: the desks look alive and the past is not empty.
        age = stage.days * (1 - (number + dice.random()) / count) ** 1.6
        opened = _at_a_likely_hour(stage.until - timedelta(days=age, minutes=7), dice)
        leaf = _leaf_for(opened, leaves, dice)
        ward = wards[_skewed(len(wards), dice)]
        # The last few came just now and nobody has looked at them: at any hour there is something to do.
        fresh = number >= count - waiting
        if fresh:
            opened = stage.until - timedelta(minutes=1 + 30 * (count - number) / waiting)
        yield _story(leaf, ward, opened, _Teller(stage, law, dice, [], opened), fresh=fresh)


def _story(leaf: CategoryCard, ward: WardCard, opened: datetime, t: _Teller, *, fresh: bool) -> PreparedCase:
    kind, place = t.stage.texts.picture_of(leaf.code), _place(ward, t.stage, t.dice)
    t.sent = [t.dice.choice(t.stage.pictures[kind][False])] if t.dice.random() < 0.86 else []
    if not fresh:
        _live(t, leaf, ward.code, place.address, kind)
    return PreparedCase(
        category=leaf.code,
        text=t.stage.texts.report(leaf.code, f"{place.address}, {ward.name['vi']}", t.dice),
        place=place,
        at=opened,
        reporter=t.dice.choice(t.stage.citizens),
        show_name=t.dice.random() < 0.12,
        photos=t.sent,
        moves=t.moves,
    )


def _live(t: _Teller, leaf: CategoryCard, ward_code: str, address: str, kind: str) -> None:
    operator, agency = t.dice.choice(t.stage.operators), t.stage.agency_for(leaf.code, ward_code, address)
    if not t.after(t.dice.choice((0.3, 0.8, 1.5, 2.5, 4, 6, 9))) or agency is None:
        return None
    if t.dice.random() < 0.06:
        outcome = t.dice.choice((Outcome.OUT_OF_SCOPE, Outcome.SPAM))
        return t.tell(Verb.REFUSE, operator, Given(outcome=outcome), text=t.stage.texts.refusal(outcome, t.dice))
    plan = 20 if leaf.service_class == "complex" else None
    t.tell(Verb.ACCEPT, operator, Given(agency_id=agency, service_class=leaf.service_class, plan_days=plan))
    accepted, worker = t.now, t.stage.workers.get(agency)
    due = clock.answer_due(
        accepted,
        leaf.service_class,
        plan_days=plan,
        deadlines=t.law.deadlines,
        calendar=t.law.calendar,
    )
    allowed = t.law.calendar.working_time(accepted, due) / timedelta(hours=1)
    if not t.after(min(allowed * 0.2, t.dice.uniform(0.3, 7))):
        return None
    t.tell(Verb.TAKE, worker)
    if t.dice.random() < 0.07 and t.after(0.5):
        t.tell(Verb.ASK, worker, text=t.stage.texts.question(t.dice))
        if not t.after(t.dice.uniform(1, 10)):
            return None
        t.tell(Verb.REPLY, None, text=t.stage.texts.reply(t.dice))
    return _end(t, leaf, kind, _Cast(worker, operator), due, allowed)


def _end(t: _Teller, leaf: CategoryCard, kind: str, cast: _Cast, due: datetime, allowed: float) -> None:
    luck = t.dice.random()
    share = t.dice.uniform(0.1, 0.7) if luck < QUICK else t.dice.uniform(1.1, 2.2) if luck > 1 - SLOW else 0.9
    if share > 1 and t.dice.random() < FORESIGHT:
        if not _more_time(t, cast, due, allowed):
            return
        share -= ASKED_AT
    if not t.after(allowed * share):
        return
    outcome = t.dice.choices([o for o, _ in OUTCOMES], [weight for _, weight in OUTCOMES])[0]
    if not _answered(t, leaf, kind, cast, outcome):
        return
    contested = t.law.deadlines.reopen_until(t.now)
    if t.dice.random() < 0.45 and t.after(t.dice.uniform(1, 20)):
        good = outcome in (Outcome.FIXED, Outcome.ANSWERED) and share <= 1
        stars = t.dice.choice((4, 5, 5) if good else (1, 2, 3, 4))
        t.tell(Verb.RATE, None, Given(stars=stars, fixed=outcome == Outcome.FIXED and stars > 2))
        again = stars < 3 and t.dice.random() < STUBBORN
        if again and not _once_more(t, leaf, kind, cast, allowed, contested):
            return
    t.now += timedelta(days=t.law.deadlines.silent_days, minutes=3)
    if t.now < t.stage.until:
        t.tell(Verb.CLOSE, None)
        _keep_promise(t, leaf, kind, cast)


def _more_time(t: _Teller, cast: _Cast, due: datetime, allowed: float) -> bool:
    """Let the agency ask for a few days more in time; say whether the story still lies in the past."""
    if not t.after(allowed * ASKED_AT):
        return False
    until = t.law.calendar.add_days(due, t.dice.randint(2, 7))
    t.tell(Verb.ASK_EXTENSION, cast.worker, Given(until=until), text=t.dice.choice(t.stage.texts.extensions))
    if not t.after(t.dice.uniform(0.1, 0.5)):
        return False
    t.tell(Verb.DECIDE_EXTENSION, cast.operator, Given(granted=t.dice.random() < 0.85))
    return True


def _answered(t: _Teller, leaf: CategoryCard, kind: str, cast: _Cast, outcome: Outcome) -> bool:
    """Let the agency answer now and the centre publish it; say whether both lie in the past."""
    # Of what stays as it is, the place as the agency found it: another picture than the reporter's.
    drawn = t.stage.pictures[kind][outcome in GONE]
    proof = [t.dice.choice([picture for picture in drawn if picture not in t.sent])]
    in_time = (t.now + timedelta(days=t.dice.randint(30, 150))).date()
    t.promised = in_time if outcome == Outcome.PROMISED else None
    given = Given(outcome=outcome, proofs=len(proof), promise_on=t.promised)
    text = t.stage.texts.answer(outcome, leaf.code, t.promised, t.dice)
    t.tell(Verb.ANSWER, cast.worker, given, text=text, photos=proof)
    if not t.after(t.dice.choice((0.5, 1, 2, 5))):
        return False
    t.tell(Verb.PUBLISH, cast.operator)
    return True


def _keep_promise(t: _Teller, leaf: CategoryCard, kind: str, cast: _Cast) -> None:
    """Let the agency show some day what it promised, and the centre look at it, as far as that lies in the past."""
    (late,) = t.dice.choices([days for days, _ in KEPT], [weight for _, weight in KEPT])
    if t.promised is None or late is None:
        return
    t.now = max(t.now, datetime.combine(t.promised, time(9), t.law.calendar.zone) + timedelta(days=late))
    if not t.after(t.dice.uniform(0.1, 6)):
        return
    proof = [t.dice.choice(t.stage.pictures[kind][True])]
    text = t.stage.texts.answer(Outcome.FIXED, leaf.code, None, t.dice)
    t.tell(Verb.KEEP_PROMISE, cast.worker, Given(proofs=len(proof)), text=text, photos=proof)
    if t.after(t.dice.uniform(0.5, 5)):
        t.tell(Verb.CHECK_PROMISE, cast.operator, Given(granted=True))


def _once_more(t: _Teller, leaf: CategoryCard, kind: str, cast: _Cast, allowed: float, until: datetime) -> bool:
    """Let the reporter open it again if there is time, and the agency mend it; say whether all lies in the past."""
    if not t.after(t.dice.uniform(0.5, 6)):
        return False
    if t.now > until:
        return True
    t.tell(Verb.REOPEN, None, text=t.dice.choice(t.stage.texts.reopenings))
    if not t.after(0.5):
        return False
    t.tell(Verb.TAKE, cast.worker)
    return t.after(min(allowed, 40) * t.dice.uniform(0.2, 0.8)) and _answered(t, leaf, kind, cast, Outcome.FIXED)


def _at_a_likely_hour(instant: datetime, dice: Random) -> datetime:
    hour = dice.choices(range(24), [1, 0, 0, 0, 1, 3, 8, 12, 11, 9, 8, 6, 5, 5, 6, 7, 8, 9, 9, 10, 10, 8, 5, 2])[0]
    return min(instant, instant.replace(minute=dice.randint(0, 59)) - timedelta(hours=(instant.hour + 7 - hour) % 24))


def _leaf_for(opened: datetime, leaves: Sequence[CategoryCard], dice: Random) -> CategoryCard:
    wet = opened.month in WET_MONTHS
    weights = [
        4 if wet and leaf.parent == "drainage" else 2 if leaf.parent in ("roads", "lighting", "waste") else 1
        for leaf in leaves
    ]
    return dice.choices(leaves, weights)[0]


def _skewed(count: int, dice: Random) -> int:
    """Return an index; the first wards, which are the inner city, come up more often."""
    return min(int(count * dice.random() ** 2.2), count - 1)


def _place(ward: WardCard, stage: Stage, dice: Random) -> Place:
    lat, lng = dice.choice(stage.places[ward.code])
    return Place(
        lat=lat,
        lng=lng,
        address=stage.texts.street(ward.code, dice),
        source=dice.choice(("photo", "gps", "map")),
    )


def places_in(wards: Sequence[WardCard], each: int) -> dict[str, list[tuple[float, float]]]:
    """Return about that many places on land inside each ward, thicker around its middle."""
    dice = Random("hue-places")  # noqa: S311 a story, not a secret
    found: dict[str, list[tuple[float, float]]] = {ward.code: [(ward.lat, ward.lng)] for ward in wards}
    drawn = [
        (round(dice.gauss(w.lat, reach), 6), round(dice.gauss(w.lng, reach), 6))
        for w in wards
        for reach in [min(0.012, w.area_km2**0.5 / 400)]
        for _ in range(each)
    ]
    dry = shapely.contains_xy(_land(), [lng for _, lng in drawn], [lat for lat, _ in drawn])
    for place, code, is_dry in zip(drawn, areas.wards_at(drawn), dry, strict=True):
        if code in found and is_dry:
            found[code].append(place)
    return found


def _land() -> "shapely.Geometry":
    """Return the ground of the city's own map without its lagoons: nobody reports a street light out there."""
    layers: dict[str, list[shapely.Geometry]] = {"land": [], "water": []}
    for feature in document("map.geojson")["features"]:
        layers.get(feature["properties"]["layer"], []).append(shapely.geometry.shape(feature["geometry"]))
    return shapely.union_all(layers["land"]) - shapely.union_all(layers["water"])
