"""Engines that are older than what was tested are refused, since they may read a null as "no"."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from remedies import MissingExtraError, screen
from remedies.screening import versions

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Look at versions anew, before and after."""
    versions._fault.cache_clear()
    yield
    versions._fault.cache_clear()


def test_the_oldest_versions_are_the_lower_bounds_of_the_package() -> None:
    extras = [one for extra in PROJECT["optional-dependencies"].values() for one in extra]
    found = (re.fullmatch(r"([\w-]+)>=([\w.]+)", one) for one in extras)
    bounds = {one[1]: one[2] for one in found if one is not None}
    assert {name: bounds[name] for name in versions.OLDEST} == versions.OLDEST


@pytest.mark.parametrize("found", ["1.40.0", "1.9", "0.99.9"])
def test_an_older_engine_is_refused(found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "version", lambda package: {"polars": found}.get(package, "99"))
    with pytest.raises(MissingExtraError) as refused:
        screen(pl.DataFrame({"id": [1]}))
    assert str(refused.value) == (
        f"polars {found} is too old to keep what is unknown unknown; "
        "tables need polars 1.40.1 or newer: pip install 'polars>=1.40.1'"
    )


@pytest.mark.parametrize("found", ["1.40.1", "1.40.1rc1", "1.41", "2", "10.0.0"])
def test_the_oldest_version_and_newer_ones_are_taken(found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "version", lambda package: {"polars": found}.get(package, "99"))
    assert screen(pl.DataFrame({"id": [1]})).verdicts.height == 1


def test_what_is_missing_is_named() -> None:
    def missing(package: str) -> str:
        raise PackageNotFoundError(package)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "version", missing)
        with pytest.raises(MissingExtraError, match=r"^tables need pyarrow 25 or newer: pip install 'pyarrow>=25'$"):
            versions.new_enough("pyarrow")
