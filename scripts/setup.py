"""
Bring everything the city needs into this folder; what is already there is not brought again.

Runs on any Python >= 3.11 with nothing but the standard library. Each step leaves a stamp of what it
was made from, so a second run reads a few files and goes on, without any network.
"""

import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATE = ROOT / ".setup"
PYTHON = ROOT / ".venv" / "bin" / "python"
OLDEST_NODE = 20
COMMAND = """#!/bin/sh
PYTHONPATH={root} exec {python} -m hues "$@"
"""


def main() -> int:
    """Run the steps one after the other; two callers at once take turns."""
    if sys.version_info < (3, 11):
        return _complain("Hue-S needs python3 3.11 or newer to set itself up.")
    STATE.mkdir(exist_ok=True)
    os.environ.setdefault("UV_SYSTEM_CERTS", "1")  # a company's own registry is trusted by the machine, not by uv
    _lend_a_home()
    with (STATE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            for step in (python_packages, browser_packages, vendored_files, catalogues, collected_files):
                step()
        except (subprocess.CalledProcessError, OSError) as failure:
            return _complain(f"Setting up failed: {failure}")
    return 0


def python_packages() -> None:
    """Make `.venv` with exactly the locked packages."""
    wanted = _mark([ROOT / "requirements" / "dev.txt", ROOT / "scripts" / "setup.py"])
    if _is_done("python", wanted) and PYTHON.exists():
        return
    uv = _uv()
    if not _version_of(PYTHON):
        _say("Making a private Python environment")
        _make_environment(uv, _newest_python())
    _say("Installing Python packages")
    locked = ("--require-hashes", "--compile-bytecode", "requirements/dev.txt")
    _run(uv, "pip", "sync", "-q", "--python", PYTHON, *locked)
    command = PYTHON.with_name("hues")
    command.write_text(COMMAND.format(python=shlex.quote(str(PYTHON)), root=shlex.quote(str(ROOT))))
    command.chmod(0o755)
    _done("python", wanted)


def _make_environment(uv: str, python: str) -> None:
    """Make `.venv` on an interpreter of this machine, or on the version that uv fetches."""
    try:
        _run(uv, "venv", "-q", "--clear", "--python", python, ".venv")
    except subprocess.CalledProcessError:
        if not Path(python).is_absolute():
            _complain(
                f"There is no Python 3.12 or newer here, and {python} could not be fetched. "
                "Install one, or name one that lies elsewhere: HUES_PYTHON=/path/to/python3 make run"
            )
        raise


def browser_packages() -> None:
    """Bring the browser's packages through npm, as the lock says, running none of their scripts."""
    wanted = _mark([ROOT / "package.json", ROOT / "package-lock.json"])
    if _is_done("browser", wanted) and (ROOT / "node_modules").is_dir():
        return
    npm, path = _npm()
    _say("Bringing browser packages")
    _run(npm, "ci", "--ignore-scripts", "--silent", environ={"PATH": path})
    _done("browser", wanted)


def vendored_files() -> None:
    """Copy the browser files we use to where they are served from."""
    sources = [
        ROOT / "package-lock.json",
        ROOT / "tools" / "vendor.py",
        *sorted((ROOT / "hues" / "surfaces" / "shell").glob("icons*.txt")),
    ]
    wanted = _mark([*sources, *ROOT.glob("hues/functions/*/apps.py"), *ROOT.glob("cities/*/*.csv")])
    target = ROOT / "hues" / "surfaces" / "shell" / "static" / "vendor"
    if not (_is_done("vendor", wanted) and target.is_dir()):
        _run(PYTHON, "tools/vendor.py", quiet=True)
        _done("vendor", wanted)


def catalogues() -> None:
    """Compile the message catalogues."""
    sources = list(ROOT.glob("hues/**/*.po"))
    wanted = _mark(sources)
    compiled = all(source.with_suffix(".mo").exists() for source in sources)
    if not (_is_done("catalogues", wanted) and compiled):
        _run(PYTHON, "tools/messages.py", "compile", quiet=True)
        _done("catalogues", wanted)


def collected_files() -> None:
    """Collect the static files under names that change with their content."""
    files = [path for path in ROOT.glob("hues/**/static/**/*") if path.is_file()]
    wanted = _mark([ROOT / "requirements" / "dev.txt", ROOT / "hues" / "surfaces" / "shell" / "assets.py", *files])
    if not (_is_done("static", wanted) and (ROOT / "static-collected" / "staticfiles.json").exists()):
        _run(PYTHON, "-m", "hues.config.statics", environ={"HUES_DEMO": "1", "HUES_STATIC": ""})
        _done("static", wanted)


def _uv() -> str:
    """Return uv: the one in our own environment, made now if need be, or else the one on PATH."""
    own = ROOT / ".uv"
    wanted = _mark([ROOT / "scripts" / "uv.txt"])
    if _is_done("uv", wanted) and (own / "bin" / "uv").exists():
        return str(own / "bin" / "uv")
    _say("Fetching uv, which installs Python packages")
    try:
        venv.create(own, clear=True, with_pip=True)
        pip = (own / "bin" / "python", "-m", "pip", "--disable-pip-version-check")
        _run(*pip, "install", "-q", "--require-hashes", "-r", "scripts/uv.txt")
    except subprocess.CalledProcessError:
        found = shutil.which("uv")
        if not found:
            _complain("This python3 cannot make environments (on Debian: apt-get install python3-venv).")
            raise
        return found
    _done("uv", wanted)
    return str(own / "bin" / "uv")


def _newest_python() -> str:
    """Return the interpreter to build on, or the version that uv shall fetch."""
    environ = os.environ | {"HOME": str(Path("~").expanduser())}
    finder = subprocess.run([ROOT / "scripts" / "python"], stdout=subprocess.PIPE, text=True, check=True, env=environ)
    return finder.stdout.strip()


def _npm() -> tuple[str, str]:
    """Return npm and the PATH on which it finds its Node; both come as a wheel where there is none."""
    path = os.environ.get("PATH", os.defpath)
    if _node_major("node") >= OLDEST_NODE and (found := shutil.which("npm")):
        return found, path
    own = ROOT / ".node"
    wanted = _mark([ROOT / "scripts" / "node.txt"])
    if not (_is_done("node", wanted) and (own / "bin" / "npm").exists()):
        _say("Fetching Node, which brings browser packages")
        uv = _uv()
        _run(uv, "venv", "-q", "--clear", "--python", PYTHON, own)
        _run(uv, "pip", "sync", "-q", "--require-hashes", "--python", own / "bin" / "python", "scripts/node.txt")
        _done("node", wanted)
    return str(own / "bin" / "npm"), f"{own / 'bin'}{os.pathsep}{path}"


def _node_major(node: str) -> int:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        return int(said.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 0


def _version_of(python: Path) -> str:
    """Return the version of an interpreter that is new enough, or nothing."""
    question = "import sys; print(sys.version) if sys.version_info >= (3, 12) else sys.exit(1)"
    try:
        return subprocess.run([python, "-c", question], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def _lend_a_home() -> None:
    """Give uv and npm a place of ours for their caches where the user has no home to write in."""
    if not os.access(Path("~").expanduser(), os.W_OK):
        for name in ("HOME", "UV_CACHE_DIR", "UV_PYTHON_INSTALL_DIR", "npm_config_cache"):
            os.environ[name] = str(STATE / "home" / name.lower())
            Path(os.environ[name]).mkdir(parents=True, exist_ok=True)


def _mark(sources: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(str(source.relative_to(ROOT)).encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def _is_done(step: str, mark: str) -> bool:
    stamp = STATE / step
    return stamp.exists() and stamp.read_text() == mark


def _done(step: str, mark: str) -> None:
    (STATE / step).write_text(mark)


def _run(*command: str | Path, environ: dict[str, str] | None = None, quiet: bool = False) -> None:
    words = [str(word) for word in command]
    out = subprocess.DEVNULL if quiet else None
    subprocess.run(words, cwd=ROOT, env=os.environ | (environ or {}), stdout=out, check=True)


def _say(sentence: str) -> None:
    print(f"  {sentence} …", flush=True)


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
