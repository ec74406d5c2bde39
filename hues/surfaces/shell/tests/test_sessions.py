"""Who is signed in is read by statements that are composed once; what Django promises of sessions stays so."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client

from hues.kernel.agencies import testing as cast
from hues.kit.clock import now

pytestmark = pytest.mark.django_db


def signed_in(backend: str = "") -> Client:
    """Return a browser of Lan's."""
    client = Client()
    person = get_user_model()._default_manager.get(pk=str(cast.lan().person_id))
    client.force_login(person, backend=backend or None)
    return client


def may_read(client: Client) -> bool:
    """Test if the browser reads what is Lan's alone."""
    return client.get("/me/inbox/").status_code == 200


def test_whoever_is_signed_in_stays_so_with_the_backend_of_before_too() -> None:
    assert may_read(signed_in())
    assert may_read(signed_in("allauth.account.auth_backends.AuthenticationBackend"))


def test_a_session_that_is_over_or_gone_is_nobodys() -> None:
    client = signed_in()
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert not may_read(client)
    client = signed_in()
    Session.objects.all().delete()
    assert not may_read(client)
    for key in ("x" * 5000, "\0abcdefghijk", "chìa khóa"):
        client.cookies[next(iter(client.cookies))] = key
        assert not may_read(client)


def test_whoever_may_no_longer_sign_in_is_out_at_once() -> None:
    client = signed_in()
    get_user_model()._default_manager.filter(pk=str(cast.lan().person_id)).update(is_active=False)
    assert not may_read(client)


def test_who_asks_costs_two_statements(django_assert_num_queries: Callable[..., Any]) -> None:
    client = signed_in()
    client.get("/desk/counts/")
    with django_assert_num_queries(2):
        assert client.get("/desk/counts/").status_code == 403
