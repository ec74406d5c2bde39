"""What templates that show cases to citizens may say: `{% load citizen %}`."""

from collections.abc import Iterable
from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hues.kit.text import pick
from hues.surfaces.citizen.cards import Line
from hues.surfaces.shell import addresses
from hues.surfaces.shell.templatetags.shell import icon, instant

register = template.Library()


@register.simple_tag
def case_rows(lines: Iterable[Line]) -> SafeString:
    """Draw cases as rows of a list: {% case_rows lines %}. No template: a list has twenty, each of ten pieces."""
    language = addresses.language()
    return SafeString("".join(_row(line, language) for line in lines))


def _row(line: Line, language: str) -> str:
    ward = f"{escape(pick(line.ward, language))} · " if line.ward else ""
    number = f'<span class="num nowrap">{escape(line.number)}</span>'
    return (
        f'<li><div class="row line">{_picture(line)}<div class="grow">'
        f'<a class="cover plain-link row-title" href="{escape(line.address)}">{escape(pick(line.title, language))}</a>'
        f'<p class="row-more clamp">{escape(line.text)}</p>'
        f'<p class="row-more">{ward}{instant(line.at, "date")} · {number}</p>'
        f'<div class="cluster line-chips"><span class="chip {line.tone}">'
        f"{icon(line.state_icon) if line.state_icon else ''}{escape(str(line.state))}</span>{_clock(line)}"
        "</div></div></div></li>"
    )


def _picture(line: Line) -> str:
    if not line.photo:
        return f'<span class="thumb line-icon">{icon(line.icon)}</span>'
    image = f'<img src="{escape(line.photo)}" alt="" width="64" height="64" loading="lazy">'
    return f'<span class="row-photo">{image}</span>'


def _clock(line: Line) -> str:
    if not line.clock:
        return ""
    return render_to_string("shell/_clock.html", {"due": line.due_at, "state": line.clock, "label": ""})
