"""Who does the same thing at once does it one after another."""

from hues.kernel.statements import planned


def take_turn(*names: str) -> None:
    """
    Wait until no other transaction holds a turn of these names; they are held until the caller's transaction ends.

    Several are taken in the order of their names, so that two who need the same ones never wait for each other.
    """
    with planned() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name", [sorted(names)]
        )
