"""The ledger of accesses, and what people agreed to."""

from django.db import models
from django.db.models import Q

from hues.kit.ids import new_id


class Access(models.Model):
    """Somebody looked at something that `subject` entrusted to the city; a trigger refuses changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.UUIDField()
    by = models.UUIDField()
    purpose = models.CharField(max_length=500)
    what = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-at"], name="consent_access_by_subject"),
            models.Index(fields=["by", "-at"], name="consent_access_by_reader"),
            models.Index(fields=["at"], name="consent_access_by_age"),
        ]

    def __str__(self) -> str:
        return f"access {self.pk}"


class Consent(models.Model):
    """One person agreed to one purpose in one version of its words, until they withdraw."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    purpose = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "purpose"], condition=Q(withdrawn_at__isnull=True), name="consent_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_given_before_withdrawn",
            ),
        ]
        indexes = [
            models.Index(fields=["withdrawn_at"], name="consent_by_withdrawal", condition=Q(withdrawn_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"
