"""Each house rule catches what it is for and lets its neighbour pass."""

import pytest

from tools.lint import check

DOC = '"""A module."""\n'


@pytest.mark.parametrize(
    ("path", "source", "caught"),
    [
        ("hues/engines/x/queries.py", "Row.objects.filter(a=1).update(b=2)", "update"),
        ("hues/engines/x/actions.py", "Row.objects.filter(a=1).update(b=2)", ""),
        ("hues/engines/x/queries.py", "{}.update(b=2)", ""),
        ("hues/engines/x/reactions.py", "import urllib.request", "imports urllib"),
        ("hues/engines/x/events.py", "from hues.kit.clock import now", "argument"),
        ("hues/surfaces/x/views.py", "from hues.kit import clock", ""),
        ("hues/surfaces/x/views.py", "from hues.kernel.people.queries import Person", "table of"),
        ("hues/engines/x/actions.py", 'queue.configure_task("x").defer(a=1)', "outside of hues.kernel.owing"),
        ("hues/engines/x/tasks.py", "again.defer()", "outside of hues.kernel.owing"),
        ("hues/engines/x/queries.py", 'Row.objects.defer("words")', ""),
        ("hues/kit/x.py", "def walk() -> None: ...", "docstring"),
        ("hues/kit/x.py", "def _walk() -> None: ...", ""),
        ("hues/kit/x.py", "x = 1\n" * 301, "lines in one module"),
        ("hues/kit/tests/test_x.py", "x = 1\n" * 301, "lines in one module"),
        ("tests/x.py", "def walk() -> None: ...", ""),
    ],
)
def test_a_rule_catches_what_it_is_for(path: str, source: str, caught: str) -> None:
    found = "\n".join(check(path, DOC + source))
    assert (caught in found) if caught else found == ""
