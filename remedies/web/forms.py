"""What a form sends: names and values, as often as they stand there."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import Request  # noqa: TC002 - FastAPI looks it up when it reads a dependency

from remedies.core.errors import Fault, InputError

MOST_FIELDS = 2_000
"""No form of ours has so many fields."""


class Form(NamedTuple):
    """The fields of a form, in the order of the page."""

    fields: tuple[tuple[str, str], ...]

    def one(self, name: str) -> str:
        """Return the last value of a field, without spaces around it; empty if there is none."""
        return next((value.strip() for other, value in reversed(self.fields) if other == name), "")

    def every(self, name: str) -> tuple[str, ...]:
        """Return all values of a field that say something."""
        return tuple(value.strip() for other, value in self.fields if other == name and value.strip())


async def form_of(request: Request) -> Form:
    """Read a form as browsers send it by POST.

    Raises:
        InputError: it is no such form, or has too many fields.
    """
    body = await request.body()
    try:
        fields = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise InputError(Fault((), "is no form that a page of ours sends", "text")) from None
    return Form(tuple(fields))
