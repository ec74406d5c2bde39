"""What the database writes into a file is as harmless as what we write ourselves."""

import pytest
from django.db import connection

from hues.kernel.copying import Harmless
from hues.kit.tables import harmless, read_back

pytestmark = pytest.mark.django_db
FORMULAS = [
    "'=1",
    "''-1",
    "=1+1",
    "+84",
    "-1",
    "@a",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    " =1",
    "\u00a0=1",
    "\ufeff=1",
]
WORDS = ["Ổ gà sâu", "a=1", "'quoted'", "100% ngập", "(1+1)"]


def written(words: str) -> str:
    with connection.cursor() as cursor:
        asked = Harmless.template % {"expressions": "words"}
        cursor.execute(f"SELECT {asked.replace('%', '%%')} FROM (SELECT %s::text AS words) AS given", [words])
        found: tuple[str] = cursor.fetchone()
    return found[0]


@pytest.mark.parametrize("words", FORMULAS)
def test_no_spreadsheet_runs_what_begins_like_a_formula(words: str) -> None:
    assert harmless(words) == written(words) == f"'{words}"
    assert read_back(f"'{words}") == words


@pytest.mark.parametrize("words", WORDS)
def test_other_words_stay_as_they_are(words: str) -> None:
    assert harmless(words) == written(words) == words
