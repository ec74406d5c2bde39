"""Pages as the public gets them."""

from django.db import models
from django.db.models import Func


class Page(models.Model):
    """
    The bytes under one address.

    `version` comes from one sequence for all pages, so a changed page always has a number never seen before.
    """

    path = models.TextField(primary_key=True)
    version = models.BigIntegerField(db_default=Func(template="nextval('published_version')"))
    etag = models.CharField(max_length=40)
    headers = models.JSONField()
    body = models.BinaryField()
    gzip = models.BinaryField(null=True)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.path} v{self.version}"


class Owed(models.Model):
    """
    An address whose page has to be rendered anew, written in the transaction that makes it old.

    A row for each change and never an update: writers wait for nobody, and each renderer takes what it found.
    """

    id = models.BigAutoField(primary_key=True)
    path = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.path} since {self.at}"
