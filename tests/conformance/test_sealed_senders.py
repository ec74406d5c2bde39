"""Who wrote a letter stands on no page of anybody else, whatever became of it."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as present
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.intake import Place
from hues.engines.cases.testing import DAI_NOI, MONDAY, POTHOLE, a_proof
from hues.functions.field_reports import letters
from hues.functions.field_reports.drafting import Spot
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.queries import person_at
from hues.kernel.journal import queries as journal
from hues.kernel.journal.testing import drain
from hues.kernel.letters.actions import write_back
from hues.kernel.letters.testing import WORDS, a_letter
from hues.kernel.people.asker import Role
from tests.conformance.doors import doors
from tests.town import Town, build

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Công Tằng Tôn Nữ Hạ Vân", "sealed-sender@example.vn"
READERS = (None, Role.CITIZEN, Role.CASE_WORKER, Role.OPERATOR, Role.LEADER, Role.AUDITOR, Role.ADMIN)


def published_from_a_letter(place: Place = DAI_NOI) -> str:
    """Return the number of a report that began as an e-mail, and was answered in public."""
    operator, minh = cast.operator(), cast.minh()
    letter = a_letter(way=Way.LETTER, sender=ADDRESS, name=NAME, key="sealed", at=MONDAY)
    assert letter
    spot = Spot(lat=place.lat, lng=place.lng, address=place.address, source="map")
    said = {"category": POTHOLE, "text": WORDS}
    receipt = letters.take(said, spot, letter_ids=[letter], by=operator, at=MONDAY)
    agency = cast.an_agency()
    moved = actions.accept_and_route(case_id=receipt.id, agency_id=agency.id, by=operator, seen=1, at=MONDAY)
    moved = actions.take(case_id=receipt.id, by=minh, seen=moved.version, at=MONDAY)
    words = "Đã kiểm tra và chuyển cho đơn vị quản lý đường."
    moved = actions.answer_case(
        case_id=receipt.id, text=words, outcome="not_ours", proof=a_proof(minh), by=minh, seen=moved.version, at=MONDAY
    )
    actions.publish(case_id=receipt.id, by=operator, seen=moved.version, at=MONDAY)
    return receipt.number


def pages_of(town: Town, reader: Role | None, samples: dict[str, str]) -> str:
    client = Client()
    if reader is not None:
        town.sign_in(client, town.people[reader])
    told = []
    for door in doors():
        if door.is_ours:
            answer = client.get(door.address(samples), headers={"accept": "text/html"})
            told.append(b"".join(answer) if answer.streaming else answer.content)  # type: ignore[call-overload]
    return b"\n".join(told).decode("utf-8", "replace")


def test_no_page_of_anybody_else_says_who_wrote(settings: Any) -> None:
    settings.HUES = replace(present.HUES, mail_url="smtp://127.0.0.1:9", letters_address="thu@hue.example")
    town = build()
    number = published_from_a_letter()
    waiting = a_letter(way=Way.LETTER, sender=ADDRESS, name=NAME, key="waits", at=MONDAY)
    guest = person_at(Way.LETTER, ADDRESS)
    assert waiting
    assert guest
    write_back(letter_ids=[waiting], text="Dạ, ở đâu ạ?", key=waiting, by=cast.operator(), at=MONDAY)
    drain()
    samples = {**town.samples, "number": number, "letter_id": str(waiting)}
    traces = (NAME, ADDRESS, str(guest))
    for reader in READERS:
        told = pages_of(town, reader, samples)
        assert number in told, reader
        assert [trace for trace in traces if trace in told] == [], reader
    case = queries.ops_case(cast.operator(), number, at=MONDAY)
    written = repr([*journal.entries_about(case.id), *journal.entries_about(waiting)])
    assert [trace for trace in traces if trace in written] == []
