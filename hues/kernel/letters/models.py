"""Letters: one queue for every channel."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hues.kit.ids import new_id


class Letter(models.Model):
    """
    One message that somebody sent by a channel; `person_id` is the guest account of that sender there.

    `pictures` are addresses at the channel that are still to be fetched, `left_out` how many attachments were not
    taken. Until somebody has seen to it, there is no `settled_at`; then it has become or joined the report `number`, or
    was set aside for a `reason`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    way = models.CharField(max_length=8)
    message_id = models.CharField(max_length=200)
    person_id = models.UUIDField()
    text = models.TextField(blank=True)
    photos = ArrayField(models.UUIDField(), default=list)
    pictures = ArrayField(models.TextField(), default=list)
    left_out = models.PositiveSmallIntegerField(default=0)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    written_at = models.DateTimeField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    number = models.CharField(max_length=24, blank=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["way", "message_id"], name="letters_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, number="", reason="")
                | Q(settled_at__isnull=False) & (Q(number="") ^ Q(reason="")),
                name="letters_settled_in_one_way",
            ),
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="letters_waiting", condition=Q(settled_at__isnull=True)),
            models.Index(fields=["person_id", "at"], name="letters_of_sender"),
            models.Index(fields=["settled_at"], name="letters_age", condition=Q(settled_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"


class Answer(models.Model):
    """What the centre wrote to a sender whose letters wait."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    text = models.CharField(max_length=1000)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "at"], name="letters_answers_to"),
            models.Index(fields=["at"], name="letters_answers_age"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
