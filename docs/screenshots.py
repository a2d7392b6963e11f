"""Take the pictures of the pages: run ``python docs/screenshots.py``. It needs Chromium, and changes nothing else."""

from __future__ import annotations

import shutil
import socket
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from playwright.sync_api import expect, sync_playwright

from remedies.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

IMAGES = Path(__file__).parent / "images"
COUNTER = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@contextmanager
def serving() -> Iterator[str]:
    """Serve the pages on a free port for a while."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def take(page: Page, name: str, folder: Path) -> None:
    """Take a picture of what is seen without scrolling."""
    page.screenshot(path=folder / f"{name}.png")


def type_word(page: Page, word: str, chips: int) -> None:
    """Type a word at the counter, and wait for what it was taken for."""
    page.locator("#text").fill(word)
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(chips)


def at_the_counter(page: Page, address: str, folder: Path) -> None:
    """Show a woman of 62 who takes a blood thinner."""
    page.goto(f"{address}/")
    expect(page.locator("#counter[data-ready]")).to_be_attached()
    for chips, word in enumerate(("woman 62", "high blood pressure", "Eliquis", "takes ibuprofen"), start=1):
        type_word(page, word, chips + 1)
    expect(page.locator(".group.excluded")).to_be_visible()
    take(page, "counter", folder)


def asked(page: Page, address: str, folder: Path) -> None:
    """Show a question, the outcome for a healthy man, and a plan."""
    page.goto(f"{address}/ask")
    ways = (
        {"rest": "no"},
        {"is-age": "34", "is-sex": "male"},
        {"is-skin": "no"},
        {"is-illness": "no"},
        {"is-reactions": "no"},
        {"is-medicines": "no"},
        {"rest": "no"},
    )
    for way in ways:
        if "is-illness" in way:
            take(page, "question", folder)
        for name, value in way.items():
            field = page.locator(f'input[name="{name}"]')
            if field.first.get_attribute("type") == "text":
                field.fill(value)
            else:
                page.locator(f'input[name="{name}"][value="{value}"]').check()
        press(page, "answer")
    press(page, "outcome")
    take(page, "outcome", folder)
    press(page, "fastum-gel")
    page.set_viewport_size(COUNTER)
    take(page, "plan", folder)


def press(page: Page, value: str) -> None:
    """Press a button and wait for the next page."""
    with page.expect_navigation():
        page.locator(f'button[value="{value}"]').first.click()


def main(folder: Path = IMAGES) -> None:
    """Take every picture."""
    folder.mkdir(exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        at_the_counter(browser.new_page(viewport=COUNTER), address, folder)
        asked(browser.new_page(viewport=PHONE), address, folder)
        browser.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
