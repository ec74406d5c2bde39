"""What the tests of letters do: let one come, see to it at the desk, find who wrote it."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.test import Client

from hues.kernel.agencies.queries import asker_for
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.queries import person_at
from hues.kernel.letters import actions
from hues.kernel.letters.incoming import Incoming
from hues.kernel.letters.testing import WORDS, a_letter
from hues.kernel.media.testing import a_photo
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in
from hues.kit import clock

QUEUE, POTHOLE = "/ops/field_reports/letters/", "roads-pothole"
NAME, SENDER = "Công Tằng Tôn Nữ Ánh", "zalo-id-4242"
TOLD = {"category": POTHOLE, "text": WORDS, "address": "12 Lê Lợi", "ward": "19753"}


def at_desk(asker: Asker) -> Client:
    client = Client()
    sign_in(client, asker)
    return client


def a_waiting_letter(*, key: str = "m1", text: str = WORDS, at: datetime | None = None) -> UUID:
    found = a_letter(sender=SENDER, name=NAME, key=key, text=text, at=at or clock.now())
    assert found
    return found


def with_photo_and_place(at: datetime) -> UUID:
    letter = Incoming(
        way=Way.ZALO,
        message_id="m2",
        sender=SENDER,
        photos=(a_photo(by=None, at=at).id,),
        point=(16.4698, 107.5776),
        written_at=at,
    )
    found = actions.receive(letter, at=at)
    assert found
    return found


def sender() -> Asker:
    found = person_at(Way.ZALO, SENDER)
    return asker_for(found, clock.now())


def number_in(answer: Any) -> str:
    assert answer.status_code == 303, answer.content.decode()[:3000]
    return str(re.findall(r"PA-\d{4}-\d{6}", answer["Location"])[0])
