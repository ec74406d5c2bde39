"""What others read and show: the feeds, the signed message, the areas on their maps."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from lxml import etree
from shapely.geometry import Point, shape

from hues.engines.bulletins.queries import certificates
from hues.engines.bulletins.rules import signing
from hues.engines.bulletins.rules.shapes import Circle, Polygon
from hues.engines.bulletins.testing import KIM_LONG, PHU_XUAN, TEXTS, cancelled, issued, updated, words
from hues.functions.alerts.tests.desk import IDENTIFIER
from hues.kernel.journal.testing import drain
from hues.kit import clock

pytestmark = pytest.mark.django_db
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feeds_name_every_message_of_a_story() -> None:
    at = clock.now() - timedelta(hours=2)
    alert = issued(words(at=at, wards=(PHU_XUAN, KIM_LONG)), at=at)
    after = updated(alert, words(at=at, wards=(PHU_XUAN,)), at=at + timedelta(hours=1))
    drain()
    answer = Client().get("/cap/feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    entries = [
        link.get("href", "") for link in etree.fromstring(answer.content).iter(f"{ATOM}link") if link.get("type")
    ]
    assert [IDENTIFIER.search(entry)[0] for entry in entries] == [after.identifier, alert.identifier]  # type: ignore[index]
    assert Client().get("/cap/feed.rss").content.count(b"<item>") == 2


def test_the_message_is_signed_and_asked_for_again_by_its_tag() -> None:
    alert = issued(words(at=clock.now()), at=clock.now())
    path = f"/cap/alerts/{alert.identifier}.xml"
    answer = Client().get(path)
    assert answer["Content-Type"].startswith("application/cap+xml")
    (certificate,) = (key.certificate for key in certificates())
    assert signing.holds(answer.content, certificate=certificate)
    assert not signing.holds(answer.content.replace(b"Kim Long", b"Kim Lang"), certificate=certificate)
    assert certificate in Client().get("/cap/certificates.pem").content.decode()
    assert Client().get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_the_json_feed_holds_the_areas_that_were_drawn_as_the_signed_message_writes_them() -> None:
    ring = Polygon(((16.45, 107.58), (16.47, 107.58), (16.47, 107.6), (16.45, 107.58)))
    alert = issued(words(shapes=(ring, Circle(16.46, 107.59, 1.5)), at=clock.now()), at=clock.now())
    (item,) = Client().get("/cap/alerts.json").json()["items"]
    message = etree.fromstring(Client().get(f"/cap/alerts/{alert.identifier}.xml").content)
    for kind, tag in (("polygons", "polygon"), ("circles", "circle")):
        signed = {one.text for one in message.iter(f"{CAP}{tag}")}
        assert len(item["_cap"][kind]) == 1
        assert signed.issuperset(item["_cap"][kind])


def test_the_json_feed_holds_what_the_atom_feed_holds_with_the_facts_of_cap() -> None:
    alert = issued(at=clock.now())
    updated(alert, words(at=clock.now()), at=clock.now())
    answer = Client().get("/cap/alerts.json")
    feed = answer.json()
    assert (feed["version"], answer["Content-Type"]) == ("https://jsonfeed.org/version/1.1", "application/feed+json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    newest, first = feed["items"]
    atom = Client().get("/cap/feed.atom").content.decode()
    assert all(item["id"] in atom for item in feed["items"])
    assert (newest["_cap"]["state"], first["_cap"]["state"]) == ("issued", "updated")
    assert newest["_cap"]["replaces"] == first["_cap"]["identifier"]
    assert first["_cap"]["replaced_by"] == newest["_cap"]["identifier"]
    assert set(newest["_cap"]["texts"]) == {"vi-VN", "en-US"}
    assert newest["title"] == newest["_cap"]["texts"]["vi-VN"]["headline"]
    assert Client().get("/cap/alerts.json", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_json_feed_says_of_a_cancellation_what_its_signed_message_says() -> None:
    over = cancelled(issued(at=clock.now()), at=clock.now())
    newest, first = Client().get("/cap/alerts.json").json()["items"]
    for item in (newest, first):
        message = etree.fromstring(Client().get(urlsplit(item["id"]).path).content)
        for fact in ("sender", "msgType", "category", "responseType", "urgency", "severity", "certainty"):
            assert item["_cap"][fact] == message.findtext(f".//{CAP}{fact}"), fact
    assert (newest["_cap"]["identifier"], newest["_cap"]["urgency"]) == (over.identifier, "Past")


def test_others_draw_what_is_in_force_on_their_own_map() -> None:
    alert = issued(words(at=clock.now(), shapes=(Circle(16.47, 107.58, 1.0),)), at=clock.now())
    issued(words(at=clock.now(), training=True), at=clock.now())
    answer = Client().get("/cap/alerts.geojson")
    assert answer["Content-Type"] == "application/geo+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    (feature,) = answer.json()["features"]
    assert feature["id"] == alert.identifier
    outline = shape(feature["geometry"])
    assert outline.contains(Point(107.58, 16.47))
    assert feature["properties"]["severity"] == "Severe"
    assert feature["properties"]["texts"]["vi-VN"]["headline"] == TEXTS["vi-VN"].headline
    assert Client().get("/cap/alerts.geojson", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    cancelled(alert, at=clock.now())
    assert Client().get("/cap/alerts.geojson").json()["features"] == []
