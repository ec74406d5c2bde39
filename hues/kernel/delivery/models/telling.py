"""What people are told, by which ways, and what is still owed."""

from django.db import models

from hues.kernel.delivery.models.owed import OWED
from hues.kernel.people.models import Person
from hues.kit.ids import new_id


class InboxItem(models.Model):
    """One thing a person is told, once for each reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(max_length=160)
    title = models.JSONField()
    body = models.JSONField()
    link = models.CharField(max_length=300)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "reason"], name="inbox_told_once")]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="inbox_newest_first"),
            models.Index(fields=["person"], condition=models.Q(read_at__isnull=True), name="inbox_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.pk}"


class Text(models.Model):
    """A text message in the outbox: owed until it is sent, given up, or of no more use."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to = models.CharField(max_length=16)
    body = models.CharField(max_length=480)
    at = models.DateTimeField()
    useful_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(failed_at__isnull=True),
                name="text_sent_or_failed",
            )
        ]
        indexes = [
            models.Index(fields=["to", "-at"], name="text_by_number"),
            models.Index(
                fields=["at"],
                condition=models.Q(sent_at__isnull=True, failed_at__isnull=True),
                name="text_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"text {self.pk}"


class Broadcast(models.Model):
    """
    A message to everybody, or to all who live in some wards: one row, however many they are.

    One that says another again is in no inbox, and goes to the devices of whoever has not opened that other. After
    `ends_at` it stays in inboxes, and what is still owed of it is not sent any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=160, unique=True)
    topic = models.CharField(max_length=160)
    subject = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=8)
    title = models.JSONField()
    body = models.JSONField()
    link = models.CharField(max_length=300)
    training = models.BooleanField()
    again_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "training"], name="broadcast_and_training")]
        indexes = [models.Index(fields=["topic", "at"], name="broadcast_of_story")]

    def __str__(self) -> str:
        return f"broadcast {self.key}"


class Area(models.Model):
    """
    Who a broadcast is for, or (excluded) not for: those who lived in `ward` at an instant; "" is the whole city.

    With a `subject` it is not for those who did not follow that subject then, with a `circle` only for who was in it.
    """

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="+", db_index=False)
    ward = models.CharField(max_length=8, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    circle = models.CharField(max_length=16, blank=True)
    as_of = models.DateTimeField()
    excluded = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["ward", "broadcast"], name="area_by_ward"),
            models.Index(fields=["broadcast"], name="area_of_broadcast"),
        ]

    def __str__(self) -> str:
        return f"{self.ward} of {self.broadcast_id}"


class ReadBroadcast(models.Model):
    """A person has read a broadcast."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "broadcast"], name="broadcast_read_once")]

    def __str__(self) -> str:
        return f"{self.broadcast_id} read"


class Subscription(models.Model):
    """
    An address by which somebody wants to be told: a browser's push address, an e-mail address, a number.

    `session`: by which a browser is signed in ("": not said yet). While it lives, what is one's own goes there.
    `guest`: by which another person is signed in there now, who has not agreed to be told. While it lives, none does.
    """

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=8)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    address = models.CharField(max_length=1000)
    keys = models.JSONField(default=dict)
    language = models.CharField(max_length=2)
    session = models.CharField(max_length=40, blank=True, default="", db_default="")
    guest = models.CharField(max_length=40, blank=True, default="", db_default="")
    at = models.DateTimeField()  # the last time that it was said
    since = models.DateTimeField(null=True)  # the first; of old ones nobody knows

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "address"], name="subscribed_once")]
        indexes = [
            models.Index(fields=["channel", "id"], name="subscription_by_channel"),
            models.Index(fields=["session"], condition=~models.Q(session=""), name="subscription_by_session"),
            models.Index(fields=["guest"], condition=~models.Q(guest=""), name="subscription_by_guest"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class BrowserPlace(models.Model):
    """A ward of which a browser wants to hear, with an account or without, from an instant until another."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="+", db_index=False)
    ward = models.CharField(max_length=8)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "ward", "since"], name="browser_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ward} since {self.since}"


class OpenedThere(models.Model):
    """A browser without an account has opened what it was told; that somebody did stays when the browser goes."""

    subscription = models.ForeignKey(Subscription, models.SET_NULL, null=True, related_name="+", db_index=False)
    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "broadcast"], name="opened_there_once")]

    def __str__(self) -> str:
        return f"{self.broadcast_id} opened"


class PreparedKey(models.Model):
    """What was agreed with a browser for one broadcast to come, closed; taken out before it is used."""

    subscription = models.OneToOneField(Subscription, models.CASCADE, primary_key=True, related_name="+")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"for {self.pk}"


class Chunk(models.Model):
    """
    The subscriptions from `low` up to `high` that a broadcast is still owed; a worker leases it for a while.

    `handed`: to this one of them it is being said by a way that takes no key. Whoever finds it here does not know.
    """

    id = models.BigAutoField(primary_key=True)
    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="+")
    training = models.BooleanField(default=False)
    channel = models.CharField(max_length=8)
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    tries = models.PositiveIntegerField(default=0)
    handed = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(training=False), name="training_stays_in_the_house"),
            models.UniqueConstraint(fields=["broadcast", "channel", "low"], name="chunk_once"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(done_at__isnull=True), name="chunk_owed")]

    def __str__(self) -> str:
        return f"chunk {self.pk}"


class Parcel(models.Model):
    """
    One message to one address that is owed, sent (and arrived, if we are told), or given up (a dead letter).

    `handed`: it is being said by a way that takes no key, or was when a worker died. Whoever finds it so does not know.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=240, unique=True)
    channel = models.CharField(max_length=8)
    subscription = models.ForeignKey(Subscription, models.CASCADE, null=True, related_name="+")
    broadcast = models.ForeignKey(Broadcast, models.CASCADE, null=True, related_name="+")
    training = models.BooleanField(default=False)
    address = models.CharField(max_length=1000, blank=True)
    words = models.JSONField()
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    tries = models.PositiveIntegerField(default=0)
    handed = models.BooleanField(default=False, db_default=False)
    sent_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(training=False), name="parcel_not_of_training"),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(failed_at__isnull=True),
                name="parcel_sent_or_failed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at__isnull=True, failed_at__isnull=True),
                name="parcel_owed",
            ),
            models.Index(fields=["-failed_at"], condition=models.Q(failed_at__isnull=False), name="parcel_dead"),
            models.Index(fields=["-at"], condition=models.Q(channel="siren"), name="parcel_to_sirens"),
            *OWED,
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class Line(models.Model):
    """
    How the other side does: after failures in a row nobody speaks to it until `closed_until`.

    Where the city keeps to a rate, what was sent so far takes until `busy_until`.
    """

    name = models.CharField(max_length=200, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    closed_until = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
