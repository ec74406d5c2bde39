"""Keys of programs that send requests."""

from django.db import models
from django.db.models import F, Q

from hues.kit.ids import new_id


class ApiKey(models.Model):
    """
    One key of one program; only its digest is kept.

    `person_id` is the account of whoever runs the program: the reporter of what it sends. `minute` and `used` count
    what came with the key in its last minute of use.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64)
    label = models.CharField(max_length=120)
    person_id = models.UUIDField()
    agency_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    per_minute = models.PositiveIntegerField()
    minute = models.DateTimeField(null=True)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="open_key_digest"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("created_at")), name="open_key_in_order"),
        ]

    def __str__(self) -> str:
        return f"key {self.pk}"
