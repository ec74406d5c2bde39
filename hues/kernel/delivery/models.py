"""What people are told."""

from django.db import models

from hues.kernel.people.models import Person
from hues.kit.ids import new_id


class InboxItem(models.Model):
    """One thing a person is told, once for each reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(max_length=160)
    title = models.JSONField()
    body = models.JSONField()
    link = models.CharField(max_length=300)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "reason"], name="inbox_told_once")]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="inbox_newest_first"),
            models.Index(fields=["person"], condition=models.Q(read_at__isnull=True), name="inbox_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.pk}"


class Text(models.Model):
    """A text message in the outbox: owed until it is sent, given up, or of no more use."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to = models.CharField(max_length=16)
    body = models.CharField(max_length=480)
    at = models.DateTimeField()
    useful_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(failed_at__isnull=True),
                name="text_sent_or_failed",
            )
        ]
        indexes = [
            models.Index(fields=["to", "-at"], name="text_by_number"),
            models.Index(
                fields=["at"],
                condition=models.Q(sent_at__isnull=True, failed_at__isnull=True),
                name="text_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"text {self.pk}"
