"""What every template of ours may say: `{% load shell %}`."""

from datetime import datetime
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.base import FilterExpression, Variable
from django.template.defaulttags import url as do_url
from django.templatetags.i18n import do_translate
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from hues.kernel.city import City
from hues.kernel.city import city as this_city
from hues.kernel.people.phones import shown
from hues.kit import clock
from hues.kit.text import Bilingual, pick
from hues.surfaces.shell import addresses, frame, keeping, offline, telling

register = template.Library()
register.tag("kept", keeping.kept)
HERE = Path(__file__).parents[1]
SPRITES = {
    line.split("#")[0].strip(): f"vendor/{sprite}.svg"
    for sprite in ("icons-more", "icons")
    for line in (HERE / f"{sprite}.txt").read_text("utf-8").splitlines()
}
DECORATION = SafeString('aria-hidden="true"')


class Said(template.Node):
    """What a tag says of what stands in a template, kept for each language: a page has fifty words and forty icons."""

    def __init__(self, node: template.Node) -> None:
        self.node = node
        self._kept: dict[tuple[str | None, bool], str] = {}

    def render(self, context: template.Context) -> str:
        asked = get_language(), context.autoescape
        if asked not in self._kept:
            self._kept[asked] = str(self.node.render(context))
        return self._kept[asked]

    render_annotated = render


def _fixed(*given: FilterExpression) -> bool:
    return all(not (isinstance(one.var, Variable) and one.var.lookups) and not one.filters for one in given)


@register.tag("translate")
def translate(parser: Any, token: Any) -> template.Node:
    """Translate as Django does, words that are always the same once: {% load i18n shell %}, in this order."""
    node = do_translate(parser, token)
    once = _fixed(node.filter_expression) and not (node.asvar or node.noop or node.message_context)
    return Said(node) if once else node


@register.tag("url")
def url(parser: Any, token: Any) -> template.Node:
    """Name an address as Django does, one that is always the same once."""
    node = do_url(parser, token)
    return Said(node) if _fixed(node.view_name, *node.args, *node.kwargs.values()) and not node.asvar else node


def _kept(tag: str) -> None:
    """Have a tag of ours drawn once where all that it is given stands in the template."""
    compiled = register.tags[tag]

    def compile_once(parser: Any, token: Any) -> template.Node:
        node: Any = compiled(parser, token)
        return Said(node) if _fixed(*node.args, *node.kwargs.values()) and not node.target_var else node

    register.tag(tag, compile_once)


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a static file: {% asset "shell/map.js" %}."""
    return _address(name)


@cache
def _address(name: str) -> str:
    """Return where a static file is; it doesn't move while the server runs."""
    return static(name)


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """
    Draw an icon: {% icon "map-pin" %}, with size "s", "l" or "xl".

    It is decoration unless it has a label of its own.
    """
    return _drawn(name, size, format_html('role="img" aria-label="{}"', label) if label else DECORATION)


@lru_cache(1000)
def _drawn(name: str, size: str, what: SafeString) -> SafeString:
    look = f"icon icon-{size}" if size else "icon"
    sprite = _address(SPRITES.get(name, "vendor/subjects.svg"))
    return format_html('<svg class="{}" {}><use href="{}#{}"/></svg>', look, what, sprite, name)


@register.simple_tag
def city() -> City:
    """Return the city this server runs: {% city as here %}."""
    return this_city()


@register.simple_tag
def base_tiles() -> str:
    """Return the address of the online base map, if the operator wants one (a style, or tiles with {z})."""
    return str(settings.HUES.tiles_url)


@register.simple_tag
def tiles_credit() -> str:
    """Return to whom the online base map is owed, as the map says in its corner."""
    return str(settings.HUES.tiles_credit)


@register.filter
def words(bilingual: Bilingual | str | None) -> str:
    """Pick the reader's language: {{ agency.name|words }}."""
    return pick(bilingual, addresses.language()) if isinstance(bilingual, dict) else str(bilingual or "")


@register.filter
def phone(number: str | None) -> str:
    """Return a number in E.164 the way people read it."""
    return shown(number).replace(" ", "\N{NO-BREAK SPACE}") if number else ""


@register.filter
def grouped(number: int | str) -> str:
    """Write a large number in groups of three, as the reader's language has it: {{ people|grouped }}."""
    if not isinstance(number, int):
        return str(number)
    return f"{number:,}".replace(",", "," if addresses.language() == "en" else ".")


@register.filter
def about(number: int, rough: object = True) -> str:  # noqa: FBT002 - filters have no names
    """Write a number that nobody may know exactly (`rough`) as what anybody may, any other as it is."""
    return telling.about(number) if rough else grouped(number)


@register.simple_tag
def to(path: str) -> str:
    """Return our own path in the reader's language: {% to "/me/" %}."""
    return addresses.to(path)


@register.simple_tag
def offline_ways() -> list[offline.Way]:
    """Return the pages that open without a network: {% offline_ways as ways %}."""
    return offline.ways()


@register.simple_tag(takes_context=True)
def in_language(context: dict[str, Any], code: str) -> str:
    """Return the address of this same page in language `code`."""
    return addresses.to(frame.path_of(context), code)


@register.simple_tag(takes_context=True)
def bar(context: dict[str, Any]) -> tuple[frame.Place, ...]:
    """Return the five places of the bar, the present one marked."""
    return frame.bar(frame.path_of(context))


