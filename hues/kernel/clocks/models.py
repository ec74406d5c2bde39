"""What is still to happen."""

from django.db import models

from hues.kit.ids import new_id


class Timer(models.Model):
    """One thing to do at an instant; the row goes in the transaction that does it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=80)
    subject = models.UUIDField()
    due_at = models.DateTimeField()
    # When it is tried next: the due instant at first, later after each failure.
    next_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "kind"], name="clocks_one_of_a_kind")]
        indexes = [models.Index(fields=["next_at"], name="clocks_by_next")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject} at {self.due_at}"
