"""What follows at the desks when an agency has ended."""

from datetime import datetime
from uuid import UUID

from hues.kernel.agencies.succession import on_succession
from hues.surfaces.desks import actions


@on_succession("views")
def views_follow(agency_id: UUID, at: datetime) -> int:
    """Kept views that narrow to an agency narrow to its heir."""
    return actions.follow_views(agency_id, at=at)
