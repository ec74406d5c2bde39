"""Look whether this installation can serve a city, and say what is missing."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hues.config import loading, statics
from hues.kernel.agencies import queries


def faults() -> Iterator[str]:
    """Yield a sentence for each thing that is not in order."""
    yield from (str(found.msg) for found in run_checks() if found.is_serious())
    waiting = len(loading.waiting())
    if waiting:
        yield f"{waiting} migrations wait: run `hues migrate`."
    if not statics.collected(settings.HUES.static_root):
        yield "The static files are not collected: run `make setup`."
    if not waiting and not queries.agencies():
        yield "The city has no agencies: run `hues setup`."
    if not settings.HUES.demo and not settings.HUES.sms_url:
        yield "HUES_SMS_URL is not set: nobody can sign in without text messages."
    yield from _storage_faults()


def _storage_faults() -> Iterator[str]:
    try:
        name = default_storage.save("check/can-write", ContentFile(b"yes"))
        default_storage.delete(name)
    except OSError as failure:
        yield f"Photos cannot be stored: {failure}"
