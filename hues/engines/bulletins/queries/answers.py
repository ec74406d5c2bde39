"""What people said back to an alert, and how it reached them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from hues.engines.bulletins.models import Answer, Bulletin
from hues.engines.bulletins.queries.cards import DeskBulletin
from hues.engines.bulletins.queries.desk import desk_bulletin
from hues.engines.bulletins.rules.numbers import elsewhere, told_as
from hues.kernel.delivery import queries as delivery
from hues.kernel.delivery.queries import Board
from hues.kernel.people.asker import Asker


@dataclass(frozen=True, kw_only=True, slots=True)
class Echo:
    """How an alert reached people (`board`), and what they said by ward: (ward, answer) → how many."""

    bulletin: DeskBulletin
    board: Board
    said: Mapping[tuple[str, str], int]

    def total(self, answer: str) -> int:
        """Return how many gave that answer."""
        return sum(n for (_ward, said), n in self.said.items() if said == answer)


def my_answer(asker: Asker, identifier: str) -> str:
    """Return what the asker said last of an alert's story, or ""."""
    chain = Bulletin.objects.filter(identifier=identifier).values("chain")[:1]
    found = Answer.objects.filter(chain__in=chain, person_id__in=[asker.person_id]).values_list("said", flat=True)
    return found.first() or ""


def echo(asker: Asker, bulletin_id: UUID) -> Echo:
    """
    Return how an alert is doing.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has nothing to do with alerts
    :raises NotFound: if there is no such bulletin
    """
    found = desk_bulletin(asker, bulletin_id)
    key = told_as(found.identifier)
    chain = Bulletin.objects.filter(pk=bulletin_id).values("chain")[:1]
    said = Answer.objects.filter(chain__in=chain).values_list("ward", "said").annotate(n=Count("person_id"))
    return Echo(
        bulletin=found,
        board=delivery.board([key, elsewhere(key)]),
        said={(ward, word): n for ward, word, n in said.order_by()},
    )
