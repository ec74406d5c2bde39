"""Alerts through the doors: two people at the desk, and everybody else who reads and checks."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from hues.engines.bulletins import actions
from hues.engines.bulletins.actions import Moved
from hues.engines.bulletins.queries import certificates, desk_bulletin
from hues.engines.bulletins.rules.states import State
from hues.engines.bulletins.rules.warnings import Warn
from hues.engines.bulletins.testing import TEXTS, cancelled, issued, passed, words
from hues.functions.alerts import beginnings
from hues.functions.alerts.tests.desk import IDENTIFIER, LIST, NEW, NGA, at_desk, code_to, seen, submitted, written
from hues.kernel.agencies import testing as cast
from hues.kit import clock

pytestmark = pytest.mark.django_db


def approve(client: Client, page: str, *, level: str = "3") -> int:
    """Approve and issue; whoever is asked for a code reads it on their phone."""
    sent = {"seen": seen(client, page), "level": level}
    first = client.post(f"{page}approve-and-issue/", sent)
    if first.status_code != 403:
        return first.status_code
    return client.post(f"{page}approve-and-issue/", {**sent, "code": code_to(NGA)}).status_code


def test_two_people_bring_an_alert_to_everybody() -> None:
    writer, approver = at_desk(cast.alert_writer()), at_desk(cast.alert_approver())
    page = submitted(writer)
    assert IDENTIFIER.search(Client().get(LIST).content.decode()) is None
    assert approve(approver, page) == 303
    listed = Client().get(LIST).content.decode()
    found = IDENTIFIER.search(listed)
    assert found
    headline = TEXTS["vi-VN"].headline
    assert headline in listed
    assert headline in Client().get("/").content.decode()
    assert TEXTS["en-US"].instruction in Client().get(f"/en/f/alerts/{found[0]}/").content.decode()
    assert "Đúng, thành phố đã phát tin này" in Client().get(f"/f/alerts/verify/{found[0]}/").content.decode()


def test_whoever_wrote_it_is_offered_no_approval_and_refused_one() -> None:
    writer = at_desk(cast.alert_writer())
    page = submitted(writer)
    assert "approve-and-issue" not in writer.get(page).content.decode()
    assert writer.post(f"{page}approve/", {"seen": "2", "level": "3"}).status_code == 403


def test_nobody_is_offered_to_warn_alone_where_the_city_does_not_allow_it() -> None:
    writer = at_desk(cast.alert_writer())
    page = submitted(writer)
    assert "một mình" not in writer.get(page).content.decode()
    sent = {"seen": seen(writer, page), "alone_level": "3", "alone_because": "Không liên lạc được ai."}
    assert writer.post(f"{page}alone/", sent).status_code == 403
    assert IDENTIFIER.search(Client().get(LIST).content.decode()) is None


def test_a_wrong_level_is_told_and_issues_nothing() -> None:
    page = submitted(at_desk(cast.alert_writer()))
    approver = at_desk(cast.alert_approver())
    assert approve(approver, page, level="4") == 422
    assert approve(approver, page, level="") == 422
    assert IDENTIFIER.search(Client().get(LIST).content.decode()) is None


def test_of_two_approvers_the_second_is_told() -> None:
    page = submitted(at_desk(cast.alert_writer()))
    approver = at_desk(cast.alert_approver())
    version = seen(approver, page)
    assert approver.post(f"{page}approve/", {"seen": version, "level": "3"}).status_code == 403
    assert approver.post(f"{page}approve/", {"seen": "0", "level": "3", "code": code_to(NGA)}).status_code == 409
    first, second = (approver.post(f"{page}approve-and-issue/", {"seen": version, "level": "3"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 409)


def test_what_is_missing_is_kept_as_a_draft_and_named() -> None:
    writer = at_desk(cast.alert_writer())
    page = submitted(writer, wards=[], **{"instruction_en-US": ""})
    shown = writer.get(page).content.decode()
    assert "Chọn ít nhất một phường, xã hoặc vẽ một vùng." in shown
    assert "Nói rõ người dân cần làm gì bằng ngôn ngữ này." in shown
    assert "Lũ trên sông Hương" in shown


def test_a_form_that_can_not_be_kept_keeps_what_was_typed() -> None:
    writer = at_desk(cast.alert_writer())
    words(at=clock.now())
    answer = writer.post(NEW, written(expires_at="2020-01-01T10:00", drawn="not a polygon"))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "not a polygon" in shown
    assert TEXTS["vi-VN"].headline in shown
    assert "Mỗi dòng là một vùng" in shown


def test_training_is_seen_at_the_desk_and_nowhere_else() -> None:
    page = submitted(at_desk(cast.alert_writer()), training="on")
    approver = at_desk(cast.alert_approver())
    assert approve(approver, page) == 303
    found = IDENTIFIER.search(approver.get(page).content.decode())
    assert found
    for path in (
        LIST,
        f"{LIST}{found[0]}/",
        f"{LIST}verify/{found[0]}/",
        f"/cap/alerts/{found[0]}.xml",
        "/cap/feed.atom",
    ):
        said = Client().get(path).content.decode().replace(f"Ví dụ {found[0]}", "")  # what a code looks like
        assert found[0] not in said.replace(path, ""), path


def test_an_update_and_a_cancellation_take_one_click_and_another_person() -> None:
    at = clock.now() - timedelta(hours=2)
    alert = issued(words(at=at), at=at)
    writer, approver = at_desk(cast.alert_writer()), at_desk(cast.alert_approver())
    page = f"/ops/alerts/{alert.id}/"
    cancelling = writer.post(f"{page}cancel/", {"seen": seen(writer, page)})
    assert approve(approver, cancelling["Location"]) == 303
    old = Client().get(f"{LIST}{alert.identifier}/").content.decode()
    assert "Đây không còn là tin mới nhất của thành phố." in old
    assert Client().get(LIST).content.decode().count("banner risk") == 0
    assert writer.post(f"{page}update/", {"seen": "0"}).status_code == 409


@pytest.mark.parametrize("code", ["VN-HUE-2026-999999", "xin chào", "", "VN-HUE-2026-000001<script>"])
def test_a_code_we_do_not_know_is_told_so(code: str) -> None:
    answer = Client().get("/f/alerts/verify/", {"code": code}, follow=True)
    assert answer.status_code in (200, 404)
    assert "Đúng, thành phố đã phát tin này" not in answer.content.decode()
    assert b"<script>" not in answer.content.replace(b"<script ", b"")


def test_a_new_key_signs_what_follows_and_the_old_one_still_proves() -> None:
    at = clock.now() - timedelta(hours=1)
    before = issued(words(at=at), at=at)
    assert at_desk(cast.alert_writer()).post("/ops/alerts/keys/").status_code == 403
    actions.rotate_key(by=cast.admin(), proved_at=at, at=at)
    after = issued(words(at=at), at=clock.now())
    for alert in (before, after):
        assert (
            "Đúng, thành phố đã phát tin này" in Client().get(f"/f/alerts/verify/{alert.identifier}/").content.decode()
        )
    assert len(certificates()) == 2


def test_the_words_to_pass_on_are_short_and_lead_to_the_proof() -> None:
    alert = issued(words(at=clock.now()), at=clock.now())
    shown = Client().get(f"{LIST}{alert.identifier}/").content.decode()
    found = re.search(r'id="pack-words">([^<]*)<', shown)
    assert found
    assert len(found[1]) <= 300
    assert f"/f/alerts/verify/{alert.identifier}/" in found[1]


def test_the_loudspeakers_have_words_while_an_alert_holds() -> None:
    alert = issued(words(at=clock.now()), at=clock.now())
    page = Client().get(f"{LIST}{alert.identifier}/").content.decode()
    read = re.search(r'id="aloud">([^<]*)<', page)
    assert read
    for said in ("Phường Phú Xuân", TEXTS["vi-VN"].instruction, "Xin nhắc lại", "112"):
        assert said in " ".join(read[1].split())
    cancelled(alert, at=clock.now())
    assert 'id="aloud"' not in Client().get(f"{LIST}{alert.identifier}/").content.decode()


def test_enter_in_a_line_of_words_submits_nothing_for_approval() -> None:
    writer = at_desk(cast.alert_writer())
    words(at=clock.now())
    form = writer.get(NEW).content.decode().partition('<form class="stack"')[2]
    first = re.search(r'<button[^>]* type="submit"[^>]*>', form)
    assert first
    assert "name=" not in first[0]


def test_what_django_says_in_english_only_is_said_in_the_readers_language() -> None:
    writer = at_desk(cast.alert_writer())
    words(at=clock.now())
    told = writer.post(NEW, written(drawn="16.4,107.5\x00 2")).content.decode()
    assert "Không được có ký tự rỗng" in told
    assert "Null characters" not in told


def test_a_template_fills_the_form_and_what_it_leaves_open_is_not_submitted() -> None:
    writer = at_desk(cast.alert_writer())
    words(at=clock.now())
    assert 'name="template" value="flood-3"' in writer.get(NEW).content.decode()
    shown = writer.get(f"{NEW}?template=flood-3").content.decode()
    assert "Lũ trên sông […] vượt báo động 3" in shown
    assert re.search(r'<option value="4"[^>]* selected', shown)
    assert writer.get(f"{NEW}?template=none").status_code == 200
    page = writer.post(NEW, {**written(**{"headline_vi-VN": "Lũ trên sông […]"}), "submit": "1"})["Location"]
    assert "Hãy điền những chỗ mẫu còn để trống" in writer.get(page).content.decode()


def test_a_draft_says_one_below_the_other_what_it_lacks() -> None:
    writer = at_desk(cast.alert_writer())
    words(at=clock.now())
    page = writer.post(NEW, {**written(wards=[], **{"headline_vi-VN": "Lũ trên sông […]"}), "submit": "1"})["Location"]
    shown = writer.get(page).content.decode()
    lacks = re.findall(r"<p>([^<]+)</p>", shown.partition('id="lacks"')[2].partition("</div></div>")[0])
    gap = "Tiếng Việt: Hãy điền những chỗ mẫu còn để trống: […]."
    assert lacks == [gap, "Chọn ít nhất một phường, xã hoặc vẽ một vùng."]
    assert "Những gì còn thiếu ghi ở đầu trang" in shown
    assert "Không ai có tài khoản sống ở đó" not in shown


def test_at_the_desk_only_what_warns_wears_the_colour_of_its_level() -> None:
    at, desk = clock.now(), at_desk(cast.alert_approver())

    def head(bulletin: Moved) -> str:
        return desk.get(f"/ops/alerts/{bulletin.id}/").content.decode().partition('class="alert-head ')[2][:12]

    alert = issued(words(at=at), at=at)
    assert head(alert) == 'risk risk-3"'
    waiting = actions.cancel(bulletin_id=alert.id, by=cast.alert_writer(), at=at)
    assert (head(waiting), head(alert)) == ('alert-over">', 'risk risk-3"')
    passed(waiting, risk=3, at=at)
    assert (head(waiting), head(alert)) == ('alert-over">', 'alert-over">')


def test_every_template_of_the_city_lacks_nothing_but_what_it_leaves_open() -> None:
    at = clock.now()
    words(at=at)
    for name, _title in beginnings.titles():
        said = beginnings.start(name)
        filled = {key: value.replace("[…]", "5") for key, value in said.items()}
        assert not [words for words in filled.values() if re.search(r"\d \d", words)], name  # which figure is which?
        page = submitted(at_desk(cast.alert_writer()), **filled)
        found = desk_bulletin(cast.alert_writer(), page.split("/")[-2])  # type: ignore[arg-type]
        assert (found.state, found.content.event) == (State.SUBMITTED, said["event"]), name
        assert Warn.NO_ACTION not in found.warnings, name


def test_an_alert_is_also_a_picture_that_loses_its_colour_when_it_is_over() -> None:
    at = clock.now()
    alert = issued(words(at=at), at=at)
    page = Client().get(f"/f/alerts/{alert.identifier}/").content.decode()
    address = f"/f/alerts/{alert.identifier}/card.png"
    assert f'og:image" content="{settings.HUES.origin}{address}"' in page
    colours = []
    for _ in range(2):
        answer = Client().get(address)
        assert answer["Content-Type"] == "image/png"
        picture = Image.open(BytesIO(answer.content))
        assert picture.size == (1200, 630)
        colours.append(picture.getpixel((600, 5)))
        cancelled(alert, at=clock.now()) if len(colours) == 1 else None
    assert colours == [(246, 146, 46), (220, 216, 211)]
    assert Client().get("/f/alerts/VN-HUE-2020-000001/card.png").status_code == 404


def test_the_approver_sees_the_notification_and_the_text_message_as_they_will_arrive() -> None:
    page = submitted(at_desk(cast.alert_writer()))
    shown = at_desk(cast.alert_approver()).get(page).content.decode()
    assert 'class="phone-words">Lu tren song Huong vuot bao dong 2. Khong qua ngam tran.' in shown


def test_the_list_says_what_to_do_and_is_kept_for_when_there_is_no_network() -> None:
    at = clock.now()
    issued(words(at=at), at=at)
    listed = Client().get(LIST).content.decode().partition("<main")[2]
    assert TEXTS["vi-VN"].instruction in listed
    assert "Phường Phú Xuân · Có hiệu lực đến" in listed
    kept = Client().get("/sw.js").content.decode()
    assert '["/f/alerts/", "/f/alerts/"]' in kept
    assert '["/en/f/notices/", "/en/f/notices/"]' in kept
    assert LIST in Client().get("/offline/").content.decode()


def test_what_is_wrong_or_missing_is_told_with_its_language() -> None:
    writer = at_desk(cast.alert_writer())
    words(at=clock.now())
    refused = writer.post(NEW, written(**{"headline_en-US": "x" * 161})).content.decode()
    assert "Tiêu đề (Tiếng Anh):" in refused.partition('id="error-summary"')[2].partition("</ul>")[0]
    kept = writer.post(NEW, written(**{"headline_en-US": "", "instruction_vi-VN": ""}))["Location"]
    lacks = writer.get(kept).content.decode().partition('id="lacks"')[2].partition("</div>")[0]
    assert "Tiếng Anh: Viết tiêu đề bằng ngôn ngữ này." in lacks
    assert "Tiếng Việt: Nói rõ người dân cần làm gì" in lacks
