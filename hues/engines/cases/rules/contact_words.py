"""Patterns of what leads to somebody and is spelled in letters: e-mail, pages and accounts."""

import re
from typing import Final

_ENDS: Final = r"(?:com|vn|net|org|edu|info)\b"
_HOSTS: Final = r"(?:gmail|yahoo|hotmail|outlook|icloud)\b"
_AT: Final = (
    r"@|[(\[{<] ?(?:at|a c[òo]ng|@) ?[)\]}>]|[(\[{<]a[)\]}>](?=[\w-]+\.\w)"
    rf"|(?<!\w)(?:at|a c[òo]ng)(?= +(?:{_HOSTS}|[\w-]+ (?:dot|ch[ấa]m) {_ENDS}))"
)
_DOT: Final = rf"\.| ?\. ?(?={_ENDS})| ?(?:[(\[{{<] ?(?:dot|ch[ấa]m) ?[)\]}}>]|\b(?:dot|ch[ấa]m)\b) ?"
AT: Final = re.compile(rf"\s*(?:{_AT})\s*", re.IGNORECASE)
DOT: Final = re.compile(_DOT, re.IGNORECASE)
# lan@gmail.com · lan . tran [at] gmail [chấm] com · broken across a line, if its end is that of an address; none begins
# amid the dots of another, lest a row of them is read from each of them on. An @ alone between words is only at a host:
# “tổ 12 @ phường” is none.
MAIL: Final = re.compile(
    r"(?<![\w.+-])(?<![\w.+-] \. )[\w.+-]+(?: \. [\w.+-]+)*"
    rf"(?:(?! +@ +(?!{_HOSTS}|[\w-]+(?:{_DOT})[a-z])) *(?:{_AT}) *|\s*@\s*(?=[\w-]+\.[a-z]))"
    rf"[\w-]+(?:(?:{_DOT})[\w-]+)*",
    re.IGNORECASE,
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
# Four and more in a row are a number that is spoken: không chín không một, khong chin lẻ mot
_SAID: Final = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "le", "linh", "tu", "lam")
DIGITS: Final = dict(zip(_SAID, "01234567890045", strict=True))
_DIGIT: Final = r"(?:kh[ôo]ng|m[ộốo]t|hai|ba|b[ốo]n|t[ưu]|n[ăa]m|l[ăa]m|s[áa]u|b[ảẩa]y|t[áa]m|ch[íi]n|l[ẻe]|linh)(?!\w)"
SPOKEN: Final = re.compile(rf"(?<!\w){_DIGIT}", re.IGNORECASE)
SPELLED: Final = re.compile(rf"(?<!\w){_DIGIT}(?:[ ,.-]{{1,3}}{_DIGIT}){{3,}}", re.IGNORECASE)
# Everybody's: addresses of the state.
PUBLIC_MAIL: Final = re.compile(r"@(?:[\w-]+\.)*gov\.vn$", re.IGNORECASE)
