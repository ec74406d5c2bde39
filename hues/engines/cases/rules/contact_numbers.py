"""Patterns of numbers that are somebody's (telephones, papers, plates), and of those that look alike and are not."""

import re
from typing import Final

# What stands between the groups of a number, of which folding leaves few forms: 0901 234-567 · (0234) 3822.123
_GAP: Final = r"[ .()_·*~-]{0,5}"
# A line may break between two groups that are no small numbers.
_BREAK: Final = rf"(?:{_GAP}|(?<=\d{{3}})[ .-]?\n ?(?=\d{{3}}))"
# Ten digits from a 0 before eleven (of an office), twelve (of a citizen's card) or nine: the next number may follow.
PHONE: Final = re.compile(
    rf"(?<!\d)(?<!(?<!\d)0[.,])\(?(?:00{_GAP}84|\+?84|0(?!00))\)?"
    rf"(?:(?:{_BREAK}\d){{9}}|(?:{_BREAK}\d){{10}}|(?:{_BREAK}\d){{11}}|(?:{_BREAK}\d){{8}})(?!\d)"
)
# 0901,234,567 · 090, 123, 4567 · 0234,3822123 · 0901/234/567: such signs stand between groups, in lists of numbers too
_SIGN: Final = r"[.,;:/\\~|+='’] ?"
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
# However it is grouped behind its name: CMND 19 123 4567, hộ chiếu C1234567, stk 1234 5678 90, ĐT 3822 123
NAMED: Final = re.compile(
    r"\b(?:CMND|CMTND|CMT|CCCD|căn cước|can cuoc|hộ chiếu|ho chieu|passport|stk|tài khoản|tai khoan"
    r"|s?[đd]t|điện thoại|dien thoai|phone|tel)\b[^\d\n,;]{0,12}(?<!\w)"
    rf"(?P<it>[A-Z]\d{{7,8}}|\d(?:{_GAP}\d){{6,15}})(?![\w])",
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
# Everybody's: hotlines, the short ones also in a row.
PUBLIC_LINES: Final = re.compile(r"(?:1800|1900)\d{4,6}|(?:11[1-5]){3,4}")
