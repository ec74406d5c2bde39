"""Bulletins for the tests of other rooms, built by the actions that build real ones."""

from datetime import UTC, datetime, timedelta

from hues.engines.bulletins import actions
from hues.engines.bulletins.actions import Moved
from hues.engines.bulletins.rules.content import Content, Text
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
    approved = actions.approve(bulletin_id=waiting.id, level=risk, by=approver, seen=waiting.version, at=at)
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
