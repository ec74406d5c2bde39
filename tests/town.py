"""A small town for tests that walk through every door: somebody in every role, a case in every state, an alert."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from hues.engines.bulletins.testing import issued, published_notice, received, submitted, submitted_notice
from hues.engines.cases import actions as cases
from hues.engines.cases.rules.templates import Template
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case_in
from hues.engines.rescue.testing import a_call
from hues.functions.field_reports import actions as field_reports
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.checking import Share, Wanted
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.queries import person_at
from hues.kernel.journal.testing import drain
from hues.kernel.letters.testing import SENDER, a_letter
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import Asker, Role
from hues.kernel.people.entering import way_in
from hues.kernel.people.testing import sign_in
from hues.surfaces.exports import actions as files


@dataclass(frozen=True, kw_only=True, slots=True)
class Town:
    """Its people by role, its cases by state, and a sample of each thing that an address may name."""

    people: dict[Role, Asker]
    numbers: dict[State, str]
    samples: dict[str, str]

    def sign_in(self, client: Client, asker: Asker) -> None:
        """Let a browser be somebody."""
        sign_in(client, asker)

    def insider(self, open_to: frozenset[Any]) -> Asker | None:
        """Return somebody who may come in: a stranger where anybody may, else the first of the town with the role."""
        return next((who for role, who in self.people.items() if role in open_to), None)


# What stands in addresses without being anything of the town.
PLAIN = {
    "key": "0c6a3d526b0e4b449df30d0d6ad7b4a1",
    "verb": "rate",
    "move": "approve",
    "code": "take",
    "item_id": "01a2059b-d952-75e9-a4e2-44ff9d098121",
    "role": "case_worker",
    "seq": "1",
    "medium_id": "01a2059b-d952-75e9-a4e2-44ff9d098121",
    "name": "thumb.webp",
    "token": "none",
    "there": "f/field_reports/",
}


def build() -> Town:
    """Build the town; every case opened on the same Monday."""
    photos = {state: a_photo(by=cast.lan().person_id, at=MONDAY).id for state in State}
    numbers = {
        state: a_case_in(state, photos=(photos[state],), at=MONDAY + timedelta(hours=hours)).number
        for hours, state in enumerate(State)
    }
    announced = _announced()
    drain()
    reported = {"number": numbers[State.IN_PROGRESS], "photo_id": str(photos[State.IN_PROGRESS])}
    samples = PLAIN | reported | announced | _agencies() | _kept() | _arrived()
    return Town(people=_people(), numbers=numbers, samples=samples)


def _people() -> dict[Role, Asker]:
    return {
        Role.CITIZEN: cast.lan(),
        Role.CASE_WORKER: cast.minh(),
        Role.AGENCY_HEAD: cast.head(),
        Role.OPERATOR: cast.operator(),
        Role.DUTY_LEADER: cast.duty_leader(),
        Role.ALERT_WRITER: cast.alert_writer(),
        Role.ALERT_APPROVER: cast.alert_approver(),
        Role.LEADER: cast.leader(),
        Role.AUDITOR: cast.auditor(),
        Role.ADMIN: cast.admin(),
    }


def _announced() -> dict[str, str]:
    """Return an alert that is out and one that waits for approval."""
    return {"identifier": issued(at=MONDAY).identifier, "bulletin_id": str(submitted(at=MONDAY).id)}


def _agencies() -> dict[str, str]:
    minh = str(cast.minh().person_id)
    return {
        "agency": cast.WARD_OFFICE,
        "agency_id": str(cast.an_agency().id),
        "person_id": minh,
        "view_id": minh,
        "change_id": _change(),
    }


def _kept() -> dict[str, str]:
    """Return what people at desks made for themselves and each other."""
    return {"file_id": str(_file()), "keyword_id": str(_keyword()), "template_id": str(_template())}


def _arrived() -> dict[str, str]:
    """Return what came by other ways than a report, in the order in which it came, and the notices."""
    return {
        "rescue": a_call(at=MONDAY).code,
        "notice": published_notice(at=MONDAY).number,
        "letter_id": str(a_letter(at=MONDAY)),
        "entry": _way_in(),
        "notice_id": str(submitted_notice(at=MONDAY).id),
        "incoming_id": str(received(at=MONDAY).id),
    }


def _file() -> UUID:
    return files.ask(space="agency", query="", kind="xlsx", language="vi", by=cast.minh(), at=MONDAY)


def _change() -> str:
    """Return a change of agencies that is planned."""
    shares, day = (Share(code="kinh-te-thuan-hoa"),), MONDAY.date() + timedelta(days=500)
    report = changing.plan(wanted=Wanted(ends=("kinh-te-vy-da",), shares=shares, on=day), at=MONDAY)
    return str(report.change_id)


def _template() -> UUID:
    words = Template(title="Đã vá xong", category="roads-pothole", outcome="fixed", text={"vi": "Đã vá xong."})
    return cases.add_template(words, by=cast.admin(), at=MONDAY)


def _keyword() -> UUID:
    return field_reports.add_keyword(words="ổ gà", category="roads-pothole", by=cast.admin(), at=MONDAY)


def _way_in() -> str:
    guest = person_at(Way.ZALO, SENDER)
    assert guest
    return way_in(guest, "/").split("/")[2]
