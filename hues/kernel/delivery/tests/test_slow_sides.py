"""A push service that is slow to answer is worth a wait if most browsers listen to it, a short one if few do."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Timer

import pytest

from hues.kernel.delivery import push, queries
from hues.kernel.delivery.models import Line
from hues.kernel.delivery.testing import PushService, a_push_service
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import NOON, subscribed, tell

pytestmark = pytest.mark.django_db
LATE = 0.4  # seconds, many times the second that is waited for in any case


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[PushService]]:
    """Yield a push service that answers at once, and one that keeps silent until it may."""
    monkeypatch.setattr(push, "GRACE", 0.02)
    with ExitStack() as there:
        both = []
        for name in ("quick", "slow"):
            (tmp_path / name).mkdir()
            both.append(there.enter_context(a_push_service(tmp_path / name)))
        trusted = tmp_path / "trusted.pem"
        trusted.write_bytes(b"".join(one.authority.read_bytes() for one in both))
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        both[1].may_answer.clear()
        yield both
        both[1].may_answer.set()


def ends() -> dict[str, int]:
    (reach,) = queries.reached()
    return {end: n for _way, end, n in reach.ends}


def test_most_browsers_do_not_wait_a_minute_for_a_service_that_took_a_moment_to_answer(two: list[PushService]) -> None:
    quick, slow = two
    subscribed(quick, "lan")
    for number in range(many := 30):
        subscribed(slow, f"b{number}")
    tell()
    late = Timer(LATE, slow.may_answer.set)
    late.start()
    send_all(NOON)
    late.join()
    assert ends() == {"sent": 1 + many}
    assert not Line.objects.filter(closed_until__isnull=False).exists()


def test_nobody_waits_long_for_a_silent_service_of_a_few(
    two: list[PushService], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "PATIENCE", 1.0)
    quick, slow = two
    subscribed(slow, "lan")
    for number in range(many := 30):
        subscribed(quick, f"b{number}")
    tell()
    send_all(NOON)  # would wait ten seconds for an answer
    assert not slow.may_answer.is_set()
    assert ends() == {"sent": many, "again": 1}
