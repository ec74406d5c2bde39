"""Why a message did not arrive, in a few kinds that people can act on."""

import re
from enum import StrEnum

from hues.kernel.delivery.channels import Outcome

SILENT = "it does not say that it sounds"
NOT_DELIVERED = "not delivered"
WITHOUT_ACCOUNT = "-"  # instead of a ward: a browser that is nobody's
_STATUS = re.compile(r"(HTTP|SMTP) (\d{3})")
_NOT_ALLOWED = frozenset({401, 403, 407, 530, 534, 535})
_BUSY = frozenset({408, 421, 425, 429, 450, 451, 452})
_SERVER_ERROR = 500


class Reason(StrEnum):
    """The kinds, by what is to be looked at."""

    NO_ADDRESS = "no-address"  # nobody is there any more
    UNREACHABLE = "unreachable"  # no answer at all
    BUSY = "busy"  # too much at once, until we gave up
    TROUBLE = "trouble"  # an error of their own
    NOT_ALLOWED = "not-allowed"  # they do not let us: passwords, tokens, rights
    NOT_DELIVERED = "not-delivered"  # taken, and told afterwards that it did not arrive
    SILENT = "silent"  # a siren that does not say that it sounds
    REFUSED = "refused"  # never as it is


def reason_of(outcome: Outcome, said: str) -> Reason:
    """Return which kind of failure it was, by how it ended and what was said."""
    if outcome is Outcome.GONE:
        return Reason.NO_ADDRESS
    if said in (SILENT, NOT_DELIVERED):
        return Reason.SILENT if said == SILENT else Reason.NOT_DELIVERED
    if found := _STATUS.search(said):
        return _by_status(found[1], int(found[2]))
    if "token" in said or "Authentication" in said or "authorized" in said:
        return Reason.NOT_ALLOWED
    if re.fullmatch(r"(\w+(Error|Exception|Disconnected|timeout)|gaierror|no siren listens there)", said):
        return Reason.UNREACHABLE
    return Reason.BUSY if outcome is Outcome.AGAIN else Reason.REFUSED


def _by_status(side: str, status: int) -> Reason:
    if status in _NOT_ALLOWED:
        return Reason.NOT_ALLOWED
    if status in _BUSY:
        return Reason.BUSY
    return Reason.TROUBLE if side == "HTTP" and status >= _SERVER_ERROR else Reason.REFUSED
