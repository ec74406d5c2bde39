"""Numbers of houses in what people write: who lives there is nobody else's business."""

import re
import unicodedata
from collections.abc import Collection
from itertools import pairwise
from typing import Final

from hues.engines.cases.rules.house_words import (
    ALLEYS,
    ALWAYS,
    BEFORE,
    COUNTED,
    DATED,
    DAYS,
    FACTORY,
    FLATS,
    NO_NOUNS,
    NUMBERED,
    POINTS,
    SURELY,
    TIMED,
    TITLES,
    UNITS,
    WAYS,
)
from hues.kit.text import fold

# 24 · 24B · 24bis · 12A1 · 12/5B · 24 – 26 · 16.4637 (a point is a house too)
_ONE: Final = r"\d+(?:\.\d+)?(?:bis|ter|[a-z]\d*)?"
_SAID: Final = (
    r"(?:(?:số\s++nhà|so\s++nha|nhà\s++số|nha\s++so|s\.?n\.?|căn\s++hộ(?:\s++số)?|can\s++ho(?:\s++so)?|số|so|nhà|nha)"
    r"\s*+[:.]?\s*+)"
)
NEAR: Final = 200  # letters that are looked at before and behind a number
LONGEST: Final = 4  # words of a street's name
_OLD: Final = rf"(?: ?\((?:số |so )?(?:cũ|cu|mới|moi)(?: số| so)?:? ?{_ONE}\))?"  # 24 (cũ 30)
NUMBER: Final = re.compile(
    rf"(?:(?P<said>\b{_SAID})|(?<![^\W_])(?<![.+/])){_ONE}(?:\s*[+/–-]\s*{_ONE})*(?![^\W_]){_OLD}", re.IGNORECASE
)
STREET: Final = re.compile(r"\s+([^\W\d_]+)")
WORD: Final = re.compile(r"[^\W\d_]+")
WAY: Final = re.compile(r"\s*,?\s*([^\W\d_]+)\s+([^\W_]+)")
K_ALLEY: Final = re.compile(r"\b(K\d+)(?:/\d+[a-z]?)+(?![^\W_])", re.IGNORECASE)  # K12/24: the house 24 in an alley
# P.305 · căn 1203 · căn hộ B2-1203 · phòng 12A05: of a flat a number, or letters and digits (PC07 is an office)
_SO: Final = r"(?: (?:hộ|ho))?(?: (?:số|so))?"
FLAT: Final = re.compile(
    rf"\b(?:P\.? ?\d{{3,4}}[A-Z]?|(?:căn|can){_SO} \d{{3,4}}"
    rf"|(?:phòng|phong|căn|can){_SO} (?=[\d-]*[A-Z])(?=(?:[A-Z-]*\d){{3}})[A-Z]{{0,3}}\d{{0,2}}[A-Z]?-?\d{{2,4}}[A-Z]?)"
    r"(?!\w|[.,]\d| ?(?:m2|người|hộ|căn|tỷ|triệu)\b)",
    re.IGNORECASE,
)
HOUR: Final = re.compile(r"\d+h\d*")
_MINE: Final = r"(?:my (?:house|home)|nha (?:cua )?(?:toi|em|minh|con|chau|chung toi|chung em|gia dinh))"
# "Nhà tôi ở số 24", "nhà em (24B", "24, nhà tôi": whoever speaks of their own house names its number.
MINE_IS: Final = re.compile(rf"\b{_MINE}(?P<led>(?:[ ,:(-]|\b(?:o|tai|la|dia chi|dc|is|at|no|number)\b)*)$")
IS_MINE: Final = re.compile(rf"[ ,(-]*(?:(?:chinh )?la |is )?{_MINE}\b")
OF_FLATS: Final = re.compile(r" ?,? ?(?:tang \d+ ?,? ?)?(?:chung cu|tap the|khu tap the|ky tuc xa|nha tro|toa|block)\b")
CLOSED: Final = re.compile(r"[ ]*(?:[,.;:!?)\n]|$)")
# My house, my parents', my rented room; “nhà bà con” are those of all neighbours.
_I: Final = r"(?:toi|em|minh|con|chau|chung toi|chung em)"
HOME: Final = re.compile(
    r"\b(?:nha|can ho|phong tro|nha tro)(?: rieng)?(?: cua)? (?!ba con\b)"
    r"(?:(?:ba me|bo me|cha me|ong ba|ba|bo|cha|me|ong) )?"
    rf"(?:{_I}|gia dinh)\b|\b(?:my|our) (?:house|home|flat|apartment)\b"
)


