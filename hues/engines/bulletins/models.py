"""Bulletins, what of them is public, their signed bytes, and the keys that sign."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hues.kit.ids import new_id

UNSENT = ("draft", "submitted", "approved", "discarded")
UNAPPROVED = ("draft", "submitted", "discarded")
NOTICE_UNSENT = ("draft", "submitted", "scheduled", "discarded")


class Bulletin(models.Model):
    """
    One message, from its draft on; `chain` is the first message of its story.

    The database refuses an approver who wrote it, and any change but of its state once it was sent.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=16)
    msg_type = models.CharField(max_length=8)
    training = models.BooleanField()
    chain = models.UUIDField()
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    identifier = models.CharField(max_length=64, blank=True)
    event = models.CharField(max_length=32)
    risk = models.PositiveSmallIntegerField()
    texts = models.JSONField()
    wards = ArrayField(models.CharField(max_length=8))
    shapes = models.JSONField()
    onset_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    writers = ArrayField(models.UUIDField())
    submitted_by = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    returned_because = models.TextField(blank=True)
    # Why one person spoke alone, where the city allows it; the database takes a writer's own approval only with it.
    alone_because = models.TextField(blank=True)
    # Why what others sent as an update is about nothing of ours, where that was not certain.
    own_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identifier"], condition=~Q(identifier=""), name="bulletins_identifier"),
            models.UniqueConstraint(fields=["id", "training"], name="bulletins_id_and_training"),
            models.CheckConstraint(condition=Q(risk__range=(1, 5)), name="bulletins_risk_is_decreed"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="bulletins_ends_later"),
            models.CheckConstraint(
                condition=Q(state__in=UNSENT, sent_at=None) | (~Q(state__in=UNSENT) & Q(sent_at__isnull=False)),
                name="bulletins_sent_or_not",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNAPPROVED) | Q(approved_by__isnull=False), name="bulletins_approved_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(msg_type="Alert", follows=None) | (~Q(msg_type="Alert") & Q(follows__isnull=False)),
                name="bulletins_follows_if_no_alert",
            ),
        ]
        indexes = [
            models.Index(fields=["chain"], name="bulletins_by_chain"),
            models.Index(fields=["-made_at", "-id"], name="bulletins_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.msg_type} {self.identifier or self.pk}"


class PublicBulletin(models.Model):
    """
    The public's row of a bulletin; pages, feeds and deliveries read only from here.

    A foreign key over (bulletin, training) and a check that `training` is false make a training bulletin impossible.
    `audience` are the wards whose people it is for; `everywhere` means everybody.
    """

    bulletin = models.OneToOneField(Bulletin, models.PROTECT, primary_key=True, related_name="+")
    training = models.BooleanField(default=False)
    audience = ArrayField(models.CharField(max_length=8))
    everywhere = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(training=False), name="bulletins_training_is_never_public")]

    def __str__(self) -> str:
        return f"public {self.pk}"


