"""The job that fetches the pictures of a letter."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from hues.kernel.letters import actions
from hues.kit import clock


@queue.task(
    name=actions.FETCH,
    queue=actions.QUEUE,
    # 3, 9, 27 … seconds, a quarter of an hour in all: the channels' addresses do not last much longer.
    retry=RetryStrategy(max_attempts=6, exponential_wait=3),
    pass_context=False,
)
def fetch(letter_id: str) -> None:
    """Fetch the pictures of one letter."""
    actions.fetch_pictures(UUID(letter_id), at=clock.now())