def street_of(address: str) -> str:
    """Return an address without the numbers of houses; whatever is not known to be something else is one."""
    return _without(address, prose=False, known=frozenset())


def words_without_houses(text: str, address: str = "", streets: Collection[str] = ()) -> str:
    """
    Return words without the numbers of houses that they name; in a sentence most numbers count something else.

    Beside a street that the `address` names, or one of those that are known (`streets`, see `fold`), a number is a
    house's in small letters too.
    """
    named = fold(street_of(address)).split()
    known = frozenset(pairwise(named)) | {tuple(street.split()) for street in streets}
    return _without(text, prose=True, known=known)


def names_a_home(*written: str) -> bool:
    """Test if somebody speaks of their own house."""
    return any(HOME.search(fold(words)) for words in written)


def _without(written: str, *, prose: bool, known: frozenset[tuple[str, ...]]) -> str:
    said = unicodedata.normalize("NFC", written)
    whole = FLAT.sub("…" if prose else "", K_ALLEY.sub(r"\1", said))
    kept, since = [], 0
    for found in NUMBER.finditer(whole):
        before = whole[max(0, found.start() - NEAR) : found.start()]
        after = whole[found.end() : found.end() + NEAR]
        if not (_is_told(found, before, after, known) if prose else _is_house(found, before, after)):
            continue
        kept += [whole[since : found.start()], _instead(found, before, after, prose=prose)]
        since = found.end()
        if not kept[-1] and _begins(before):
            since += len(after) - len(after.lstrip(" ,–-"))
    left = "".join([*kept, whole[since:]])
    if left != said:
        left = re.sub(r" +(?=[,.;]|$)", "", re.sub(r" {2,}", " ", left), flags=re.MULTILINE)
        left = re.sub(r"(?:,\s*)+,", ",", left)
    return left if prose else left.strip(" ,;–-")


def _is_house(found: re.Match[str], before: str, after: str) -> bool:
    """Test a number in an address."""
    said, noun = fold(found["said"] or ""), _last(before)
    if said.startswith(SURELY):
        return not (said.startswith("can ho") and _first(after) in COUNTED)
    if _first(after) in UNITS or noun in NUMBERED - ALLEYS:
        return False
    if noun in ALLEYS:
        return len(_numbers(found)) > 1
    return bool(said) or bool(STREET.match(after)) or "/".join(_numbers(found)) not in DAYS


def _is_told(found: re.Match[str], before: str, after: str, known: frozenset[tuple[str, ...]]) -> bool:
    """Test a number in a sentence."""
    if (plainly := _is_plainly(found, before, after)) is not None:
        return plainly
    said, following = fold(found["said"] or ""), WORD.findall(after)[:2]
    if "/".join(_numbers(found)) not in ALWAYS and (mine := MINE_IS.search(fold(before[-60:]))):
        return bool(said or mine["led"].strip())
    if said and IS_MINE.match(fold(after[:40])):
        return True
    if _leads_on(found, before, after):
        return True
    is_known = _is_known(WORD.findall(after), known)
    if said:
        return _is_named(after) or is_known or not STREET.match(after)
    if _follows_on(found, before, after, known):
        return True
    if len(following) < 2 or not re.match(r"\s*,?\s*[^\W\d_]", after) or _is_after(before, POINTS):
        return False
    return all(word[0].isupper() for word in following) or is_known


def _is_plainly(found: re.Match[str], before: str, after: str) -> bool | None:
    """Return what the words right beside a number in a sentence say of it, None if nothing."""
    said, noun = fold(found["said"] or ""), _last(before)
    counted = _first(after) in COUNTED and not _is_named(after)
    if said.startswith(SURELY):
        return not (said.startswith("can ho") and (counted or found[0].endswith("m2")))
    if noun in FLATS and OF_FLATS.match(fold(f"- {after[:40]}")[1:]):
        return True
    if HOUR.fullmatch(found[0]):
        return False
    if not said and noun in ALLEYS:
        return "/" in found[0]
    if (noun in NUMBERED and not said.startswith("nha")) or counted or _is_dated(before, _numbers(found)):
        return False
    return None


