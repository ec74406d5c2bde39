"""What strangers and desks send as JSON or as a table is answered in words, however it is made."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.functions.storm_flood.models import Reading
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards
from hues.kit.reading import NotATable, csv_rows, json_object
from hues.surfaces.desks.testing import at_desk

pytestmark = pytest.mark.django_db
DEEP = "[" * 100_000
ODD = (DEEP, '{"endpoint":' + DEEP, "9" * 5_000, '{"endpoint": "\\ud800"}', "\0", "", "[]", "nul")
NO_CSV = "Tệp không phải là CSV mã hóa UTF-8"
LONG = "a" * 131_073  # one more than the csv module takes


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_no_odd_json_takes_a_push_door_down(method: str, odd: str) -> None:
    cache.clear()
    doors = ["/push/subscriptions"] if method == "DELETE" else ["/push/subscriptions", "/push/here", "/push/opened"]
    answers = [Client().generic(method, door, odd, "application/json").status_code for door in doors]
    assert answers == [422] * len(doors)


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_json_is_empty_or_an_object(odd: str) -> None:
    assert set(json_object(odd)) <= {"endpoint"}
    assert json_object(b"\xff\xfe\xfd") == {}


@pytest.mark.parametrize(
    ("door", "head", "who"),
    [
        ("/ops/storm_flood/levels/import/", "gauge,at,metres,source\nkim-long,2026-03-02T07:00,1.20,", cast.operator),
        ("/ops/field_reports/keywords/import/", "words,category\nroads-pothole,", cast.admin),
        ("/ops/templates/file/", "id,name\n1,", cast.duty_leader),
    ],
)
@pytest.mark.parametrize(
    ("end", "told"), [(LONG.encode(), "Một ô ở dòng 2 quá dài"), (b"\xff", NO_CSV), (b"a" * 2**20, "tối đa 1 MB")]
)
def test_a_field_or_a_file_beyond_all_reason_is_refused_in_words(
    door: str, head: str, who: Any, end: bytes, told: str
) -> None:
    the_wards()
    file = SimpleUploadedFile("a.csv", head.encode() + end + b"\n", "text/csv")
    answer = at_desk(who()).post(door, {"file": file})
    assert answer.status_code == 422
    assert told in answer.content.decode()


@pytest.mark.parametrize("row", ["\0,\0,\0,\0", ",,,", "kim-long,2026-03-02T07:00,1.20", 'a,"b', "a\rb,c,d,e"])
def test_no_odd_row_takes_the_levels_down(row: str) -> None:
    the_wards()
    file = SimpleUploadedFile("a.csv", f"gauge,at,metres,source\n{row}\n".encode(), "text/csv")
    assert at_desk(cast.operator()).post("/ops/storm_flood/levels/import/", {"file": file}).status_code == 422
    assert not Reading.objects.exists()


def test_a_table_has_named_columns_and_rows() -> None:
    assert csv_rows("a,b\n1,2,3\n4\n") == (frozenset("ab"), [{"a": "1", "b": "2"}, {"a": "4", "b": None}])
    assert csv_rows("") == (frozenset(), [])
    with pytest.raises(NotATable):
        csv_rows(f"a\n{LONG}\n")
