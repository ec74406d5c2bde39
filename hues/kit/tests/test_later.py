"""What is seldom needed costs nothing until it is, and is loaded once then."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from threading import Barrier, Thread
from types import ModuleType

import pytest

from hues.kit import later

HEAVY = (
    "numpy",
    "shapely.lib",
    "signxml",
    "xlsxwriter.workbook",
    "phonenumbers.phonenumberutil",
    "cryptography.x509.base",
)
ASKED = """
import gc, sys
import hues.config.wsgi
from hues.kit.later import LATER, load_all
print([name for name in {heavy} if name in sys.modules], sorted(LATER - sys.modules.keys()), gc.isenabled())
load_all()
print([name for name in {heavy} if name not in sys.modules])
"""


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Import a module that counts how often it is loaded, and is put off."""
    (tmp_path / "slow_one.py").write_text(
        "import os, time\n"
        "if os.environ.get('BROKEN'):\n    raise RuntimeError('broken')\n"
        "os.environ['LOADED'] = os.environ.get('LOADED', '') + 'x'\n"
        "time.sleep(0.05)\nanswer = 42\n"
    )
    monkeypatch.setenv("LOADED", "")
    monkeypatch.setattr(later, "LATER", frozenset({"slow_one"}))
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module("slow_one")
    del sys.modules["slow_one"]


def loads() -> int:
    return int(os.environ["LOADED"].count("x"))


def test_the_whole_city_is_imported_without_what_is_seldom_needed() -> None:
    asked = [sys.executable, "-c", ASKED.format(heavy=HEAVY)]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    assert said.splitlines() == ["[] [] True", "[]"]


def test_threads_that_need_it_at_once_load_it_once_and_whole(slow: ModuleType) -> None:
    together, found = Barrier(8), list[int]()

    def use() -> None:
        together.wait()
        found.append(slow.answer)

    threads = [Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (loads(), found) == (1, [42] * 8)
    assert type(slow) is ModuleType
    with pytest.raises(AttributeError):
        slow.nothing  # noqa: B018


@pytest.mark.parametrize(
    "part", ["shapely.geometry", "shapely.affinity", "cryptography.x509.oid", "xlsxwriter.workbook"]
)
def test_a_part_that_is_asked_for_first_comes_after_its_whole_and_once(part: str) -> None:
    whole = part.rpartition(".")[0]
    asked = f"""
import hues, sys
import {whole}
import {part} as part
assert type({whole}).__name__ == "module" and part is sys.modules["{part}"] is {part}
assert part.__spec__.loader.get_code("{part}")
"""
    subprocess.run([sys.executable, "-c", asked], check=True)


def test_importing_it_again_is_no_use_of_it(slow: ModuleType) -> None:
    assert import_module("slow_one") is slow
    assert loads() == 0


def test_what_could_not_be_loaded_says_so_and_is_tried_again(slow: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROKEN", "yes")
    with pytest.raises(RuntimeError, match="broken"):
        slow.answer  # noqa: B018
    monkeypatch.delenv("BROKEN")
    assert slow.answer == 42
