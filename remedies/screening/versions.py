"""The oldest versions of engines that keep what is unknown unknown, as far as it was tested."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from remedies.core.errors import Fault, MissingExtraError

OLDEST = {"narwhals": "2.29", "polars": "1.40.1", "pyarrow": "25", "duckdb": "2.0", "pyspark": "4.3"}
"""Before these, some engines took a null for a "no" where texts are looked up, or could not join what is asked."""


def new_enough(*packages: str) -> None:
    """Refuse an engine that is older than what was tested: its verdicts might be other ones.

    Raises:
        MissingExtraError: a package is missing, or too old.
    """
    faults = [fault for package in packages if (fault := _fault(package)) is not None]
    if faults:
        raise MissingExtraError(faults)


@lru_cache
def _fault(package: str) -> Fault | None:
    oldest = OLDEST[package]
    wanted = f"tables need {package} {oldest} or newer: pip install '{package}>={oldest}'"
    try:
        found = version(package)
    except PackageNotFoundError:
        return Fault((), wanted)
    if _numbers(found) < _numbers(oldest):
        return Fault((), f"{package} {found} is too old to keep what is unknown unknown; {wanted}")
    return None


def _numbers(text: str) -> tuple[int, ...]:
    """Read the leading numbers of a version, so that 2.29.1rc1 is no older than 2.29.

    >>> _numbers("2.29.1rc1") >= _numbers("2.29") > _numbers("2.3")
    True
    """
    return tuple(map(int, re.findall(r"[0-9]+", text)[:3]))
