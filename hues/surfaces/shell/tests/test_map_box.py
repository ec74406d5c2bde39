"""A map says what it shows: the city's sketch, or whose streets they are."""

from dataclasses import replace

from django.conf import settings as present
from django.template.loader import render_to_string
from pytest_django import Settings


def box(**given: str) -> str:
    return render_to_string("shell/_map.html", {"name": "m", **given})


def test_a_sketch_says_that_it_has_no_streets_unless_the_page_says_something_nearer() -> None:
    assert "Bản đồ phác" in box()
    assert "Bản đồ phác" not in box(note="Ranh giới gần đúng")
    assert "data-tiles" not in box()


def test_a_base_map_says_to_whom_it_is_owed_and_is_no_sketch(settings: Settings) -> None:
    address = "https://tiles.example.vn/{z}/{x}/{y}.png"
    settings.HUES = replace(present.HUES, tiles_url=address, tiles_credit="© OpenStreetMap")
    drawn = box()
    assert f'data-tiles="{address}"' in drawn
    assert 'data-credit="© OpenStreetMap"' in drawn
    assert "Bản đồ phác" not in drawn