@register.simple_tag(takes_context=True)
def start(context: dict[str, Any]) -> str:
    """Return where the mark of this staff page leads: {% start %}."""
    return frame.start_of(frame.path_of(context))


def _exact(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


@register.filter
def instant(at: datetime | None, shape: str = "full") -> SafeString | str:
    """Tell an instant on the city's clock: {{ at|instant }}, {{ at|instant:"date" }} (short, day, time)."""
    if at is None:
        return ""
    return SafeString(f'<time datetime="{_exact(at)}">{escape(telling.instant_words(at, shape))}</time>')


@register.filter
def ago(at: datetime | None) -> SafeString | str:
    """Tell how long ago: {{ at|ago }}. On pages that are rendered once for everybody take |instant."""
    if at is None:
        return ""
    said = telling.ago_words(at, clock.now())
    return format_html('<time datetime="{}" title="{}">{}</time>', _exact(at), telling.instant_words(at), said)


@register.filter
def left(due: datetime | None) -> SafeString | str:
    """Tell what is left until `due`, kept fresh by script: {{ case.due_at|left }}."""
    if due is None:
        return ""
    now = clock.now()
    return format_html(
        '<time class="num" datetime="{}" title="{}" data-left>{}</time>',
        _exact(due),
        telling.instant_words(due),
        telling.left_words(due, now),
    )


@register.filter
def urgency(due: datetime | None) -> str:
    """Return the tone of a clock that ends at `due`: calm, wait or bad."""
    return telling.urgency(due, clock.now()) if due else ""


@register.simple_tag
def field(bound: BoundField, hint: str = "", optional: bool = False, look: str = "") -> SafeString:  # noqa: FBT001, FBT002
    """
    Draw a form's field with label, hint and error: {% field form.phone hint=... %}.

    `optional` says so beside the label; `look` is a class for the box, such as "width-s". No template: the page of a
    case has twenty of them.
    """
    errors, hint, grouped = bound.errors, hint or str(bound.help_text), bound.field.widget.use_fieldset
    described = [f"{bound.auto_id}_{part}" for part, there in (("hint", hint), ("error", errors)) if there]
    attributes: dict[str, str | bool] = {"aria-invalid": "true"} if errors else {}
    attributes |= {"aria-describedby": " ".join(described)} if described else {}
    control = bound.as_widget(attrs=attributes)
    if bound.is_hidden:
        return control
    ticked = getattr(bound.field.widget, "input_type", "") == "checkbox" and not grouped
    named = _ticked(bound, control, hint) if ticked else _named(bound, hint, grouped=grouped, optional=optional)
    wrong = _wrong(bound) if errors else ""
    box, more = "fieldset" if grouped else "div", f"{look}{' wrong' if errors else ''}"
    return SafeString(f'<{box} class="field {more}">{named}{wrong}{"" if ticked else control}</{box}>')


def _wrong(bound: BoundField) -> str:
    said = " ".join(_safe(error) for error in bound.errors)
    return f'<p class="error" id="{bound.auto_id}_error">{icon("alert-circle")}<span>{said}</span></p>'


def _ticked(bound: BoundField, control: SafeString, hint: str) -> str:
    small = f'<small id="{bound.auto_id}_hint">{_safe(hint)}</small>' if hint else ""
    said = f"{control}<span>{_safe(bound.label)}{small}</span>"
    return f'<label class="choice" for="{bound.id_for_label}">{said}</label>'


def _named(bound: BoundField, hint: str, *, grouped: bool, optional: bool) -> str:
    box, of = ("legend", "") if grouped else ("label", f' for="{bound.id_for_label}"')
    may = f' <span class="optional">({escape(gettext("optional"))})</span>' if optional else ""
    below = f'<p class="hint" id="{bound.auto_id}_hint">{_safe(hint)}</p>' if hint else ""
    return f"<{box}{of}>{_safe(bound.label)}{may}</{box}>{below}"


def _safe(said: object) -> str:
    """Return words as they may stand on a page: what is drawn already as it is, else escaped."""
    words = str(said)
    return words if isinstance(words, SafeString) else escape(words)


@register.inclusion_tag("shell/_error_summary.html")
def error_summary(form: BaseForm | None) -> dict[str, Any]:
    """List what is wrong, linked to its field, which `said_as` may name alone: {% error_summary form %}."""
    names = getattr(form, "said_as", {})
    wrong = [form[name] for name in form.errors if name in form.fields] if form else ()
    return {"form": form, "wrong": [(field, names.get(field.name, field.label)) for field in wrong]}


@register.simple_block_tag
def card(content: str, title: str = "", look: str = "", level: int = 2) -> SafeString:
    """Put content in a card: {% card title=... look="accent" %}…{% endcard %}; looks: flat, sunken, accent, flush."""
    head = format_html('<div class="card-head"><h{}>{}</h{}></div>', level, title, level) if title else ""
    box = "section" if title else "div"
    return format_html('<{} class="card {}">{}{}</{}>', box, look, head, content, box)


@register.simple_block_tag
def dialog(content: str, name: str, title: str) -> SafeString:
    """Hold content back until a button with data-dialog=name is pressed: {% dialog "keys" title %}…{% enddialog %}."""
    return frame.dialog(content, name=name, title=title)


for _name in ("asset", "icon", "to"):
    _kept(_name)
