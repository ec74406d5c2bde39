"""Who opens an address that only takes a form is told so on a page of ours, never by an empty answer."""

import json

from django.test import Client


def test_a_reader_gets_a_page_in_their_language(client: Client) -> None:
    for path, words in (
        ("/me/topics/", "Địa chỉ này không mở trực tiếp được"),
        ("/en/me/topics/", "cannot be opened by itself"),
    ):
        answer = client.get(path)
        assert answer.status_code == 405
        assert answer["Allow"] == "POST"
        page = answer.content.decode()
        assert words in page
        assert page.count("<h1") == 1


def test_a_machine_gets_a_problem_that_is_explained(client: Client) -> None:
    answer = client.get("/me/topics/", headers={"Accept": "application/json"})
    told = json.loads(answer.content)
    assert (told["status"], told["type"]) == (405, "/errors/form-only")
    assert client.get(told["type"]).status_code == 200
