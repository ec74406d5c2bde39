"""Published reports, counted."""

from django.db import models

from hues.kit.ids import new_id


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
    raw_seconds = models.PositiveBigIntegerField(default=0)
    spoke = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    contested = models.PositiveIntegerField(default=0)
    silent = models.PositiveIntegerField(default=0)
    # Of all reports, public or not: those that should have been answered when this was counted.
    overdue = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered=models.F("on_time") + models.F("extended") + models.F("late")),
                name="field_reports_tally_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(spoke__gte=models.F("confirmed") + models.F("contested")),
                name="field_reports_tally_spoke",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.grouping} {self.key}"


class Following(models.Model):
    """Somebody hears of what is published in a ward, or around a point ("16.4698,107.5776")."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    ward_code = models.CharField(max_length=8, blank=True)
    near = models.CharField(max_length=40, blank=True)
    cell = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["ward_code"], name="field_reports_in_ward", condition=~models.Q(ward_code="")),
            models.Index(fields=["cell"], name="field_reports_near", condition=~models.Q(cell=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person_id", "ward_code", "near"], name="field_reports_follows_once"),
            models.CheckConstraint(
                condition=models.Q(near="", cell=None) & ~models.Q(ward_code="")
                | models.Q(ward_code="", cell__isnull=False) & ~models.Q(near=""),
                name="field_reports_follows_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.ward_code or self.near


class Keyword(models.Model):
    """Words, in lower case, that suggest a category."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    words = models.CharField(max_length=80)
    category = models.CharField(max_length=64)
    order = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["words", "category"], name="field_reports_keyword_once"),
        ]

    def __str__(self) -> str:
        return f"{self.words} → {self.category}"


class KeywordEdition(models.Model):
    """Which list of words is in force: a fresh token after each change tells processes theirs is old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="field_reports_edition_is_one_row")]

    def __str__(self) -> str:
        return f"keywords {self.token}"
