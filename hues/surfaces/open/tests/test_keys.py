"""Keys: who may issue them, when they open, and what is kept of them."""

from datetime import timedelta

import pytest

from hues.engines.cases.testing import MONDAY
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid, NotAllowed, NotFound, TooMany
from hues.kernel.journal import queries as journal
from hues.surfaces.open import actions, queries

LATER = MONDAY + timedelta(days=1)


def issue(**changed: object) -> actions.IssuedKey:
    given: dict[str, object] = {"label": "Báo sự cố", "phone": "0901 999 777", "at": MONDAY}
    return actions.issue_key(**{**given, **changed})  # type: ignore[arg-type]


def test_a_key_opens_until_it_ends_or_is_revoked() -> None:
    key, short = issue(), issue(until=LATER)
    for secret in (key.secret, short.secret):
        assert queries.key_of(secret, MONDAY)
    assert queries.key_of(short.secret, LATER) is None
    actions.revoke_key(key_id=key.id, by=cast.admin(), at=LATER)
    assert queries.key_of(key.secret, LATER) is None
    actions.revoke_key(key_id=key.id, at=LATER + timedelta(days=1))
    assert [entry.event for entry in journal.entries_about(key.id)] == ["open.key.issued", "open.key.revoked"]


def test_the_secret_and_whose_it_is_are_nowhere_but_with_their_owner() -> None:
    key = issue(by=cast.admin())
    told = repr(list(journal.entries_about(key.id))) + repr(queries.keys(cast.admin()))
    assert key.secret not in told
    card = queries.key_of(key.secret, MONDAY)
    assert card is not None
    assert str(card.person_id) not in repr(list(journal.entries_about(key.id)))


def test_only_administrators_deal_with_keys() -> None:
    key = issue()
    for by in (cast.operator(), cast.minh(), cast.lan()):
        with pytest.raises(NotAllowed):
            issue(by=by)
        with pytest.raises(NotAllowed):
            actions.revoke_key(key_id=key.id, by=by, at=LATER)
        with pytest.raises(NotAllowed):
            queries.keys(by)


@pytest.mark.parametrize(
    "changed", [{"label": " "}, {"label": "x" * 121}, {"phone": "113"}, {"until": MONDAY}], ids=str
)
def test_a_key_needs_a_name_a_phone_and_a_time(changed: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        issue(**changed)


def test_what_is_not_there_is_not_revoked() -> None:
    with pytest.raises(NotFound):
        actions.revoke_key(key_id=cast.an_agency().id, at=LATER)


def test_what_is_spent_in_one_minute_is_there_again_in_the_next() -> None:
    key = issue(per_minute=2)
    for second in (1, 59):
        actions.spend(key_id=key.id, at=MONDAY + timedelta(seconds=second))
    with pytest.raises(TooMany):
        actions.spend(key_id=key.id, at=MONDAY + timedelta(seconds=59))
    actions.spend(key_id=key.id, at=MONDAY + timedelta(seconds=60))
