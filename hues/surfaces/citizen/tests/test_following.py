"""Topics of notices: chosen on a page, left by one press in the inbox or in an e-mail."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from hues.engines.bulletins.testing import PHU_XUAN, published_notice
from hues.kernel.agencies.testing import lan
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery import mail
from hues.kernel.delivery.channels import Message, Urgency, Way, Words
from hues.kernel.delivery.queries import wishes
from hues.kernel.journal.testing import drain
from hues.kernel.people import actions as people
from hues.kernel.people.testing import sign_in
from hues.kit import clock

pytestmark = pytest.mark.django_db
PAGE, INBOX, FOLLOW, POWER = "/me/telling/", "/me/inbox/", "/me/topics/", "notice:power"


@pytest.fixture
def browser() -> Client:
    found = Client(headers={"accept-language": "vi"})
    sign_in(found, lan())
    return found


def left() -> set[str]:
    asker = lan()
    assert asker.person_id
    return set(wishes(asker.person_id).unfollowed)


def test_topics_are_chosen_on_the_page_and_a_form_that_does_not_show_them_changes_none(browser: Client) -> None:
    shown = browser.get(PAGE).content.decode()
    assert shown.count('name="topics"') == shown.count('name="topics" value="notice:') > 5
    assert shown.count("checked") == shown.count('name="topics"')
    browser.post(PAGE, {"least": "low", "topics_shown": "True", "topics": ["notice:water", "notice:traffic"]})
    assert POWER in left()
    assert not {"notice:water", "notice:traffic"} & left()
    before = left()
    browser.post(PAGE, {"least": "low"})
    assert left() == before
    assert browser.post(PAGE, {"least": "low", "topics_shown": "True", "topics": ["notice:none"]}).status_code == 422


def test_what_one_is_is_chosen_on_the_page_and_only_there(browser: Client) -> None:
    asker = lan()
    assert asker.person_id
    shown = browser.get(PAGE).content.decode()
    assert shown.count('name="circles"') == 4
    browser.post(PAGE, {"least": "low", "topics_shown": "True", "circles": ["parents", "business"]})
    assert wishes(asker.person_id).circles == {"parents", "business"}
    browser.post(PAGE, {"least": "low"})
    assert wishes(asker.person_id).circles == {"parents", "business"}
    assert browser.post(PAGE, {"least": "low", "topics_shown": "True", "circles": ["king"]}).status_code == 422
    browser.post(PAGE, {"least": "low", "topics_shown": "True"})
    assert wishes(asker.person_id).circles == frozenset()


def test_the_switch_for_the_own_places_is_kept_and_a_form_that_does_not_show_it_changes_nothing(
    browser: Client,
) -> None:
    asker = lan()
    assert asker.person_id
    for said, kept in ((("topics_shown", "only"), True), ((), True), (("topics_shown",), False)):
        browser.post(PAGE, {"least": "low", **dict.fromkeys(said, "on")})
        assert wishes(asker.person_id).only_my_places is kept
        assert ('name="only"' in browser.get(PAGE).content.decode()) is True


def test_one_press_in_the_inbox_leaves_a_topic_and_another_takes_it_back(browser: Client) -> None:
    asker, at = lan(), clock.now()
    assert asker.person_id
    people.set_home_ward(person_id=asker.person_id, ward=PHU_XUAN, at=at - timedelta(hours=2))
    published_notice(at=at - timedelta(hours=1))
    drain()
    assert "Bỏ theo dõi" in browser.get(INBOX).content.decode()
    done = browser.post(FOLLOW, {"subject": POWER}, follow=True).content.decode()
    assert "Bạn sẽ không nhận thêm tin về “Cúp điện”" in done
    assert "Theo dõi lại" in done
    assert left() == {POWER}
    browser.post(FOLLOW, {"subject": POWER, "again": "1"})
    assert left() == set()
    assert browser.post(FOLLOW, {"subject": "alert:flood"}).status_code == 404


def test_a_stranger_follows_nothing() -> None:
    assert Client().post(FOLLOW, {"subject": POWER}).status_code == 401


def letter(subject: str) -> tuple[str, str]:
    at = clock.now()
    said = {"vi": "Cúp điện", "en": "Power cut"}
    words = Words(key="k", topic="t", urgency=Urgency.NORMAL, title=said, body=said, link="/x/", at=at, subject=subject)
    found = mail.letter(Message(ref="1", address="lan@example.vn", language="vi", words=words), at)
    return str(found["List-Unsubscribe"])[1:-1], found.get_content()


def test_the_button_of_the_mail_program_leaves_the_topic_and_keeps_the_warnings() -> None:
    asker, at = lan(), clock.now()
    assert asker.person_id
    delivery.subscribe(way=Way.MAIL, address="lan@example.vn", person_id=asker.person_id, language="vi", at=at)
    address, foot = letter(POWER)
    less = urlsplit(address).path
    assert less.startswith("/push/less/")
    assert less in foot
    assert "/push/mail-off/" in foot
    assert "Cúp điện" in Client().get(less).content.decode()
    assert left() == set()
    provider = Client(enforce_csrf_checks=True)
    assert provider.post(less, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert left() == {POWER}
    assert wishes(asker.person_id).mail == "lan@example.vn"
    assert Client().post(f"{less}x").status_code == 404
    assert urlsplit(letter("")[0]).path.startswith("/push/mail-off/")


def test_a_link_of_an_address_that_is_gone_says_so() -> None:
    page = Client().post(urlsplit(letter(POWER)[0]).path).content.decode()
    assert "không còn gửi gì đến lan@example.vn" in page
