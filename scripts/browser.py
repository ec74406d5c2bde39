"""Make sure there is a Chromium for the browser walks; where that is not ours to do, say what is left out."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Install Debian's Chromium if none is there and we may."""
    if any(map(shutil.which, NAMES)):
        return 0
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        print("  Installing Chromium for the browser walks …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run([apt, "update", "-qq"], check=False, **quiet)
        subprocess.run([apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False, **quiet)
    if not any(map(shutil.which, NAMES)):
        print("  There is no Chromium here and this user may not install one: the BROWSER WALKS ARE LEFT OUT.")
        print("  (As root on Debian `make test` installs it; elsewhere put `chromium` on PATH.)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
