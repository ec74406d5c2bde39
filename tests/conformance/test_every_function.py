"""What every function owes. A new one is found by itself."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import override

from hues.kernel.registry import FunctionConfig, Maturity, functions

ROOT = Path(__file__).parents[2]
EACH = pytest.mark.parametrize("function", functions(), ids=lambda f: f.label)


def _engines_used_by(function: FunctionConfig) -> set[str]:
    found = set()
    for file in Path(function.path).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hues.engines."):
                found.add((node.module or "").split(".")[2])
    return found


def test_every_folder_with_a_manifest_is_installed() -> None:
    on_disk = {p.parent.name for p in ROOT.glob("hues/functions/*/apps.py")}
    assert on_disk == {f.label for f in functions()} != set()


@EACH
def test_it_uses_the_engines_it_names(function: FunctionConfig) -> None:
    assert _engines_used_by(function) == set(function.uses)


@EACH
def test_its_folder_is_its_label(function: FunctionConfig) -> None:
    assert Path(function.path).name == function.label


@EACH
def test_its_name_is_told_in_both_languages(function: FunctionConfig) -> None:
    said = []
    for language in ("vi", "en"):
        with override(language):
            said.append((str(function.title), str(function.summary)))
    assert all(words for pair in said for words in pair)
    assert said[0] != said[1]


@EACH
def test_one_that_people_rely_on_has_its_page_of_docs(function: FunctionConfig) -> None:
    if function.maturity is Maturity.TRIAL:
        return
    page = ROOT / "docs" / "functions" / f"{function.label}.md"
    assert len(page.read_text("utf-8").split()) > 100
