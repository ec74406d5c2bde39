"""B16: what a cheap phone on slow 4G sees: first paint, weight, requests, and the second visit."""

import os
import statistics
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.server import running_city
from bench.table import Row

# Lighthouse's "slow 4G": 150 ms round trip, 1.6 Mbit/s down, 750 kbit/s up, processor four times slower.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
PAGES = (
    ("home", "/", 1.5, 60, 12),
    ("alert", "/f/alerts/*", 1.5, 60, 12),
    ("report form", "/f/field_reports/new/", 1.5, 60, 12),
    ("public list", "/f/field_reports/", 1.5, 60, 12),
    ("map", "/map/", 2.0, 200, 30),
)
WATCH = """
new PerformanceObserver(l => { for (const e of l.getEntries()) window.lcp = e.startTime })
  .observe({type: 'largest-contentful-paint', buffered: true});
window.cls = 0;
new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.cls += e.value })
  .observe({type: 'layout-shift', buffered: true});
window.tbt = 0;
new PerformanceObserver(l => { for (const e of l.getEntries()) window.tbt += Math.max(0, e.duration - 50) })
  .observe({type: 'longtask', buffered: true});
"""


def run() -> list[Row]:
    """Measure each page three times in a fresh profile, and once more for the second visit."""
    rows: list[Row] = []
    with running_city() as url, sync_playwright() as play:
        executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = play.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for name, path, lcp, weight, requests in PAGES:
            address = url + (path if "*" not in path else _first(browser, url, path))
            visits = [_visit(browser, address) for _ in range(3)]
            first = {key: statistics.median(v[key] for v in visits) for key in visits[0]}
            rows += [
                Row(name=f"B16 {name} LCP", figure=first["lcp"], unit="s", goal=f"≤ {lcp}", ok=first["lcp"] <= lcp),
                Row(
                    name=f"B16 {name} weight",
                    figure=first["kib"],
                    unit="KiB",
                    goal=f"≤ {weight}",
                    ok=first["kib"] <= weight,
                ),
                Row(
                    name=f"B16 {name} requests",
                    figure=first["n"],
                    unit="",
                    goal=f"≤ {requests}",
                    ok=first["n"] <= requests,
                ),
                Row(name=f"B16 {name} CLS", figure=first["cls"], unit="", goal="≤ 0.05", ok=first["cls"] <= 0.05),
                Row(
                    name=f"B16 {name} long tasks", figure=first["tbt"], unit="ms", goal="≤ 150", ok=first["tbt"] <= 150
                ),
                Row(name=f"B16 {name} again", figure=first["again"], unit="KiB", goal="≤ 5", ok=first["again"] <= 5),
            ]
        browser.close()
    return rows


def _first(browser: Any, url: str, path: str) -> str:
    """Return the first address of this shape on the page above it."""
    above, page = path.removesuffix("*"), browser.new_page()
    page.goto(url + above)
    found = str(page.locator(f'main a[href^="{above}"]').first.get_attribute("href"))
    page.close()
    return found


def _visit(browser: Any, url: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN", service_workers="block")
    page = context.new_page()
    page.add_init_script(WATCH)
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", NETWORK)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    first = _load(page, wire, url)
    again = _load(page, wire, url)
    context.close()
    return {**first, "again": again["kib"]}


def _load(page: Page, wire: Any, url: str) -> dict[str, float]:
    weights: list[float] = []

    def weigh(event: dict[str, float]) -> None:
        weights.append(event["encodedDataLength"])

    wire.on("Network.loadingFinished", weigh)
    page.goto(url, wait_until="networkidle")
    seen: dict[str, float] = page.evaluate("() => ({lcp: (window.lcp || 0) / 1000, cls: window.cls, tbt: window.tbt})")
    wire.remove_listener("Network.loadingFinished", weigh)
    return {**seen, "kib": sum(weights) / 1024, "n": float(len(weights))}
