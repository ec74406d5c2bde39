"""Form controls drawn without a template each: a page of a desk holds four hundred options."""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe

from hues.kit.text import fold

type Choices = Iterable[tuple[Any, Any]]


class Lines(forms.Textarea):
    """Several lines of words."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the control."""
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return SafeString(f"<textarea{attributes(given)}>\r\n{escape(str(value or ''))}</textarea>")


class Box(forms.TextInput):
    """One line of words, a number or a day."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the control."""
        kind = {"type": self.input_type, "name": name}
        shown = {} if value in (None, "") else {"value": self.format_value(value)}
        return SafeString(f"<input{attributes(self.build_attrs(self.attrs, {**(attrs or {}), **kind, **shown}))}>")


class Tick(forms.CheckboxInput):
    """A box to tick."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the control."""
        ticked = {"checked": True} if self.check_test(value) else {}
        given = self.build_attrs(self.attrs, {**(attrs or {}), **ticked})
        return SafeString(f'<input type="checkbox" name="{escape(name)}"{attributes(given)}>')


class Files(forms.FileInput):
    """A picker of several files."""

    allow_multiple_selected = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the control; what was chosen before is never sent back."""
        given = self.build_attrs(self.attrs, attrs or {})
        return SafeString(f'<input type="file" name="{escape(name)}"{attributes(given)}>')


class Options(forms.Select):
    """A list to choose one from; a long one may be `kept`: drawn once for many pages, and given the chosen value."""

    kept: Callable[[str], SafeString] | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the control, its chosen option once."""
        given, value = self.build_attrs(self.attrs, {**(attrs or {}), "name": name}), str(value or "")
        options = self.kept(value) if self.kept else chosen(drawn(self.choices), value)
        return SafeString(f"<select{attributes(given)}>{options}</select>")


class Named(Box):
    """
    A list to choose one from by its name, typed or taken from the page's one list of them: `list_id` is that list's.

    A page with eight such fields holds the list once, where eight selects would hold it eight times. What is sent may
    be the name or the value that it stands for.
    """

    def __init__(self, list_id: str) -> None:
        super().__init__(attrs={"list": list_id, "autocomplete": "off", "data-find": True})
        self.choices: Choices = ()

    def format_value(self, value: Any) -> str:
        """Return the name of what was chosen, or what was typed."""
        return next((str(words) for code, words in self.choices if str(code) == str(value)), str(value))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Return what the name stands for, or what was typed."""
        said = str(super().value_from_datadict(data, files, name) or "").strip()
        key = fold(said)
        return next((str(code) for code, words in self.choices if key and fold(str(words)) == key), said)


def attributes(given: Mapping[str, Any]) -> str:
    """Return attributes of a tag, as Django draws them: those with a value by name, then the others."""
    valued = [f' {name}="{escape(str(value))}"' for name, value in sorted(given.items()) if not _is_flag(value)]
    return "".join([*valued, *(f" {name}" for name, value in sorted(given.items()) if value is True)])


def _is_flag(value: Any) -> bool:
    return value is None or isinstance(value, bool)


def drawn(choices: Choices) -> str:
    """Return options, and groups of them, with nothing chosen."""
    parts = []
    for value, words in choices:
        if isinstance(words, list | tuple):
            parts.append(f'<optgroup label="{escape(str(value))}">{drawn(words)}</optgroup>')
        else:
            parts.append(f'<option value="{escape(str(value))}">{escape(str(words))}</option>')
    return "".join(parts)


def chosen(options: str, value: str) -> SafeString:
    """Return drawn options with the first one of that value chosen."""
    option = f'<option value="{escape(value)}"'
    return mark_safe(options.replace(option, f"{option} selected", 1))  # noqa: S308 - every part of it was escaped
