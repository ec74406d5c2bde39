"""What a text message costs: its alphabet, its segments (GSM 03.38 and 03.40), and Vietnamese without marks."""

import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("^{}\\[~]|€\f")  # two septets each
_STROKE = str.maketrans({"đ": "d", "Đ": "D", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})
GSM7, UCS2 = "GSM-7", "UCS-2"
_ALONE = {GSM7: 160, UCS2: 70}
_PART = {GSM7: 153, UCS2: 67}


def bare(text: str) -> str:
    """Return `text` without tone marks, in the case it was written in, so that it fits the basic alphabet."""
    plain = unicodedata.normalize("NFD", text.translate(_STROKE))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def alphabet(text: str) -> str:
    """Return which alphabet a text message needs."""
    return GSM7 if all(letter in _BASIC or letter in _ESCAPED for letter in text) else UCS2


def segments(text: str) -> int:
    """Return how many messages a gateway counts; a letter is never cut in two at a seam."""
    code = alphabet(text)
    sizes = [_size(letter, code) for letter in text]
    if sum(sizes) <= _ALONE[code]:
        return 1
    parts, room = 1, _PART[code]
    for size in sizes:
        if size > room:
            parts, room = parts + 1, _PART[code]
        room -= size
    return parts


def shortened(text: str, most: int) -> str:
    """Return as much of `text` as fits `most` segments, with "..." where something is left out."""
    if segments(text) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if segments(text[:middle].rstrip() + "...") <= most else (low, middle - 1)
    return text[:low].rstrip() + "..."


def _size(letter: str, code: str) -> int:
    if code == GSM7:
        return 2 if letter in _ESCAPED else 1
    return len(letter.encode("utf-16-be")) // 2
