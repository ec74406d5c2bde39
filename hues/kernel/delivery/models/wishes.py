"""Where people live and look, and how they want to be told."""

from django.db import models

from hues.kernel.people.models import Person


class Place(models.Model):
    """A ward where a person lives (is_home) or that a person follows, from an instant until another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    ward = models.CharField(max_length=8)
    is_home = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "ward", "is_home", "since"], name="place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ward} since {self.since}"


class Unfollowed(models.Model):
    """A subject of which a person wants to hear nothing, from an instant until another; all others are followed."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    subject = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "subject", "since"], name="unfollowed_once"),
            models.UniqueConstraint(
                fields=["person", "subject"], condition=models.Q(until__isnull=True), name="unfollowed_now_once"
            ),
        ]

    def __str__(self) -> str:
        return f"not {self.subject} since {self.since}"


class Belongs(models.Model):
    """
    A circle to which a person says to belong (parents, visitors …), from an instant until another.

    Nobody reads it but that person, and the predicate that says whom a broadcast is for.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    circle = models.CharField(max_length=16)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "circle", "since"], name="belongs_once"),
            models.UniqueConstraint(
                fields=["person", "circle"], condition=models.Q(until__isnull=True), name="belongs_now_once"
            ),
        ]

    def __str__(self) -> str:
        return f"in a circle since {self.since}"


class Floor(models.Model):
    """What a person wanted to hear of at least, until an instant; what holds now is in the preference."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    least = models.CharField(max_length=8)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "until"], name="floor_of_person")]

    def __str__(self) -> str:
        return f"{self.least} until {self.until}"


class Preference(models.Model):
    """How a person wants to be told, staff of their work too; without a row, as the fields' defaults say."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    least = models.CharField(max_length=8, default="low")
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    work_by_text = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"preference of {self.person_id}"
