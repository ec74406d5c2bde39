"""The job that fetches the pictures of a letter."""

from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app as queue

from hues.kernel.letters import actions
from hues.kit import clock

TRIES = 6


@queue.task(
    name=actions.FETCH,
    queue=actions.QUEUE,
    # 3, 9, 27 … seconds, a quarter of an hour in all: the channels' addresses do not last much longer.
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
    pass_context=True,
)
def fetch(context: JobContext, letter_id: str) -> None:
    """Fetch the pictures of one letter; after the last try nothing of it is on its way any more."""
    actions.fetch_pictures(UUID(letter_id), last=context.job.attempts >= TRIES, at=clock.now())
