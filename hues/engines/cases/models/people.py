"""What is somebody's own: who reported a case, who met it too, what somebody is writing or has sent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hues.engines.cases.models.case import Case

MINE = Q(person_id__isnull=False)


class CaseSeal(models.Model):
    """Who reported a case: an account, or what a caller left. Read through `actions.unseal` only."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="seal")
    person_id = models.UUIDField(null=True)
    contact = models.CharField(max_length=120, blank=True)
    shown_name = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person_id", "opened_at", "case"], name="cases_seal_mine", condition=MINE)]

    def __str__(self) -> str:
        return f"seal of {self.pk}"


class SealedWords(models.Model):
    """What was said with a step of a case before parts of it were covered: `texts` by their names."""

    pk = models.CompositePrimaryKey("case_id", "seq")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    seq = models.PositiveIntegerField()
    texts = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sealed words {self.case_id} #{self.seq}"


class Support(models.Model):
    """Somebody who met the same trouble."""

    pk = models.CompositePrimaryKey("case_id", "person_id")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    person_id = models.UUIDField()
    at = models.DateTimeField()
    # The duplicate through which somebody came to follow this case, so that they can be parted again.
    merged_from = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person_id", "at"], name="cases_support_mine")]

    def __str__(self) -> str:
        return f"support of {self.case_id}"


class Draft(models.Model):
    """
    What somebody has written so far; of one that was `sent` only the number of its case is left.

    Where two devices write at once, the last `page` that knew of the other has the `fields`, and what others wrote
    stands in `others` by their page; `version` counts what was kept.
    """

    pk = models.CompositePrimaryKey("person_id", "key")
    person_id = models.UUIDField()
    key = models.CharField(max_length=64)
    fields = models.JSONField(default=dict)
    photos = ArrayField(models.UUIDField(), default=list)
    version = models.IntegerField(default=0, db_default=0)
    page = models.CharField(max_length=32, default="", db_default="", blank=True)
    others = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    sent = models.CharField(max_length=24, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="cases_draft_age")]

    def __str__(self) -> str:
        return f"draft {self.key}"


class Key(models.Model):
    """A request that was carried out, so that the same one sent again opens nothing new."""

    pk = models.CompositePrimaryKey("person_id", "key")
    person_id = models.UUIDField()
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    case_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="cases_key_age")]

    def __str__(self) -> str:
        return f"key {self.key}"
