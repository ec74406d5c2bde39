"""Cases, and every step that was taken."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from hues.kit.ids import new_id

PUBLISHED = ~Q(published_at=None)
PROMISED = Q(promise_on__isnull=False)
INHERITED = Q(counted_for__isnull=False)
JOINED = Q(duplicate_of__isnull=False)
OPEN = Q(state__in=["received", "assigned", "in_progress", "waiting", "split", "answered"])
MANY = 3  # others who met the same trouble: it is more than a house's
MANY_MET = Q(supports__gte=MANY)
SEALED = "sealed"
ASKED = Q(extension_asked_until__isnull=False)


class Unsealed(models.Manager["Case"]):
    """All cases but those that are sealed: no list, search, map, file or count has to leave them out by itself."""

    def get_queryset(self) -> models.QuerySet["Case"]:
        return super().get_queryset().exclude(state=SEALED)


class Case(models.Model):
    """
    One case. Who reported it is in `CaseSeal` and nowhere else.

    `objects` are those that may be met with; `every` has the sealed ones too, and is for whoever moves a case or has
    opened the seal of it, and for its reporter.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24)
    kind = models.CharField(max_length=32)
    category = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    outcome = models.CharField(max_length=16, blank=True)
    # Where it was passed on to as a complaint or a denunciation, and under which number.
    passed_to = models.CharField(max_length=200, blank=True, default="", db_default="")
    passed_ref = models.CharField(max_length=120, blank=True, default="", db_default="")
    service_class = models.CharField(max_length=16)
    channel = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=1)

    text = models.TextField()
    public_text = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    folded = models.TextField(blank=True)
    show_name = models.BooleanField(default=False)
    coarse = models.BooleanField(default=False)

    address = models.CharField(max_length=200, blank=True)
    public_address = models.CharField(max_length=200, blank=True)
    place_source = models.CharField(max_length=16, blank=True)
    lat = models.FloatField()
    lng = models.FloatField()
    cell = models.BigIntegerField()
    # Whose road it is on, where the operations centre said otherwise than the address does.
    road_owner = models.CharField(max_length=16, blank=True, default="", db_default="")
    # Why it is to be looked at by itself before it goes on: words of `rules.moderation.Look`, with spaces between.
    look = models.CharField(max_length=64, blank=True, default="", db_default="")
    # What the public is shown and may search by: the place itself or, where it would name a home, the area around it.
    public_lat = models.FloatField(null=True)
    public_lng = models.FloatField(null=True)
    public_cell = models.BigIntegerField(null=True)
    ward_code = models.CharField(max_length=8, blank=True)

    agency_id = models.UUIDField(null=True)
    assigned_to = models.UUIDField(null=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    # What this part is to do; a case that is split counts its `parts`. The whole's due time bounds that of a part.
    task = models.TextField(blank=True)
    parts = models.PositiveSmallIntegerField(default=0)
    latest_due_at = models.DateTimeField(null=True)
    # The agency whose figures it belongs to, where that ended and another has the case now.
    counted_for = models.UUIDField(null=True)
    duplicate_of = models.UUIDField(null=True)

    opened_at = models.DateTimeField()
    accept_due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    plan_days = models.PositiveSmallIntegerField(null=True)
    credit = models.DurationField()
    paused_at = models.DateTimeField(null=True)
    extension_asked_until = models.DateTimeField(null=True)
    extended_until = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    promise_on = models.DateField(null=True)
    promise_shown_at = models.DateTimeField(null=True)
    promise_kept_at = models.DateTimeField(null=True)
    # The first case of the chain that this one is part of: the same trouble, back in the same place.
    chain_id = models.UUIDField(null=True)
    supports = models.PositiveIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True)
    fixed = models.BooleanField(null=True)
    returned = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    # How the answers of earlier rounds kept their time, the worst of them: on_time, extended or late.
    kept_before = models.CharField(max_length=8, blank=True, default="", db_default="")

    objects = Unsealed()
    every = models.Manager["Case"]()

    class Meta:
        indexes = [
            models.Index(fields=["agency_id", "state", "due_at", "id"], name="cases_agency_queue"),
            models.Index(fields=["closed_at", "id"], name="cases_sealed", condition=Q(state=SEALED)),
            models.Index(fields=["state", "opened_at", "id"], name="cases_state_opened"),
            models.Index(
                fields=["state", "due_at", "id"],
                # All that a desk's tabs count, so that they are counted in the index alone.
                include=[
                    "accept_due_at",
                    "started_at",
                    "warn_at",
                    "paused_at",
                    "extension_asked_until",
                    "parent",
                    "agency_id",
                    "assigned_to",
                    "look",
                ],
                name="cases_open_due",
                condition=OPEN,
            ),
            models.Index(fields=["published_at", "id"], name="cases_published", condition=PUBLISHED),
            models.Index(
                fields=["ward_code", "published_at", "id"],
                name="cases_ward_published",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(
                fields=["category", "published_at", "id"],
                name="cases_category_published",
                condition=PUBLISHED,
            ),
            models.Index(fields=["cell", "opened_at"], name="cases_cell"),
            models.Index(
                fields=["public_cell"],
                include=["kind", "number", "category", "state", "public_lat", "public_lng", "place_source", "coarse"],
                name="cases_public_points",
                condition=PUBLISHED,
            ),
            models.Index(fields=["opened_at", "id"], name="cases_opened"),
            models.Index(fields=["parent"], name="cases_parent", condition=Q(parent__isnull=False)),
            models.Index(fields=["chain_id", "opened_at"], name="cases_chain", condition=~Q(chain_id=None)),
            models.Index(fields=["promise_on", "id"], name="cases_promise", condition=PROMISED),
            models.Index(
                fields=["agency_id", "promise_on", "id"],
                name="cases_promise_agency",
                condition=PROMISED,
                include=["promise_shown_at", "promise_kept_at", "published_at"],
            ),
            models.Index(fields=["assigned_to", "due_at", "id"], name="cases_held", condition=~Q(assigned_to=None)),
            models.Index(fields=["supports", "id"], name="cases_many", condition=MANY_MET & OPEN),
            models.Index(fields=["agency_id", "id"], name="cases_extension_asked", condition=ASKED),
            models.Index(fields=["duplicate_of"], name="cases_joined", condition=JOINED),
            models.Index(fields=["counted_for", "published_at", "id"], name="cases_counted_for", condition=INHERITED),
            GinIndex(OpClass(F("folded"), name="gin_trgm_ops"), name="cases_folded"),
        ]
        constraints = [
            # Not `unique=True`, which would bring a second index, for patterns, that nobody asks.
            models.UniqueConstraint(fields=["number"], name="cases_number"),
            models.CheckConstraint(
                condition=~Q(state__in=["assigned", "in_progress", "waiting", "answered"])
                | Q(agency_id__isnull=False, accepted_at__isnull=False, started_at__isnull=False)
                | Q(state="answered", parts__gte=2),
                name="cases_agency_has_it",
            ),
            models.CheckConstraint(
                condition=~Q(state="split")
                | Q(parts__gte=2, agency_id=None, accepted_at__isnull=False, started_at__isnull=False),
                name="cases_agencies_have_parts",
            ),
            models.CheckConstraint(
                condition=Q(parent=None, latest_due_at=None)
                | Q(parent__isnull=False, parts=0, published_at=None, due_at__lte=F("latest_due_at")),
                name="cases_part_is_never_public",
            ),
            models.CheckConstraint(condition=~Q(state="waiting", paused_at=None), name="cases_waiting_pauses"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "published"]) | Q(answered_at__isnull=False, outcome__gt=""),
                name="cases_answer_has_outcome",
            ),
            models.CheckConstraint(condition=~Q(state="published", published_at=None), name="cases_published_when"),
            models.CheckConstraint(
                condition=~Q(state=SEALED)
                | Q(published_at=None, public_cell=None, public_text="", assigned_to=None, closed_at__isnull=False),
                name="cases_sealed_is_never_public",
            ),
            models.CheckConstraint(condition=Q(published_at=None) | ~Q(public_cell=None), name="cases_published_where"),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "closed"], closed_at=None), name="cases_ended_when"
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("first_due_at")), name="cases_due_in_order"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="cases_stars"),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="cases_no_self_parent"),
        ]

    def __str__(self) -> str:
        return self.number


