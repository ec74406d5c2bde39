"""Bulletins for the tests of other rooms, built by the actions that build real ones."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hues.engines.bulletins import actions
from hues.engines.bulletins.actions import Moved
from hues.engines.bulletins.queries import DeskNotice, IncomingCard, desk_notice, incoming
from hues.engines.bulletins.rules.content import Content, Text
from hues.engines.bulletins.rules.notices import Kind, NoticeContent, NoticeText
from hues.engines.bulletins.rules.shapes import Shape
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kernel.people.asker import Asker

MONDAY = datetime(2026, 3, 2, 3, tzinfo=UTC)
PHU_XUAN, KIM_LONG = "19753", "19774"
TEXTS = {
    "vi-VN": Text(
        headline="Lũ trên sông Hương vượt báo động 2",
        description="Mực nước sông Hương tại Kim Long lên nhanh trong 6 giờ tới.",
        instruction="Không qua ngầm tràn. Di chuyển xe lên chỗ cao.",
    ),
    "en-US": Text(
        headline="Flood on the Hương River above alarm 2",
        description="The river rises fast within the next 6 hours.",
        instruction="Do not cross flooded roads. Move vehicles to high ground.",
    ),
}


def words(
    *,
    wards: tuple[str, ...] = (PHU_XUAN,),
    shapes: tuple[Shape, ...] = (),
    risk: int = 3,
    training: bool = False,
    at: datetime = MONDAY,
) -> Content:
    """Return what an alert says for the next twelve hours."""
    the_wards()
    return Content(
        event="flood",
        risk=risk,
        texts=TEXTS,
        wards=wards,
        shapes=shapes,
        expires_at=at + timedelta(hours=12),
        training=training,
    )


def submitted(content: Content | None = None, *, by: Asker | None = None, at: datetime = MONDAY) -> Moved:
    """Return an alert that waits for approval."""
    writer = by or cast.alert_writer()
    begun = actions.draft(content=content or words(at=at), by=writer, at=at)
    return actions.submit(bulletin_id=begun.id, by=writer, seen=begun.version, at=at)


def passed(waiting: Moved, *, risk: int = 3, at: datetime = MONDAY) -> Moved:
    """Have a different person approve and issue what waits."""
    approver = cast.alert_approver()
    approved = actions.approve(
        bulletin_id=waiting.id, level=risk, by=approver, seen=waiting.version, proved_at=at, at=at
    )
    return actions.issue(bulletin_id=waiting.id, by=approver, seen=approved.version, at=at)


def issued(content: Content | None = None, *, at: datetime = MONDAY) -> Moved:
    """Return an alert in force."""
    content = content or words(at=at)
    return passed(submitted(content, at=at), risk=content.risk, at=at)


def updated(alert: Moved, content: Content, *, at: datetime) -> Moved:
    """Return the update that took an alert's place."""
    writer = cast.alert_writer()
    begun = actions.start_update(bulletin_id=alert.id, by=writer, at=at)
    written = actions.rewrite(bulletin_id=begun.id, content=content, by=writer, seen=begun.version, at=at)
    waiting = actions.submit(bulletin_id=begun.id, by=writer, seen=written.version, at=at)
    return passed(waiting, risk=content.risk, at=at)


def cancelled(alert: Moved, *, risk: int = 3, at: datetime) -> Moved:
    """Return the cancellation of an alert."""
    return passed(actions.cancel(bulletin_id=alert.id, by=cast.alert_writer(), at=at), risk=risk, at=at)


NOTICE_TEXTS = {
    "vi": NoticeText(title="Cúp điện ở Phú Xuân", body="Cúp điện từ 7 giờ đến 11 giờ để thay trạm biến áp."),
    "en": NoticeText(title="Power cut in Phú Xuân", body="Power is off from 7:00 to 11:00."),
}


def notice_words(**other: Any) -> NoticeContent:
    """Return what a notice to Phú Xuân says, unless told otherwise."""
    the_wards()
    said = {"kind": Kind.NOTICE, "topic": "power", "audience": "everybody", "texts": NOTICE_TEXTS, "wards": (PHU_XUAN,)}
    return NoticeContent(**{**said, **other})


