"""What stands in a template is drawn once for each language, and what a page fills in each time."""

from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from hues.surfaces.shell.templatetags import shell


def said(template: Template, language: str = "vi", **given: Any) -> str:
    with translation.override(language):
        return template.render(Context(given))


def written(text: str) -> Template:
    return Template("{% load i18n shell %}" + text)


def test_an_address_is_in_the_language_of_each_reader() -> None:
    fixed, filled = written('{% url "field_reports:list" %}'), written('{% url "field_reports:report" number %}')
    for _ in range(2):
        assert (said(fixed), said(fixed, "en")) == ("/f/field_reports/", "/en/f/field_reports/")
        assert said(filled, number="PA-1") == "/f/field_reports/PA-1/"
        assert said(filled, "en", number="PA-2") == "/en/f/field_reports/PA-2/"
    named = written('{% url name as there %}{{ there }}|{% url "field_reports:list" as here %}{{ here }}')
    for name, address in (
        ("field_reports:mine", "/f/field_reports/mine/"),
        ("field_reports:list", "/f/field_reports/"),
    ):
        assert said(named, name=name) == f"{address}|/f/field_reports/"
    page = written('{% to "/me/" %}')
    assert [said(page), said(page, "en"), said(page)] == ["/me/", "/en/me/", "/me/"]


def test_an_icon_that_a_page_names_is_drawn_each_time() -> None:
    filled, fixed = written("{% icon name size %}"), written('{% icon "bell" "s" %}')
    for name in ("bell", "camera"):
        assert f"#{name}" in said(filled, name=name, size="s")
    assert said(fixed) == said(filled, name="bell", size="s") == said(fixed, "en")
    lowered = written('{% icon "BELL"|lower size|default:"s" %}')
    assert said(lowered) == said(fixed)
    kept = written('{% icon "bell" "s" as bell %}{{ bell }}')
    assert said(kept) == said(kept) == said(fixed)
    labelled = written('{% icon "bell" "s" label=_("Close") %}')
    labels = {language: said(labelled, language) for language in ("vi", "en", "vi")}
    assert 'aria-label="Close"' in labels["en"]
    assert labels["vi"] != labels["en"]
    assert said(labelled, "vi") == labels["vi"]


def test_what_stands_in_a_template_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    template = written('{% icon "bell" %}{% asset "shell/app.css" %}{% for n in "ab" %}{% icon "camera" %}{% endfor %}')
    first = said(template)
    monkeypatch.setattr(shell, "_drawn", None)
    monkeypatch.setattr(shell, "_address", None)
    assert said(template) == first
    with pytest.raises(TypeError):
        said(written('{% icon "bell" %}'))
