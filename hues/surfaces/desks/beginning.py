"""Another template chosen while somebody writes: it fills in what is empty, and nothing that was typed goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

NOTHING: tuple[object, ...] = (None, "", [], False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Beginning:
    """What a form begins with: the template's name, and if something `stayed` where the template has other words."""

    name: str
    initial: Mapping[str, Any] = field(default_factory=dict)
    stayed: bool = False


def begun_again(name: str, sent: forms.Form, *, before: Mapping[str, Any], after: Mapping[str, Any]) -> Beginning:
    """
    Return what a form begins with when the template `name` is chosen, whose words are `after`.

    The words of the template chosen `before` give way where nobody changed them.
    """
    initial, stayed = dict[str, Any](), False
    for each, asked in sent.fields.items():
        if isinstance(asked, forms.FileField):
            continue
        typed = _lines(sent[each].data)
        if typed in NOTHING or typed == before.get(each):
            initial[each] = after.get(each, "" if each in before else typed)
        else:
            initial[each] = typed
            stayed |= each in after and typed != after[each]
    return Beginning(name=name, initial=initial, stayed=stayed)


def _lines(typed: Any) -> Any:
    return "\n".join(typed.strip().splitlines()) if isinstance(typed, str) else typed
