"""Approving asks for the person again: a session that somebody took over speaks for nobody."""

import re
import time
from urllib.parse import quote

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from hues.engines.bulletins.queries import desk_bulletin
from hues.engines.bulletins.rules.states import State
from hues.engines.bulletins.tests.test_alone import allowed
from hues.functions.alerts.tests.desk import NGA, at_desk, code_to, seen, submitted
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.queries import texts_to
from hues.kernel.journal.queries import entries_about

pytestmark = pytest.mark.django_db
SON = "+84901200004"
MINUTES = 60
__all__ = ["allowed"]  # a fixture
LEVEL = re.compile(r'<input[^>]* name="level"[^>]* value="3"')


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests() -> None:
    cache.clear()


@pytest.fixture
def page() -> str:
    return submitted(at_desk(cast.alert_writer()))


def state(page: str) -> State:
    return desk_bulletin(cast.alert_approver(), page.split("/")[-2]).state  # type: ignore[arg-type]


def approve(client: Client, page: str, **more: str) -> tuple[int, str]:
    answer = client.post(f"{page}approve/", {"seen": seen(client, page), "level": "3", **more})
    return answer.status_code, answer.content.decode()


def proofs() -> list[str]:
    nga = cast.alert_approver().person_id
    assert nga
    return [entry.facts["way"] for entry in entries_about(nga) if entry.event == "people.person.proved_again"]


def test_a_session_alone_approves_nothing_and_the_level_stays_typed(page: str) -> None:
    thief = at_desk(cast.alert_approver())
    status, shown = approve(thief, page)
    assert (status, state(page)) == (403, State.SUBMITTED)
    assert "Vẫn là bạn chứ?" in shown
    assert LEVEL.search(shown)
    assert len(texts_to(NGA)) == 1
    assert "để duyệt cảnh báo hoặc thông báo" in texts_to(NGA)[0].body
    assert "đăng nhập" not in texts_to(NGA)[0].body
    for guess in ("000000", "", "12345x"):
        assert approve(thief, page, code=guess)[0] in (403, 422)
    assert len(texts_to(NGA)) == 1
    assert "để duyệt cảnh báo hoặc thông báo" in texts_to(NGA)[0].body
    assert "đăng nhập" not in texts_to(NGA)[0].body
    assert (state(page), proofs()) == (State.SUBMITTED, [])


def test_the_code_of_the_phone_approves_and_is_written_down(page: str) -> None:
    approver = at_desk(cast.alert_approver())
    approve(approver, page)
    assert approve(approver, page, code=code_to(NGA))[0] == 303
    assert (state(page), proofs()) == (State.APPROVED, ["phone"])


def test_a_proof_holds_for_minutes_and_no_longer(page: str) -> None:
    approver = at_desk(cast.alert_approver())
    approve(approver, page)
    assert approve(approver, page, code=code_to(NGA))[0] == 303
    second = submitted(at_desk(cast.alert_writer()))
    assert approve(approver, second)[0] == 303
    third = submitted(at_desk(cast.alert_writer()))
    session = approver.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 6 * MINUTES
    session.save()
    status, shown = approve(approver, third)
    assert (status, state(third)) == (403, State.SUBMITTED)
    assert LEVEL.search(shown)


def test_a_cookie_that_was_copied_before_the_proof_is_worth_nothing_after_it(page: str) -> None:
    approver, thief = at_desk(cast.alert_approver()), Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = approver.cookies[settings.SESSION_COOKIE_NAME].value
    approve(approver, page)
    assert approve(approver, page, code=code_to(NGA))[0] == 303
    assert thief.get(page).status_code == 302
    assert approver.get(page).status_code == 200


def test_a_code_works_once_and_not_for_ever(page: str) -> None:
    approver = at_desk(cast.alert_approver())
    approve(approver, page)
    code = code_to(NGA)
    session = approver.session
    session["hues_proof"] = {**session["hues_proof"], "at": time.time() - 11 * MINUTES}
    session.save()
    status, shown = approve(approver, page, code=code)
    assert (status, state(page)) == (422, State.SUBMITTED)
    assert "Mã này đã hết hạn" in shown
    assert approve(approver, page, resend="1")[0] == 403
    assert approve(approver, page, code=code)[0] == 422
    assert approve(approver, page, code=code_to(NGA))[0] == 303


