"""Entries of the journal, and the digests that seal them."""

from django.db import models
from django.db.models import F, Func


class Entry(models.Model):
    """One thing that happened; a trigger refuses every change and deletion."""

    id = models.BigAutoField(primary_key=True)
    event = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    subject = models.UUIDField(null=True)
    facts = models.JSONField()
    # The transaction that wrote it: readers go below the oldest one still open, since ids commit out of order.
    xact = models.BigIntegerField(db_default=Func(template="(pg_current_xact_id()::text::bigint)"))

    class Meta:
        indexes = [
            models.Index(
                fields=["subject", "id"], name="journal_by_subject", condition=models.Q(subject__isnull=False)
            ),
            models.Index(F("xact"), F("id"), name="journal_by_xact"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.event}"


class Seal(models.Model):
    """The chained digest of a run of entries, in the order of their transactions."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    last_xact = models.BigIntegerField(unique=True)
    entries = models.PositiveIntegerField()
    digest = models.BinaryField()

    def __str__(self) -> str:
        return f"#{self.pk} of {self.entries}"
