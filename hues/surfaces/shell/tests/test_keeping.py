"""Parts of pages that are kept: once for the same values, never for others, and nothing that is somebody's own."""

from dataclasses import dataclass, field

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from hues.surfaces.shell.keeping import KeptPart

SAID = Template('{% load i18n shell %}{% kept shown %}{{ shown }} {{ how.often }} {% translate "Close" %}{% endkept %}')


@dataclass
class Often:
    """Something that says how often it was drawn."""

    times: list[int] = field(default_factory=list)

    def often(self) -> str:
        """Say it."""
        self.times.append(1)
        return f"drawn {len(self.times)}"


def _said(shown: str, how: Often, language: str = "en") -> str:
    with translation.override(language):
        # Not by way of the check that every other test makes: it would draw the part a second time.
        (part,) = SAID.nodelist.get_nodes_by_type(KeptPart)
        assert isinstance(part, KeptPart)
        return part.kept(Context({"shown": shown, "how": how}))


def test_what_is_made_of_the_same_values_is_drawn_once() -> None:
    how = Often()
    assert _said("first", how) == "first drawn 1 Close"
    assert _said("first", how) == "first drawn 1 Close"
    assert len(how.times) == 1


def test_other_values_and_another_language_are_drawn_by_themselves() -> None:
    how = Often()
    assert _said("second", how) == "second drawn 1 Close"
    assert _said("third", how) == "third drawn 2 Close"
    assert _said("third", how, "vi") == "third drawn 3 Đóng"


def test_few_of_them_are_kept() -> None:
    how = Often()
    for number in range(100):
        _said(f"number {number}", how)
    assert _said("number 99", how).endswith("drawn 100 Close")
    assert _said("number 0", how).endswith("drawn 101 Close")


@pytest.mark.parametrize(
    "own", ["{% csrf_token %}", "{% block main %}{% endblock %}", "{% if a %}{% csrf_token %}{% endif %}"]
)
def test_what_is_of_one_request_or_one_page_cannot_be_kept(own: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(f"{{% load shell %}}{{% kept a %}}{own}{{% endkept %}}")
