"""The rescue engine."""

from typing import ClassVar

from hues.kernel.registry import EngineConfig, Retention


class RescueConfig(EngineConfig):
    name = "hues.engines.rescue"
    label = "rescue"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="rescue.Call", days=1095, reason="what was asked for and how it ended; no phone, no place"),
        Retention(model="rescue.Seal", days=90, reason="phone and place, for questions afterwards", since="ended_at"),
        Retention(model="rescue.Step", days=None, reason="the log, kept with the seal and forgotten with it"),
    )
