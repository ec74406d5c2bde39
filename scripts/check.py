"""Look at the code with every tool we have and say which ones object."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKS: dict[str, tuple[str, ...]] = {
    "ruff": ("-m", "ruff", "check", "--quiet", "."),
    "format": ("-m", "ruff", "format", "--check", "--quiet", "."),
    "djlint": ("-m", "djlint", "hues", "--lint", "--quiet"),
    "types": ("-m", "mypy"),
    "layers": ("-c", "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint())"),
    "house rules": ("tools/lint.py",),
    "migrations": ("-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"),
    "catalogues": ("tools/messages.py", "check"),
}


def main() -> int:
    """Run the checks one after the other; what a good one says is not shown."""
    failed = []
    for name, words in CHECKS.items():
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, env=_environ(), check=False
        )
        verdict = "ok" if done.returncode == 0 else "FAILED"
        print(f"  {name:12} {verdict:7} {time.monotonic() - began:5.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    if failed:
        print(f"Not in order: {', '.join(failed)}.", file=sys.stderr)
    return bool(failed)


def _environ() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "hues.config.settings", "PYTHONPATH": str(ROOT)}


if __name__ == "__main__":
    sys.exit(main())
