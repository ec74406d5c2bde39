"""What this machine offers: memory and cores, as far as its limits let us use them."""

import os
import resource
from pathlib import Path

LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
MEGABYTE = 1024 * 1024
MOST_DESCRIPTORS = 65_536


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


def descriptors() -> int:
    """
    Let this process hold as many connections and files as it may, at most MOST_DESCRIPTORS, and return how many.

    Services are started with a thousand as a rule: a thousand open pages, and nobody else would be answered.
    """
    now, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_DESCRIPTORS if allowed == resource.RLIM_INFINITY else min(allowed, MOST_DESCRIPTORS)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, allowed))
        return wanted
    return wanted if now == resource.RLIM_INFINITY else now
