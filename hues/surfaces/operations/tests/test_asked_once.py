"""What a page of the queue says twice is asked for once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


def test_the_calls_that_wait_are_counted_once_a_page(thao: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = thao.get("/ops/?tab=all")
    counted = [one["sql"] for one in asked if 'FROM "rescue_call"' in one["sql"]]
    assert page.status_code == 200
    assert len(counted) == 1


def test_and_anew_on_the_next_page(thao: Client) -> None:
    thao.get("/ops/?tab=all")
    with CaptureQueriesContext(connection) as asked:
        thao.get("/ops/?tab=all")
    assert len([one for one in asked if 'FROM "rescue_call"' in one["sql"]]) == 1
