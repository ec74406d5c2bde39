"""What an approver is warned of before the city speaks: nothing here forbids."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hues.engines.bulletins.rules.content import Content, Text
from hues.kit.text import fold

MOST_SEGMENTS = 2
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€")
# Folded, and by whole words: what a reader is told to do.
VERBS: Final[Mapping[str, tuple[str, ...]]] = {
    "vi": (
        "so tan", "di chuyen", "di doi", "roi khoi", "tranh", "khong", "o trong nha", "chuan bi", "theo doi", "goi",
        "ha thap", "chang chong", "ke cao", "dong cua", "tat", "ngat", "neo dau", "len", "deo", "dun soi", "uong",
        "tim", "lam theo", "giu", "mang", "bao",
    ),
    "en": (
        "evacuate", "move", "leave", "avoid", "do not", "don't", "stay", "prepare", "follow", "call", "close",
        "switch off", "turn off", "anchor", "go", "wear", "boil", "drink", "seek", "keep", "take", "tie",
        "raise", "report",
    ),
}  # fmt: skip


class Warn(StrEnum):
    NOBODY = "nobody"
    MOST_OF_THE_CITY = "most-of-the-city"
    NO_ACTION = "no-action"
    LONG_MESSAGE = "long-message"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """
    Whom a bulletin would reach: people with an account who live there or follow it, and how much of the city that is.

    `residents` is an estimate of how many live in the area itself; 0 where the city has no figures.
    """

    wards: tuple[str, ...]
    people: int
    residents: int = 0
    accounts: int
    area_km2: float
    city_km2: float
    all_wards: int

    @property
    def share_of_wards(self) -> float:
        """Return which part of the city's wards is warned."""
        return len(self.wards) / self.all_wards if self.all_wards else 0.0

    @property
    def share_of_area(self) -> float:
        """Return which part of the city's ground is warned."""
        return self.area_km2 / self.city_km2 if self.city_km2 else 0.0

    @property
    def share_of_accounts(self) -> float:
        """Return which part of those with an account is warned."""
        return self.people / self.accounts if self.accounts else 0.0

    @property
    def everywhere(self) -> bool:
        """Test if no ward is left out."""
        return bool(self.all_wards) and len(self.wards) == self.all_wards


def warnings(content: Content, reach: Reach) -> tuple[Warn, ...]:
    """Return what an approver should look at twice."""
    return tuple(_warnings(content, reach))


def _warnings(content: Content, reach: Reach) -> Iterator[Warn]:
    if reach.people == 0:
        yield Warn.NOBODY
    if max(reach.share_of_wards, reach.share_of_accounts) > 0.5:
        yield Warn.MOST_OF_THE_CITY
    if any(not _acts(language, text) for language, text in content.texts.items()):
        yield Warn.NO_ACTION
    if any(segments(short(text)) > MOST_SEGMENTS for text in content.texts.values()):
        yield Warn.LONG_MESSAGE


def _acts(language: str, text: Text) -> bool:
    verbs = VERBS.get(language[:2])
    said = "".join(letter if letter.isalnum() or letter == "'" else " " for letter in fold(text.instruction))
    padded = f" {' '.join(said.split())} "
    return verbs is None or any(f" {verb} " in padded for verb in verbs)


def short(text: Text) -> str:
    """Return the words as a text message carries them: the headline, and what to do."""
    return f"{text.headline}. {text.instruction}" if text.instruction else text.headline


def segments(words: str) -> int:
    """Return how many texts `words` take: with Vietnamese marks 70 letters, then 67 each; else 160, then 153."""
    if all(letter in GSM or letter in GSM_TWICE for letter in words):
        length, one, each = sum(2 if letter in GSM_TWICE else 1 for letter in words), 160, 153
    else:
        length, one, each = len(words.encode("utf-16-be")) // 2, 70, 67
    return 0 if not length else 1 if length <= one else -(-length // each)