class Step(models.Model):
    """One thing done to a case; `seq` is the version it made, `public_text` for the reporter, the other for staff."""

    pk = models.CompositePrimaryKey("case_id", "seq")
    case = models.ForeignKey(Case, models.CASCADE, related_name="steps", db_index=False)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=24)
    side = models.CharField(max_length=8)
    agency_id = models.UUIDField(null=True)
    public_text = models.TextField(blank=True)
    internal_text = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        # Whoever keeps a copy of words asks how often any were covered, or sealed with their case.
        indexes = [
            models.Index(fields=["case_id"], name="cases_step_covers", condition=models.Q(verb__in=["cover", "seal"]))
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.seq}"


class CasePhoto(models.Model):
    """A photo of a case: what was reported, or the proof of what was done. Hidden ones are for staff."""

    pk = models.CompositePrimaryKey("case_id", "photo_id")
    case = models.ForeignKey(Case, models.CASCADE, related_name="photos", db_index=False)
    photo_id = models.UUIDField()
    role = models.CharField(max_length=8)
    order = models.PositiveSmallIntegerField()
    hidden = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["photo_id"], name="cases_photo_of")]

    def __str__(self) -> str:
        return f"{self.role} {self.photo_id}"


class PastPromise(models.Model):
    """
    A promise of an answer that was contested since. It stays in the register and is judged as the others are.

    `agency_id` is whose figures it belongs to. It is made good by a later answer of the same case.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    agency_id = models.UUIDField(null=True)
    promise_on = models.DateField()
    promise_shown_at = models.DateTimeField(null=True)
    promise_kept_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["promise_on", "id"], name="cases_past_promise")]

    def __str__(self) -> str:
        return f"{self.promise_on} {self.case_id}"


class ProofDoubt(models.Model):
    """
    Why a proof photo may show something else: it looks like the earlier photo `alike`, or is older than the report.

    Until the operations centre has `settled` it, by a reason or by sending it back, the answer can't be published.
    """

    pk = models.CompositePrimaryKey("case_id", "photo_id")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    photo_id = models.UUIDField()
    word = models.CharField(max_length=8)
    alike = models.UUIDField(null=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.word} {self.photo_id}"
