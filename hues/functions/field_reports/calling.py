"""What an operator writes down for somebody at the phone or at the counter."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import CaseReceipt
from hues.engines.cases.rules.intake import LONGEST_CONTACT, Place
from hues.functions.field_reports import catalogue
from hues.functions.field_reports.drafting import Spot
from hues.functions.field_reports.forms import LONGEST_TEXT, SHORTEST_TEXT, Asking, PlaceForm, Written
from hues.kernel.agencies.queries import asker_for
from hues.kernel.city import city
from hues.kernel.delivery import actions as delivery
from hues.kernel.errors import Invalid, NotFound
from hues.kernel.people import actions as people
from hues.kernel.people import phones
from hues.kernel.people.asker import Asker
from hues.kernel.people.queries import accounts_of
from hues.kit.text import Words, pick
from hues.surfaces.desks.choices import leaves
from hues.surfaces.desks.forms import Pictures, choice, choose_from
from hues.surfaces.desks.photoform import PhotoForm
from hues.surfaces.shell import addresses
from hues.surfaces.shell.telling import instant_words

CHANNELS: tuple[tuple[str, Words], ...] = (("phone", _("By phone")), ("counter", _("At the counter")))


class ToldForm(Asking, PlaceForm):
    """A report as an operator writes it down for somebody, with the questions of the category that is chosen."""

    category = choice(_("What about"))
    text = Written(
        label=_("What is wrong, in the words of who tells it"),
        lines=5,
        max_length=LONGEST_TEXT,
        min_length=SHORTEST_TEXT,
        error_messages={
            "required": _("Write in a sentence what is wrong."),
            "min_length": _("Please write a little more, so that whoever comes knows what to do."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "category", [("", _("Choose …")), *leaves(catalogue.KIND)])
        self.fields["category"].widget.attrs["data-find"] = True
        chosen = catalogue.leaf(str(self["category"].value() or ""))
        self.ask(chosen.questions if chosen else (), addresses.language())


class CallForm(PhotoForm, ToldForm):
    """A report as a caller tells it; with a mobile number they get the report's number and can follow it."""

    picker = "pictures"
    pictures = Pictures(
        label=_("Photos that were brought along"), help_text=_("JPEG, PNG, WebP or HEIC, up to 10 MB each.")
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    channel = choice(_("How it came"))
    phone = Written(label=_("Phone number of the caller"), max_length=phones.LONGEST)
    name = Written(label=_("Name of the caller"), required=False, max_length=60)
    follow = forms.BooleanField(
        label=_("Send the number by text message, so that the caller can follow it"), required=False
    )

    def __init__(self, *args: Any, by: Asker, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        choose_from(self, "channel", CHANNELS)

    def clean_phone(self) -> str:
        """Return the number as it is kept: one that can be rung, and one that takes texts where texts are wanted."""
        read = phones.normal if self.data.get("follow") else phones.dialable
        try:
            return read(self.cleaned_data["phone"])
        except Invalid as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


@transaction.atomic
def take(form: CallForm, spot: Spot, *, by: Asker, at: datetime) -> CaseReceipt:
    """
    Open the case of a caller, who is its sealed reporter if they want to follow it, and owe them the text message.

    Sent twice with the same key it opens one case and sends one message; a caller who wants to follow it only the
    second time is counted in.
    """
    said = form.cleaned_data
    caller = open_caller(said, at) if said["follow"] else None
    contact = " · ".join(part for part in (phones.shown(said["phone"]), said["name"]) if part)
    receipt = actions.open_case(
        kind=catalogue.KIND,
        category=said["category"],
        text=said["text"],
        place=Place(lat=spot.lat, lng=spot.lng, address=spot.address, source=spot.source),
        photos=tuple(form.stored),
        answers=form.answers,
        by=by,
        channel=said["channel"],
        contact=contact[:LONGEST_CONTACT],
        caller=caller,
        key=said["key"],
        at=at,
    )
    if caller and (not receipt.again or _follows_now(caller, receipt.number, by=by, at=at)):
        delivery.text(said["phone"], _words(receipt), at=at)
    return receipt


def _follows_now(caller: UUID, number: str, *, by: Asker, at: datetime) -> bool:
    """Have a caller follow what was written down before, and return if they did not yet."""
    who = asker_for(caller, at)
    if follows(who, number, at):
        return False
    actions.support(number=number, by=who, written_by=by, at=at)
    return True


def still_followed(said: dict[str, Any], number: str, *, at: datetime) -> bool:
    """Test if the caller follows a report though the form, sent once more, no longer says so."""
    caller = None if said["follow"] else accounts_of([said["phone"]]).get(said["phone"])
    return caller is not None and follows(asker_for(caller, at), number, at)


def follows(caller: Asker, number: str, at: datetime) -> bool:
    """Test if a report is the caller's own, or one that they were counted in with."""
    try:
        queries.my_case(caller, number, at=at)
    except NotFound:
        return queries.follows(caller, number)
    return True


def count_in(said: dict[str, Any], number: str, *, by: Asker, at: datetime) -> int:
    """Count a caller in with a report that is here already; the account of their number follows it."""
    caller = asker_for(open_caller(said, at), at)
    return actions.support(number=number, by=caller, written_by=by, at=at)


def open_caller(said: dict[str, Any], at: datetime) -> UUID:
    """Return the account of the caller's number; one that is there stays as it is."""
    return people.open_account(phone=said["phone"], name=said["name"], at=at)


def _words(receipt: CaseReceipt) -> str:
    with override(addresses.MAIN):
        page = settings.HUES.origin + reverse("field_reports:report", args=[receipt.number])
        return gettext(
            "%(city)s has noted your report %(number)s; an answer is due by %(due)s. Follow it: %(page)s"
        ) % {
            "city": pick(city().name, addresses.MAIN),
            "number": receipt.number,
            "due": instant_words(receipt.due_at),
            "page": page,
        }
