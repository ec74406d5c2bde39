"""The demo's notices: some that hold, a rumour that was answered, one that waits for approval."""

from datetime import datetime, timedelta
from uuid import UUID

from hues.config.demo.alerts import in_each
from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.rules.notices import Kind, NoticeContent, NoticeText, Verdict
from hues.kernel.agencies.queries import asker_for
from hues.kernel.people.asker import Asker
from hues.kernel.people.queries import accounts_of

WRITER, APPROVER = "+84901200004", "+84901200005"
PHU_XUAN, KIM_LONG, VY_DA = "19753", "19774", "19777"
NOTICES: tuple[tuple[int, Kind, str, tuple[str, ...], dict[str, NoticeText]], ...] = (
    (
        9,
        Kind.NOTICE,
        "culture",
        (),
        {
            "vi": NoticeText(
                title="Phố đi bộ Hoàng thành mở cửa đến 23 giờ cuối tuần",
                body="Từ tuần này, phố đi bộ quanh Đại Nội mở từ 18 giờ đến 23 giờ thứ sáu, thứ bảy và chủ nhật.\n\n"
                "Gửi xe tại các bãi đã niêm yết giá; thấy thu quá giá, hãy gửi phản ánh kèm hình.",
            ),
            "en": NoticeText(
                title="The walking street around the Citadel is open until 23:00 at weekends",
                body="From this week the walking street around the Imperial City is open from 18:00 to 23:00, Friday "
                "to Sunday.\n\nPark where prices are posted; if you are asked for more, send a report with a photo.",
            ),
        },
    ),
    (
        5,
        Kind.NOTICE,
        "power",
        (PHU_XUAN, KIM_LONG),
        {
            "vi": NoticeText(
                title="Tạm ngừng cấp điện để thay trạm biến áp",
                body="Điện lực tạm ngừng cấp điện từ 7 giờ đến 11 giờ sáng thứ bảy để thay trạm biến áp.\n\n"
                "Sạc sẵn điện thoại và tắt thiết bị lớn trước giờ cúp điện.",
            ),
            "en": NoticeText(
                title="Power cut while a substation is replaced",
                body="Power is off from 7:00 to 11:00 on Saturday morning while a substation is replaced.\n\n"
                "Charge your phone and switch off large appliances before.",
            ),
        },
    ),
    (
        3,
        Kind.CORRECTION,
        "safety",
        (),
        {
            "vi": NoticeText(
                title="Không đúng: “thành phố nhắn tin thu phí kích hoạt tài khoản”",
                rumour="Nhiều người nhận tin nhắn bảo bấm vào đường dẫn và nộp 50.000 đồng để giữ tài khoản Hue-S.",
                body="Thành phố không thu phí tài khoản và không bao giờ gửi đường dẫn thanh toán qua tin nhắn.\n\n"
                "Đừng bấm vào đường dẫn. Nếu đã chuyển tiền, hãy báo công an qua số 113.",
                source="Trung tâm Giám sát, điều hành đô thị thông minh",
            ),
            "en": NoticeText(
                title="Not true: “the city asks for a fee to keep your account”",
                rumour="People got a text message that asks for 50,000 đồng by a link to keep their Hue-S account.",
                body="The city takes no fee for accounts and never sends a payment link by text message.\n\n"
                "Do not open the link. If you have paid, ring the police at 113.",
                source="Smart City Monitoring and Operations Centre",
            ),
        },
    ),
    (
        1,
        Kind.NOTICE,
        "waste",
        (VY_DA,),
        {
            "vi": NoticeText(
                title="Đổi giờ thu gom rác từ thứ hai",
                body="Xe thu gom rác đi từ 17 giờ 30. Hãy để rác đã phân loại trước nhà từ 17 giờ.",
            ),
            "en": NoticeText(
                title="Rubbish is collected at another hour from Monday",
                body="The truck comes from 17:30. Put sorted rubbish in front of the house from 17:00.",
            ),
        },
    ),
)


def load(*, at: datetime) -> int:
    """Have two people publish the demo's notices unless there are some already; return how many were made."""
    if queries.how_many_notices():
        return 0
    ids = accounts_of((WRITER, APPROVER))
    writer, approver = asker_for(ids[WRITER], at), asker_for(ids[APPROVER], at)
    for days, kind, topic, wards, texts in NOTICES:
        then = at - timedelta(days=days, hours=2)
        content = NoticeContent(
            kind=kind,
            topic=topic,
            audience="everybody",
            texts=in_each(texts, queries.notice_languages()),
            wards=wards,
            expires_at=at + timedelta(days=30),
            verdict=Verdict.FALSE if kind is Kind.CORRECTION else "",
        )
        waiting = _submitted(content, writer, then)
        seen = queries.desk_notice(approver, waiting).version
        if days > 1:
            actions.approve_notice(notice_id=waiting, by=approver, seen=seen, proved_at=then, at=then)
    return queries.how_many_notices()


def _submitted(content: NoticeContent, by: Asker, at: datetime) -> UUID:
    notice_id = actions.draft_notice(content=content, by=by, at=at)
    actions.submit_notice(notice_id=notice_id, by=by, seen=queries.desk_notice(by, notice_id).version, at=at)
    return notice_id
