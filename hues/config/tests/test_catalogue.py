"""`hues catalogue import`: the categories and rules of a folder are taken again, and every difference is told."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hues.config.cli import hues
from hues.engines.cases import actions, queries
from hues.engines.cases.testing import the_city
from hues.kernel import city
from hues.kernel.agencies import testing as cast
from hues.kernel.journal.queries import latest
from hues.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    the_city()
    for name in ("categories.csv", "questions.csv", "routes.csv"):
        shutil.copy(city.path(name), tmp_path / name)
    return tmp_path


def run(*words: object) -> Result:
    return CliRunner().invoke(hues, ["catalogue", "import", *map(str, words)])


def rewritten(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8-sig")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def test_what_is_in_force_already_changes_nothing(folder: Path) -> None:
    before = latest()
    told = run(folder)
    assert told.exit_code == 0, told.output
    assert "0 differences" in told.output
    assert "0 differences" in run().output  # of the city's own folder
    assert latest() == before


def test_a_dry_run_tells_every_difference_and_the_import_makes_it(folder: Path) -> None:
    rewritten(folder, "routes.csv", "10,roads-pothole,,national,,duong-bo-ii5", "10,roads-pothole,,national,,hepco")
    rewritten(folder, "categories.csv", "Roads and bridges", "Roads")
    before = latest()
    tried = run(folder, "--dry-run")
    assert tried.output.startswith("Would be: ")
    for line in ("rule 10: agency 'duong-bo-ii5' -> 'hepco'", "category roads: title ", "2 differences"):
        assert line in tried.output
    assert latest() == before
    assert run(folder).exit_code == 0
    assert latest() > before
    found = queries.suggested_agency("report", "roads-pothole", "19753", "national")
    assert found == cast.an_agency("hepco").id
    assert "0 differences" in run(folder).output


def test_a_class_that_the_desk_changed_stays_unless_it_is_asked_for(folder: Path) -> None:
    actions.change_category(code="roads-pothole", service_class="urgent", by=cast.duty_leader(), at=clock.now())
    assert "0 differences" in run(folder).output
    told = run(folder, "--classes")
    assert "category roads-pothole: service_class 'urgent' -> 'normal'" in told.output
    found = queries.category("roads-pothole")
    assert found is not None
    assert found.service_class == "normal"


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("routes.csv", ",duong-bo-ii5", ",nobody", "there is no agency 'nobody'"),
        ("routes.csv", "\n10,", "\n20,", "is there twice"),
        ("routes.csv", "order,category", "place,category", "lacks the column order"),
        ("questions.csv", ",many,", ",several,", "there is no kind 'several', but one, many, text, date"),
        ("questions.csv", "traffic-signal,", "traffic-signals,", "there is no category 'traffic-signals'"),
        ("questions.csv", "red|amber|", "red|", "its options are not as many in each column"),
        (
            "questions.csv",
            "red|amber|green|count",
            '"r,ed|amber|green|count"',
            "a comma stands between several options",
        ),
        ("questions.csv", ",many,", ",text,", "one and many have options, others none"),
        ("questions.csv", "lights-out,pole", "lights-out,lamps", "'lamps' is asked twice"),
        ("categories.csv", ",normal,", ",soon,", "there is no service class 'soon'"),
    ],
)
def test_one_mistake_keeps_all_out(folder: Path, name: str, old: str, new: str, told: str) -> None:
    rewritten(folder, name, old, new)
    before = latest()
    refused = run(folder)
    assert refused.exit_code == 1
    assert told in refused.output
    assert latest() == before
