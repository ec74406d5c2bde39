"""Phone numbers as people write them, and the one form we keep."""

import re
from typing import Final

import phonenumbers
from django.utils.translation import gettext_lazy as _

from hues.kernel.city import document
from hues.kernel.errors import Invalid
from hues.kit.text import Words

LONGEST = 32
SHORTEST_NATIONAL = 7
BESIDE: Final = re.compile(r"[^\d\s.()+]+")  # what parts a number from words and from another number


def normal(text: str) -> str:
    """
    Return a phone number in E.164 ("+84901234567"); without a country code it is of the city's country.

    :raises Invalid: if it is no phone number, a short or service number, or can't take text messages
    """
    number = _whole(text)
    # A code by text message reaches these; in some countries the plan can't tell a mobile from a fixed line.
    mobile = phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE
    if phonenumbers.number_type(number) not in mobile:
        raise _refused(_("This number cannot receive text messages. Please use a mobile number."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def dialable(text: str) -> str:
    """
    Return any number that can be rung, a fixed line too, in E.164.

    :raises Invalid: if it is no phone number, or a short one
    """
    return phonenumbers.format_number(_whole(text), phonenumbers.PhoneNumberFormat.E164)


def first_in(text: str) -> str:
    """Return the first number amid somebody's words that can be rung, in E.164, "" if there is none."""
    found = next(iter(phonenumbers.PhoneNumberMatcher(BESIDE.sub("\n", text), _country())), None)
    return phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164) if found else ""


def shown(phone: str) -> str:
    """Return an E.164 number the way people of the city's country read it ("0901 234 567", "+33 6 12 …")."""
    number = phonenumbers.parse(phone)
    ours = phonenumbers.country_code_for_region(_country()) == number.country_code
    form = phonenumbers.PhoneNumberFormat.NATIONAL if ours else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def masked(phone: str) -> str:
    """Return a number of which only the last three digits can be read."""
    return f"••• ••• {phone[-3:]}"


def _whole(text: str) -> "phonenumbers.PhoneNumber":
    number = _parsed(text)
    if not phonenumbers.is_valid_number(number):
        raise _refused(_("This is not a complete phone number. Example: 0901 234 567."))
    return number


def _parsed(text: str) -> "phonenumbers.PhoneNumber":
    digits = [c for c in text if c.isdigit()]
    if not digits or len(text) > LONGEST:
        raise _refused(_("Please enter your mobile number. Example: 0901 234 567."))
    # `phonenumbers` calls 113 or 1022 merely "not valid"; people who type one deserve the reason.
    if len(digits) < SHORTEST_NATIONAL:
        raise _refused(_("This is a short number. Please enter the full number of a mobile phone."))
    try:
        return phonenumbers.parse(text, _country())
    except phonenumbers.NumberParseException as error:
        raise _refused(_("Please enter your mobile number. Example: 0901 234 567.")) from error


def _country() -> str:
    return str(document("city.toml").get("country", "VN"))


def _refused(sentence: Words) -> Invalid:
    return Invalid(sentence, {"phone": sentence})
