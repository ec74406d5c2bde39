"""River levels as they were read."""

from datetime import UTC, datetime

from django.db import models

from hues.kit.ids import new_id

FIRST, LAST = datetime(1999, 12, 31, tzinfo=UTC), datetime(2101, 1, 2, tzinfo=UTC)  # a day wider than `kit.years`


class Reading(models.Model):
    """
    The level of one gauge of the city's list at an instant, in metres above the gauge's own zero.

    A correction is a later row for the same instant; `entered_at` decides which holds.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    gauge = models.CharField(max_length=32)
    metres = models.DecimalField(max_digits=6, decimal_places=2)
    source = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["gauge", "-at", "-entered_at"], name="storm_flood_latest")]
        constraints = [  # what lies outside could be stored and never read again
            models.CheckConstraint(condition=models.Q(at__range=(FIRST, LAST)), name="storm_flood_in_our_days"),
        ]

    def __str__(self) -> str:
        return f"{self.gauge} {self.metres} m"
