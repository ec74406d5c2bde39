"""Refusals: the ways a request may fail that we foresee and explain."""

from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import ClassVar, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hues.kit.text import Words

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE


class Refusal(Exception):
    """A foreseen failure, told to its reader; whatever else is raised is a bug and is never shown."""

    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT
    code: ClassVar[str] = "refused"
    sentence: ClassVar[Words] = _("This is not possible right now.")

    def __init__(self, message: Words | None = None) -> None:
        self.message: Words = self.sentence if message is None else message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class NotFound(Refusal):
    status = HTTPStatus.NOT_FOUND
    code = "not-found"
    sentence = _("There is nothing at this address.")


class SignInNeeded(Refusal):
    status = HTTPStatus.UNAUTHORIZED
    code = "sign-in-needed"
    sentence = _("Please sign in to go on.")


class ProofNeeded(Refusal):
    """A deed of weight for which being signed in is not enough: the person shows once more who they are."""

    status = HTTPStatus.FORBIDDEN
    code = "proof-needed"
    sentence = _("Show once more that it is you.")


class NotAllowed(Refusal):
    status = HTTPStatus.FORBIDDEN
    code = "not-allowed"
    sentence = _("Your role does not allow this.")


class WrongState(Refusal):
    code = "wrong-state"
    sentence = _("This has moved on and can no longer be changed that way.")


class Stale(WrongState):
    """Somebody else was faster; what the loser typed is kept."""

    code = "stale"
    sentence = _("Somebody else changed this while you were reading. Look at it again; what you typed is kept.")


class Invalid(Refusal):
    """Input that cannot be taken; `fields` maps a field's name to its sentence."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "invalid"
    sentence = _("Please correct what is marked.")

    def __init__(self, message: Words | None = None, fields: Mapping[str, Words] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class TooMany(Refusal):
    """Somebody does something too often; `wait` is how many seconds they have to, 0 where that is not known."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too-many"
    sentence = _("Too many tries. Please wait a moment.")

    def __init__(self, message: Words | None = None, *, wait: float = 0) -> None:
        super().__init__(message)
        self.wait = ceil(wait)

    def __str__(self) -> str:
        return f"{self.message} {again_in(self.wait)}" if self.wait else str(self.message)


def again_in(seconds: int) -> str:
    """Return when something can be tried again, rounded up to what one counts by."""
    if seconds <= MINUTE:
        return ngettext("Try again in %(n)s second.", "Try again in %(n)s seconds.", seconds) % {"n": seconds}
    if seconds <= HOUR:
        n = ceil(seconds / MINUTE)
        return ngettext("Try again in %(n)s minute.", "Try again in %(n)s minutes.", n) % {"n": n}
    n = ceil(seconds / HOUR)
    return ngettext("Try again in %(n)s hour.", "Try again in %(n)s hours.", n) % {"n": n}


class TooLarge(Refusal):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "too-large"
    sentence = _("This file is too large.")
