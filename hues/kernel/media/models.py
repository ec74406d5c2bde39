"""What is known of each photo, recording and paper; the bytes lie in storage under their digest."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from hues.kit.ids import new_id

# Nulls are named on both sides: to a constraint, what is unknown is as good as true.
IN_THE_WORLD = Q(lat__isnull=True, lng__isnull=True) | Q(
    lat__isnull=False, lng__isnull=False, lat__range=(-90, 90), lng__range=(-180, 180)
)


class Medium(models.Model):
    """
    What photos, recordings and papers share.

    `by` is forgotten as soon as something takes the medium over, so that nobody learns from here who reported;
    until then `loose_since` says how long it has been waiting.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=32)
    bytes = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_at = models.DateTimeField(null=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    is_public = models.BooleanField(default=False)
    hidden_at = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    loose_since = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class Photo(Medium):
    """
    One photo; `thumb` is the digest of its small copy, `fingerprint` what it looks like.

    `edition` counts how often its bytes were replaced: parts of it covered, or uncovered again.
    """

    edition = models.PositiveSmallIntegerField(default=0)
    thumb = models.CharField(max_length=64)
    fingerprint = ArrayField(models.IntegerField(), default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=IN_THE_WORLD, name="media_photo_in_the_world")]
        indexes = [
            models.Index(fields=["sha256"], name="media_photo_by_digest"),
            models.Index(fields=["thumb"], name="media_photo_by_thumb"),
            GinIndex(fields=["fingerprint"], name="media_photo_by_look"),
            models.Index(fields=["loose_since"], name="media_photo_loose", condition=Q(loose_since__isnull=False)),
            models.Index(fields=["by"], name="media_photo_by_sender", condition=Q(by__isnull=False)),
        ]


class Tiny(models.Model):
    """
    The square of a photo for lists, made when first asked for: the digest of its bytes, by that of the small copy.

    Whatever replaces the small copy has another one.
    """

    thumb = models.CharField(max_length=64, primary_key=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="media_tiny_by_digest")]

    def __str__(self) -> str:
        return f"square of {self.thumb[:12]}"


class Original(models.Model):
    """The bytes of a photo before parts of it were covered: under seal, for nobody's page."""

    photo = models.OneToOneField(Photo, models.CASCADE, primary_key=True, related_name="original")
    sha256 = models.CharField(max_length=64)
    thumb = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["sha256"], name="media_original_by_digest"),
            models.Index(fields=["thumb"], name="media_original_by_thumb"),
        ]

    def __str__(self) -> str:
        return f"original of {self.pk}"


class Clip(Medium):
    """One short recording; sound has no size and no `poster`."""

    poster = models.CharField(max_length=64, blank=True)
    seconds = models.FloatField()

    class Meta:
        constraints = [models.CheckConstraint(condition=IN_THE_WORLD, name="media_clip_in_the_world")]
        indexes = [
            models.Index(fields=["sha256"], name="media_clip_by_digest"),
            models.Index(fields=["poster"], name="media_clip_by_poster"),
            models.Index(fields=["loose_since"], name="media_clip_loose", condition=Q(loose_since__isnull=False)),
            models.Index(fields=["by"], name="media_clip_by_sender", condition=Q(by__isnull=False)),
        ]


class Paper(Medium):
    """A document that staff attached, under the name they gave it; it has neither a size in pixels nor a place."""

    name = models.CharField(max_length=160)

    class Meta:
        indexes = [
            models.Index(fields=["sha256"], name="media_paper_by_digest"),
            models.Index(fields=["loose_since"], name="media_paper_loose", condition=Q(loose_since__isnull=False)),
        ]
