"""Agencies, and who works in them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hues.kernel.people.models import Person
from hues.kit.ids import new_id


class Agency(models.Model):
    """One agency or company that answers to the city."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64, unique=True)
    name = models.JSONField()
    kind = models.CharField(max_length=32)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    ward_code = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    # Where links to single cases go, an E.164 number or an e-mail address: for an agency that never signs in.
    link_to = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="agency_not_its_own_parent"),
            models.CheckConstraint(condition=Q(name__has_key="vi"), name="agency_has_a_vietnamese_name"),
        ]

    def __str__(self) -> str:
        return self.code


class Membership(models.Model):
    """One person in one role at one agency, from an instant until another (none: still)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency", "role"],
                condition=Q(until_at__isnull=True),
                name="membership_open_once",
            ),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="membership_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class Leave(models.Model):
    """One member is away from an instant until another, and a colleague of the same agency stands in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    substitute = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="leave_ends_after_it_began"),
            models.CheckConstraint(condition=~Q(substitute=F("person")), name="leave_has_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"leave {self.pk}"


class Change(models.Model):
    """
    Agencies end on a day and others follow them: planned, then done or called off.

    `founds` are agencies that begin with it. `by_routes`: the city's rules choose among the heirs before their own
    wards and categories do.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    on_date = models.DateField()
    by_routes = models.BooleanField(default=False)
    founds = ArrayField(models.UUIDField(), default=list)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(called_off_at__isnull=True), name="change_done_or_called_off"
            ),
        ]

    def __str__(self) -> str:
        return f"change {self.pk}"


class Succession(models.Model):
    """One heir of an agency that ends with a change, with what falls to it; the lowest `order` that fits wins."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    change = models.ForeignKey(Change, models.CASCADE, related_name="successions")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    heir = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    wards = ArrayField(models.CharField(max_length=8), default=list)
    categories = ArrayField(models.CharField(max_length=64), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "agency", "order"], name="succession_in_order"),
            models.CheckConstraint(condition=~Q(heir=F("agency")), name="succession_has_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"succession {self.pk}"


class Edition(models.Model):
    """Which list of agencies is in force: a fresh token after each change, so that processes know theirs is old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="edition_is_one_row")]

    def __str__(self) -> str:
        return f"agencies {self.token}"
