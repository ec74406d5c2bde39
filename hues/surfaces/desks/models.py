"""What somebody at a desk keeps for themselves."""

from django.db import models
from django.db.models import Q

from hues.kit.ids import new_id


class SavedView(models.Model):
    """
    A part of a queue that a person comes back to, under a name of theirs.

    `space` is the desk and `query` what its address says; one of a desk may be `is_first`, where the desk opens.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    space = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    query = models.TextField()
    is_first = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "space", "name"], name="desks_view_name"),
            models.UniqueConstraint(fields=["person_id", "space"], condition=Q(is_first=True), name="desks_view_first"),
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"
