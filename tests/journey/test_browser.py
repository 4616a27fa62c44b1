"""Journeys in a real browser, with and without JavaScript; axe on each page, wide and narrow, light and dark."""

from __future__ import annotations

import csv
import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium, which is not installed"),
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISQUOTED = "We do not rule out a review of the Tidewater Treaty, and we see reason for one today"
PATHS = [
    "/", "/search?q=treaty", "/search?q=zzz", f"/check?q={MISQUOTED}", "/people", "/person/edda-lindqvar", "/changes",
    "/timeline?phrase=treaty&phrase=ferry", "/events", "/figures", "/coverage", "/post/varland_mfa/1030",
    "/post/quorra_in_sarn/41", "/copies", "/channels", "/add", "/nope",
]  # fmt: skip


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The pages on a free port of this machine."""
    import uvicorn

    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical")
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def site(world: Path) -> Iterator[str]:
    from onrecord.serve.web import application

    with served(application(world)) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(browser: Any, site: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    context = browser.new_context(base_url=site, java_script_enabled=request.param, accept_downloads=True)
    yield context.new_page()
    context.close()


def test_a_fact_checker_goes_from_paste_to_citation(page: Any) -> None:
    page.goto("/")
    page.get_by_label("Words, or a quotation").fill(MISQUOTED)
    page.get_by_role("button", name="Check as a quotation").click()
    assert page.locator("section.verdict h2").inner_text().startswith("Altered")
    page.get_by_role("link", name="Evidence and citation").first.click()
    assert "Honor Whitlow" in page.locator("dl.facts").inner_text()
    page.get_by_role("button", name="Verify now").click()
    assert "Verified" in page.get_by_role("status").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="BibTeX").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("@misc{")


def test_a_researcher_goes_from_search_to_the_same_numbers(page: Any, tmp_path: Path) -> None:
    page.goto("/search")
    page.get_by_label("Words").fill("treaty")
    page.get_by_role("button", name="Search").click()
    page.get_by_label("Narrow by").get_by_role("link", name="varland_mfa").click()
    found = int(page.locator("main p strong").first.inner_text())
    assert page.locator("ol.results > li").count() == min(found, 20)
    page.goto("/timeline?phrase=treaty&channel=varland_mfa")
    with page.expect_download() as download:
        page.get_by_role("link", name="Table as CSV").click()
    download.value.save_as(tmp_path / "timeline.csv")
    rows = list(csv.DictReader((tmp_path / "timeline.csv").read_text(encoding="utf-8").splitlines()))
    assert sum(int(row["treaty"]) for row in rows) == found


def test_an_archivist_sees_what_is_covered(page: Any) -> None:
    page.goto("/coverage")
    row = page.locator("tr", has_text="varland_mfa").first
    assert "1001–1060" in row.inner_text()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_archivist_drops_a_capture_and_sees_it_covered(
    browser: Any, tmp_path: Path, examples: Path, javascript: bool
) -> None:
    from onrecord.keep.add import add
    from onrecord.serve.web import application
    from onrecord.serve.web.uploads import uploads

    add(tmp_path / "archive", [examples / "captures/tme/halvern_fo-2031-04-01.html"], processes=1)
    with uploads() as staged, served(application(tmp_path / "archive", uploads=staged)) as place:
        context = browser.new_context(base_url=place, java_script_enabled=javascript, bypass_csp=True)
        page = context.new_page()
        page.goto("/")
        page.get_by_role("link", name="Add", exact=True).click()
        page.get_by_label("A file").set_input_files(examples / "captures/text/varland_mfa-page.txt")
        page.get_by_role("button", name="Look first").click()
        assert "Please open Telegram to view this post" in page.locator("main").inner_text()
        if javascript:
            found = axe.Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        page.get_by_label("Channel, where").fill("varland_mfa")
        page.get_by_role("button", name="Add it").click()
        assert "16 posts" in page.get_by_role("status").inner_text()
        page.get_by_role("link", name="See what the archive covers").click()
        assert page.locator("table").first.locator("tr", has_text="varland_mfa").count() == 1
        context.close()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_overflows(browser: Any, site: str, path: str, width: int) -> None:
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900}, bypass_csp=True)
    try:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda told: errors.append(told.text) if path != "/nope" else None)
        page.goto(path)
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert errors == []
    finally:
        context.close()


@pytest.mark.parametrize("path", ["/", f"/check?q={MISQUOTED}"])
def test_axe_finds_nothing_in_the_dark(browser: Any, site: str, path: str) -> None:
    context = browser.new_context(base_url=site, color_scheme="dark", bypass_csp=True)
    try:
        page = context.new_page()
        page.goto(path)
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    finally:
        context.close()


def test_a_statement_is_a_quotation_for_machines_and_breaks_no_policy(browser: Any, site: str) -> None:
    context = browser.new_context(base_url=site)
    try:
        page = context.new_page()
        told: list[str] = []
        page.on("console", lambda one: told.append(one.text))
        page.goto("/search?q=review&unit=statements")
        page.locator("ol.results a.quiet").first.click()
        data = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
        assert data["@type"] == "Quotation"
        assert data["text"] == page.locator("blockquote.words").inner_text()
        assert told == []
    finally:
        context.close()


def test_a_page_leads_to_the_next_without_skipping_or_repeating(page: Any) -> None:
    page.goto("/search?q=treaty&limit=10")
    seen = page.locator("ol.results > li").all_inner_texts()
    page.get_by_role("link", name="Next page").click()
    more = page.locator("ol.results > li").all_inner_texts()
    assert len(seen) == 10
    assert not set(seen) & set(more)
    assert len(seen) + len(more) == int(page.locator("main p strong").first.inner_text())
    assert page.locator("ol.results").get_attribute("start") == "11"
    page.get_by_role("link", name="First page").click()
    assert page.locator("ol.results > li").all_inner_texts() == seen


def test_the_keyboard_reaches_content_and_focus_shows(browser: Any, site: str) -> None:
    context = browser.new_context(base_url=site)
    try:
        page = context.new_page()
        page.goto("/search?q=treaty")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
    finally:
        context.close()


def test_arabic_stands_right_to_left_in_an_english_page(browser: Any, site: str) -> None:
    context = browser.new_context(base_url=site)
    try:
        page = context.new_page()
        page.goto("/post/quorra_in_sarn/41")
        assert page.evaluate("getComputedStyle(document.querySelector('.card .words')).direction") == "rtl"
    finally:
        context.close()
