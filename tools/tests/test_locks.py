"""The locks say which packages, proved by their hashes, and not where to ask for them or for money."""

import re

import pytest

from tools.lint import ROOT

LOCKS = ("package-lock.json", "requirements/base.txt", "requirements/dev.txt")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str) -> None:
    addresses = re.findall(r"\w+://\S+", (ROOT / lock).read_text("utf-8"))
    assert not addresses, f"{lock} holds {addresses[0]}; `node tools/lock.mjs` takes npm's out"