def test_too_many_guesses_are_stopped_and_what_was_typed_stays(page: str) -> None:
    approver = at_desk(cast.alert_approver())
    approve(approver, page)
    wrong = f"{(int(code_to(NGA)) + 1) % 1_000_000:06d}"
    answers = [approve(approver, page, code=wrong) for _ in range(6)]
    assert {status for status, _shown in answers} == {422}
    assert approve(approver, page, code=code_to(NGA))[0] == 422
    assert state(page) is State.SUBMITTED
    last = [approve(approver, page, resend="1") for _ in range(7)][-1]
    assert last[0] == 429
    assert LEVEL.search(last[1])


def refused() -> int:
    nga = cast.alert_approver().person_id
    assert nga
    return [entry.event for entry in entries_about(nga)].count("people.person.proof_refused")


def test_a_session_that_guesses_is_over_and_the_owner_signs_in_anew_and_warns(page: str) -> None:
    thief, version = at_desk(cast.alert_approver()), "2"
    approve(thief, page)
    sent = {"seen": version, "level": "3", "code": "000000"}
    answers = [thief.post(f"{page}approve/", sent, headers={"referer": f"http://testserver{page}"}) for _ in range(10)]
    assert [answer.status_code for answer in answers] == [422] * 9 + [401]
    assert (thief.get(page).status_code, refused()) == (302, 1)
    said = answers[-1].content.decode()
    assert "đã được đăng xuất" in said
    assert f'href="/login/?next={quote(page, safe="")}"' in said
    owner = at_desk(cast.alert_approver())
    assert approve(owner, page)[0] == 403
    assert approve(owner, page, code=code_to(NGA))[0] == 303
    assert state(page) is State.APPROVED


def test_wrong_codes_of_the_app_lock_nobody_out_either(page: str) -> None:
    owner = at_desk(cast.alert_approver())
    (secret,) = re.findall(r"<code>(\w+)</code>", owner.get("/me/security/app/").content.decode())
    owner.post("/me/security/app/", {"code": str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))})
    thief = at_desk(cast.alert_approver())
    version = seen(thief, page)
    tried = [
        thief.post(f"{page}approve/", {"seen": version, "level": "3", "code": "000000"}).status_code for _ in range(10)
    ]
    assert tried == [422] * 9 + [401]
    later = str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1)))
    assert approve(owner, page, code=later)[0] == 303


def test_who_has_an_authenticator_app_is_asked_for_its_code(page: str) -> None:
    approver = at_desk(cast.alert_approver())
    (secret,) = re.findall(r"<code>(\w+)</code>", approver.get("/me/security/app/").content.decode())
    approver.post("/me/security/app/", {"code": str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))})
    status, shown = approve(approver, page)
    assert (status, len(texts_to(NGA))) == (403, 0)
    assert "ứng dụng xác thực" in shown
    assert approve(approver, page, code="000000")[0] == 422
    later = str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1)))
    assert approve(approver, page, code=later)[0] == 303
    assert (state(page), proofs()) == (State.APPROVED, ["app"])


def test_who_warns_alone_is_asked_too_and_the_reason_stays_typed(allowed: None, page: str) -> None:
    writer = at_desk(cast.alert_writer())
    sent = {"seen": seen(writer, page), "alone_level": "3", "alone_because": "Mất liên lạc, nước lên rất nhanh."}
    asked = writer.post(f"{page}alone/", sent)
    assert (asked.status_code, state(page)) == (403, State.SUBMITTED)
    assert sent["alone_because"] in asked.content.decode()
    assert writer.post(f"{page}alone/", {**sent, "code": code_to(SON)}).status_code == 303
    assert state(page) is State.ISSUED


def test_a_wrong_level_sends_no_code(page: str) -> None:
    approver = at_desk(cast.alert_approver())
    asked = approver.post(f"/en{page}approve/", {"seen": "2", "level": "4"}).content.decode()
    assert "Is it still you?" not in asked
    assert approver.post(f"{page}approve/", {"seen": "2", "level": "4"}).status_code == 422
    assert texts_to(NGA) == ()


def test_the_key_that_sends_the_form_sends_the_code_and_asks_for_no_other(page: str) -> None:
    _status, shown = approve(at_desk(cast.alert_approver()), page)
    form = shown[shown.index('name="level"') :]
    assert form.index("Duyệt và phát ngay") < form.index('name="resend"')


def test_the_first_button_of_the_form_which_enter_presses_issues_nothing(page: str) -> None:
    shown = at_desk(cast.alert_approver()).get(page).content.decode()
    form = shown[shown.index('approve-and-issue/"') :]
    first = re.search(r"<button[^>]*>", form)
    assert first
    assert 'formaction="' in first[0]
    assert '/approve/"' in first[0]
