"""The city's sirens: commands by MQTT, each with an id of its own so that a siren told twice sounds once."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from paho.mqtt.reasoncodes import ReasonCode

from hues.kernel.delivery.channels import Message, Outcome, Result, Way
from hues.kernel.delivery.choosing import chosen
from hues.kernel.delivery.mqtt import Conversation

LINE = str(Way.SIREN)
TAKING, LISTENING = 10.0, 2.0  # seconds in which the broker has to take all commands; in which we hear answers
USEFUL = 600  # seconds after which a siren that was away is not to be told any more
COMMAND, ANSWERS = "hues/sirens/{site}/command", "hues/sirens/+/answer"
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")
NOBODY_THERE = 16  # the broker took it, and no siren listens
SOUNDS = "sounding"
STOP = "stop"  # instead of a pattern: end what sounds of the story


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a siren says of the command `id`: it sounds, or does not and why."""

    id: str
    sounds: bool
    said: str


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


def are_there() -> bool:
    """Test if the city has sirens to be told; a demo speaks to a broker on its own machine only, never to real ones."""
    url = settings.HUES.siren_url
    return bool(url) and (not settings.HUES.demo or urlsplit(url).hostname in OWN_MACHINE)


def stop_of(site: str) -> str:
    """Return the address of what tells a siren to stop."""
    return f"{site}:{STOP}"


def is_stop(address: str) -> bool:
    """Test if what goes to an address tells a siren to stop."""
    return address.endswith(f":{STOP}")


def ward_of(site: str) -> str:
    """Return the ward in which a siren stands; "" if nobody knows it."""
    return next((str(one["ward"]) for one in chosen().get("sirens", []) if one["code"] == site), "")


def patience() -> timedelta | None:
    """Return in what time a siren has to answer; None where the city's sirens do not."""
    seconds = chosen().get("siren", {}).get("answers", 0)
    return timedelta(seconds=seconds) if seconds else None


def send(messages: Sequence[Message], *, at: datetime) -> list[Result]:
    """Publish a command for each message through HUES_SIREN_URL and wait until the broker took them."""
    numbers: dict[str, int] = {}
    answers: dict[int, ReasonCode] = {}
    said = "the broker did not answer"
    try:
        with Conversation(settings.HUES.siren_url) as broker:
            answers = broker.answers
            for message in messages:
                topic = COMMAND.format(site=site_of(message.address))
                numbers[message.ref] = broker.say(
                    topic, _command(message, at), good_for=message.words.good_for(USEFUL, at)
                )
            broker.until(lambda: len(answers) == len(numbers), TAKING)
    except (OSError, ValueError) as error:
        said = str(error) or type(error).__name__
    return [_result(message, answers.get(numbers.get(message.ref, 0)), said) for message in messages]


def answered(ids: Collection[str]) -> list[Answer]:
    """
    Hear for a moment what sirens say of these commands: each keeps its last word at the broker until it is asked.

    :raises OSError: if there is no broker, or it does not let us in
    """
    wanted, found = set(ids), dict[str, Answer]()

    def heard_all() -> bool:
        while broker.heard:
            answer = _read(broker.heard.pop(0)[1])
            if answer and answer.id in wanted:
                found[answer.id] = answer
        return len(found) == len(wanted)

    with Conversation(settings.HUES.siren_url) as broker:
        broker.listen(ANSWERS)
        broker.until(heard_all, LISTENING)
    return list(found.values())


def site_of(address: str) -> str:
    """Return which siren an address is of."""
    return address.partition(":")[0]


def command_id(key: str, address: str) -> str:
    """Return what a siren knows a command by, however often it is told."""
    return f"{key}:{site_of(address)}"


def _command(message: Message, at: datetime) -> bytes:
    pattern = message.address.partition(":")[2]
    command = {
        "id": command_id(message.words.key, message.address),
        "at": at.isoformat(),
        "pattern": pattern,
        "story": message.words.topic,
        **({} if pattern == STOP else sound(pattern)),
    }
    return json.dumps(command, sort_keys=True).encode()


def _result(message: Message, answer: ReasonCode | None, said: str) -> Result:
    if answer is not None:
        said = "no siren listens there" if answer.value == NOBODY_THERE else str(answer)
        if answer.value == 0:
            return Result(ref=message.ref, outcome=Outcome.SENT, line=LINE)
    return Result(ref=message.ref, outcome=Outcome.AGAIN, line=LINE, said=said)


def _read(payload: bytes) -> Answer | None:
    try:
        told = json.loads(payload)
        return Answer(id=str(told["id"]), sounds=told["state"] == SOUNDS, said=str(told.get("said", told["state"])))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
