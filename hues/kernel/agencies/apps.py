"""The room of agencies."""

from typing import ClassVar

from hues.kernel.registry import Retention, RoomConfig


class AgenciesConfig(RoomConfig):
    name = "hues.kernel.agencies"
    label = "agencies"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="agencies.Agency", days=None, reason="what an agency did stays under its name"),
        Retention(model="agencies.Membership", days=None, reason="who acted in whose name must stay answerable"),
        Retention(model="agencies.Leave", days=730, reason="who stood in for whom, for two years", since="until_at"),
        Retention(model="agencies.Change", days=None, reason="what became of an agency must stay findable"),
        Retention(model="agencies.Succession", days=None, reason="what became of an agency must stay findable"),
        Retention(model="agencies.Edition", days=None, reason="one row: which list of agencies is in force"),
    )
