"""The bulletins engine."""

from typing import ClassVar

from hues.kernel.registry import EngineConfig, Retention


class BulletinsConfig(EngineConfig):
    name = "hues.engines.bulletins"
    label = "bulletins"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="bulletins.Bulletin", days=None, reason="what the city warned of, and who answered for it"),
        Retention(model="bulletins.PublicBulletin", days=None, reason="what the public was told"),
        Retention(model="bulletins.SignedMessage", days=None, reason="the signed bytes that anybody may check"),
        Retention(model="bulletins.Notice", days=None, reason="what the city told, and who answered for it"),
        Retention(model="bulletins.SigningKey", days=None, reason="old certificates check old messages"),
        Retention(model="bulletins.Answer", days=180, reason="who was safe is nobody's business after the storm"),
        Retention(model="bulletins.Incoming", days=None, reason="whose warning it was, and what we made of it"),
        Retention(model="bulletins.Link", days=None, reason="as long as the feed of a source lists it"),
        Retention(model="bulletins.Source", days=None, reason="one row each: when we last looked"),
        Retention(model="bulletins.Count", days=None, reason="one row a year: the last number given"),
    )
