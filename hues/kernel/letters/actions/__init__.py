"""Keep what people write, and see to it."""

from hues.kernel.letters.actions.answering import set_aside, write_back
from hues.kernel.letters.actions.receiving import FETCH, MOST_WAITING, QUEUE, fetch_pictures, receive
from hues.kernel.letters.actions.settling import Held, file, hold

__all__ = [
    "FETCH",
    "MOST_WAITING",
    "QUEUE",
    "Held",
    "fetch_pictures",
    "file",
    "hold",
    "receive",
    "set_aside",
    "write_back",
]
