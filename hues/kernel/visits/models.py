"""One number per function, day and audience."""

from django.db import models


class DayVisits(models.Model):
    """How often one audience used one function on one day of the city."""

    pk = models.CompositePrimaryKey("day", "function", "audience")
    day = models.DateField()
    function = models.CharField(max_length=64)
    audience = models.CharField(max_length=16)
    visits = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.function} on {self.day}: {self.visits}"
