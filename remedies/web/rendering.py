"""Pages from templates; whatever is filled in is escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from remedies.pages.layout import capital

if TYPE_CHECKING:
    from starlette.requests import Request


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("remedies.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["capital"] = capital
    return environment


def rendered(template: str, **context: object) -> str:
    """Fill a template of ``remedies/web/templates``."""
    text: str = _environment().get_template(template).render(context)
    return text


def page(request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """Answer with a page; ``root`` in a template is where this application is mounted."""
    root = request.scope.get("root_path", "")
    return HTMLResponse(rendered(template, root=root, **context), status_code=status)
