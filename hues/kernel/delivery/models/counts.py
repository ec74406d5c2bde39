"""How messages of a broadcast ended, in numbers that name nobody."""

from django.db import models

from hues.kernel.delivery.models.telling import Broadcast, Subscription
from hues.kernel.people.models import Person
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


class Named(models.Model):
    """
    A message by the name that the other side gave it, as a digest; it tells afterwards what became of it.

    What is told may come before we have written down which message that was: then `broadcast` is still empty.
    `person` is whose the address was when it was sent there: it may be another's by the time that it is opened.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    broadcast = models.ForeignKey(Broadcast, models.CASCADE, null=True, related_name="+")
    subscription = models.ForeignKey(Subscription, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    arrived_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"named {self.pk[:8]}"


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
