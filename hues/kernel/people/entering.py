"""The way in for a guest: a link that only who reads the messages at the guest's own address knows."""

from datetime import timedelta
from uuid import UUID

from django.core import signing

from hues.kernel.people.models import Person

SALT = "hues.people.guest"
HOLDS = timedelta(days=180)


def way_in(person_id: UUID, there: str) -> str:
    """Return the path that leads a guest to `there`, a path of ours."""
    return f"/in/{signing.dumps(person_id.hex, salt=SALT)}{there}"


def guest_of(token: str) -> UUID | None:
    """Return whose way in it is; an account that somebody signs in to with a phone has none."""
    try:
        found = UUID(hex=str(signing.loads(token, salt=SALT, max_age=HOLDS)))
    except (signing.BadSignature, ValueError):
        return None
    return found if Person.objects.filter(pk=found, phone=None, is_active=True).exists() else None
