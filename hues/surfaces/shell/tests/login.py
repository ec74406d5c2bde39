"""The way in, as its tests go it: a number, the code that came, an answer."""

import re
from typing import Any

from django.test import Client

from hues.kernel.delivery.queries import texts_to

NEW = "+84901234567"
LAN = "+84901000001"


def code_to(phone: str) -> str:
    found = re.findall(r"\b\d{6}\b", texts_to(phone)[0].body)
    assert len(found) == 1
    return str(found[0])


def ask(client: Client, phone: str = NEW, **fields: str) -> Any:
    return client.post("/login/", {"phone": phone, **fields})


def answer(client: Client, code: str, **fields: str) -> Any:
    return client.post("/login/code/", {"code": code, **fields})


def sign_in(client: Client, phone: str = NEW, **fields: str) -> Any:
    ask(client, phone, **fields)
    return answer(client, code_to(phone), **fields)
