"""One conversation with the city's broker by MQTT 5, in which it answers for every message that it is given."""

import socket
import ssl
import time
from collections.abc import Callable
from types import TracebackType
from urllib.parse import parse_qs, unquote, urlsplit

from paho.mqtt.client import Client, ConnectFlags, MQTTMessage, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from hues.kernel.delivery import bounded

PORTS = {"mqtt": 1883, "mqtts": 8883}
AT_LEAST_ONCE = 1  # the quality of service: the broker has to say that it took the message
CONNECTING = 5.0  # seconds
KEEPING = 10  # seconds without a word after which the other side is gone; also what a handshake of TLS may take


class _Client(Client):
    def _create_socket_connection(self) -> socket.socket:
        # Within the time in all; then a plain one, for the library waits by itself.
        plain = socket.socket(fileno=bounded.reach((self._host, self._port), CONNECTING).detach())
        plain.settimeout(CONNECTING)
        return plain


class Conversation:
    """
    Talks over one connection to `url`, alone in this thread, until it is left.

    `mqtts://` is TLS that trusts whom the machine trusts, or `?ca=FILE`; `&cert=FILE` (key and chain) shows who we are.

    :raises ValueError: if the address is none
    :raises OSError: if there is no broker, or it does not let us in
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("HUES_SIREN_URL is no mqtt address")
        self._place = parts.hostname, parts.port or PORTS[parts.scheme]
        self._welcome: ReasonCode | None = None
        self.heard: list[tuple[str, bytes]] = []
        self.answers: dict[int, ReasonCode] = {}
        self._client = _Client(CallbackAPIVersion.VERSION2, protocol=MQTTv5)
        self._client.on_connect = self._on_connect
        self._client.on_publish = lambda _client, _data, mid, reason, _more: self.answers.update({mid: reason})
        self._client.on_message = self._on_message
        if parts.scheme == "mqtts":
            self._client.tls_set_context(_trust(parse_qs(parts.query)))
        if parts.username:
            self._client.username_pw_set(unquote(parts.username), unquote(parts.password or ""))

    def __enter__(self) -> "Conversation":
        self._client.connect(*self._place, keepalive=KEEPING)
        self.until(lambda: self._welcome is not None, CONNECTING)
        if self._welcome is None or self._welcome.is_failure:
            raise ConnectionError(str(self._welcome or "the broker did not answer"))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.disconnect()

    def say(self, topic: str, payload: bytes, *, good_for: int) -> int:
        """Publish for all who listen within so many seconds, kept for nobody later; return the number of it."""
        properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
        properties.MessageExpiryInterval = good_for
        return self._client.publish(topic, payload, qos=AT_LEAST_ONCE, retain=False, properties=properties).mid

    def listen(self, topics: str) -> None:
        """Hear from now on what is said there, and first what was kept there."""
        self._client.subscribe(topics, qos=AT_LEAST_ONCE)

    def until(self, is_done: Callable[[], bool], seconds: float) -> bool:
        """
        Talk until it is done or the time is over, and return which it was.

        :raises ConnectionError: if the other side hangs up
        """
        end = time.monotonic() + seconds
        while not is_done():
            if time.monotonic() > end:
                return False
            if self._client.loop(0.1) != MQTTErrorCode.MQTT_ERR_SUCCESS:
                raise ConnectionError(str(self._welcome) if self._welcome else "the broker hung up")
        return True

    def _on_connect(
        self, _client: Client, _data: object, _flags: ConnectFlags, reason: ReasonCode, _more: object
    ) -> None:
        self._welcome = reason

    def _on_message(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        self.heard.append((message.topic, bytes(message.payload)))


def _trust(wishes: dict[str, list[str]]) -> ssl.SSLContext:
    trust = ssl.create_default_context(cafile=wishes.get("ca", [None])[0])
    if "cert" in wishes:
        trust.load_cert_chain(wishes["cert"][0])
    return trust
