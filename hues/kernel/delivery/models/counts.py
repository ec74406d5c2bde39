"""How messages of a broadcast ended, in numbers that name nobody."""

from django.db import models

from hues.kernel.delivery.models.telling import Broadcast
from hues.kit.ids import new_id


class Failure(models.Model):
    """How many messages of a broadcast to people of a ward did not arrive, by channel, reason and minute; never who."""

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8)
    reason = models.CharField(max_length=16)
    ward = models.CharField(max_length=8, blank=True)
    at = models.DateTimeField()
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "channel", "reason", "ward", "at"], name="failure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.reason}"


class Receipt(models.Model):
    """What another side told afterwards of one message, once: kept as a digest, so that it is counted once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "digest"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class Tally(models.Model):
    """How many messages of a broadcast came to which end, by channel and minute; never who."""

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8)
    outcome = models.CharField(max_length=8)
    at = models.DateTimeField()
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "channel", "outcome", "at"], name="tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.outcome}"
