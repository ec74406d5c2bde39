"""Every table says how it looks on a phone, and names on each card what its columns are called."""

import re
from pathlib import Path

import pytest

import hues

TEMPLATES = sorted(
    path for path in Path(hues.__file__).parent.rglob("templates/**/*.html") if "<table" in path.read_text()
)
# Queues and the wall are drawn by the desks' own sheet.
WAYS = {"folds", "matrix", "cases", "wall-table"}
LABELLED = re.compile(r'data-label="((?:\{[{%].*?[%}]\}|[^"])*)"')


def tables(path: Path) -> list[tuple[set[str], str]]:
    """Return the classes and the inside of each table of a template."""
    found = re.findall(r'<table class="((?:\{%.*?%\}|[^"])*)">(.*?)</table>', path.read_text(), re.DOTALL)
    assert len(found) == path.read_text().count("<table"), f"{path.name}: a table without classes"
    return [(set(re.sub(r"\{%.*?%\}", " ", classes).split()), inside) for classes, inside in found]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_table_says_how_it_looks_on_a_phone(path: Path) -> None:
    for classes, inside in tables(path):
        assert len(classes & WAYS) == 1, f"{path.name}: one of {WAYS}"
        labels = LABELLED.findall(inside)
        if "folds" in classes:
            assert labels or 'act"' in inside, f"{path.name}: a card without labels"
            assert "hide-s" not in inside, f"{path.name}: a card has room for every column"
        heads = inside.partition("</thead>")[0]
        assert [label for label in labels if label.strip() not in heads and label != "{{ label }}"] == []
