"""Collect what browsers load: files named by their content, with compressed copies beside them."""

import fcntl
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from servestatic.compress import Compressor


def collected(root: Path) -> bool:
    """Say whether there is anything to serve."""
    return (root / "staticfiles.json").exists()


def collect(root: Path) -> None:
    """Gather the static files of every room in `root` and compress those that gain by it."""
    root.mkdir(parents=True, exist_ok=True)
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        call_command("collectstatic", interactive=False, verbosity=0)
        compressor = Compressor(quiet=True, use_brotli=False, use_zstd=False)
        for path in sorted(root.rglob("*")):
            compressed = path.with_name(path.name + ".gz")
            fresh = compressed.exists() and compressed.stat().st_mtime >= path.stat().st_mtime
            if path.is_file() and not fresh and compressor.should_compress(path.name):
                compressor.compress(str(path))
    finally:
        os.close(folder)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hues.config.settings")
    django.setup()
    collect(Path(settings.STATIC_ROOT))
