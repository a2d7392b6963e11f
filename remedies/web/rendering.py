"""Pages from templates; whatever is filled in is escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
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


def styled(html: str) -> HTMLResponse:
    """Answer with a page that carries its own styles, such as a printed plan: it may have exactly these, and ours."""
    return HTMLResponse(html, headers={"content-security-policy": policy_of(html)})


def policy_of(html: str) -> str:
    """Return a Content-Security-Policy that allows the styles that stand in a page.

    >>> policy_of("<style>p{}</style>").split("; ")[1]
    "style-src 'self' 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='"
    """
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    hashes = "".join(f" 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" for style in styles)
    return (
        f"default-src 'none'; style-src 'self'{hashes}; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
