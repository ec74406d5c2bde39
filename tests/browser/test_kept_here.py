"""What is written without a network is kept while it is being written, and read by nobody but its writer."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_offline import WAITING, until_kept
from tests.browser.watching import CITADEL, LAN, WORDS, Seat, a_photo, a_seat
from tests.browser.working import ready
from tests.running import RunningCity

pytestmark = pytest.mark.browser
MINE, HERS = "+84901000002", WORDS[:40]
JOTTED = """async wanted => {
  const door = document.querySelector("[data-compose]").getAttribute("action");
  for (let tries = 0; tries < 600; tries++) {
    if (JSON.stringify(await outbox.jotted(door, "fields") ?? "").includes(wanted)) return;
    await new Promise(later => setTimeout(later, 50));
  }
  throw new Error("nothing was kept");
}"""
GONE = """async () => {
  const door = document.querySelector("[data-compose]").getAttribute("action");
  for (let tries = 0; tries < 600; tries++) {
    if (!await outbox.jotted(door, "fields") && !await outbox.jotted(door, "files")) return;
    await new Promise(later => setTimeout(later, 50));
  }
  throw new Error("it is there still");
}"""

# Whoever is in a hurry keeps the report as soon as the photos are chosen.
HASTY = """() => document.getElementById("photos").addEventListener("change",
  () => setTimeout(() => document.querySelector("[data-compose]").requestSubmit(), 50))"""


def written(page: Page, words: str = WORDS) -> None:
    page.set_input_files("#photos", [a_photo(seed=3, place=CITADEL), a_photo(seed=4)])
    expect(page.locator("[data-shots] img")).to_have_count(2)
    page.locator("#id_address").fill("12 Lê Lợi")
    page.locator("#id_ward").select_option("19753")
    page.locator("#id_category").select_option("lights-out")
    page.locator("#id_text").fill(words)
    page.evaluate(JOTTED, words)


def offline(seat: Seat) -> Page:
    ready(seat.go("/"))
    for path in (WAITING, f"/en{WAITING}"):
        until_kept(seat.page, path)
    seat.context.set_offline(True)
    return seat.go(WAITING)


def signed_out(seat: Seat) -> None:
    seat.go("/me/").locator('form[action$="/logout/"] button').click()
    seat.page.wait_for_url(f"{seat.city.url.rstrip('/')}/")


def test_what_is_written_is_there_after_a_reload_until_it_is_kept_or_thrown_away(
    city: RunningCity, chromium: Browser
) -> None:
    seat = a_seat(chromium, city)
    page = offline(seat)
    written(page)
    page.reload()
    expect(page.locator("#id_text")).to_have_value(WORDS)
    expect(page.locator("#id_address")).to_have_value("12 Lê Lợi")
    expect(page.locator("#id_category")).to_have_value("lights-out")
    expect(page.locator("[data-shots] img")).to_have_count(2)
    expect(page.locator("[data-said]")).to_have_text("Phần bạn đang viết dở vẫn còn đây.")
    page.locator("[data-shots] button").first.click()
    page.locator("[data-compose] [type=submit]").click()
    expect(page.locator("[data-state]")).to_have_text("Chờ gửi")
    page.reload()
    expect(page.locator("[data-rows] li")).to_have_count(1)
    expect(page.locator("[data-more]")).to_have_text(re.compile(r"^\d\d:\d\d, \d\d/\d\d/\d{4} · 1 ảnh$"))
    seat.go(f"/en{WAITING}")
    expect(page.locator("a.banner.wait")).to_have_count(0)
    expect(page.locator("[data-more]")).to_have_text(re.compile(r"^\d\d:\d\d on \d\d/\d\d/\d{4} · 1 photo$"))
    seat.go(WAITING)
    expect(page.locator("#id_text")).to_have_value("")

    page.locator("[data-edit]").click()
    page.locator("#id_text").fill("Đã sửa: cả ba bóng đèn đều tắt.")
    page.evaluate(JOTTED, "Đã sửa")
    page.reload()
    expect(page.locator("#id_text")).to_have_value("Đã sửa: cả ba bóng đèn đều tắt.")
    expect(page.locator("[data-editing]")).to_be_visible()
    page.locator("[data-compose] [data-discard]").click()
    expect(page.locator("#id_text")).not_to_have_value("")
    page.locator("[data-compose] [data-discard]").click()
    expect(page.locator("#id_text")).to_have_value("")
    page.evaluate(GONE)
    page.reload()
    expect(page.locator("[data-title]")).to_have_text(WORDS)
    expect(page.locator("#id_text")).to_have_value("")
    expect(page.locator("[data-shots] img")).to_have_count(0)
    seat.context.close()


def test_photos_that_are_still_being_made_small_go_with_the_report(city: RunningCity, chromium: Browser) -> None:
    seat = a_seat(chromium, city)
    page = offline(seat)
    page.locator("#id_address").fill("12 Lê Lợi")
    page.locator("#id_ward").select_option("19753")
    page.locator("#id_category").select_option("lights-out")
    page.locator("#id_text").fill(WORDS)
    page.evaluate(HASTY)
    page.set_input_files("#photos", [a_photo(seed=n) for n in range(5, 9)])
    expect(page.locator("[data-rows] li")).to_contain_text("4 ảnh")
    expect(page.locator("[data-shots] img")).to_have_count(0)
    assert page.evaluate("() => outbox.all().then(all => all[0].files.length)") == 4
    seat.context.close()


def test_answers_are_ticked_after_a_reload_where_two_categories_ask_alike_and_where_several_may_be_given(
    city: RunningCity, chromium: Browser
) -> None:
    seat = a_seat(chromium, city)
    page = offline(seat)
    for category, answers in (("noise-business", ["late"]), ("traffic-signal", ["red", "count"])):
        page.locator("#id_category").select_option(category)
        asked = page.locator(f'[data-asked="{category}"]')
        for answer in answers:
            asked.locator(f'input[value="{answer}"]').check()
        page.locator("#id_text").fill(said := f"{WORDS} ({category})")
        page.evaluate(JOTTED, said)
        page.reload()
        expect(page.locator("#id_text")).to_have_value(said)
        for answer in answers:
            expect(asked.locator(f'input[value="{answer}"]')).to_be_checked()
        expect(asked.locator("input:checked")).to_have_count(len(answers))
    seat.context.close()


def test_whoever_signs_out_leaves_no_words_on_the_phone_and_what_waits_goes_out_as_theirs(
    city: RunningCity, chromium: Browser
) -> None:
    seat = a_seat(chromium, city, LAN)
    page = offline(seat)
    written(page)
    page.locator("[data-compose] [type=submit]").click()
    expect(page.locator("[data-state]")).to_have_text("Chờ gửi")
    seat.context.set_offline(False)
    seat.go(WAITING)
    expect(page.locator("[data-state]")).to_contain_text("Đã gửi")

    waits = "Nắp cống trước cổng chợ bị vỡ, rất nguy hiểm."
    page = offline(seat)
    written(page, waits)
    page.locator("[data-compose] [type=submit]").click()
    expect(page.locator("[data-rows] li")).to_have_count(2)
    written(page, "Viết dở: cây đổ chắn ngang đường.")
    # The city can't take it yet, from the page or from its service worker: it waits while she signs out.
    seat.context.route("**/offline/send/", lambda route: route.abort())
    seat.context.set_offline(False)
    signed_out(seat)
    for who, state in (("", "Chờ bạn đăng nhập"), (MINE, "Đang đăng nhập tài khoản khác")):
        if who:
            seat.sign_in(who)
        seat.go(WAITING)
        expect(page.locator("[data-rows] li")).to_have_count(1)
        expect(page.locator("[data-title]")).to_have_text("Phản ánh đang chờ người viết")
        expect(page.locator("[data-state]")).to_have_text(state)
        for hidden in ("[data-edit]", "[data-now]"):
            expect(page.locator(hidden)).to_be_hidden()
        expect(page.locator("#id_text")).to_have_value("")
        expect(page.locator("[data-shots] img")).to_have_count(0)
        for words in (HERS, waits[:30], "Viết dở", "PA-"):
            assert words not in page.content()
    signed_out(seat)
    seat.context.unroute("**/offline/send/")
    seat.sign_in(LAN)
    seat.go(WAITING)
    expect(page.locator("[data-title]")).to_have_text(waits)
    expect(page.locator("[data-state]")).to_contain_text("Đã gửi")
    page.locator("[data-open]").click()
    expect(page.locator("#main")).to_contain_text(waits)
    seat.context.close()
