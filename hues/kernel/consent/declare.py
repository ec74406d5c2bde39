"""What a function may ask people's consent for."""

from dataclasses import dataclass

from hues.kernel.registry import Declaration
from hues.kit.text import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Purpose(Declaration):
    """
    One purpose for which a function needs consent, asked for on its own and never given by default.

    `version` counts up when `words` change in meaning: who agreed to the old ones is asked again.
    """

    title: Words
    words: Words
    version: int
