"""
House rules that ruff and import-linter cannot see. Usage: python tools/lint.py

Each rule is a generator of (line, sentence) over one parsed module.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WRITES = frozenset({"create", "bulk_create", "bulk_update", "update", "delete", "get_or_create", "update_or_create"})
NETWORK = frozenset({"urllib", "http", "socket", "smtplib", "httpx", "requests", "aiohttp"})
DOCUMENTED = re.compile(r"/(actions|queries|rules|declare|events)(/|\.py)|^hues/kit/")
READS_CLOCK = re.compile(r"^hues/(surfaces|functions|config)/|/tasks\.py$|^hues/kernel/visits/")
WRITES_HERE = re.compile(r"/actions(/|\.py)|/(testing|tasks|timers|migrations)(/|\.py)")
DEFERS = frozenset({"defer_async", "batch_defer", "batch_defer_async", "configure_task"})
IS_TEST = re.compile(r"(^|/)tests/")
LOOKED_AT = ("hues/**/*.py", "tests/**/*.py", "tools/tests/*.py", "tools/*/tests/*.py")
MODULE_LINES, FUNCTION_LINES = 300, 40

type Finding = tuple[int, str]
type Rule = Callable[[str, ast.Module], Iterator[Finding]]


def writes_only_in_actions(path: str, tree: ast.Module) -> Iterator[Finding]:
    """Rows change in actions, so that each change has its journal entry."""
    if WRITES_HERE.search(path):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            if any(isinstance(part, ast.Attribute) and part.attr == "objects" for part in ast.walk(node.func)):
                yield node.lineno, f".{node.func.attr}() on a table outside of actions"


def reactions_stay_home(path: str, tree: ast.Module) -> Iterator[Finding]:
    """A reaction touches the database only; what leaves the house leaves through delivery."""
    if path.endswith("/reactions.py"):
        for line, module, _name in _imports(tree):
            if module.split(".")[0] in NETWORK:
                yield line, f"a reaction imports {module}"


def time_is_an_argument(path: str, tree: ast.Module) -> Iterator[Finding]:
    """Only doors, workers and commands read the wall clock."""
    if READS_CLOCK.search(path):
        return
    for line, module, name in _imports(tree):
        if module == "hues.kit.clock" or (module == "hues.kit" and name == "clock"):
            yield line, "the instant must come as an argument"


def jobs_are_owed(path: str, tree: ast.Module) -> Iterator[Finding]:
    """A job is owed by the transaction that makes it due; in a worker the queue's own way commits by itself."""
    if path == "hues/kernel/owing.py":
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        # That of a queryset has names of columns, one after the other.
        if node.func.attr in DEFERS or (node.func.attr == "defer" and not node.args):
            yield node.lineno, f".{node.func.attr}() outside of hues.kernel.owing"


def models_stay_in(path: str, tree: ast.Module) -> Iterator[Finding]:
    """Nobody gets a model by way of a query or an action."""
    for line, module, name in _imports(tree):
        room = module.rpartition(".")[0] if module.endswith((".queries", ".actions")) else ""
        if room and name in _models_of(room):
            yield line, f"{name} is a table of {room}"


def said_in_words(path: str, tree: ast.Module) -> Iterator[Finding]:
    """Modules say what they are; public functions of inner rooms say what they do."""
    if tree.body and not ast.get_docstring(tree):
        yield 1, "no module docstring"
    if DOCUMENTED.search(path):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node):
                yield node.lineno, f"{node.name} has no docstring"


def read_in_one_go(path: str, tree: ast.Module) -> Iterator[Finding]:
    """A module has one theme, and its end is not far from its beginning: one of tests too."""
    last = max((getattr(node, "end_lineno", 0) or 0 for node in tree.body), default=0)
    if last > MODULE_LINES:
        yield MODULE_LINES, f"{last} lines in one module"


def held_in_the_head(path: str, tree: ast.Module) -> Iterator[Finding]:
    """A function does one thing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield node.lineno, f"{node.name} has {length} lines"


def _imports(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)


def _models_of(room: str) -> frozenset[str]:
    file = ROOT / (room.replace(".", "/") + "/models.py")
    if not file.exists():
        return frozenset()
    return frozenset(n.name for n in ast.parse(file.read_text("utf-8")).body if isinstance(n, ast.ClassDef))


RULES: tuple[Rule, ...] = (
    writes_only_in_actions,
    reactions_stay_home,
    time_is_an_argument,
    jobs_are_owed,
    models_stay_in,
    said_in_words,
    read_in_one_go,
    held_in_the_head,
)
RULES_OF_TESTS: tuple[Rule, ...] = (read_in_one_go,)


def check(path: str, source: str) -> list[str]:
    """Return one line for each broken rule in a module."""
    tree = ast.parse(source)
    rules = RULES_OF_TESTS if IS_TEST.search(path) else RULES
    found = (finding for rule in rules for finding in rule(path, tree))
    return [f"{path}:{line}: {sentence}" for line, sentence in sorted(found)]


def main() -> int:
    """Check every module of the city and return the exit code."""
    wrong: list[str] = []
    for file in sorted(file for folder in LOOKED_AT for file in ROOT.glob(folder)):
        path = str(file.relative_to(ROOT))
        if "/migrations/" not in path:
            wrong += check(path, file.read_text("utf-8"))
    print("\n".join(wrong) or "house rules: kept")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
