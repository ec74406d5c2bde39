"""The page for those who run desks says of each door what the door itself says."""

import re

from hues.kernel.people.asker import Role
from hues.surfaces.shell.access import ANYONE
from tests.conformance.doors import Door, doors
from tests.running import ROOT

PAGE = ROOT / "docs" / "operations" / "desks.md"
WORDS: dict[str, str] = {
    "case workers": Role.CASE_WORKER,
    "heads": Role.AGENCY_HEAD,
    "operators": Role.OPERATOR,
    "duty leaders": Role.DUTY_LEADER,
    "leadership": Role.LEADER,
    "auditors": Role.AUDITOR,
    "alert writers": Role.ALERT_WRITER,
    "alert approvers": Role.ALERT_APPROVER,
    "administrators": Role.ADMIN,
    "whoever has the link": ANYONE,
}
type Steps = tuple[str, ...]


def steps_of(address: str) -> Steps:
    """Return the parts of an address; one that varies is a star."""
    return tuple("*" if re.fullmatch(r"<[^>]*>", part) else part for part in address.strip("/").split("/"))


def written() -> dict[Steps, frozenset[str]]:
    """Return who comes in, as the page says it."""
    _before, section = PAGE.read_text("utf-8").split("## Who comes in", 1)
    rows = [line.split("|") for line in section.split("##")[0].splitlines() if line.startswith("| `")]
    return {
        steps_of(address): frozenset(WORDS[word.strip()] for word in row[2].split(","))
        for row in rows
        for address in re.findall("`([^`]+)`", row[1])
    }


def said_of(door: Door, table: dict[Steps, frozenset[str]]) -> Steps | None:
    """Return the longest address of the table that a door lies at or below; of two as long, the plainer one."""
    steps = steps_of(str(door))
    above = [address for address in table if all(a == b for a, b in zip(address, steps, strict=False))]
    fitting = [address for address in above if len(address) <= len(steps)]
    return max(fitting, key=lambda address: (len(address), -address.count("*")), default=None)


def test_the_page_of_the_desks_says_who_comes_in() -> None:
    table, wrong, used = written(), [], set()
    ours = [door for door in doors() if door.is_ours and steps_of(str(door))[0] in ("desk", "ops", "pass")]
    for door in ours:
        address = said_of(door, table)
        used.add(address)
        if address is None or table[address] != door.open_to:
            wrong.append(f"{door}: {sorted(door.open_to or ())}, not as at {address}")
    assert len(ours) > 60
    assert wrong == []
    assert set(table) - used == set()
