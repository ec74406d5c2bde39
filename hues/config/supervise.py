"""Keep the city's processes alive: fork them, fork them again when they die, and end them together."""

import atexit
import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

STEADY = 5.0  # seconds after which a process counts as well started
LONGEST_PAUSE = 10.0
PATIENCE = 12.0  # seconds that processes get to finish what they are at
LOOK = 0.1

type Work = Callable[[], None]


@dataclass(kw_only=True, slots=True)
class Child:
    """A process that must always run."""

    name: str
    work: Work
    pid: int = 0
    started_at: float = 0.0
    due_at: float = 0.0
    pause: float = 0.0


@dataclass(kw_only=True)
class Supervisor:
    """
    Runs `children`, and calls `tend` many times a second, until it is told to stop.

    The children are forked from this process after it has imported everything: they share its memory,
    and a dead one is back within milliseconds.
    """

    children: Sequence[Child]
    tend: Callable[[], None] = lambda: None
    say: Callable[[str], None] = lambda sentence: None
    _asked: int = 0
    _lifeline: tuple[int, int] = field(default_factory=os.pipe)

    def run(self) -> None:
        """Keep everything running until SIGINT or SIGTERM, then end it; a second signal ends it at once."""
        gc.freeze()  # so that collecting garbage does not copy the shared pages
        before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            while not self._asked:
                self._bury()
                self._raise_up()
                self.tend()
                time.sleep(LOOK)
        finally:
            self._end()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _ask(self, number: int, frame: object) -> None:
        self._asked += 1

    def _raise_up(self) -> None:
        for child in self.children:
            if not child.pid and time.monotonic() >= child.due_at and not self._asked:
                self._fork(child)

    def _fork(self, child: Child) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        child.started_at = time.monotonic()
        child.pid = os.fork()
        if child.pid == 0:
            work_alone(child.name, child.work, lifeline=self._lifeline)

    def _bury(self) -> None:
        for child in self.children:
            if not child.pid or os.waitpid(child.pid, os.WNOHANG) == (0, 0):
                continue
            child.pid = 0
            if time.monotonic() - child.started_at > STEADY:
                child.pause = 0.0
            if not self._asked:
                self.say(f"{child.name} died; it is started again")
            child.due_at = time.monotonic() + child.pause
            child.pause = min(max(0.2, child.pause * 2), LONGEST_PAUSE)

    def _end(self) -> None:
        self._signal(signal.SIGTERM)
        give_up_at = time.monotonic() + PATIENCE
        while any(child.pid for child in self.children) and time.monotonic() < give_up_at and self._asked < 2:
            self._bury()
            time.sleep(0.02)
        self._signal(signal.SIGKILL)
        while any(child.pid for child in self.children):
            self._bury()
            time.sleep(0.02)

    def _signal(self, number: signal.Signals) -> None:
        for child in self.children:
            if child.pid:
                os.kill(child.pid, number)


def run_apart(name: str, work: Work) -> int:
    """Do `work` in a process of its own, so that what it loads does not stay, and return its exit code."""
    lifeline = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        work_alone(name, work, lifeline=lifeline)
    os.close(lifeline[0])
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    finally:
        os.close(lifeline[1])


def work_alone(name: str, work: Work, *, lifeline: tuple[int, int]) -> None:
    """Do `work` in the forked process we are in, never return, and end when the parent does, however it does."""
    code = 1
    atexit._clear()  # what the parent promised to do at its end is not ours to do
    try:
        os.setpgid(0, 0)  # Ctrl-C is for the supervisor alone
        _call_ourselves(f"hues {name}")
        os.close(lifeline[1])
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        Thread(target=_end_with_parent, args=[lifeline[0]], name="lifeline", daemon=True).start()
        work()
        code = 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
        if isinstance(ending.code, str):
            sys.stderr.write(f"{ending.code}\n")
    except KeyboardInterrupt:
        code = 130
    except BaseException:  # noqa: BLE001 - the process ends here; what killed it must be seen
        sys.excepthook(*sys.exc_info())
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _call_ourselves(name: str) -> None:
    with suppress(OSError):  # only Linux has such a file
        Path("/proc/self/comm").write_text(name[:15])


def _end_with_parent(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)
