"""River levels as they were read."""

from django.db import models

from hues.kit.ids import new_id


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

    def __str__(self) -> str:
        return f"{self.gauge} {self.metres} m"
