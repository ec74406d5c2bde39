"""Run a command as an unprivileged user of a private user namespace: `python as_nobody.py COMMAND …`."""

import os
import sys
from pathlib import Path

NOBODY = 65534


def enter_namespace() -> None:
    """Map this process to nobody inside a namespace of its own; outside it stays who it was."""
    user, group = os.geteuid(), os.getegid()
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {group} 1")


if __name__ == "__main__":
    enter_namespace()
    os.execv(sys.argv[1], sys.argv[1:])
