"""How a message to many reached people: on a page that renews itself, and as a file."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hues.kernel.areas import queries as areas
from hues.kernel.delivery.channels import Outcome
from hues.kernel.delivery.queries import Board, Why
from hues.kernel.delivery.reasons import WITHOUT_ACCOUNT
from hues.kit.few import in_a_file
from hues.kit.tables import csv_lines
from hues.kit.text import Words, pick
from hues.surfaces.operations.deliveries import ENDS, REASONS, WAYS
from hues.surfaces.shell import addresses
from hues.surfaces.shell.telling import local

type Counted = tuple[Words, str, str, Words, Words, str, int]  # as COLUMNS
type Said = Mapping[tuple[str, str], int]  # what people answered: (ward, answer) → how many
COLUMNS: Sequence[Words] = (
    gettext_lazy("What is counted"),
    gettext_lazy("Code of the ward"),
    gettext_lazy("Ward"),
    gettext_lazy("Way"),
    gettext_lazy("End"),
    gettext_lazy("Minute"),
    gettext_lazy("How often"),
)
NONE: Mapping[str, Words] = {}
# What a count of the file is of: a message that was tried again is no further message, and was handed over to nobody.
CAME: Mapping[str, Words] = {
    Outcome.SENT: gettext_lazy("handed over"),
    Outcome.ARRIVED: gettext_lazy("confirmed"),
    Outcome.AGAIN: gettext_lazy("tried in vain"),
    Outcome.REFUSED: gettext_lazy("no longer tried"),
    Outcome.GONE: gettext_lazy("no longer tried"),
    Outcome.REPLACED: gettext_lazy("not needed"),
    Outcome.OVER: gettext_lazy("not needed"),
    Outcome.TWICE: gettext_lazy("perhaps told twice, and said so"),
}
SILENT: Mapping[Why, Words] = {
    Why.CLOSED: gettext_lazy("the city has not set it up"),
    Why.MILD: gettext_lazy("kept for graver alerts"),
    Why.WAITING: gettext_lazy("still being handed over"),
    Why.NOBODY: gettext_lazy("nobody there chose it"),
}


def shown(
    board: Board, *, said: Said, answers: Mapping[str, Words] = NONE, aimed: Collection[str] = ()
) -> dict[str, Any]:
    """Return what `operations/_reached.html` shows; every ward that was `aimed` at has its row."""
    return {
        "board": board,
        "wards": list(_wards(board, said, answers, aimed)),
        "ends": [
            (end, WAYS.get(end.channel, end.channel), *ENDS.get(end.outcome, (end.outcome, ""))) for end in board.ends
        ],
        "failures": [
            (one, WAYS.get(one.channel, one.channel), REASONS.get(one.reason, one.reason), _ward(one.ward))
            for one in board.failures
        ],
        "silent": [(WAYS[way], SILENT[why]) for way, why in board.silent],
    }


def file(board: Board, name: str, *, said: Said, answers: Mapping[str, Words] = NONE) -> StreamingHttpResponse:
    """
    Return a board as CSV in the reader's words: a row for each ward, then one for each way, end and minute.

    A try is no message.
    """
    rows = [[str(cell) for cell in (*row, in_a_file(n, rough=board.rough))] for *row, n in _rows(board, said, answers)]
    answer = StreamingHttpResponse(
        csv_lines([str(head) for head in COLUMNS], rows), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _wards(board: Board, said: Said, answers: Mapping[str, Words], aimed: Collection[str]) -> Iterator[dict[str, Any]]:
    reached = {ward.ward: ward for ward in board.wards}
    left = {ward.ward: ward for ward in board.elsewhere}
    failed = Counter[str]()
    for one in board.failures:
        failed[one.ward] += one.n
    for code in sorted({*aimed, *reached, *left, *failed, *(ward for ward, _said in said)}):
        card = reached.get(code)
        yield {
            "name": _ward(code),
            "failed": failed[code],
            "told": card.told if card else 0,
            "opened": card.opened if card else 0,
            "left": left[code].told if code in left else 0,
            "said": [(words, said.get((code, answer), 0)) for answer, words in answers.items()],
        }


def _ward(code: str) -> str:
    if code == WITHOUT_ACCOUNT:
        return _("Devices without an account")
    ward = areas.ward(code) if code else None
    return pick(ward.name, addresses.language()) if ward else _("No home ward")


def _rows(board: Board, said: Said, answers: Mapping[str, Words]) -> Iterator[Counted]:
    inbox = _("Inbox")
    for kind, opened, wards in (
        (_("told"), _("opened"), board.wards),
        (_("told that it is over there"), _("opened that it is over there"), board.elsewhere),
    ):
        for ward in wards:
            yield kind, ward.ward, _ward(ward.ward), inbox, "", "", ward.told
            yield opened, ward.ward, _ward(ward.ward), inbox, "", "", ward.opened
    for (code, answer), n in sorted(said.items()):
        replied = _("answered: %(words)s") % {"words": answers.get(answer, answer)}
        yield replied, code, _ward(code), "", "", "", n
    for end in board.ends:
        came, words = CAME.get(end.outcome, _("ended")), ENDS.get(end.outcome, (end.outcome, ""))[0]
        yield came, "", "", WAYS.get(end.channel, end.channel), words, _minute(end.at), end.n
    for one in board.failures:
        code = "" if one.ward == WITHOUT_ACCOUNT else one.ward
        way, why = WAYS.get(one.channel, one.channel), REASONS.get(one.reason, one.reason)
        yield _("did not arrive"), code, _ward(one.ward), way, why, _minute(one.at), one.n


def _minute(at: datetime) -> str:
    return local(at).isoformat(timespec="minutes")
