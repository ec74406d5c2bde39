"""An e-mail address is somebody's only once who reads its mail has said so."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as present
from django.test import Client

from hues.kernel.agencies.testing import lan, minh
from hues.kernel.delivery import actions, mail
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.queries import wishes
from hues.kernel.delivery.queries.wishes import person_at
from hues.kernel.delivery.testing import a_postbox
from hues.kernel.people.asker import Asker
from hues.kit import clock
from hues.surfaces.citizen.tests.test_telling import PAGE, browser_of

pytestmark = pytest.mark.django_db
ADDRESS = "lan@example.vn"


@pytest.fixture
def box(settings: Any) -> Iterator[Any]:
    with a_postbox() as found:
        settings.HUES = replace(present.HUES, mail_url=found.url)
        yield found


def asked(who: Asker, box: Any, address: str = ADDRESS) -> tuple[Client, str]:
    """Say that an address is one's own, and return the browser with the link that came there."""
    browser = browser_of(who)
    assert browser.post(PAGE, {"least": "low", "email": address}).status_code == 303
    while actions.send_owed(at=clock.now()):
        pass
    letter = box.letters[-1]
    assert letter["To"] == address
    (link,) = re.findall(r"https?://\S+/push/mail-on/\S+", letter.get_content())
    return browser, urlsplit(link).path


def mail_of(who: Asker) -> str:
    assert who.person_id
    return wishes(who.person_id).mail


def test_nothing_is_sent_to_an_address_before_its_reader_confirms_it(box: Any) -> None:
    browser, link = asked(lan(), box)
    assert mail_of(lan()) == ""
    assert "lan@example.vn" in browser.get(link).content.decode()
    assert mail_of(lan()) == ""
    assert browser.post(link).status_code == 303
    assert mail_of(lan()) == ADDRESS
    other, link = asked(lan(), box, "new@example.vn")
    assert mail_of(lan()) == ADDRESS
    other.post(link)
    assert mail_of(lan()) == "new@example.vn"
    assert person_at(Way.MAIL, ADDRESS) is None


def test_an_address_in_use_stays_with_its_owner(box: Any) -> None:
    owner = lan().person_id
    actions.subscribe(way=Way.MAIL, address=ADDRESS, person_id=owner, language="vi", at=clock.now())
    thief, link = asked(minh(), box)
    assert (mail_of(minh()), person_at(Way.MAIL, ADDRESS)) == ("", owner)
    assert browser_of(lan()).post(link).status_code == 403
    assert (mail_of(minh()), person_at(Way.MAIL, ADDRESS)) == ("", owner)
    thief.post(link)
    assert person_at(Way.MAIL, ADDRESS) == minh().person_id


def test_a_link_that_is_forged_or_a_day_old_changes_nothing(box: Any) -> None:
    who = lan()
    assert who.person_id
    browser = browser_of(who)
    assert browser.post(f"/push/mail-on/{mail.on_token(ADDRESS, who.person_id, clock.now())}x").status_code == 404
    old = mail.on_token(ADDRESS, who.person_id, clock.now() - timedelta(hours=25))
    shown = browser.post(f"/push/mail-on/{old}", follow=True).content.decode()
    assert "hết hạn" in shown
    assert mail_of(who) == ""


def test_one_person_has_no_more_than_a_few_letters_sent(box: Any) -> None:
    browser = browser_of(lan())
    said = [browser.post(PAGE, {"least": "low", "email": f"a{number}@example.vn"}) for number in range(7)]
    assert [answer.status_code for answer in said] == [303] * 5 + [429] * 2
    assert 3500 <= int(said[-1]["Retry-After"]) <= 3600
    assert "Hãy thử lại sau 60 phút." in said[-1].content.decode()
