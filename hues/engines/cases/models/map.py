"""Published cases counted by place."""

from django.db import models


class MapTally(models.Model):
    """
    How many more cases lie in a place, and the sums of where: the rows of one place add up.

    A trigger of the table of cases writes them, whatever publishes, moves or removes a case; a worker folds them.
    `cell` is the first stored cell of the place's cell of resolution `res`, one of `rules.boxes.TALLIED`.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=32)
    res = models.SmallIntegerField()
    cell = models.BigIntegerField()
    n = models.IntegerField()
    lat = models.FloatField()
    lng = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["kind", "res", "cell"], include=["n", "lat", "lng"], name="cases_map_tally")]

    def __str__(self) -> str:
        return f"{self.kind} {self.cell:x}"