class Notice(models.Model):
    """
    One notice, from its draft on; `chain` is the first of its story, `signed` its signed bytes once it was issued.

    The database refuses an approver who wrote it, and any change but of its state once it was issued.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=16)
    number = models.CharField(max_length=32, blank=True)
    kind = models.CharField(max_length=16)
    topic = models.CharField(max_length=32)
    audience = models.CharField(max_length=16)
    texts = models.JSONField()
    folded = models.TextField()
    wards = ArrayField(models.CharField(max_length=8))
    verdict = models.CharField(max_length=16, blank=True)
    about = models.CharField(max_length=64, blank=True)
    pictures = ArrayField(models.UUIDField(), default=list)
    papers = ArrayField(models.UUIDField(), default=list)
    publish_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    chain = models.UUIDField()
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    writers = ArrayField(models.UUIDField())
    submitted_by = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    returned_because = models.TextField(blank=True)
    withdrawn_because = models.CharField(max_length=8, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    key = models.ForeignKey("SigningKey", models.PROTECT, null=True, related_name="+")
    signed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="bulletins_notice_number"),
            models.CheckConstraint(
                condition=Q(state__in=NOTICE_UNSENT, sent_at=None, signed=None)
                | (
                    ~Q(state__in=NOTICE_UNSENT)
                    & Q(sent_at__isnull=False, signed__isnull=False, approved_by__isnull=False)
                ),
                name="bulletins_notice_sent_or_not",
            ),
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="bulletins_notices_newest"),
            models.Index(fields=["-sent_at", "-id"], condition=Q(sent_at__isnull=False), name="bulletins_notices_sent"),
            models.Index(fields=["about"], condition=~Q(about=""), name="bulletins_notices_about"),
        ]

    def __str__(self) -> str:
        return f"notice {self.number or self.pk}"


class SigningKey(models.Model):
    """
    A key pair: its certificate for everybody, its private half sealed with the city's secret.

    Somebody else may know it since `trusted_until`, as was said `distrusted_at`: what it signed later proves nothing.
    """

    fingerprint = models.CharField(max_length=64, primary_key=True)
    certificate = models.TextField()
    sealed = models.BinaryField()
    is_current = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    trusted_until = models.DateTimeField(null=True)
    distrusted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="bulletins_one_key_signs"
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(trusted_until=None), name="bulletins_the_key_in_use_is_trusted"
            ),
            models.CheckConstraint(
                condition=Q(trusted_until=None) | Q(distrusted_at__isnull=False), name="bulletins_distrusted_then"
            ),
        ]

    def __str__(self) -> str:
        return f"key {self.fingerprint[:12]}"


class SignedMessage(models.Model):
    """The signed bytes of an issued bulletin, as they are served for ever."""

    bulletin = models.OneToOneField(Bulletin, models.PROTECT, primary_key=True, related_name="+")
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    body = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"message {self.pk}"


class Answer(models.Model):
    """What one person said last about the story of an alert: they have it, are safe, or need help."""

    pk = models.CompositePrimaryKey("chain", "person_id")
    chain = models.UUIDField()
    person_id = models.UUIDField()
    said = models.CharField(max_length=8)
    ward = models.CharField(max_length=8, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(said__in=["got", "safe", "help"]), name="bulletins_answer_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.said} {self.chain}"


class Count(models.Model):
    """The last number given in a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Incoming(models.Model):
    """
    A message of somebody else, once; `bulletin` is the draft made from it, or the bulletin of ours that it concerns.

    One that speaks of several dangers, or concerns several bulletins of ours, has a row for each `part`. One that
    can't be read has neither sender nor identifier, only its `link`, and gives way to one that can.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=32)
    link = models.CharField(max_length=1000)
    sender = models.CharField(max_length=200, blank=True)
    identifier = models.CharField(max_length=200, blank=True)
    part = models.PositiveSmallIntegerField(default=0)
    msg_type = models.CharField(max_length=16, blank=True)
    headline = models.CharField(max_length=500, blank=True)
    places = models.TextField(blank=True)
    lost = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=16)
    reason = models.CharField(max_length=16, blank=True)
    bulletin = models.ForeignKey(Bulletin, models.PROTECT, null=True, related_name="+")
    body = models.BinaryField()
    sent_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "sender", "identifier", "sent_at", "part"],
                condition=~Q(identifier=""),
                name="bulletins_incoming_once",
            ),
            models.UniqueConstraint(
                fields=["source", "link"], condition=Q(identifier=""), name="bulletins_incoming_bad_once"
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="bulletins_incoming_newest"),
            models.Index(fields=["source", "link"], name="bulletins_incoming_link"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.identifier or self.link}"


class Link(models.Model):
    """A link that the feed of a source lists now: when it was looked at, what to ask with, and what was wrong."""

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=32)
    link = models.CharField(max_length=1000)
    place = models.PositiveIntegerField()
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "link"], name="bulletins_link_once")]

    def __str__(self) -> str:
        return self.link


class Source(models.Model):
    """What came of the last look at a source; `problem` is since `since`, and empty while all is well."""

    code = models.CharField(max_length=32, primary_key=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=32, blank=True)
    since = models.DateTimeField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
