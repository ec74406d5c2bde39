"""Wards, their boundaries over time, and the units they were made of."""

from django.db import models
from django.db.models import Q


class Area(models.Model):
    """A ward or commune, under the country's official code. `lat`, `lng` lie inside of it."""

    code = models.CharField(max_length=8, primary_key=True)
    name = models.JSONField()
    kind = models.CharField(max_length=12)
    lat = models.FloatField()
    lng = models.FloatField()
    area_km2 = models.FloatField()
    source = models.CharField(max_length=40)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="area_has_a_code")]

    def __str__(self) -> str:
        return f"area {self.code}"


class Boundary(models.Model):
    """The outline of an area (GeoJSON geometry, WGS 84) from one instant until another takes its place."""

    id = models.BigAutoField(primary_key=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    geometry = models.JSONField()
    digest = models.CharField(max_length=64)
    approximate = models.BooleanField()
    source = models.CharField(max_length=40)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area"], condition=Q(valid_until=None), name="one_boundary_in_force"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")), name="boundary_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"boundary of {self.area_id}"


class FormerUnit(models.Model):
    """A ward or commune of before, and the area that holds most of it now."""

    code = models.CharField(max_length=8, primary_key=True)
    name = models.CharField(max_length=80)
    district = models.CharField(max_length=80, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"former unit {self.code}"


class Edition(models.Model):
    """Which areas are in force: a fresh token after each change, so that processes know theirs are old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="areas_edition_is_one_row")]

    def __str__(self) -> str:
        return f"areas {self.token}"
