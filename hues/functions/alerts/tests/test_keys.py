"""A new key asks who makes it and why; one that others may know proves only what it signed before."""

import json
import re
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from hues.engines.bulletins import actions
from hues.engines.bulletins.queries import certificates, doubted, proof
from hues.engines.bulletins.testing import issued, published_notice, words
from hues.functions.alerts.tests.desk import at_desk, code_to
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid, ProofNeeded
from hues.kit import clock

pytestmark = pytest.mark.django_db
MAI, KEYS = "+84901000007", "/ops/alerts/keys/"
HOUR = timedelta(hours=1)
YES, NO, VALID = "Đúng, thành phố đã phát tin này", "Không còn giá trị", "Còn hiệu lực?"


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests() -> None:
    cache.clear()


def _proof_page(identifier: str) -> str:
    return Client().get(f"/f/alerts/verify/{identifier}/").content.decode()


def _local(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def test_a_session_alone_makes_no_key_and_the_code_does() -> None:
    at = clock.now() - HOUR
    before = issued(words(at=at), at=at)
    assert at_desk(cast.alert_writer()).post(KEYS, {"why": "scheduled"}).status_code == 403
    admin = at_desk(cast.admin())
    assert admin.post(KEYS, {}).status_code == 422
    asked = admin.post(KEYS, {"why": "scheduled"})
    assert asked.status_code == 403
    assert 'name="code"' in asked.content.decode()
    assert len(certificates()) == 1
    assert admin.post(KEYS, {"why": "scheduled", "code": code_to(MAI)}).status_code == 303
    assert len(certificates()) == 2
    after = issued(words(at=clock.now()), at=clock.now())
    assert all(YES in _proof_page(alert.identifier) for alert in (before, after))


@pytest.mark.parametrize("second", [0, 37])
def test_a_key_that_others_may_have_known_from_its_first_message_on_proves_nothing(second: int) -> None:
    at = (clock.now() - HOUR).replace(second=second, microsecond=0)
    first = issued(words(at=at), at=at)  # and with it the key
    admin, shown = at_desk(cast.admin()), _local(at if second else at - timedelta(minutes=1))
    too_early = admin.post(KEYS, {"why": "leaked", "since": _local(at - timedelta(minutes=2))})
    assert too_early.status_code == 422
    admin.post(KEYS, {"why": "leaked", "since": shown})
    assert admin.post(KEYS, {"why": "leaked", "since": shown, "code": code_to(MAI)}).status_code == 303
    assert NO in _proof_page(first.identifier)


def test_what_a_key_signed_after_others_may_have_known_it_is_not_valid() -> None:
    at = clock.now()
    early = issued(words(at=at - 3 * HOUR), at=at - 3 * HOUR)
    late = issued(words(at=at - HOUR), at=at - HOUR)
    notice = published_notice(at=at - HOUR).number
    admin = at_desk(cast.admin())
    told = {"why": "leaked", "since": _local(at - 2 * HOUR)}
    admin.post(KEYS, told)
    assert admin.post(KEYS, {**told, "code": code_to(MAI)}).status_code == 303
    fresh = issued(words(at=clock.now()), at=clock.now())
    assert YES in _proof_page(early.identifier)
    assert YES in _proof_page(fresh.identifier)
    assert NO in _proof_page(late.identifier)
    assert YES not in _proof_page(late.identifier)
    assert VALID in _proof_page(early.identifier)
    assert VALID not in _proof_page(late.identifier)
    of_notice = Client().get(f"/f/notices/verify/{notice}/").content.decode()
    assert NO in of_notice
    assert VALID not in of_notice
    shown = admin.get(KEYS).content.decode()
    assert "Chỉ tin những gì phát" in shown
    assert "Cảnh báo cũ vẫn giữ chứng thư của mình" not in shown
    assert "tin khóa cũ ký sau thời điểm đó không còn hiệu lực" in shown


def test_machines_read_until_when_each_certificate_is_to_be_trusted() -> None:
    at = clock.now().replace(microsecond=0)
    issued(words(at=at - HOUR), at=at - HOUR)
    actions.rotate_key(trusted_until=at, by=cast.admin(), proved_at=at, at=at)
    now, old = json.loads(Client().get("/cap/certificates.json").content)
    assert (now["in_use"], now["trusted_until"]) == (True, None)
    assert (old["in_use"], old["trusted_until"]) == (False, at.isoformat())
    pem = Client().get("/cap/certificates.pem").content
    assert f"# {old['fingerprint']} trusted only for what was issued until {at.isoformat()}\n" in pem.decode()
    assert len(x509.load_pem_x509_certificates(pem)) == 2


def test_a_key_is_distrusted_neither_from_a_day_to_come_nor_from_before_it_was_made() -> None:
    at = clock.now()
    alert = issued(words(at=at - HOUR), at=at - HOUR)
    for wrong in (at + HOUR, at - 5 * HOUR):
        with pytest.raises(Invalid) as refused:
            actions.rotate_key(trusted_until=wrong, by=cast.admin(), proved_at=at, at=at)
        assert "since" in refused.value.fields
    with pytest.raises(ProofNeeded):
        actions.rotate_key(by=cast.admin(), proved_at=None, at=at)
    assert len(certificates()) == 1
    assert proof(alert.identifier).distrusted_from is None


def test_why_and_until_when_stay_filled_in_while_the_code_is_asked_for() -> None:
    at = clock.now()
    issued(words(at=at - 3 * HOUR), at=at - 3 * HOUR)
    since = _local(at - HOUR)
    page = at_desk(cast.admin()).post(KEYS, {"why": "leaked", "since": since}).content.decode()
    assert since in page
    assert re.search(r'<input[^>]*value="leaked"[^>]* checked', page)


def test_a_key_that_signs_no_more_is_distrusted_too_and_never_trusted_longer_again() -> None:
    at = clock.now()
    early = issued(words(at=at - 4 * HOUR), at=at - 4 * HOUR)
    late = issued(words(at=at - HOUR), at=at - HOUR)
    admin = at_desk(cast.admin())
    assert "Khóa nào?" not in admin.get(KEYS).content.decode()
    assert admin.post(KEYS, {"why": "scheduled"}).status_code == 403
    assert admin.post(KEYS, {"why": "scheduled", "code": code_to(MAI)}).status_code == 303
    now, old = certificates()
    assert f'value="{old.fingerprint}"' in admin.get(KEYS).content.decode()
    for wrong in ({"why": "scheduled"}, {"why": "leaked"}, {"why": "leaked", "since": _local(at + HOUR)}):
        assert admin.post(KEYS, {**wrong, "key": old.fingerprint}).status_code == 422
    told = {"key": old.fingerprint, "why": "leaked", "since": _local(at - 2 * HOUR)}
    assert admin.post(KEYS, told).status_code == 303
    assert [key.fingerprint for key in certificates()] == [now.fingerprint, old.fingerprint]
    assert certificates()[0].trusted_until is None
    assert (YES in _proof_page(early.identifier), NO in _proof_page(late.identifier)) == (True, True)
    assert [one.identifier for one in doubted(clock.now())] == [late.identifier]
    assert admin.post(KEYS, {**told, "since": _local(at - HOUR)}).status_code == 422
    assert admin.post(KEYS, {**told, "since": _local(at - 3 * HOUR)}).status_code == 303
    assert admin.post(KEYS, {**told, "key": "f" * 64}).status_code == 422
    assert at_desk(cast.alert_writer()).post(KEYS, told).status_code == 403
