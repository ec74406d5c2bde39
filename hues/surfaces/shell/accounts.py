"""Sign-in by a code sent to the phone: our side of allauth."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Keeps phone numbers on Person and sends codes through delivery."""
