"""Reporters who write their own number or name amid their words: these go under seal before anybody else reads them."""

from datetime import datetime
from uuid import UUID

from hues.engines.cases.actions import copies
from hues.engines.cases.queries.covering import TEXT
from hues.engines.cases.rules import contacts
from hues.engines.cases.rules.covering import without_name
from hues.engines.cases.rules.intake import Report
from hues.kernel.people import queries as people
from hues.kernel.people.asker import Asker
from hues.kit.text import tidy


def covered(text: str, *, by: Asker, reporter: UUID | None, contact: str = "", show_name: bool = False) -> str:
    """
    Return what a reporter says with marks in place of what would tell who they are.

    Whoever has no account is known by the `contact` they left. Numbers of others stay: a report of an advert names whom
    it is about.
    """
    said, told_by_another = tidy(text), by.person_id != reporter
    holds_contacts, name = bool(contacts.found(said)), "" if told_by_another else by.name
    card = people.person_card(reporter) if reporter and (told_by_another or holds_contacts) else None
    if card:
        name = card.name
    if holds_contacts:
        said = contacts.without_own(said, [contact, card.phone if card else ""])
    return said if show_name else without_name(said, name)


def covered_report(sent: Report, *, by: Asker, reporter: UUID | None) -> str:
    """Return the words of a report as `covered`; the name of who wants it shown stays."""
    return covered(sent.text, by=by, reporter=reporter, contact=sent.contact, show_name=sent.show_name)


def seal(case_id: UUID, seq: int, text: str, shown: str, *, at: datetime) -> None:
    """Put what was written under seal, if anything of it was covered."""
    if (said := tidy(text)) != shown:
        copies.seal(case_id, seq, {TEXT: said}, at=at)
