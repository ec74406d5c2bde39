"""A request as a program sends it, made into a report to the city."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.actions import CaseReceipt, Place, open_case
from hues.engines.cases.queries import CategoryCard
from hues.kernel.agencies import queries as agencies
from hues.kernel.areas import queries as areas
from hues.kernel.errors import Invalid, NotAllowed, TooLarge
from hues.kernel.media import actions as media
from hues.kernel.people.asker import Asker
from hues.kit.text import Words, pick, tidy
from hues.surfaces.open import actions, asking, catalogue
from hues.surfaces.open.keys import key_in
from hues.surfaces.shell import addresses

CHANNEL: Final = "open311"
LONGEST_LINK: Final = 1000
LONGEST_DESCRIPTION: Final = 4000
# Stands before the address of a picture at the end of a report: for staff to follow, never fetched by us.
LINK: Final = "\n\nmedia_url: "
REPLACED: Final = "\ufffd"
# What the case calls a field, and what the standard does.
FIELDS: Final = {
    "text": "description",
    "place": "lat,long",
    "category": "service_code",
    "address": "address_string",
    "photos": "media",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What was sent, checked as far as the standard goes."""

    category: CategoryCard
    text: str
    place: Place
    answers: dict[str, str]
    contact: str


def take(request: HttpRequest, at: datetime) -> CaseReceipt:
    """
    Open a case from what a program sent with its key.

    :raises NotAllowed: if there is no key, or it is not in force
    :raises TooMany: if the key sends too fast
    :raises NotFound: if there is no such service
    :raises Invalid: if something is missing or does not fit, or a file is no picture
    :raises WrongState: if the Idempotency-Key came before with another body
    """
    sent = request.POST
    key = key_in(sent, at)
    actions.spend(key_id=key.id, at=at)
    asking.here(sent)
    report = _read(sent)
    by = agencies.asker_for(key.person_id, at)
    if not by.signed_in:
        raise NotAllowed
    photos = _photos(request.FILES, by, at)
    return _open(report, photos, by, request.headers.get("Idempotency-Key", "").strip(), at)


def without_link(text: str) -> str:
    """Return the words of a report without the address of a picture that came with them."""
    return text.partition(LINK)[0]


def _photos(files: "MultiValueDict[str, UploadedFile[bytes]]", by: Asker, at: datetime) -> list[UUID]:
    """Store what was sent as files, whatever the field is called: programs do not agree on its name."""
    photos, wrong = list[UUID](), dict[str, Words]()
    for name, upload in ((name, upload) for name, uploads in files.lists() for upload in uploads):
        try:
            photos.append(media.store_photo(upload, by=by.person_id, at=at).id)
        except (Invalid, TooLarge) as refusal:
            wrong[name] = str(refusal)
    if wrong:
        raise Invalid(fields=wrong)
    return photos


def _open(report: Sent, photos: list[UUID], by: Asker, once: str, at: datetime) -> CaseReceipt:
    try:
        return open_case(
            category=report.category.code,
            text=report.text,
            place=report.place,
            photos=photos,
            answers=report.answers,
            by=by,
            channel=CHANNEL,
            contact=report.contact,
            key=sha256(once.encode()).hexdigest() if once else "",
            at=at,
        )
    except Invalid as invalid:
        raise Invalid(fields={FIELDS.get(name, name): words for name, words in invalid.fields.items()}) from None


def _read(sent: QueryDict) -> Sent:
    """Return what was sent; an unknown service is told before anything else that is wrong."""
    code = sent.get("service_code", "").strip()
    if not code:
        raise asking.wrong("service_code", _("This is required."))
    category, wrong = catalogue.leaf(code), dict[str, Words]()
    place = _place(sent, wrong)
    text = _text(sent, category, wrong)
    try:
        answers = catalogue.answers(category, sent)
    except Invalid as invalid:
        wrong.update(invalid.fields)
    if wrong or place is None:
        raise Invalid(fields=wrong)
    return Sent(category=category, text=text, place=place, answers=answers, contact=_contact(sent))


def _text(sent: QueryDict, category: CategoryCard, wrong: dict[str, Words]) -> str:
    words, link = tidy(sent.get("description", "")), sent.get("media_url", "").strip()
    if REPLACED in words:
        wrong["description"] = _("This is not UTF-8.")
    if len(words) > LONGEST_DESCRIPTION:
        wrong["description"] = _("This is too long: at most 4,000 characters.")
    if not words:
        title = pick(category.title, addresses.MAIN)
        with override(addresses.MAIN):
            words = gettext("%(service)s (sent without a description)") % {"service": title}
    if not link:
        return words
    if not _is_link(link):
        wrong["media_url"] = _("This is not the address of a picture.")
    elif len(words) + len(LINK) + len(link) > LONGEST_DESCRIPTION:
        wrong["media_url"] = _("Description and media_url together have at most 4,000 characters.")
    return words + LINK + link


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    whole = bool(parts.hostname) and text.isprintable() and " " not in text
    return parts.scheme in ("http", "https") and whole and len(text) <= LONGEST_LINK


def _place(sent: QueryDict, wrong: dict[str, Words]) -> Place | None:
    address, lat, lng = (sent.get(name, "").strip() for name in ("address_string", "lat", "long"))
    if lat and lng:
        north, east = asking.degrees(lat), asking.degrees(lng)
        if north is not None and east is not None and abs(north) <= 90:
            return Place(lat=north, lng=east, address=address, source="map")
        wrong["lat,long"] = _("These are not degrees of latitude and longitude.")
    elif lat or lng:
        wrong["lat,long"] = _("Latitude and longitude are needed together.")
    elif not address:
        wrong["lat,long"] = _("Please send lat and long, or address_string.")
    elif found := areas.wards_matching(address):
        # Nobody knows the house, but the ward does: staff see that the point comes from the words.
        return Place(lat=found[0].lat, lng=found[0].lng, address=address, source="address")
    else:
        wrong["address_string"] = _("No ward of the city is named here. Please send lat and long.")
    return None


def _contact(sent: QueryDict) -> str:
    """Return how the sender can be reached; what can be rung or written to comes first, should it be cut."""
    name = " ".join(sent.get(part, "").strip() for part in ("first_name", "last_name")).strip()
    said = [" ".join(words.split()) for words in (sent.get("phone", ""), sent.get("email", ""), name)]
    return " · ".join(words for words in said if words)
