"""The city's categories, routes and times."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hues.kit.ids import new_id


class Category(models.Model):
    """One kind of trouble; a row of the city's tree."""

    code = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=32)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    order = models.IntegerField(default=0)
    title = models.JSONField()
    hint = models.JSONField(default=dict)
    not_this = models.JSONField(default=dict)
    icon = models.CharField(max_length=64, blank=True)
    service_class = models.CharField(max_length=16, blank=True)
    accepts = ArrayField(models.CharField(max_length=16), default=list)
    coarse = models.BooleanField(default=False)
    emergency = models.CharField(max_length=16, blank=True)
    keywords = ArrayField(models.TextField(), default=list)
    questions = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("code")), name="cases_category_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.code


class Route(models.Model):
    """
    One rule: cases of a category, in some wards, on somebody's road, at some times go to an agency.

    The lowest `order` wins.

    `agency` is an agency's code, or "@" and a kind: the agency of that kind in the ward of the place.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=32)
    order = models.IntegerField()
    category = models.CharField(max_length=64, blank=True)
    wards = ArrayField(models.CharField(max_length=8), default=list)
    road_owner = models.CharField(max_length=16, blank=True)
    times = models.CharField(max_length=64, blank=True, default="", db_default="")
    agency = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "order"], name="cases_route_order")]

    def __str__(self) -> str:
        return f"{self.order} {self.category} {self.agency}"


class AnswerTime(models.Model):
    """In how much working time answers of a class are due, where the desk has changed what the city's file says."""

    service_class = models.CharField(primary_key=True, max_length=16)
    hours = models.FloatField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    max_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0, days=None, max_days=None) | Q(hours=None, days__gte=1),
                name="cases_time_hours_or_days",
            ),
            models.CheckConstraint(
                condition=Q(max_days__isnull=True) | Q(max_days__gte=F("days")), name="cases_time_plan_longer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_class} in {self.days or self.hours}"


class AnswerTemplate(models.Model):
    """
    Words for an answer about a category (of a leaf, of a whole branch, or of all if empty), with fields to fill in.

    Each of `fields` has a key that stands in the words as {key}, a label by language, a kind, and whether it is needed.
    `title` is what it is called in the city's own language, `title_in` in others, by language.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=120)
    title_in = models.JSONField(default=dict)
    category = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=16)
    text = models.JSONField()
    fields = models.JSONField(default=list)
    order = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category", "title"], name="cases_template_once", condition=models.Q(is_active=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """Which categories and routes are in force: a fresh token after each change tells processes theirs are old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="cases_edition_is_one_row")]

    def __str__(self) -> str:
        return f"catalogue {self.token}"
