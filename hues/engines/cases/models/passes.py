"""Links to single cases, for agencies that never sign in."""

from django.db import models

from hues.engines.cases.models.case import Case
from hues.kit.ids import new_id


class Pass(models.Model):
    """
    A link that was sent: one case, one agency, until an instant. Only a digest of its secret is kept.

    `seq` is the version of the case that it was sent for, `sent_to` the agency's address then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    agency_id = models.UUIDField()
    sent_to = models.CharField(max_length=254)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="cases_pass_of_case")]

    def __str__(self) -> str:
        return f"pass {self.pk}"
