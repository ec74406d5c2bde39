"""
Modules that are large and seldom needed are loaded at their first use; importing one costs nothing until then.

They are imported whole (`import shapely`, not `from shapely import Point`), and named in quotes where a function
says what it takes: anything else is a use already. Python 3.15 has a word for it (`lazy import`).
"""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any

LATER = frozenset(
    {"cryptography.x509", "hues.engines.bulletins.rules.signing", "phonenumbers", "shapely", "xlsxwriter"}
)


class _Waiting(ModuleType):
    """A module of which nothing but its name and its place is known yet."""

    def __getattr__(self, name: str) -> Any:
        load(self)
        return ModuleType.__getattribute__(self, name)


class _PutOff:
    """Loads a module when somebody first asks for what is in it."""

    def __init__(self, loader: Any) -> None:
        self._loader, self._lock, self._begun = loader, RLock(), False

    def create_module(self, spec: ModuleSpec) -> Any:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Wait until it is needed."""
        module.__class__ = _Waiting

    def load(self, module: ModuleType) -> None:
        """Load it now; other threads wait, and what it looks for in itself meanwhile is not there yet."""
        with self._lock:
            if self._begun:
                return
            self._begun = True
            try:
                self._loader.exec_module(module)
            except BaseException:
                self._begun = False
                raise
            module.__loader__ = self._loader
            module.__class__ = ModuleType


class _There:
    """Hands out what a package has imported of itself while it was loaded."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        found = sys.modules[spec.name]
        self._spec = found.__spec__
        return found

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__ = self._spec


class Later:
    """Finds the modules of `LATER` where others are found."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return how to load a module of ours later, and nothing for all others; what is in one comes after it."""
        package = sys.modules.get(name.rpartition(".")[0])
        if isinstance(package, _Waiting):
            load(package)
            if name in sys.modules:
                return ModuleSpec(name, _There())  # type: ignore[arg-type]
        spec = PathFinder.find_spec(name, path, target) if name in LATER else None
        if spec and spec.loader:
            spec.loader = _PutOff(spec.loader)  # type: ignore[assignment]
        return spec


@contextmanager
def importing() -> Iterator[None]:
    """Look for no garbage while much is imported, nor afterwards in it: it stays until the process ends."""
    outermost = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if outermost:
            gc.enable()


def load(module: ModuleType) -> None:
    """Load a module now if it was put off."""
    loader = vars(module)["__loader__"]
    if isinstance(loader, _PutOff):
        loader.load(module)


def load_all() -> None:
    """Load all that was put off, so that the processes forked from this one share it."""
    for name in sorted(LATER & sys.modules.keys()):
        load(sys.modules[name])
