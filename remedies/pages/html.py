"""HTML pages from templates; jinja2 is an extra package."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from remedies.core.errors import Fault, MissingExtraError

if TYPE_CHECKING:
    from types import ModuleType


def extra(module: str, name: str, what: str) -> ModuleType:
    """Import an optional package.

    Raises:
        MissingExtraError: it is not installed; the message says which command adds it.
    """
    try:
        return import_module(module)
    except ImportError:
        message = f"{what} needs an extra package; add it with: pip install 'remedies[{name}]'"
        raise MissingExtraError(Fault((), message)) from None


def rendered_page(template: str, **context: object) -> str:
    """Fill a template of this package; whatever is filled in is escaped.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    jinja2 = extra("jinja2", "html", "HTML")
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("remedies.pages", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page: str = environment.get_template(template).render(context)
    return page
