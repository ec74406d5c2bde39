"""The room of consent."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig

FIVE_YEARS = 5 * 365 + 1


class ConsentConfig(RoomConfig):
    name = "hues.kernel.consent"
    label = "consent"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="consent.Access", days=FIVE_YEARS, reason="who looked must stay answerable"),
        Retention(
            model="consent.Consent",
            days=FIVE_YEARS,
            since="withdrawn_at",
            reason="that consent was given must be provable while it holds, and for a while after",
        ),
    )
