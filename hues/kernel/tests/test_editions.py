"""One page shows one edition of the city's lists."""

from uuid import UUID

from hues.kernel import editions
from hues.kit.ids import new_id


class Source:
    """Counts how often it was asked for its edition."""

    def __init__(self) -> None:
        self.now: UUID | None = new_id()
        self.asked = 0

    def read(self) -> UUID | None:
        """Return the edition in force."""
        self.asked += 1
        return self.now


def test_a_list_is_asked_for_its_edition_once_while_a_request_is_answered() -> None:
    source = Source()
    with editions.asked_once():
        seen = {editions.token("wards", source.read) for _ in range(3)}
    assert (seen, source.asked) == ({source.now}, 1)


def test_outside_of_a_request_every_look_asks() -> None:
    source = Source()
    editions.token("wards", source.read)
    editions.token("wards", source.read)
    assert source.asked == 2


def test_the_next_request_sees_a_new_edition() -> None:
    source = Source()
    with editions.asked_once():
        editions.token("wards", source.read)
    source.now = new_id()
    with editions.asked_once():
        assert editions.token("wards", source.read) == source.now


def test_who_changes_a_list_sees_the_change_at_once() -> None:
    source = Source()
    with editions.asked_once():
        editions.token("wards", source.read)
        source.now = new_id()
        editions.changed("wards")
        assert editions.token("wards", source.read) == source.now
