"""Which lists were asked for as files, and how far each is."""

from django.db import models
from django.db.models import Q

from hues.kit.ids import new_id


class State(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    GONE = "gone"
    STALE = "stale"


PENDING = (State.WAITING, State.RUNNING)


class ListFile(models.Model):
    """
    A list that somebody wants as a file: `query` is what the address of the queue `space` said.

    `agencies` are those the asker worked for: who has left one of them can't fetch it any more. `tries` counts the
    workers that began; each writes under a name of its own, and only the last one's counts. `covers` is how often words
    had been covered in what it may hold when the last one began; a `query` that is empty was erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    space = models.CharField(max_length=20)
    tab = models.CharField(max_length=20)
    query = models.TextField()
    kind = models.CharField(max_length=8)
    language = models.CharField(max_length=5)
    agencies = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    about = models.PositiveIntegerField()
    covers = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id"], condition=Q(state__in=("waiting", "running")), name="exports_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["person_id", "-at"], name="exports_file_mine")]

    def __str__(self) -> str:
        return f"file {self.pk}"