def submitted_notice(content: NoticeContent | None = None, *, at: datetime = MONDAY) -> DeskNotice:
    """Return a notice that waits for approval."""
    writer = cast.alert_writer()
    begun = actions.draft_notice(content=content or notice_words(), by=writer, at=at)
    actions.submit_notice(notice_id=begun, by=writer, seen=desk_notice(writer, begun).version, at=at)
    return desk_notice(writer, begun)


def published_notice(content: NoticeContent | None = None, *, at: datetime = MONDAY) -> DeskNotice:
    """Return a notice that was approved: published, or waiting for its time."""
    return approved_notice(submitted_notice(content, at=at).id, at=at)


def approved_notice(notice_id: UUID, *, at: datetime) -> DeskNotice:
    """Have a different person approve what waits."""
    approver = cast.alert_approver()
    actions.approve_notice(
        notice_id=notice_id, by=approver, seen=desk_notice(approver, notice_id).version, proved_at=at, at=at
    )
    return desk_notice(approver, notice_id)


def withdrawn(notice: DeskNotice, *, because: str = "wrong", at: datetime) -> None:
    """Take a published notice back."""
    approver = cast.alert_approver()
    seen = desk_notice(approver, notice.id).version
    actions.withdraw_notice(notice_id=notice.id, because=because, by=approver, seen=seen, proved_at=at, at=at)


def updated_notice(notice: DeskNotice, content: NoticeContent, *, at: datetime) -> DeskNotice:
    """Return the update that took a notice's place."""
    writer = cast.alert_writer()
    begun = actions.update_notice(notice_id=notice.id, by=writer, at=at)
    actions.rewrite_notice(notice_id=begun, content=content, by=writer, seen=1, at=at)
    actions.submit_notice(notice_id=begun, by=writer, seen=2, at=at)
    return approved_notice(begun, at=at)


AREAS = (
    "<area><areaDesc>Hạ lưu sông Hương, sông Bồ</areaDesc>"
    "<polygon>16.46,107.56 16.46,107.58 16.48,107.58 16.46,107.56</polygon><circle>16.5,107.6 1.5</circle>"
    "<geocode><valueName>VN:GSO</valueName><value>19753</value></geocode></area>"
)


def a_message(**said: str) -> bytes:
    """Return a message of somebody else (CAP 1.2), unless told otherwise an alert of a flood for the next ten hours."""
    say = {
        "identifier": "MET-1",
        "status": "Actual",
        "msg_type": "Alert",
        "scope": "Public",
        "references": "",
        "event": "",
        "severity": "Severe",
        "expires": "2026-03-02T20:00:00+07:00",
        "areas": AREAS,
        **said,
    }
    rivers = {
        "vi-VN": ("Lũ", "Cảnh báo lũ trên sông Hương, sông Bồ", "Mực nước lên nhanh.", "Không qua ngầm tràn."),
        "en-US": ("Flood", "Flood warning: Hương and Bồ rivers", "Rivers rise fast.", "Do not cross flooded roads."),
    }
    infos = "".join(
        f"<info><language>{code}</language><category>Met</category><event>{say['event'] or event}</event>"
        f"<urgency>Expected</urgency><severity>{say['severity']}</severity><certainty>Likely</certainty>"
        f"<expires>{say['expires']}</expires><headline>{headline}</headline><description>{what}</description>"
        f"<instruction>{do}</instruction>{say['areas']}</info>"
        for code, (event, headline, what, do) in rivers.items()
    )
    references = f"<references>{say['references']}</references>" if say["references"] else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
        f"<identifier>{say['identifier']}</identifier><sender>met@example</sender><sent>2026-03-02T09:00:00+07:00</sent>"
        f"<status>{say['status']}</status><msgType>{say['msg_type']}</msgType><scope>{say['scope']}</scope>"
        f"{references}{infos}</alert>"
    ).encode()


def received(*, at: datetime = MONDAY, **said: str) -> IncomingCard:
    """Take in a message of somebody else, and return what became of it."""
    actions.receive(source="met", link="https://met.example/1.xml", body=a_message(**said), at=at)
    return incoming(cast.alert_writer())[0]
