"""What an approver is warned of before the city speaks: nothing here forbids."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from hues.engines.bulletins.rules.content import Content, Text

MOST_SEGMENTS = 2
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€")
# What a reader is told to do, by whole words with all marks: "báo" is no "bão". In Vietnamese a verb tells to do only
# where it begins what is said, or follows one of LEAD: "Lên chỗ cao" does, "Nước lên nhanh" does not.
VERBS: Final[Mapping[str, tuple[str, ...]]] = {
    "vi": (
        "di chuyển", "di dời", "di tản", "rời", "ra khỏi", "thoát", "tránh", "tạm dừng", "dừng", "ngừng", "hạn chế",
        "không", "đừng", "chớ", "cấm", "ở", "vào", "về", "đến", "tới", "lên chỗ", "lên nơi",
        "lên tầng", "lên gác", "lên cao", "lên vùng", "xuống", "chuẩn bị", "theo dõi", "lắng nghe", "nghe", "gọi",
        "hạ thấp", "chằng", "gia cố", "kê", "nâng", "đưa", "cất", "dọn", "đóng", "khóa",
        "tắt", "ngắt", "cắt", "rút", "sạc", "neo", "đeo", "đội", "mặc", "đun", "uống", "tìm",
        "làm theo", "thực hiện", "tuân theo", "chấp hành", "giữ", "mang", "báo", "cảnh giác", "đề phòng",
        "kiểm tra", "dự trữ", "giúp", "giúp đỡ", "chăm sóc", "trông", "cắm", "bám", "nấp", "trú", "che", "tưới", "gặt",
        "thu hoạch", "chạy", "đi", "quay", "xem", "liên hệ", "nhắn",
    ),
    "en": (
        "evacuate", "move", "leave", "avoid", "do not", "don't", "stay", "prepare", "follow", "call", "close",
        "switch off", "turn off", "anchor", "go", "wear", "boil", "drink", "seek", "keep", "take", "tie",
        "raise", "report",
    ),
}  # fmt: skip
LEAD: Final = re.compile(
    r"[^\w\s']+|\n|\b(?:hãy|cần|phải|nên|đề nghị|yêu cầu|nhanh chóng|chủ động|khẩn trương|lập tức|tuyệt đối|"
    r"bà con|người dân|nhân dân|mọi người|tàu thuyền|chủ tàu|ngư dân)\b"
)
EVER: Final = ("sơ tán", "tránh xa", "không được", "gọi 112", "gọi 113", "gọi 114", "gọi 115")  # wherever it stands


class Warn(StrEnum):
    NOBODY = "nobody"
    MOST_OF_THE_CITY = "most-of-the-city"
    NO_ACTION = "no-action"
    LONG_MESSAGE = "long-message"
    ONE_LANGUAGE = "one-language"  # of an update: only some languages say something else than before
    # Of notices, which have no instruction and never go as text messages.
    FEW = "few"
    MOST_ARE_TOLD = "most-are-told"
    NO_DATE = "no-date"
    LONG_TITLE = "long-title"
    CUT = "cut"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """
    Whom a bulletin would reach: people with an account who live there or follow it, and how much of the city that is.

    `devices` are browsers that want to be told without an account. `residents` is an estimate of how many live in the
    area itself, `citizens` of how many live in the whole city; 0 where the city has no figures.
    """

    wards: tuple[str, ...]
    people: int
    devices: int = 0
    residents: int = 0
    citizens: int = 0
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
    def share_of_people(self) -> float:
        """Return which part of those who live in the city lives where it is for, by the estimate."""
        return min(1.0, self.residents / self.citizens) if self.citizens else 0.0

    @property
    def share_of_accounts(self) -> float:
        """Return which part of those with an account is warned."""
        return self.people / self.accounts if self.accounts else 0.0

    @property
    def most_of_the_city(self) -> bool:
        """Test if more than half of the people live there; without figures, of wards or accounts."""
        known = self.share_of_people if self.citizens else max(self.share_of_wards, self.share_of_accounts)
        return known > 0.5

    @property
    def shares(self) -> Mapping[str, int]:
        """Return which part of the people, of the wards and of the ground is reached, in percent."""
        parts = {"people": self.share_of_people, "wards": self.share_of_wards, "area": self.share_of_area}
        return {name: round(100 * part) for name, part in parts.items()}

    @property
    def everywhere(self) -> bool:
        """Test if no ward is left out."""
        return bool(self.all_wards) and len(self.wards) == self.all_wards


def warnings(content: Content, reach: Reach, before: Content | None = None) -> tuple[Warn, ...]:
    """Return what an approver should look at twice; of what follows another message also what it has left as it was."""
    left = (Warn.ONE_LANGUAGE,) if before and is_half_said(before.texts, content.texts) else ()
    return (*_warnings(content, reach), *left)


def is_half_said(then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Test if a part of the words (dataclasses by language) has changed in some languages and not in others."""
    parts = {part.name for text in now.values() for part in fields(text)}
    changed = ({code for code, text in now.items() if _other(then.get(code), text, part)} for part in parts)
    return any(codes and codes != set(now) for codes in changed)


def _other(then: Any, now: Any, part: str) -> bool:
    return bool(getattr(then, part, "") != getattr(now, part))


def _warnings(content: Content, reach: Reach) -> Iterator[Warn]:
    if (content.wards or content.shapes) and reach.people + reach.devices == 0:
        yield Warn.NOBODY
    if reach.most_of_the_city:
        yield Warn.MOST_OF_THE_CITY
    if any(not _acts(language, text) for language, text in content.texts.items()):
        yield Warn.NO_ACTION
    if any(segments(short(text)) > MOST_SEGMENTS for text in content.texts.values()):
        yield Warn.LONG_MESSAGE


def _acts(language: str, text: Text) -> bool:
    """Test if an instruction tells its reader to do something, or not to; of languages without a list we can't say."""
    verbs = VERBS.get(language[:2])
    if verbs is None:
        return True
    said = unicodedata.normalize("NFC", text.instruction.replace("’", "'")).lower()
    if language[:2] != "vi":
        return _has(said, verbs)
    return _has(said, EVER) or any(
        f"{' '.join(part.split())} ".startswith(tuple(f"{verb} " for verb in verbs)) for part in LEAD.split(said)
    )


def _has(said: str, wanted: Sequence[str]) -> bool:
    words = "".join(letter if letter.isalnum() or letter == "'" else " " for letter in said)
    padded = f" {' '.join(words.split())} "
    return any(f" {one} " in padded for one in wanted)


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
