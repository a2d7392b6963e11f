"""The application on a port of this machine, and the browser that looks at it."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING

import pytest
import uvicorn
from playwright.sync_api import sync_playwright

from remedies.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class _Server(uvicorn.Server):
    """Tells when it listens, and where."""

    def __init__(self) -> None:
        super().__init__(uvicorn.Config(create_app(), host="127.0.0.1", port=0, log_level="warning"))
        self.listening = threading.Event()

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        self.listening.set()

    @property
    def address(self) -> str:
        """Return the address of the first page."""
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """Serve the application on a free port, and return its address."""
    server = _Server()
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert server.listening.wait(60)
    yield server.address
    server.should_exit = True
    thread.join(60)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; a test of a page cannot say anything without it."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("no Chromium on the PATH; install one, for example with: apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield started
        started.close()
