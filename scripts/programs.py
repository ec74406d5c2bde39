"""Make sure there are the programs that some tests need; where they are not ours to install, say what is left out."""

import os
import shutil
import subprocess
import sys

# What Debian calls it → what it may be called on PATH, and what can't be tested without it.
NEEDED = {
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "BROWSER WALKS"),
    "mosquitto": (("mosquitto",), "SIRENS' OWN TESTS"),
}
PATH = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin"  # where Debian puts servers


def main() -> int:
    """Install Debian's packages of what is not there, if we may."""
    apt = shutil.which("apt-get")
    missing = [package for package in NEEDED if not _is_there(package)]
    if missing and apt and os.geteuid() == 0:
        print(f"  Installing {' and '.join(missing)} for the tests …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run([apt, "update", "-qq"], check=False, **quiet)
        subprocess.run([apt, "install", "-y", "-qq", "--no-install-recommends", *missing], check=False, **quiet)
    for package in missing:
        if not _is_there(package):
            left_out = NEEDED[package][1]
            print(f"  There is no {package} here and this user may not install it: THE {left_out} ARE LEFT OUT.")
            print(f"  (As root on Debian `make test` installs it; elsewhere put `{package}` on PATH.)", flush=True)
    return 0


def _is_there(package: str) -> bool:
    return any(shutil.which(name, path=PATH) for name in NEEDED[package][0])


if __name__ == "__main__":
    sys.exit(main())
