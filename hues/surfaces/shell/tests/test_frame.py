"""The frame: headers, what makes the city an app, and that its pages are the same for everybody."""

import dataclasses
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from django.urls import get_resolver
from django.utils import translation
from pytest_django import Settings

from hues.kernel.city import city
from hues.surfaces.shell import addresses, frame

TEMPLATES = Path(__file__).parents[1] / "templates"


@pytest.mark.parametrize("path", ["/design/", "/offline/", "/none-such", "/robots.txt", "/sw.js"])
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/design/", "/design/desk/", "/offline/", "/en/offline/", "/errors/stale"])
def test_nothing_on_a_page_runs_or_looks_by_itself(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert not re.search(r"<[^>]+\s(style|on\w+|hx-on)=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert "<style" not in page


@pytest.mark.parametrize("path", ["/design/", "/offline/", "/en/offline/", "/errors/stale", "/none-such"])
def test_a_public_page_has_no_cookie_and_one_heading(client: Client, path: str) -> None:
    answer = client.get(path)
    page = answer.content.decode()
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in page
    assert page.count("<h1") == 1
    assert f'<html lang="{"en" if path.startswith("/en/") else "vi"}">' in page


def test_a_page_leads_to_itself_in_the_other_language(client: Client) -> None:
    assert 'href="/en/offline/" lang="en"' in client.get("/offline/").content.decode()
    assert 'href="/offline/" lang="vi"' in client.get("/en/offline/").content.decode()


@pytest.mark.parametrize(
    ("path", "vi", "en"),
    [
        ("/", "/", "/en/"),
        ("/en/", "/", "/en/"),
        ("/en/me/", "/me/", "/en/me/"),
        ("/energy/", "/energy/", "/en/energy/"),
    ],
)
def test_a_path_is_said_in_both_languages(path: str, vi: str, en: str) -> None:
    assert (addresses.to(path, "vi"), addresses.to(path, "en")) == (vi, en)


@pytest.mark.parametrize(("path", "place"), [("/", "home"), ("/map/", "map"), ("/me/", "me"), ("/me/inbox/", "inbox")])
def test_the_bar_marks_where_one_is(path: str, place: str) -> None:
    assert [one.key for one in frame.bar(path) if one.current] == [place]


def test_the_frame_needs_no_request() -> None:
    page = render_to_string("shell/offline.html", {"page_path": "/offline/"})
    assert 'hreflang="en" href="/en/offline/"' in page


def test_error_pages_stand_alone() -> None:
    for name in ("400.html", "500.html", "503.html"):
        source = (TEMPLATES / name).read_text()
        assert "extends" not in source
        assert "include" not in source
        assert render_to_string(name).count("<h1>") == 1


def test_the_manifest_makes_an_app(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    app = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (app["lang"], app["start_url"], app["display"], app["short_name"]) == ("vi", "/", "standalone", "Hue-S")
    assert {(icon["sizes"], icon["purpose"]) for icon in app["icons"]} >= {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in app["icons"]:
        name = re.sub(r"\.[0-9a-f]{12}\.", ".", icon["src"]).removeprefix("/static/")
        assert finders.find(name), name


def test_the_manifest_speaks_the_citys_language_to_everybody(client: Client) -> None:
    assert (
        "Báo cho thành phố" in client.get("/manifest.webmanifest", headers={"accept-language": "en"}).content.decode()
    )


def test_the_service_worker_rules_the_whole_site_and_is_never_old(client: Client) -> None:
    answer = client.get("/sw.js")
    script = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "{VERSION}" not in script
    assert "{{" not in script


def test_security_txt_says_whom_to_tell(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    assert re.search(r"^Contact: \w+:", text, re.M)
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", text, re.M)


def test_robots_keep_out_of_what_is_personal(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /me/", "Disallow: /en/me/", "Disallow: /ops/"} <= set(lines)


def test_metrics_are_for_who_holds_the_token(client: Client, settings: Settings) -> None:
    assert client.get("/metrics").status_code == 404
    settings.HUES = dataclasses.replace(settings.HUES, metrics_token="let-me-in")
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 403
    answer = client.get("/metrics", headers={"authorization": "Bearer let-me-in"})
    assert (answer.status_code, b"python_info" in answer.content) == (200, True)


def test_the_base_map_is_sent_once(client: Client) -> None:
    first = client.get("/map/base.json")
    assert json.loads(first.content)["type"] == "FeatureCollection"
    again = client.get("/map/base.json", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_page_of_the_frame_says_who_may_come_in() -> None:
    ours = [
        pattern.callback
        for module in ("hues.surfaces.shell.urls", "hues.surfaces.shell.machine_urls")
        for pattern in get_resolver(module).url_patterns
        if getattr(pattern, "callback", None) and pattern.callback.__module__.startswith("hues.")
    ]
    assert len(ours) > 8
    assert all(hasattr(view, "open_to") for view in ours)


def test_the_map_knows_the_bounds_of_its_city() -> None:
    south, west, north, east = city().bounds
    page = render_to_string("shell/_map.html", {"lat": 16.5, "lng": 107.6, "zoom": 12})
    assert f'data-bounds="{west:.4f},{south:.4f},{east:.4f},{north:.4f}"' in page
    assert 'data-lat="16.500000"' in page


def test_icons_come_from_the_sprite_that_has_them() -> None:
    drawn = Template('{% load shell %}{% icon "map-pin" "s" %}{% icon "not-of-the-frame" "" "A name" %}').render(
        Context()
    )
    assert re.search(r'class="icon icon-s" aria-hidden="true"><use href="/static/vendor/icons[^"]*#map-pin"', drawn)
    assert re.search(r'role="img" aria-label="A name"><use href="/static/vendor/subjects[^"]*#not-of', drawn)


def test_words_are_picked_in_the_readers_language() -> None:
    show = Template("{% load shell %}{{ name|words }}")
    with translation.override("en"):
        assert show.render(Context({"name": {"vi": "Huế", "en": "Hue"}})) == "Hue"
    with translation.override("vi"):
        assert show.render(Context({"name": {"vi": "Huế", "en": "Hue"}})) == "Huế"
