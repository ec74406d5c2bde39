"""What somebody of the staff sees who may not open a page of a desk."""

import pytest
from django.test import Client

from hues.kernel.agencies import testing as cast
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db


def refused(who: str, path: str) -> str:
    client = Client()
    sign_in(client, getattr(cast, who)())
    answer = client.get(path)
    assert answer.status_code == 403
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "path", "door"), [("minh", "/ops/", "/desk/"), ("alert_writer", "/ops/people/", "/ops/")]
)
def test_staff_stay_in_their_frame_and_are_led_to_where_they_work(who: str, path: str, door: str) -> None:
    page = refused(who, path)
    assert 'class="desk-body"' in page
    assert f'class="btn btn-primary" href="{door}"' in page


def test_a_citizen_stays_among_the_pages_of_citizens(client: Client) -> None:
    page = refused("lan", "/ops/")
    assert "desk-body" not in page
    assert 'class="bar"' in page
