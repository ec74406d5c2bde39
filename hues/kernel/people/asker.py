"""Who asks: the person behind a request, cut to what decisions need."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person may be; CITIZEN is everybody who signed in, the rest comes from memberships."""

    CITIZEN = "citizen"
    CASE_WORKER = "case_worker"
    AGENCY_HEAD = "agency_head"
    OPERATOR = "operator"
    DUTY_LEADER = "duty_leader"
    ALERT_WRITER = "alert_writer"
    ALERT_APPROVER = "alert_approver"
    LEADER = "leader"
    AUDITOR = "auditor"
    ADMIN = "admin"


AGENCY_ROLES = frozenset({Role.CASE_WORKER, Role.AGENCY_HEAD})
IOC_ROLES = frozenset({Role.OPERATOR, Role.DUTY_LEADER})


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """What somebody with a link may act on: one `subject`, in the name of one agency; `id` is the link's."""

    id: UUID
    subject: UUID
    agency_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """
    The person who asks, or a stranger (`person_id` None).

    `agencies` are those the person works cases for; roles at the operations centre hold city-wide. A stranger with an
    `errand` came by a link, has no role and works for nobody: it opens its one subject and nothing else.
    """

    person_id: UUID | None = None
    name: str = ""
    language: str = "vi"
    home_ward: str = ""
    roles: frozenset[Role] = frozenset()
    agencies: frozenset[UUID] = field(default=frozenset())
    errand: Errand | None = None

    @property
    def signed_in(self) -> bool:
        """Test if we know who this is."""
        return self.person_id is not None

    @property
    def in_ioc(self) -> bool:
        """Test if this person operates the centre."""
        return bool(self.roles & IOC_ROLES)

    def is_staff_of(self, agency_id: UUID | None) -> bool:
        """Test if this person works cases for that agency."""
        return agency_id in self.agencies

    def may(self, *roles: Role) -> bool:
        """Test if this person has one of `roles`."""
        return not self.roles.isdisjoint(roles)


STRANGER = Asker()
CITY = Asker(name="city")
