"""Takes the pictures of README and documentation: real pages over the invented examples, in a real browser."""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

import uvicorn
from playwright.sync_api import sync_playwright

from onrecord.keep.add import add
from onrecord.serve.web import application

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
MISQUOTED = "We do not rule out a review of the Tidewater Treaty, and we see reason for one today"
SHOTS = {
    "home": "/",
    "check": f"/check?q={quote(MISQUOTED)}&speaker=Honor%20Whitlow",
    "search": "/search?q=treaty",
    "person": "/person/edda-lindqvar",
    "history": "/post/varland_mfa/1030#history",
    "channels": "/channels",
    "timeline": "/timeline?phrase=treaty&phrase=ferry",
    "arabic": "/search?language=ar",
    "coverage": "/coverage",
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    """Builds an archive, serves it, and takes each picture, wide and narrow."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        add(archive, [ROOT / "examples" / "captures"])
        config = uvicorn.Config(application(archive), host="127.0.0.1", port=0, log_level="critical")
        server, listening = uvicorn.Server(config), config.bind_socket()
        threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
        while not server.started:
            time.sleep(0.05)
        shoot(chromium, f"http://127.0.0.1:{listening.getsockname()[1]}")
        server.should_exit = True


def shoot(chromium: str, site: str) -> None:
    """The pictures of one site, wide and narrow, and one in the dark."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, path in SHOTS.items():
            for width, end in ((1100, ""), (390, "-narrow")):
                page = browser.new_page(viewport={"width": width, "height": 760}, reduced_motion="reduce")
                page.goto(site + path)
                page.screenshot(path=PICTURES / f"{name}{end}.png")
                page.close()
        page = browser.new_page(viewport={"width": 1100, "height": 760}, color_scheme="dark")
        page.goto(site + SHOTS["check"])
        page.screenshot(path=PICTURES / "check-dark.png")
        browser.close()


if __name__ == "__main__":
    main()
