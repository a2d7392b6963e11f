"""How many examples a law is tried with, and what there is once: the shipped catalogue, a fixed day.

Laws are tried with 25 examples, the same in every run. A thorough run tries 300 new ones of each:

    REMEDIES_EXAMPLES=300 python -m pytest tests/property
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import support
from hypothesis import settings

import remedies
from remedies import Catalogue
from remedies.knowledge.vocabulary import Vocabulary

settings.register_profile("remedies", derandomize=True, max_examples=25, deadline=None, print_blob=False)
settings.register_profile(
    "thorough", max_examples=int(os.environ.get("REMEDIES_EXAMPLES", "300")), deadline=None, print_blob=True
)
settings.load_profile("thorough" if "REMEDIES_EXAMPLES" in os.environ else "remedies")


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    """Return the catalogue that comes with the package."""
    return Catalogue.shipped()


@pytest.fixture(scope="session", autouse=True)
def _compiled(shipped: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let every program that a test starts read a compiled rulebook, as an installed package does.

    A checkout loads its records strictly at each start, which takes most of a second.
    """
    folder = tmp_path_factory.mktemp("compiled")
    package = Path(remedies.__file__).parent
    shutil.copytree(package, folder / "remedies", ignore=shutil.ignore_patterns("_data"))
    data = folder / "remedies" / "_data"
    shutil.copytree(package.parent / "data", data)
    (data / "rulebook.json").write_text(shipped.dump(), encoding="utf-8")
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(folder) if before is None else f"{folder}{os.pathsep}{before}"
    yield
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


@pytest.fixture(scope="session")
def vocabulary(shipped: Catalogue) -> Vocabulary:
    """Return the facts of the shipped catalogue."""
    return shipped.vocabulary


@pytest.fixture(scope="session")
def today() -> date:
    """Return the day on which the tests take place."""
    return support.TODAY


@pytest.fixture(scope="session")
def one_remedy() -> Callable[..., Catalogue]:
    """Return ``support.one_remedy``."""
    return support.one_remedy


@pytest.fixture(scope="session")
def small_catalogue() -> Callable[..., Catalogue]:
    """Return ``support.small_catalogue``."""
    return support.small_catalogue


@pytest.fixture(scope="session")
def a_fact() -> Callable[..., support.Json]:
    """Return ``support.a_fact``."""
    return support.a_fact


@pytest.fixture(scope="session")
def a_rule() -> Callable[..., support.Json]:
    """Return ``support.a_rule``."""
    return support.a_rule


@pytest.fixture(scope="session")
def a_remedy() -> Callable[..., support.Json]:
    """Return ``support.a_remedy``."""
    return support.a_remedy
