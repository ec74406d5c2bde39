"""What an answer says, without what it answers."""

import re

BELOW = re.compile(r"^-{2,}\s*(Original Message|Thư gốc|Tin nhắn gốc)", re.MULTILINE)
WROTE = re.compile(r"^(On|Vào|Ngày)\b[^\n]*(\n[^\n]*)?(wrote|đã viết|viết):[ \t]*$", re.MULTILINE)
MARK = ">"


def answered(text: str) -> str:
    """
    Return what somebody wrote above, between or below what they quote; all of it, if nothing else is left.

    Where a program marks no line of what it quotes, all that follows its "on … wrote:" is quoted.
    """
    own = BELOW.split(text, maxsplit=1)[0]
    begins = WROTE.search(own)
    if begins and f"\n{MARK}" not in own[begins.end() :]:
        own = own[: begins.start()]
    lines = [line for line in WROTE.sub("", own).splitlines() if not line.lstrip().startswith(MARK)]
    return "\n".join(lines).strip() or text
