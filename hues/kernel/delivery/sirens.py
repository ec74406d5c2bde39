"""The city's sirens: commands by MQTT, each with an id of its own so that a siren told twice sounds once."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from paho.mqtt.client import Client, MQTTMessageInfo, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion

from hues.kernel.delivery.channels import Message, Outcome, Result
from hues.kernel.delivery.choosing import chosen

LINE = "siren"
SECONDS = 10.0
ONCE_AT_LEAST = 1  # the quality of service: the broker has to say that it took the command


def sound(pattern: str) -> dict[str, int]:
    """
    Return how often a pattern sounds ("times"), for how long ("seconds") and with which silence between ("pause").

    :raises KeyError: if the city has no such pattern
    """
    found: dict[str, int] = chosen()["patterns"][pattern]
    return found


def sites_in(wards: Collection[str]) -> list[str]:
    """Return the codes of the sirens in these wards; "" among them means the whole city."""
    sites = chosen().get("sirens", [])
    return sorted(site["code"] for site in sites if "" in wards or site["ward"] in wards)


def send(messages: Sequence[Message], *, at: datetime) -> list[Result]:
    """Publish a command for each message through HUES_SIREN_URL and wait until the broker took it."""
    client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTv311)
    try:
        _connect(client, settings.HUES.siren_url)
        told = [(message, client.publish(*_command(message), qos=ONCE_AT_LEAST)) for message in messages]
        return [_result(message, info) for message, info in told]
    except (OSError, ValueError) as error:
        said = type(error).__name__
        return [Result(ref=message.ref, outcome=Outcome.AGAIN, line=LINE, said=said) for message in messages]
    finally:
        client.disconnect()
        client.loop_stop()


def _connect(client: Client, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("mqtt", "mqtts") or not parts.hostname:
        raise ValueError("HUES_SIREN_URL is no mqtt address")
    if parts.scheme == "mqtts":
        client.tls_set()
    if parts.username:
        client.username_pw_set(unquote(parts.username), unquote(parts.password or ""))
    client.connect_timeout = SECONDS
    client.connect(parts.hostname, parts.port or (8883 if parts.scheme == "mqtts" else 1883))
    client.loop_start()


def _command(message: Message) -> tuple[str, bytes]:
    site, _, pattern = message.address.partition(":")
    command = {
        "id": f"{message.words.key}:{site}",
        "at": message.words.at.isoformat(),
        "pattern": pattern,
        **sound(pattern),
    }
    return f"hues/sirens/{site}/command", json.dumps(command, sort_keys=True).encode()


def _result(message: Message, info: MQTTMessageInfo) -> Result:
    try:
        info.wait_for_publish(SECONDS)
        taken = info.is_published()
    except (ValueError, RuntimeError):
        taken = False
    outcome = Outcome.SENT if taken else Outcome.AGAIN
    return Result(ref=message.ref, outcome=outcome, line=LINE, said="" if taken else "the broker did not answer")
