"""Keep what people write, and see to it."""

from hues.kernel.letters.actions.receiving import FETCH, MOST_WAITING, QUEUE, fetch_pictures, receive
from hues.kernel.letters.actions.settling import Held, file, hold, set_aside

__all__ = ["FETCH", "MOST_WAITING", "QUEUE", "Held", "fetch_pictures", "file", "hold", "receive", "set_aside"]
