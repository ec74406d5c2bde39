"""Accounts."""

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from hues.kit.ids import new_id


class PersonManager(BaseUserManager["Person"]):
    """Finds people by the phone number they sign in with."""


class Person(AbstractBaseUser):
    """
    One account. The phone number (E.164) is the sign-in name; there is no password.

    A guest, who only writes to the city by some channel, has none and cannot sign in.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phone = models.CharField(max_length=16, unique=True, null=True)
    phone_verified_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="vi")
    home_ward = models.CharField(max_length=8, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    held: tuple[tuple[str, UUID], ...] | None = None  # roles at agencies, for whoever was read with them

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()

    def __str__(self) -> str:
        return f"person {self.pk}"
