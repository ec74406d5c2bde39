"""Keep for a moment what many ask for at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Kept[K, V]:
    """
    Values by key, each made again once it is older than `lasting`; every process has its own, of few keys.

    One that was made for an `edition` is of no use for another one.
    """

    lasting: timedelta
    _made: dict[K, tuple[datetime, object, V]] = field(default_factory=dict)

    def get(self, key: K, at: datetime, make: Callable[[], V], *, edition: object = None) -> V:
        """Return what was made for `key` less than `lasting` before `at`, else what `make` returns now."""
        made = self._made.get(key)
        if made and made[1] == edition and timedelta(0) <= at - made[0] < self.lasting:
            return made[2]
        value = make()
        self._made[key] = (at, edition, value)
        return value

    def forget(self) -> None:
        """Make everything again."""
        self._made.clear()
