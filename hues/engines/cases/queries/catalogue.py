"""The city's categories, outcomes, deadlines and routes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from hues.engines.cases.declare import CaseType
from hues.engines.cases.models import AnswerTime, Category, Edition, Route
from hues.engines.cases.queries.choices import CategoryCard, OutcomeCard, Question
from hues.engines.cases.rules import deadlines as clock
from hues.engines.cases.rules import likeness as likewise
from hues.engines.cases.rules import outcomes as endings
from hues.engines.cases.rules import recurrence as recurring
from hues.engines.cases.rules import routing
from hues.engines.cases.rules.facts import Law
from hues.kernel import city, editions
from hues.kernel.agencies import queries as agencies
from hues.kernel.clocks import queries as clocks
from hues.kernel.registry import declared

REPORT = CaseType(key="report")
# Words of refusal that belong to the platform; a city may word them itself in `outcomes.csv`.
_OUR_WORDS: Mapping[str, tuple[str, str]] = {
    endings.Outcome.SPAM: ("Không phải phản ánh", "Not a report"),
    endings.Outcome.OUT_OF_SCOPE: ("Ngoài phạm vi tiếp nhận", "Outside what the city takes on"),
    endings.Outcome.NO_VIOLATION: ("Không phát hiện vi phạm", "No violation found"),
    endings.Outcome.NOT_ENOUGH: ("Chưa đủ thông tin để xử lý", "Not enough information"),
    endings.Outcome.PASSED_ON: (
        "Chuyển giải quyết theo luật khiếu nại, tố cáo",
        "Passed on as a formal complaint",
    ),
}


@dataclass(frozen=True, slots=True)
class _Known:
    token: UUID | None = None
    by_kind: dict[str, tuple[CategoryCard, ...]] = field(default_factory=dict)
    by_code: dict[str, CategoryCard] = field(default_factory=dict)
    routes: dict[str, tuple[routing.Rule, ...]] = field(default_factory=dict)
    times: dict[str, clock.AnswerTime] = field(default_factory=dict)


_known = _Known()
editions.kept_in("cases", Edition._meta.db_table)


def categories(kind: str = REPORT.key) -> tuple[CategoryCard, ...]:
    """Return the tree of a kind of case in the city's order, groups before their leaves; costs one small read."""
    return _current().by_kind.get(kind, ())


def category(code: str) -> CategoryCard | None:
    """Return the category of that code."""
    return _current().by_code.get(code)


