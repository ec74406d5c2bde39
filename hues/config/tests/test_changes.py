"""`hues agencies merge|split|dissolve|changes|call-off`."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from hues.config.tests.test_facts import a_file, run
from hues.engines.cases.testing import the_city
from hues.kernel.agencies import changes
from hues.kernel.agencies.queries import agency_by_code, heir
from hues.kit.clock import now

pytestmark = pytest.mark.django_db
A, B, C = "kinh-te-phu-xuan", "kinh-te-kim-long", "kinh-te-thuan-hoa"
NEW = ("--into", "kinh-te-moi", "--name-vi", "Phòng Kinh tế mới", "--name-en", "New office")


def test_a_merge_is_tried_planned_once_and_called_off() -> None:
    the_city()
    later = ("--on", "2999-01-01")
    told = run("agencies", "merge", A, B, *NEW, *later)
    assert told.exit_code == 1
    assert "day: " in told.output
    day = ("--on", str(changes_day()))
    tried = run("agencies", "merge", A, B, *NEW, *day, "--dry-run")
    assert (tried.exit_code, tried.output.startswith("Would be done on")) == (0, True)
    assert changes.changes() == ()
    planned = run("agencies", "merge", A, B, *NEW, *day)
    assert planned.exit_code == 0, planned.output
    again = run("agencies", "merge", A, B, "--into", "kinh-te-moi", *day)
    assert again.output.startswith("This stands already, planned")
    (card,) = changes.changes()
    assert f"{card.id}" in run("agencies", "changes").output
    assert run("agencies", "call-off", str(card.id)).exit_code == 0
    assert "called off" in run("agencies", "changes").output
    assert run("agencies", "call-off", str(card.id)).exit_code == 1


def changes_day() -> date:
    return (now() + timedelta(days=40)).date()


def test_a_dissolution_whose_day_has_come_is_done(tmp_path: Path) -> None:
    the_city()
    done = run("agencies", "dissolve", A, "--into", B, "--on", str(now().date()))
    assert (done.exit_code, done.output.startswith("Done. Passed on: ")) == (0, True)
    gone, next_one = agency_by_code(A), agency_by_code(B)
    assert gone is not None
    assert next_one is not None
    assert heir(gone.id) == next_one.id
    assert run("agencies", "dissolve", A, "--into", C, "--on", str(now().date())).exit_code == 1
    # A split tells what is wrong by row, and does nothing then.
    head = "heir,wards,categories,name_vi,name_en\n"
    wrong = a_file(tmp_path, "s.csv", head + f"{C},99999,no-such,,\nnobody,,,,\n")
    told = run("agencies", "split", B, wrong, "--on", str(now().date()))
    assert told.exit_code == 1
    assert "row 1: there is no category 'no-such'" in told.output
    wrong = a_file(tmp_path, "s.csv", head + f"{C},99999,lights,,\nnobody,,,,\n")
    told = run("agencies", "split", B, wrong, "--on", str(now().date()))
    assert ("row 1: " in told.output, "row 2: " in told.output, "99999" in told.output) == (True, True, True)
    good = a_file(tmp_path, "s.csv", head + f"{C},,lights,,\nkinh-te-moi,,,Phòng Kinh tế mới,New office\n")
    told = run("agencies", "split", B, good, "--by-routes", "--on", str(now().date()))
    assert told.exit_code == 0, told.output
    ends = {heir(next_one.id, path=("lights-out", "lights")), heir(next_one.id, path=("trees",))}
    assert ends == {card.id for code in (C, "kinh-te-moi") if (card := agency_by_code(code))}
