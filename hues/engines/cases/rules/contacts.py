"""How somebody is reached or known in what people write: telephones, e-mail, accounts, identity, plates of vehicles."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Final

from hues.engines.cases.rules.covering import MARK

# What stands between the groups of a number, of which folding leaves few forms: 0901 234-567 · (0234) 3822.123
_GAP: Final = r"[ .()_·*~-]{0,5}"
# A line may break between two groups that are no small numbers.
_BREAK: Final = rf"(?:{_GAP}|(?<=\d{{3}})[ .-]?\n ?(?=\d{{3}}))"
_ENDS: Final = r"(?:com|vn|net|org|edu|info)\b"
_HOSTS: Final = r"(?:gmail|yahoo|hotmail|outlook|icloud)\b"
_AT: Final = (
    r"@|[(\[{<] ?(?:at|a c[òo]ng|@) ?[)\]}>]|[(\[{<]a[)\]}>](?=[\w-]+\.\w)"
    rf"|(?<!\w)(?:at|a c[òo]ng)(?= +(?:{_HOSTS}|[\w-]+ (?:dot|ch[ấa]m) {_ENDS}))"
)
_DOT: Final = rf"\.| ?\. ?(?={_ENDS})| ?(?:[(\[{{<] ?(?:dot|ch[ấa]m) ?[)\]}}>]|\b(?:dot|ch[ấa]m)\b) ?"
AT: Final = re.compile(rf"\s*(?:{_AT})\s*", re.IGNORECASE)
# lan@gmail.com · lan . tran [at] gmail [chấm] com · broken across a line, if its end is that of an address; none begins
# amid the dots of another, lest a row of them is read from each of them on. An @ alone between words is only at a host:
# “tổ 12 @ phường” is none.
DOT: Final = re.compile(_DOT, re.IGNORECASE)
MAIL: Final = re.compile(
    r"(?<![\w.+-])(?<![\w.+-] \. )[\w.+-]+(?: \. [\w.+-]+)*"
    rf"(?:(?! +@ +(?!{_HOSTS}|[\w-]+(?:{_DOT})[a-z])) *(?:{_AT}) *|\s*@\s*(?=[\w-]+\.[a-z]))"
    rf"[\w-]+(?:(?:{_DOT})[\w-]+)*",
    re.IGNORECASE,
)
# Ten digits from a 0 before eleven (of an office), twelve (of a citizen's card) or nine: the next number may follow.
PHONE: Final = re.compile(
    rf"(?<!\d)(?<!(?<!\d)0[.,])\(?(?:00{_GAP}84|\+?84|0(?!00))\)?"
    rf"(?:(?:{_BREAK}\d){{9}}|(?:{_BREAK}\d){{10}}|(?:{_BREAK}\d){{11}}|(?:{_BREAK}\d){{8}})(?!\d)"
)
# 0901,234,567 · 090, 123, 4567 · 0234,3822123 · 0901/234/567: such signs stand between groups, in lists of numbers too
_SIGN: Final = r"[.,;:/~|+='’] ?"
COMMAS: Final = re.compile(
    r"(?<!\d)(?<!\d[.,/])(?:0|\+84,? ?)"
    rf"(?:\d{{3}}{_SIGN}\d{{3}}{_SIGN}\d{{3,4}}|\d\d{_SIGN}\d{{3}}{_SIGN}\d{{4}}|\d{{2,3}}{_SIGN}\d{{6,7}}"
    rf"|\d{{3}}(?:[.,\n ] ?\d\d){{3}})(?!,?\d)"
)
# Nine digits or twelve in threes, or nine and more at once; round numbers, decimals of a point, and a decree's number
# are nobody's.
IDENTITY: Final = re.compile(
    r"(?<!\d)(?<!(?<!\d)\d\d\.)(?<!(?<!\d)\d\d\d\.)(?<!(?<!\d)0[.,])(?!\d{3}(?:[ .]000){2,3}(?!\d)|\d+0{6}(?!\d))"
    r"(?:(?<!(?<!\d)\d\.)\d{3}(?:[ .()_·*-]{1,3}\d{3}){2,3}|\d{9,})(?!\d|/[A-ZĐ]{2})"
)
# However it is grouped behind its name: CMND 19 123 4567, hộ chiếu C1234567
NAMED: Final = re.compile(
    r"\b(?:CMND|CMTND|CMT|CCCD|căn cước|can cuoc|hộ chiếu|ho chieu|passport)\b[^\d\n,;]{0,12}(?<!\w)"
    rf"(?P<it>[A-Z]\d{{7,8}}|\d(?:{_GAP}\d){{8,13}})(?![\w])",
    re.IGNORECASE,
)
# What makes of letters and digits no plate: 11A 123.45 km, 22h 12345 hộ
_MEASURED: Final = r" ?(?:km|m|m2|m3|ha|kg|tấn|hộ|người|đồng|dân)\b"
# 75A-123.45 · 75-F1 123.45, over two lines too · 75C/12345 · 75A_123_45 · 75h 12345 (no hour is a province); four
# digits, of old ones, behind a dash or the letter and digit of a motorcycle; 80-NG 123-45, 41-291-NG-01 of embassies.
# None has an I, J, O, Q or W: a lamp has 75W.
_SERIES: Final = "A-HK-NPR-VX-ZĐ"
PLATE: Final = re.compile(
    r"(?<![\w/.,-])(?<![Ll]ô )(?<![Ll]ộ )(?<![QT]L )(?:1[1-9]|[2-9]\d)"
    rf"(?:-? ?[{_SERIES}]{{1,2}}\d?(?:[ ./_*-]{{0,3}}|(?<=[{_SERIES}]\d) ?\n ?)(?:\d{{3}}[. _*-]?\d{{2}}"
    rf"|(?:(?<=-)|(?<=[{_SERIES}]\d[ .-]))(?!(?:19|20)\d\d)\d{{4}})"
    rf"|-?(?!(?<=1\d)h |(?<=2[0-4])h )[{_SERIES.lower()}]{{1,2}}\d?[ -]{{0,3}}\d{{3}}\.?\d{{2}}"
    rf"|[ -]\d{{3}}[ -](?:NG|NN|QT|CV)[ -]\d\d)(?![\w]|[.,]\d|/[A-ZĐ]{{2}}|{_MEASURED})"
)
# Somebody's page or account: zalo.me/lan, fb.com/lan.tran
ACCOUNT: Final = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:[\w-]+\.)?"
    r"(?:zalo\.me|facebook\.com|fb\.com|fb\.me|m\.me|t\.me|wa\.me|viber\.me|tiktok\.com|instagram\.com"
    r"|youtube\.com(?=/(?:@|c/|user/|channel/)))/[\w@/?=.&%-]*[\w/]",
    re.IGNORECASE,
)
_SITES: Final = r"\b(?:zalo|facebook|fb|viber|telegram|instagram|tiktok|skype|wechat|whatsapp|messenger|youtube)"
# zalo: lan.tran · instagram lan.tran · @lan_tran99: an account by its name, which has a dot, a digit or a line in it
HANDLE: Final = re.compile(
    rf"(?:{_SITES} ?[:=] ?@?(?=[a-z]*[\d_.]\w)|(?:{_SITES} +|(?<![\w.@])(?=@))(?=@?[a-z]{{2,}}[\d_.]\w))"
    r"(?P<it>@?(?!www\.|tp\.|[\w.]*\.(?:gov\.)?vn\b)[a-z][\w.]*\w)",
    re.IGNORECASE,
)
# Behind a colon also letters that are no one syllable (zalo: lantran), names without marks (fb: Lan Tran) and Skype's
# live:lan; “zalo: Lan Trần”, “facebook: UBND” and “zalo lantran” cannot be told from other words.
NICK: Final = re.compile(
    rf"{_SITES} ?[:=] ?@?(?P<it>live:[\w.]*\w|(?-i:[A-Z][a-z]+(?: [A-Z][a-z]+){{1,3}}(?!\w))"
    r"|(?=[a-z]*?[aeiouy][b-df-hj-np-tv-xz]+[aeiouy])[a-z]+(?![\w-]|\.\w))",
    re.IGNORECASE,
)
_COUNTED: Final = (
    r"(?:đồng(?!\s*(?:chí|ý|bào|đội|nghiệp|hương|thời|hành|sở)\b)"
    r"|dong(?!\s*(?:chi|y|bao|doi|nghiep|huong|thoi|hanh|so)\b)"
    r"|đ|vnđ|vnd|nghìn|ngàn|triệu|tỷ|tỉ|m2|m3|km|kwh|usd|\$)(?!\w)"
)
# In threes, round, or of ten or eleven digits, as no paper has; 84… is a telephone's.
SUM: Final = re.compile(
    r"(?<!\d)(?<!\d[ .,-])[1-9](?:\d{0,2}(?:[ .,]\d{3})+|\d*000|(?<!8(?=4))\d{9,10})(?:[.,]\d{1,2})? *" + _COUNTED,
    re.IGNORECASE,
)
# What has nine digits in threes of its own, and a page of the state with the number of its news
THING: Final = re.compile(
    r"\b(?:cột|cot|trụ|tru|thửa|thua)(?: (?:điện|dien|đèn|den|đất|dat|số|so))* \d{3}(?:[ .-]\d{3}){2}(?![ .-]?\d)"
    r"|(?<![\w.@-])(?:[\w-]+\.)+gov\.vn/(?!\d)[\w/.?=&%-]*",
    re.IGNORECASE,
)
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
DATE: Final = re.compile(rf"(?<!\d)(?<!\d[.-])(?:{_DAY}([./-]){_MONTH}\1{_YEAR}|{_YEAR}-{_MONTH}-{_DAY})(?![.-]?\d)")
NUMBERED: Final = re.compile(r"\b[A-Z]{2}-\d{4}-\d{6}(?!\d)")  # of the city: PA-2026-000123
LETTER_O: Final = re.compile(r"(?<=\d)[oO]+(?=\d)|(?<!\w)[oO](?=\d{3})")  # written for a zero: 09O1234567
# Everybody's: hotlines, the short ones also in a row, and addresses of the state.
PUBLIC_LINES: Final = re.compile(r"(?:1800|1900)\d{4,6}|(?:11[1-5]){3,4}")
PUBLIC_MAIL: Final = re.compile(r"@(?:[\w-]+\.)*gov\.vn$", re.IGNORECASE)
_GONE: Final = "\0"  # tidied words hold none


def found(text: str, official: Collection[str] = ()) -> tuple[str, ...]:
    """Return every contact that a text holds, as it is written there, but those that are `official` (see `bare`)."""
    return tuple(dict.fromkeys(text[start:end] for start, end in _places(text, official)))


def without(text: str, official: Collection[str] = ()) -> str:
    """Return a text with a mark in place of every contact."""
    kept, since = [], 0
    for start, end in _places(text, official):
        kept += [text[since:start], MARK]
        since = end
    return "".join([*kept, text[since:]])


def bare(contact: str) -> str:
    """Return a contact as two of them are compared: an address in small letters, a number in digits from its 0 on."""
    plain = DOT.sub(".", AT.sub("@", _folded(contact)[0].strip()))
    if "@" in plain or ACCOUNT.fullmatch(plain):
        return re.sub(r"^(?:https?://)?(?:(?:www|m)\.(?=\w+\.))?|/$", "", plain.lower())
    return re.sub(r"^(?:00)?84(?=\d{8})0?", "0", re.sub(r"\D", "", plain))


def _places(text: str, official: Collection[str]) -> list[tuple[int, int]]:
    plain, whence = _folded(text)
    for free in (NUMBERED, DATE, SUM, THING):
        plain = free.sub(lambda one: _GONE * len(one[0]), plain)
    taken: list[tuple[int, int]] = []
    for form in (MAIL, NAMED, PLATE, PHONE, COMMAS, IDENTITY, ACCOUNT, HANDLE, NICK):
        it = "it" if "it" in form.groupindex else 0
        for match in form.finditer(plain):
            if not _is_public(bare(match[it]), official):
                taken.append((whence[match.start(it)][0], whence[match.end(it) - 1][1]))
        plain = form.sub(lambda one: _GONE * len(one[0]), plain)
    return sorted(taken)


def _is_public(contact: str, official: Collection[str]) -> bool:
    return contact in official or bool(PUBLIC_MAIL.search(contact) or PUBLIC_LINES.fullmatch(contact))


def _folded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text in plain signs, and from where to where in the text each of them was written."""
    plain, whence = [], []
    for start, end in _letters(text):
        for sign in unicodedata.normalize("NFKC", text[start:end]):
            if unicodedata.category(sign) != "Cf" and sign != "\r":
                plain.append(_plain(sign))
                whence.append((start, end))
    return LETTER_O.sub(lambda one: "0" * len(one[0]), "".join(plain)), whence


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each letter begins and ends, with the marks that are written behind it."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, place
            start = place


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    return "-" if kind == "Pd" or sign == "−" else " " if kind == "Zs" or sign == "\t" else sign
