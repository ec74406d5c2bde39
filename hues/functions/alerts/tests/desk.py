"""The desk of alerts, as its tests use it: write, submit and approve, with a code where one is asked for."""

import re
from datetime import timedelta

from django.test import Client

from hues.engines.bulletins.testing import PHU_XUAN, TEXTS, words
from hues.kernel.delivery.queries import texts_to
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in
from hues.kit import clock

NGA = "+84901200005"
NEW, LIST = "/ops/alerts/new/", "/f/alerts/"
IDENTIFIER = re.compile(r"VN-HUE-\d{4}-\d{6}")


def at_desk(asker: Asker) -> Client:
    client = Client()
    sign_in(client, asker)
    return client


def written(**other: str | list[str]) -> dict[str, str | list[str]]:
    """Return the form of an alert as a writer fills it in; the end lies in the future of the running clock."""
    until = (clock.now() + timedelta(hours=20)).strftime("%Y-%m-%dT%H:%M")
    form: dict[str, str | list[str]] = {"event": "flood", "risk": "3", "expires_at": until, "wards": [PHU_XUAN]}
    for code, text in TEXTS.items():
        form |= {f"headline_{code}": text.headline, f"description_{code}": text.description}
        form[f"instruction_{code}"] = text.instruction
    return {**form, **other}


def submitted(writer: Client, **other: str | list[str]) -> str:
    words(at=clock.now())
    answer = writer.post(NEW, {**written(**other), "submit": "1"})
    assert answer.status_code == 303, answer.content.decode()[:3000]
    return str(answer["Location"])


def seen(client: Client, page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', client.get(page).content.decode())
    assert found
    return found[1]


def code_to(phone: str) -> str:
    return str(re.findall(r"\b\d{6}\b", texts_to(phone)[0].body)[0])
