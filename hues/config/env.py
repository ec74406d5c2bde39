"""The environment, read once and typed: PORT, DATABASE_URL and HUES_* are all there is."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
DEMO_KEY = "demo-only-and-refused-outside-of-it"
# Words that are taken as they are: HUES_SMS_URL and so on.
AS_GIVEN = (
    *("sms_url", "sms_secret", "mail_url", "siren_url", "storage_url", "tiles_url", "tiles_credit", "metrics_token"),
    *("zalo_url", "zalo_secret", "zalo_page", "facebook_url", "facebook_secret", "facebook_verify"),
    *("letters_secret", "letters_address"),
)


class Misconfigured(SystemExit):
    """The server can't start as it was told to; the sentence says what to change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Env:
    """
    What the operator decided.

    `home` is the data folder, `city` the folder of city data, `origin` the address people type
    (scheme, host, port), `hosts` the names the server answers to. Empty strings mean "not used".
    """

    home: Path
    city: Path
    port: int
    demo: bool
    secret_key: str
    database_url: str
    origin: str
    hosts: tuple[str, ...]
    sms_url: str
    sms_secret: str
    mail_url: str
    siren_url: str
    zalo_url: str
    zalo_secret: str
    zalo_page: str
    facebook_url: str
    facebook_secret: str
    facebook_verify: str
    letters_secret: str
    letters_address: str
    storage_url: str
    tiles_url: str
    tiles_credit: str
    metrics_token: str
    static_root: Path

    @property
    def cookie_port(self) -> int | None:
        """Return the port that tells this city's cookies from those of another on its host; on HTTPS's own, none."""
        return self.port if self.demo else urlsplit(self.origin).port


def read(environ: Mapping[str, str] = os.environ) -> Env:
    """
    Return the environment's settings with their defaults.

    :raises Misconfigured: if a value can't be used, or there is no secret key outside demo mode
    """
    demo = environ.get("HUES_DEMO", "") not in ("", "0", "false", "no")
    port = _port(environ.get("PORT", "8000"))
    key = environ.get("HUES_SECRET_KEY", "") or (DEMO_KEY if demo else "")
    if not key or (not demo and (len(key) < 40 or key == DEMO_KEY)):
        raise Misconfigured(
            "HUES_SECRET_KEY must hold at least 40 random characters (or set HUES_DEMO=1 to try it out)."
        )
    origin = environ.get("HUES_ORIGIN", "").rstrip("/") or f"http://localhost:{port}"
    if not demo and not origin.startswith("https://"):
        raise Misconfigured("HUES_ORIGIN must be the https:// address under which people reach the city.")
    city = Path(environ.get("HUES_CITY", "") or ROOT / "cities" / "hue").absolute()
    if not (city / "city.toml").is_file():
        raise Misconfigured(f"HUES_CITY must be the folder of a city: there is no city.toml in {city}.")
    named = tuple(h.strip() for h in environ.get("HUES_HOSTS", "").split(",") if h.strip())
    return Env(
        home=Path(environ.get("HUES_HOME", "") or ROOT / ".hues").absolute(),
        city=city,
        port=port,
        demo=demo,
        secret_key=key,
        database_url=environ.get("DATABASE_URL", ""),
        origin=origin,
        hosts=named or ((*_host_of(origin), "localhost", "127.0.0.1", "[::1]") if demo else _host_of(origin)),
        **{name: environ.get(f"HUES_{name.upper()}", "") for name in AS_GIVEN},
        static_root=Path(environ.get("HUES_STATIC", "") or ROOT / "static-collected").absolute(),
    )


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Misconfigured(f"PORT must be a number between 1 and 65535, not {text!r}.")
    return int(text)


def _host_of(origin: str) -> tuple[str, ...]:
    return (origin.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0],)
