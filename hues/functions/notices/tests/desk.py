"""The desk of notices, as its tests use it: write one, read what was seen, approve with a code."""

import re

from django.test import Client

from hues.engines.bulletins.testing import NOTICE_TEXTS, PHU_XUAN
from hues.kernel.delivery.queries import texts_to
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in

NGA = "+84901200005"
NEW, LIST = "/ops/notices/new/", "/f/notices/"


def at_desk(asker: Asker) -> Client:
    client = Client()
    sign_in(client, asker)
    return client


def code_to(phone: str) -> str:
    return str(re.findall(r"\b\d{6}\b", texts_to(phone)[0].body)[0])


def written(**other: object) -> dict[str, object]:
    form: dict[str, object] = {"kind": "notice", "topic": "power", "audience": "everybody", "wards": [PHU_XUAN]}
    for code, text in NOTICE_TEXTS.items():
        form |= {f"title_{code}": text.title, f"body_{code}": text.body}
    return {**form, **other}


def seen(client: Client, page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', client.get(page).content.decode())
    assert found
    return found[1]


def approved(client: Client, page: str) -> int:
    """Approve as people do: ask, read the text message, type its code."""
    asked = client.post(f"{page}approve/", {"seen": seen(client, page)})
    assert asked.status_code == 403
    assert "Vẫn là bạn chứ?" in asked.content.decode()
    return client.post(f"{page}approve/", {"seen": seen(client, page), "code": code_to(NGA)}).status_code
