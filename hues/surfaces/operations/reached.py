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

type Said = Mapping[tuple[str, str], int]  # what people answered: (ward, answer) → how many
COLUMNS = ("what", "ward", "channel", "outcome", "minute", "count")
# What a count of the file is of: a message that was tried again is no further message, and was handed over to nobody.
CAME: Mapping[str, str] = {
    Outcome.SENT: "handed over",
    Outcome.ARRIVED: "confirmed",
    Outcome.AGAIN: "tried in vain",
    Outcome.REFUSED: "given up",
    Outcome.GONE: "given up",
    Outcome.REPLACED: "not needed",
    Outcome.OVER: "not needed",
    Outcome.TWICE: "perhaps told twice",
}
SILENT: Mapping[Why, Words] = {
    Why.CLOSED: gettext_lazy("the city has not set it up"),
    Why.MILD: gettext_lazy("kept for graver alerts"),
    Why.WAITING: gettext_lazy("still being handed over"),
    Why.NOBODY: gettext_lazy("nobody there chose it"),
}


def shown(board: Board, *, said: Said, answers: Sequence[str], aimed: Collection[str] = ()) -> dict[str, Any]:
    """Return what `operations/_reached.html` shows; every ward that was `aimed` at has its row."""
    return {
        "board": board,
        "left": sum(ward.told for ward in board.elsewhere),
        "left_opened": sum(ward.opened for ward in board.elsewhere),
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


def file(board: Board, name: str, *, said: Said) -> StreamingHttpResponse:
    """Return a board as CSV: a row for each ward, then one for each way, end and minute; a try is no message."""
    rows = ((*row, in_a_file(n, rough=board.rough)) for *row, n in _rows(board, said))
    answer = StreamingHttpResponse(csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _wards(board: Board, said: Said, answers: Sequence[str], aimed: Collection[str]) -> Iterator[dict[str, Any]]:
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
            "said": [said.get((code, answer), 0) for answer in answers],
        }


def _ward(code: str) -> str:
    if code == WITHOUT_ACCOUNT:
        return _("Devices without an account")
    ward = areas.ward(code) if code else None
    return pick(ward.name, addresses.language()) if ward else _("No home ward")


def _rows(board: Board, said: Said) -> Iterator[tuple[str, str, str, str, str, int]]:
    for ward in board.wards:
        yield "told", ward.ward, "inbox", "", "", ward.told
        yield "opened", ward.ward, "inbox", "", "", ward.opened
    for ward in board.elsewhere:
        yield "told it is over there", ward.ward, "inbox", "", "", ward.told
        yield "opened that it is over there", ward.ward, "inbox", "", "", ward.opened
    for (ward_code, answer), n in sorted(said.items()):
        yield f"answered {answer}", ward_code, "", "", "", n
    for end in board.ends:
        yield CAME.get(end.outcome, "ended"), "", end.channel, end.outcome, _minute(end.at), end.n
    for one in board.failures:
        ward_name = "without an account" if one.ward == WITHOUT_ACCOUNT else one.ward
        yield "failed", ward_name, one.channel, one.reason, _minute(one.at), one.n


def _minute(at: datetime) -> str:
    return local(at).isoformat(timespec="minutes")
