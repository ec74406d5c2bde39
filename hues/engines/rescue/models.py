"""Calls for rescue, what of them is sealed, and the log of each."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hues.kit.ids import new_id

OPEN = Q(state__in=["received", "called_back", "sent"])


class Call(models.Model):
    """
    One call: what is needed and where it stands. Who called and from where is in `Seal` and nowhere else.

    `code` is what the caller follows it with and the operators name it by. `behind` puts it in the second line.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=8)
    state = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=1)
    urgency = models.PositiveSmallIntegerField()
    behind = models.BooleanField(default=False)
    people = models.PositiveSmallIntegerField()
    needs = ArrayField(models.CharField(max_length=16), default=list)
    battery_low = models.BooleanField(default=False)
    for_other = models.BooleanField(default=False)
    outside = models.BooleanField(default=False)
    ward_code = models.CharField(max_length=8, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    said_safe_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    first_touched_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["behind", "-urgency", "at", "id"], name="rescue_call_queue", condition=OPEN),
            models.Index(fields=["-at", "-id"], name="rescue_call_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="rescue_call_code"),
            models.CheckConstraint(condition=Q(urgency__range=(1, 3)), name="rescue_call_urgency"),
            models.CheckConstraint(condition=Q(people__gte=1), name="rescue_call_people"),
            models.CheckConstraint(
                condition=(OPEN & Q(ended_at=None)) | (~OPEN & Q(ended_at__isnull=False)),
                name="rescue_call_ended_or_not",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Seal(models.Model):
    """
    Phone, place and words of a call, for the operators of the centre alone.

    `same` tells a call that one browser sent twice from a second call; `alike` is the same for all that tell the same,
    whoever sent them. `origin` stands for the network address it came from.
    """

    call = models.OneToOneField(Call, models.CASCADE, primary_key=True, related_name="seal")
    phone = models.CharField(max_length=16)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    source = models.CharField(max_length=8, blank=True)
    address = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    same = models.CharField(max_length=64)
    alike = models.CharField(max_length=64, blank=True, db_default="")
    origin = models.CharField(max_length=64, blank=True)
    is_open = models.BooleanField(default=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone"], name="rescue_seal_phone", condition=Q(is_open=True)),
            models.Index(fields=["origin", "at"], name="rescue_seal_origin"),
            models.Index(fields=["alike", "at"], name="rescue_seal_alike", condition=Q(is_open=True)),
            models.Index(fields=["ended_at"], name="rescue_seal_age", condition=Q(ended_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["same"], condition=Q(is_open=True), name="rescue_seal_once"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lng__isnull=True)
                | Q(lat__isnull=False, lng__isnull=False, lat__range=(-90, 90), lng__range=(-180, 180)),
                name="rescue_seal_in_the_world",
            ),
            models.CheckConstraint(condition=Q(lat__isnull=False) | ~Q(address=""), name="rescue_seal_somewhere"),
        ]

    def __str__(self) -> str:
        return f"seal of {self.pk}"


class Step(models.Model):
    """One thing done about a call; `seq` is the version it made. Forgotten with the seal, for its words name people."""

    pk = models.CompositePrimaryKey("seal_id", "seq")
    seal = models.ForeignKey(Seal, models.CASCADE, related_name="steps", db_index=False)
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=16)
    by = models.UUIDField(null=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.verb} #{self.seq}"
