"""Published reports, counted."""

from django.db import models


class MonthTally(models.Model):
    """
    The public reports opened in one month of the city ("2026-03") that share a ward, an agency or a category.

    `grouping` says which of these `key` is; the grouping "month" has the month itself as its only key.
    """

    pk = models.CompositePrimaryKey("month", "grouping", "key")
    month = models.CharField(max_length=7)
    grouping = models.CharField(max_length=16)
    key = models.CharField(max_length=64)
    opened = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    on_time = models.PositiveIntegerField()
    extended = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    reopened = models.PositiveIntegerField()
    rated = models.PositiveIntegerField()
    satisfied = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered=models.F("on_time") + models.F("extended") + models.F("late")),
                name="field_reports_tally_adds_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.grouping} {self.key}"
