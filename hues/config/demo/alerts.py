"""The demo's alerts: one in force that replaced another, one that was cancelled, one for training."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.actions import Moved
from hues.engines.bulletins.rules.content import Content, Text
from hues.kernel.agencies.queries import asker_for
from hues.kernel.people.asker import Asker
from hues.kernel.people.queries import accounts_of

WRITER, APPROVER = "+84901200004", "+84901200005"
PHU_XUAN, KIM_LONG, VY_DA = "19753", "19774", "19777"
FLOOD = {
    "vi-VN": Text(
        headline="Lũ trên sông Hương lên mức báo động 2",
        description="Mưa lớn ở thượng nguồn. Mực nước tại Kim Long có thể lên báo động 2 trong 6 giờ tới.",
        instruction="Không qua ngầm tràn, cầu thấp. Đưa xe và đồ điện lên chỗ cao. Theo dõi tin của thành phố.",
    ),
    "en-US": Text(
        headline="Flood on the Hương River at alarm level 2",
        description="Heavy rain upstream. The river at Kim Long may reach alarm level 2 within 6 hours.",
        instruction="Do not cross flooded roads or low bridges. Move vehicles up. Follow the city's news.",
    ),
}
RISING = {
    "vi-VN": Text(
        headline="Lũ trên sông Hương vượt báo động 3, ngập sâu ở vùng trũng",
        description="Mực nước tại Kim Long vượt báo động 3 và còn lên. Đường ở vùng trũng ngập đến 1 mét.",
        instruction="Rời nhà ở vùng trũng, đến nơi trú gần nhất. Không đi qua nước chảy. Cần cứu, gọi 112 hoặc 114.",
    ),
    "en-US": Text(
        headline="Flood on the Hương River above alarm level 3, deep water in low areas",
        description="The river at Kim Long is above alarm level 3 and rising. Low roads are under up to 1 metre.",
        instruction="Leave low homes, go to the nearest shelter. Do not enter moving water. Call 112 or 114.",
    ),
}
STORM = {
    "vi-VN": Text(
        headline="Bão số 12 vào đất liền, gió giật cấp 14",
        description="Tâm bão dự kiến đi qua thành phố tối mai. Gió mạnh cấp 11, giật cấp 14, mưa rất to.",
        instruction="Chằng chống nhà cửa. Tối mai ở trong nhà kiên cố, không ra đường. Cần cứu, gọi 112 hoặc 114.",
    ),
    "en-US": Text(
        headline="Storm no. 12 makes landfall, gusts of force 14",
        description="The storm is to cross the city tomorrow evening. Wind force 11, gusts of 14, very heavy rain.",
        instruction="Secure your house. Stay inside a solid building tomorrow evening. Call 112 or 114.",
    ),
}
HEAT = {
    "vi-VN": Text(
        headline="Nắng nóng gay gắt, nhiệt độ trên 38 độ",
        description="Nắng nóng gay gắt từ 10 đến 16 giờ, chỉ số tia cực tím rất cao.",
        instruction="Tránh làm việc ngoài trời từ 10 đến 16 giờ. Uống đủ nước. Không để trẻ em trong xe.",
    ),
    "en-US": Text(
        headline="Extreme heat above 38 degrees",
        description="Extreme heat from 10:00 to 16:00 with a very high UV index.",
        instruction="Avoid work outdoors from 10:00 to 16:00. Drink enough water. Do not leave children in cars.",
    ),
}


def load(*, at: datetime) -> int:
    """Have two people issue the demo's alerts unless there are bulletins already; return how many were made."""
    if queries.how_many():
        return 0
    ids = accounts_of((WRITER, APPROVER))
    desk = _Desk(writer=asker_for(ids[WRITER], at), approver=asker_for(ids[APPROVER], at))
    heat = desk.issue(_said("heat", 2, HEAT, (PHU_XUAN, KIM_LONG), at + timedelta(hours=8)), at - timedelta(days=2))
    desk.cancel(heat, risk=2, at=at - timedelta(days=1, hours=20))
    flood = desk.issue(
        _said("flood", 2, FLOOD, (PHU_XUAN, KIM_LONG), at + timedelta(hours=12)), at - timedelta(hours=5)
    )
    rising = _said("flood", 3, RISING, (PHU_XUAN, KIM_LONG, VY_DA), at + timedelta(hours=24))
    desk.update(flood, rising, at - timedelta(hours=1))
    drill = _said("storm", 4, STORM, (PHU_XUAN,), at + timedelta(days=2), training=True)
    desk.submit(drill, at)
    return queries.how_many()


class _Desk:
    """Two people at the desk of alerts."""

    def __init__(self, *, writer: Asker, approver: Asker) -> None:
        self._writer, self._approver = writer, approver

    def submit(self, content: Content, at: datetime) -> Moved:
        begun = actions.draft(content=content, by=self._writer, at=at)
        return actions.submit(bulletin_id=begun.id, by=self._writer, seen=begun.version, at=at)

    def issue(self, content: Content, at: datetime) -> UUID:
        return self._pass(self.submit(content, at), content.risk, at)

    def update(self, alert: UUID, content: Content, at: datetime) -> UUID:
        begun = actions.start_update(bulletin_id=alert, by=self._writer, at=at)
        done = actions.rewrite(bulletin_id=begun.id, content=content, by=self._writer, seen=begun.version, at=at)
        sent = actions.submit(bulletin_id=begun.id, by=self._writer, seen=done.version, at=at)
        return self._pass(sent, content.risk, at)

    def cancel(self, alert: UUID, *, risk: int, at: datetime) -> UUID:
        return self._pass(actions.cancel(bulletin_id=alert, by=self._writer, at=at), risk, at)

    def _pass(self, waiting: Moved, risk: int, at: datetime) -> UUID:
        let = actions.approve(
            bulletin_id=waiting.id, level=risk, by=self._approver, seen=waiting.version, proved_at=at, at=at
        )
        return actions.issue(bulletin_id=waiting.id, by=self._approver, seen=let.version, at=at).id


def _said(
    event: str, risk: int, texts: dict[str, Text], wards: tuple[str, ...], until: datetime, *, training: bool = False
) -> Content:
    said = in_each(texts, queries.alert_settings().languages)
    return Content(event=event, risk=risk, texts=said, wards=wards, expires_at=until, training=training)


def in_each[T](texts: Mapping[str, T], languages: Collection[str]) -> dict[str, T]:
    """Return the words for each language of the city; the last ones (English) where the demo does not speak it."""
    *_others, english = texts.values()
    return {code: texts.get(code, english) for code in languages}
