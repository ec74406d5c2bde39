"""What the city shares with those it speaks to: its own key, tokens, and secrets of hooks."""

from django.db import models

from hues.kernel.people.models import Person
from hues.kit.ids import new_id


class SenderKey(models.Model):
    """The one key by which push services know this city; its private half is closed with the city's secret."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    public = models.CharField(max_length=88)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="sender_key_is_one")]

    def __str__(self) -> str:
        return self.public


class Pass(models.Model):
    """The tokens by which another side lets the city speak there, closed with the city's secret."""

    id = models.CharField(max_length=8, primary_key=True)
    sealed = models.BinaryField()
    until = models.DateTimeField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.id


class JoinCode(models.Model):
    """A code that a person was shown, to be sent by the messenger that is to be joined; kept as a digest."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"code of {self.person_id}"


class Hook(models.Model):
    """An address of another system that is told of every broadcast, each call signed with the secret they share."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    label = models.CharField(max_length=80)
    url = models.URLField(max_length=500, unique=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.label