def _is_known(words: list[str], known: frozenset[tuple[str, ...]]) -> bool:
    """Test if words begin with a street that is known."""
    folded = tuple(fold(word) for word in words[:LONGEST])
    return any(folded[:length] in known for length in range(2, LONGEST + 1))


def _follows_on(found: re.Match[str], before: str, after: str, known: frozenset[tuple[str, ...]]) -> bool:
    """
    Test if a number ends what is said of a street that is known: “Lê Lợi 24, …”.

    Further words may count (“Lê Lợi 2 ổ gà”), two numbers are a day rather, and behind a noun it is a name (“Trường
    Lê Lợi 2”): those cannot be told from houses.
    """
    if not CLOSED.match(after) or not re.fullmatch(r"\d{1,3}[a-z]?", found[0], re.IGNORECASE):
        return False
    words = [fold(word) for word in _clause(before)[-LONGEST - 1 :]]
    for length in range(2, LONGEST + 1):
        if tuple(words[-length:]) in known:
            noun = words[-length - 1] if len(words) > length else ""
            return noun not in NUMBERED - WAYS
    return False


def _is_named(after: str) -> bool:
    """Test if the next word begins like a name."""
    word = WORD.search(after)
    return word is not None and word[0][0].isupper()


def _is_dated(before: str, numbers: list[str]) -> bool:
    """Test if a number is the day of a month, as after “ngày”."""
    return len(numbers) == 2 and _is_after(before, DATED)


def _is_after(before: str, these: frozenset[str]) -> bool:
    """Test if the last word, with its marks, is one of these."""
    words = _clause(before)
    return bool(words) and words[-1].lower() in these


def _leads_on(found: re.Match[str], before: str, after: str) -> bool:
    """Test if a number stands before the way that a house is at; a small one alone counts ways: “2 đường Lê Lợi, …”."""
    way = WAY.match(after)
    if not way or fold(way[1]) not in WAYS or (not found["said"] and _is_after(before, TIMED)):
        return False
    if way[2][0].isdigit():
        return fold(way[1]) in ALLEYS
    is_one = bool(found["said"]) or not re.fullmatch(r"\d", found[0]) or _begins(before)
    return is_one and way[2][0].isupper()


def _instead(found: re.Match[str], before: str, after: str, *, prose: bool) -> str:
    """Return what stands where a number stood: of one in an alley the alley's, in a sentence a sign that it is gone."""
    if not found["said"] and _last(before) in ALLEYS:
        return _numbers(found)[0]
    street = re.match(r"\s*,?\s*([^\W\d_])", after)
    return "…" if prose and found["said"] and not (street and street[1].isupper()) else ""


def _numbers(found: re.Match[str]) -> list[str]:
    return re.split(r"\s*[/–-]\s*", found[0])


def _begins(before: str) -> bool:
    if not before.strip() or before.rstrip()[-1] in ",;.:(":
        return True
    words = _clause(before)
    return bool(words) and fold(words[-1]) in BEFORE


def _last(before: str) -> str:
    """Return the noun that a number stands behind, "" if that is somebody's name."""
    words = _clause(before)
    if not words or _is_name(words):
        return ""
    return "" if words[-1].lower() in NO_NOUNS or fold(" ".join(words[-2:])) == "doi dien" else fold(words[-1])


def _clause(before: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.split(r"[,;.:\n]", before)[-1])


def _is_name(words: list[str]) -> bool:
    """Test if words end in the name of somebody, as behind “bà” or “nhà”; in small letters behind both."""
    *led, name = words
    if led and fold(led[-1]) == "nha":
        return name[0].isupper() and name.lower() not in FACTORY
    while led and led[-1][0].isupper() and fold(led[-1]) not in TITLES:
        led.pop()
    at_home = fold(led[-2]) == "nha" if len(led) > 1 else False
    return bool(led) and fold(led[-1]) in TITLES and (name[0].isupper() or at_home)


def _first(after: str) -> str:
    word = STREET.match(after)
    return fold(word[1]) if word else ""
