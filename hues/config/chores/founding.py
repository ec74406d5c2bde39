"""Found a city: its tables, its facts and its first administrator, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hues.config import loading
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import queries
from hues.kernel.city import city, rows
from hues.kernel.errors import WrongState
from hues.kernel.people import actions as people
from hues.kernel.people import phones
from hues.kernel.people.asker import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Founded:
    """The city that was set up, and the account of its administrator."""

    city: str
    agencies: int
    administrator: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What setting a city up would make."""

    tables: int
    agencies: int


def plan(*, phone: str) -> Plan:
    """
    Return what `found_city` would make, and change nothing.

    :raises Invalid: if the phone number can't be taken
    """
    phones.normal(phone)
    return Plan(tables=len(loading.waiting()), agencies=len(rows("agencies.csv")))


def found_city(*, phone: str, name: str, language: str, at: datetime) -> Founded:
    """
    Make an empty city with its first administrator; facts that are there already stay as they are.

    :raises Invalid: if the phone number or name can't be taken
    :raises WrongState: if the city has an administrator already, who appoints the others
    """
    with loading.alone():
        loading.migrate()
        loading.load_city(at=at)
        centre = queries.ioc()
        if centre is None:
            raise WrongState(f"The city's folder names no agencies: {city().code}")
        if queries.people_with(Role.ADMIN, at):
            raise WrongState("This city has an administrator already, who can appoint others.")
        person_id = people.open_account(phone=phone, name=name, language=language, at=at)
        agencies.appoint(person_id=person_id, agency_id=centre.id, role=Role.ADMIN, at=at)
        loading.finish(at=at)
        return Founded(city=city().name["vi"], agencies=len(queries.agencies()), administrator=person_id)
