"""What this machine offers: memory and cores, as far as its limits let us use them."""

import os
from pathlib import Path

LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
MEGABYTE = 1024 * 1024


def memory_megabytes() -> int:
    """Return the memory this process may use, in MB."""
    amounts = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    for limit in LIMITS:
        if limit.exists() and (text := limit.read_text().strip()).isdigit():
            amounts.append(int(text))
    return min(amounts) // MEGABYTE


def cores() -> int:
    """Return how many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