def chosen(code: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return those answers to a category's questions that were chosen: what is typed may name somebody."""
    card = category(code)
    asked = {question.key for question in card.questions if question.kind != "text"} if card else set()
    return {key: value for key, value in answers.items() if key in asked}


def unknown_categories(codes: Iterable[str]) -> list[str]:
    """Return those of the codes that are neither a category nor a group of them."""
    known = _current().by_code
    return [code for code in codes if code not in known]


def is_emergency(code: str) -> bool:
    """Test if there is a number to ring before such a case is reported."""
    card = category(code)
    return bool(card and card.emergency)


def by_code() -> Mapping[str, CategoryCard]:
    """Return every category by its code, for lists that name many."""
    return _current().by_code


def case_type(kind: str) -> CaseType | None:
    """Return what the function that runs cases of `kind` declared."""
    found = declared(CaseType).get(kind)
    return found or (REPORT if kind == REPORT.key else None)


def deadlines() -> clock.Deadlines:
    """Return what the city promises: its file, with the times that the desk changed."""
    told, times = _told_deadlines(), _current().times
    return replace(told, answers={**told.answers, **times}) if times else told


@cache
def _told_deadlines() -> clock.Deadlines:
    return clock.read(city.document("deadlines.toml"))


@cache
def recurrence() -> recurring.Recurrence:
    """Return what the city takes for the same trouble come back."""
    return recurring.read(city.document("deadlines.toml"))


@cache
def likeness() -> likewise.Likeness:
    """Return what the city takes for the same trouble reported again."""
    return likewise.read(city.document("deadlines.toml"))


@cache
def outcomes() -> tuple[OutcomeCard, ...]:
    """Return the words that end a case, in the city's order, then those of the platform."""
    cards = [_outcome(row) for row in city.rows("outcomes.csv") if row["code"] in endings.Outcome]
    known = {card.code for card in cards}
    ours = [(code, words) for code, words in _OUR_WORDS.items() if code not in known]
    return (*cards, *(_our_outcome(code, words) for code, words in ours))


def law() -> Law:
    """Return what the city laid down, as decisions need it."""
    rules = {c.code: endings.OutcomeRule(needs_proof=c.needs_proof, needs_date=c.needs_date) for c in outcomes()}
    return Law(calendar=clocks.calendar(), deadlines=deadlines(), outcomes=rules)


def suggested_agency(
    kind: str, category_code: str, ward_code: str, road_owner: str = "", at: datetime | None = None
) -> UUID | None:
    """Return the agency that the city's rules send such a case to; None where no rule leads to an open one."""
    return ruled(kind, category_code, ward_code, road_owner, at)[0]


def ruled(
    kind: str, category_code: str, ward_code: str, road_owner: str, at: datetime | None
) -> tuple[UUID | None, routing.Rule | None]:
    """Return the agency that the city's rules lead to, and the rule that did."""
    path = _path(category_code)
    rule = routing.first_fitting(
        rules(kind), path=path, ward=ward_code, road_owner=road_owner, at=at, calendar=clocks.calendar()
    )
    return (_agency_meant(rule.target, ward_code, path) if rule else None), rule


def rules(kind: str) -> tuple[routing.Rule, ...]:
    """Return the rules by which cases of a kind find their agency, in the order they are tried."""
    return _current().routes.get(kind, ())


def heir_of(agency_id: UUID, kind: str, category_code: str, ward_code: str) -> UUID:
    """Return which agency has now such cases of one that may have ended; itself while it is at work."""
    card = agencies.agency(agency_id)
    if card and card.by_routes:
        suggested = suggested_agency(kind, category_code, ward_code)
        if suggested in agencies.heirs_now(agency_id):
            return suggested
    return agencies.heir(agency_id, ward=ward_code, path=_path(category_code))


def _path(category_code: str) -> tuple[str, ...]:
    leaf = _current().by_code.get(category_code)
    return tuple(code for code in (category_code, leaf.parent if leaf else "") if code)


def _agency_meant(target: str, ward_code: str, path: tuple[str, ...]) -> UUID | None:
    """Return the agency at work that a rule means; rules that name one which has ended mean who followed it."""
    if not target.startswith(routing.OF_WARD):
        named = agencies.agency_by_code(target)
    else:
        kind = target.removeprefix(routing.OF_WARD)
        found = [a for a in agencies.agencies() if a.kind == kind and a.ward_code == ward_code and ward_code]
        named = next(iter(sorted(found, key=lambda a: not a.is_active)), None)
    card = agencies.agency(agencies.heir(named.id, ward=ward_code, path=path)) if named else None
    return card.id if card and card.is_active else None


def _current() -> _Known:
    global _known
    token = editions.token("cases")
    if token is None or token != _known.token:
        _known = _read(token)
    return _known


def _token() -> UUID | None:
    return Edition.objects.values_list("token", flat=True).first()


def _read(token: UUID | None) -> _Known:
    rows = list(Category.objects.filter(is_active=True).order_by("order", "code").values())
    cards = [(row["kind"], _card(row)) for row in rows]
    by_kind: dict[str, list[CategoryCard]] = {}
    for kind, card in cards:
        by_kind.setdefault(kind, []).append(card)
    routes: dict[str, list[routing.Rule]] = {}
    columns = ("order", "category", "wards", "road_owner", "times", "agency")
    for row in Route.objects.order_by("kind", "order").values("kind", *columns):
        rule = routing.Rule(
            order=row["order"],
            times=row["times"],
            category=row["category"],
            wards=frozenset(row["wards"]),
            road_owner=row["road_owner"],
            target=row["agency"],
        )
        routes.setdefault(row["kind"], []).append(rule)
    return _Known(
        token,
        {kind: tuple(found) for kind, found in by_kind.items()},
        {card.code: card for _, card in cards},
        {kind: tuple(found) for kind, found in routes.items()},
        _times(),
    )


def _times() -> dict[str, clock.AnswerTime]:
    rows = AnswerTime.objects.values_list("service_class", "hours", "days", "max_days")
    return {code: clock.AnswerTime(hours=hours, days=days, max_days=longest) for code, hours, days, longest in rows}


def _card(row: Mapping[str, Any]) -> CategoryCard:
    return CategoryCard(
        code=row["code"],
        parent=row["parent_id"] or "",
        title=row["title"],
        hint=row["hint"],
        not_this=row["not_this"],
        icon=row["icon"],
        service_class=row["service_class"],
        accepts=tuple(row["accepts"]),
        coarse=row["coarse"],
        emergency=row["emergency"],
        keywords=tuple(row["keywords"]),
        questions=tuple(_question(q) for q in row["questions"]),
    )


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        key=row["key"],
        kind=row["kind"],
        title=row["title"],
        options=tuple((key, words) for key, words in row.get("options", ())),
        required=row.get("required", False),
    )


def _outcome(row: Mapping[str, str]) -> OutcomeCard:
    return OutcomeCard(
        code=row["code"],
        title={"vi": row["title_vi"], "en": row["title_en"]},
        hint={"vi": row["hint_vi"], "en": row["hint_en"]},
        icon=row["icon"],
        tone=row["tone"],
        needs_proof=row["needs_proof"] == "true",
        needs_date=row["needs_date"] == "true",
        for_agency=row["code"] in endings.ANSWERS,
    )


def _our_outcome(code: str, words: tuple[str, str]) -> OutcomeCard:
    return OutcomeCard(
        code=code,
        title={"vi": words[0], "en": words[1]},
        hint={},
        icon="message-check" if code in endings.ANSWERS else "circle-x",
        tone="neutral",
        needs_proof=code in endings.ANSWERS,
        needs_date=False,
        for_agency=code in endings.ANSWERS,
    )
