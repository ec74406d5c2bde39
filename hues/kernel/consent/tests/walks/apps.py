"""The manifest of the function."""

from typing import ClassVar

from hues.kernel.consent.declare import Purpose
from hues.kernel.registry import Declaration, FunctionConfig


class WalksConfig(FunctionConfig):
    name = "hues.kernel.consent.tests.walks"
    label = "walks"
    title = "Walks"
    summary = "Walks along the river."
    icon = "walk"
    owner = "ioc"
    declares: ClassVar[tuple[Declaration, ...]] = (
        Purpose(key="walks.position", title="My position", words="Your position is used for the walk only.", version=2),
    )
