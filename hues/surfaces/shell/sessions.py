"""Who is signed in, read by statements that are composed once: every page of somebody asks for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.db import SessionStore as Stored
from django.contrib.sessions.models import Session

from hues.kernel.agencies.queries import person_at
from hues.kernel.delivery import actions as delivery
from hues.kernel.statements import composed
from hues.kit.clock import now


class SessionStore(Stored):
    """Django's sessions in the database, read without composing the question anew."""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        rows = _session(key=key, at=now()) if key.isascii() and key.isalnum() else []  # no other is ever given out
        if not rows:
            self._session_key = None
            return None
        return Session(**rows[0])

    def cycle_key(self) -> None:
        """Go on under another key; what hangs on the session goes with it."""
        before = self.session_key
        super().cycle_key()
        if before and self.session_key:
            delivery.move(before=before, now=self.session_key)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Finds whoever a session is of."""

    def get_user(self, user_id: UUID) -> AbstractBaseUser | None:
        """Return the person, if they may still sign in."""
        person = person_at(user_id, now())
        return person if person and self.user_can_authenticate(person) else None


@composed
def _session(*, key: str, at: datetime) -> Any:
    kept = Session.objects.filter(session_key=key, expire_date__gt=at)
    return kept.values("session_key", "session_data", "expire_date")
