"""Form controls drawn without a template each: a page of a desk holds four hundred options."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

type Choices = Iterable[tuple[Any, Any]]


class Lines(forms.Textarea):
    """Several lines of words."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the control."""
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<textarea{}>\r\n{}</textarea>", flatatt(given), value or "")


class Box(forms.TextInput):
    """One line of words, a number or a day."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the control."""
        kind = {"type": self.input_type, "name": name}
        shown = {} if value in (None, "") else {"value": self.format_value(value)}
        return format_html("<input{}>", flatatt(self.build_attrs(self.attrs, {**(attrs or {}), **kind, **shown})))


class Options(forms.Select):
    """A list to choose one from; a long one may be `kept`: drawn once for many pages, and given the chosen value."""

    kept: Callable[[str], SafeString] | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the control, its chosen option once."""
        given, value = self.build_attrs(self.attrs, {**(attrs or {}), "name": name}), str(value or "")
        options = self.kept(value) if self.kept else chosen(drawn(self.choices), value)
        return format_html("<select{}>{}</select>", flatatt(given), options)


def drawn(choices: Choices) -> str:
    """Return options, and groups of them, with nothing chosen."""
    parts = []
    for value, words in choices:
        if isinstance(words, list | tuple):
            parts.append(f'<optgroup label="{escape(value)}">{drawn(words)}</optgroup>')
        else:
            parts.append(f'<option value="{escape(value)}">{escape(words)}</option>')
    return "".join(parts)


def chosen(options: str, value: str) -> SafeString:
    """Return drawn options with the first one of that value chosen."""
    option = f'<option value="{escape(value)}"'
    return mark_safe(options.replace(option, f"{option} selected", 1))  # noqa: S308 - every part of it was escaped
