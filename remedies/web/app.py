"""The application: pages for people, JSON for programs, and a guard before both."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from remedies.core.version import VERSION
from remedies.knowledge.catalogue import given
from remedies.web import api, asking, counter, hooks, problems
from remedies.web.guard import LOOPBACK, USUAL, Guard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from remedies.knowledge.catalogue import Catalogue
    from remedies.web.guard import Limits


def create_app(
    catalogue: Catalogue | None = None,
    *,
    hosts: Iterable[str] = LOOPBACK,
    limits: Limits = USUAL,
    origins: Iterable[str] = (),
) -> FastAPI:
    """Return an application that answers for a catalogue; it can be mounted in another one.

    Args:
        catalogue: the shipped one unless given.
        hosts: names that a request may call this host by, without a port; ``*`` is any.
        limits: how much a request may send and take, and how many there may be at once.
        origins: of other web pages that may ask for CDS Hooks cards from the browser, such as https://ehr.example.

    Raises:
        ArgumentError: the catalogue is none.
    """
    catalogue = given(catalogue)
    app = FastAPI(
        title="remedies",
        summary="Which gels and ointments may this person use on a sore back, and how?",
        version=VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    problems.handle(app)
    for room in (api, hooks, counter, asking):
        app.include_router(room.routes(catalogue))
    app.mount("/static", StaticFiles(directory=str(files("remedies.web") / "static")), name="static")
    if shared := tuple(origins):
        app.add_middleware(hooks.CrossOrigin, origins=shared)
    app.add_middleware(Guard, hosts=tuple(hosts), limits=limits)
    return app
