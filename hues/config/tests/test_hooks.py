"""Systems of others are let in and shown out at the terminal."""

import re

import pytest
from click.testing import CliRunner

from hues.config.cli import hues
from hues.kernel.delivery import queries

pytestmark = pytest.mark.django_db
ADDRESS = "https://siren.example/told"


def run(*words: str) -> tuple[int, str]:
    told = CliRunner().invoke(hues, ["hooks", *words])
    return told.exit_code, told.output


def test_a_system_is_told_until_it_is_removed_and_its_secret_is_shown_once() -> None:
    code, said = run("add", "--label", "Đài truyền thanh", "--url", ADDRESS)
    assert code == 0
    secret, hook = re.search(r"secret: (\S+)", said), queries.hooks()[0]
    assert secret
    assert (hook.label, hook.url) == ("Đài truyền thanh", ADDRESS)
    listed = run("list")[1]
    assert str(hook.id) in listed
    assert secret[1] not in listed
    assert run("remove", str(hook.id))[0] == 0
    assert queries.hooks() == ()
    assert run("remove", str(hook.id))[0] == 1


def test_an_address_is_told_once_and_never_in_the_clear() -> None:
    run("add", "--label", "A", "--url", ADDRESS)
    for url in (ADDRESS, "ftp://siren.example"):
        code, said = run("add", "--label", "B", "--url", url)
        assert code == 1
        assert "url:" in said
    assert len(queries.hooks()) == 1
