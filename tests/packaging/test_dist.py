"""What is built: wheel and sdist hold what they must, and an installed wheel works alone."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from email import message_from_string
from pathlib import Path
from typing import NamedTuple

import pytest

import remedies

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FILES = ("remedies.json", "facts.json", "sources.json", "reviews.json")
ASTHMATIC = ("check", "--age", "34", "--sex", "male", "--has", "asthma", "--nothing-else", "--remedy", "dolobene")
DAY = "2031-05-04"
RULEBOOK_USED = """
import sys
from remedies import Catalogue, Patient, check
report = check(Patient.model_validate({"age": 34, "sex": "male", "conditions": ["asthma"]}))
version = Catalogue.shipped().version
read = [name for name in ("reading", "records", "lint") if f"remedies.knowledge.{name}" in sys.modules]
print(report["dolobene"].verdict, version, *read)
"""
"""A check, the version of the catalogue, and which modules that read records were loaded for it."""


class Built(NamedTuple):
    """What one build made."""

    wheel: Path
    sdist: Path


def run(command: list[str | Path], folder: Path, **env: str) -> str:
    """Run a command in a folder, in an environment without settings for Python or for the program."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "REMEDIES", "COV_"))}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**clean, "PYTHONUTF8": "1", "COLUMNS": "80", "PIP_NO_INPUT": "1", **env},
        stdin=subprocess.DEVNULL,
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the sdist, and the wheel from it, once."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT], folder)
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    return Built(wheel, sdist)


@pytest.fixture
def unpacked(built: Built, tmp_path: Path) -> Path:
    """Unpack the wheel into a folder that can be put on the path."""
    folder = tmp_path / "site"
    shutil.unpack_archive(built.wheel, folder, "zip")
    return folder


def stem() -> str:
    return f"remedies-{remedies.__version__}"


def names_in(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


# The wheel


def test_the_names_carry_the_version_and_the_wheel_is_for_every_platform(built: Built) -> None:
    assert built.wheel.name == f"{stem()}-py3-none-any.whl"
    assert built.sdist.name == f"{stem()}.tar.gz"


def test_the_top_level_of_the_wheel_is_the_package_and_its_metadata(built: Built) -> None:
    assert {name.partition("/")[0] for name in names_in(built.wheel)} == {"remedies", f"{stem()}.dist-info"}


def test_the_wheel_carries_the_data_byte_for_byte(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as archive:
        for name in FILES:
            assert archive.read(f"remedies/_data/{name}") == (ROOT / "data" / name).read_bytes()


def test_the_wheel_carries_its_rulebook_the_type_marker_the_templates_and_the_licence(built: Built) -> None:
    assert {
        "remedies/_data/rulebook.json",
        "remedies/py.typed",
        "remedies/pages/templates/plan.html",
        f"{stem()}.dist-info/licenses/LICENSE",
    } <= set(names_in(built.wheel))


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(built: Built) -> None:
    package = ROOT / "remedies"
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    data = {f"remedies/_data/{name}" for name in (*FILES, "rulebook.json")}
    assert {name for name in names_in(built.wheel) if name.startswith("remedies/")} == ours | data


def test_the_rulebook_in_the_wheel_is_the_one_of_this_checkout(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as archive:
        packed = archive.read("remedies/_data/rulebook.json").decode()
    assert packed == remedies.Catalogue.load(ROOT / "data" / "remedies.json").dump()


def test_the_metadata_name_four_dependencies_the_program_and_the_oldest_python(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as archive:
        metadata = message_from_string(archive.read(f"{stem()}.dist-info/METADATA").decode())
        programs = archive.read(f"{stem()}.dist-info/entry_points.txt").decode()
    needed = [entry for entry in metadata.get_all("Requires-Dist", []) if "extra ==" not in entry]
    assert sorted(entry.partition(">")[0] for entry in needed) == ["click", "pydantic", "tabulate", "typing-extensions"]
    assert (metadata["Name"], metadata["Version"]) == ("remedies", remedies.__version__)
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT"
    assert programs.split() == ["[console_scripts]", "remedies", "=", "remedies.cli:main"]


# The sdist


def test_the_sdist_carries_data_tests_and_everything_that_a_build_needs(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        packed = {name.removeprefix(f"{stem()}/") for name in archive.getnames()}
    tests = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    needed = {"pyproject.toml", "hatch_build.py", "README.md", "LICENSE", *(f"data/{name}" for name in FILES)}
    assert needed | tests <= packed


def test_the_sdist_carries_no_leftovers_of_work(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        parts = {part for name in archive.getnames() for part in name.split("/")}
    assert not parts & {"__pycache__", ".git", ".venv", ".venv-test", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
    assert "_data" not in parts


# An installed wheel, on the dependencies of this environment


def test_the_wheel_works_as_a_zip_on_the_path(built: Built, tmp_path: Path) -> None:
    script = "import remedies; print(remedies.__file__)" + RULEBOOK_USED
    where, told = run([sys.executable, "-c", script], tmp_path, PYTHONPATH=str(built.wheel)).splitlines()
    assert where.startswith(str(built.wheel))
    assert told == f"excluded {remedies.Catalogue.shipped().version}"


def test_a_check_of_an_installed_wheel_uses_the_rulebook_and_loads_no_records(unpacked: Path, tmp_path: Path) -> None:
    told = run([sys.executable, "-c", RULEBOOK_USED], tmp_path, PYTHONPATH=str(unpacked))
    assert told == f"excluded {remedies.Catalogue.shipped().version}\n"


def test_an_installed_wheel_says_what_the_checkout_says(unpacked: Path, tmp_path: Path) -> None:
    script = "from remedies.cli import main; main(prog_name='remedies')"
    commands = (
        [*ASTHMATIC, "--format", "json"],
        ["show", "fastum-gel"],
        ["terms", "аспирин"],
        ["plan", "dolobene", "--age", "34", "--sex", "male", "--nothing-else", "--start", DAY, "--as-of", DAY],
    )
    for words in commands:
        installed = run([sys.executable, "-c", script, *words], tmp_path, PYTHONPATH=str(unpacked))
        assert installed == run([sys.executable, "-c", script, *words], tmp_path, PYTHONPATH=str(ROOT))


ONE_FILE_AND_SLOWLY_THE_OTHERS = [FILES[0], *(pytest.param(name, marks=pytest.mark.slow) for name in FILES[1:])]
"""The files of a catalogue; with each of them a whole package is built or read anew."""


@pytest.mark.parametrize("name", ONE_FILE_AND_SLOWLY_THE_OTHERS)
def test_a_stale_rulebook_is_not_used(unpacked: Path, tmp_path: Path, name: str) -> None:
    file = unpacked / "remedies" / "_data" / name
    document = json.loads(file.read_text(encoding="utf-8"))
    if name == "remedies.json":
        document["version"] = "2031.5.4"
    file.write_text(json.dumps(document), encoding="utf-8")
    version = "2031.5.4" if name == "remedies.json" else remedies.Catalogue.shipped().version
    told = run([sys.executable, "-c", RULEBOOK_USED], tmp_path, PYTHONPATH=str(unpacked))
    assert told == f"excluded {version} reading records lint\n"


def test_without_a_rulebook_the_records_are_read(unpacked: Path, tmp_path: Path) -> None:
    (unpacked / "remedies" / "_data" / "rulebook.json").unlink()
    told = run([sys.executable, "-c", RULEBOOK_USED], tmp_path, PYTHONPATH=str(unpacked))
    assert told == f"excluded {remedies.Catalogue.shipped().version} reading records lint\n"


def test_a_wheel_without_data_says_so_and_takes_no_strangers_data(unpacked: Path, tmp_path: Path) -> None:
    shutil.move(unpacked / "remedies" / "_data", unpacked / "data")
    script = "from remedies.cli import main; main(prog_name='remedies')"
    done = subprocess.run(
        [sys.executable, "-c", script, "list"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked), "PYTHONUTF8": "1"},
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    message = "Error: remedies.json: is missing from this installation of remedies; install it again\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


@pytest.mark.parametrize("name", ONE_FILE_AND_SLOWLY_THE_OTHERS)
def test_a_build_of_a_broken_catalogue_fails(built: Built, tmp_path: Path, name: str) -> None:
    with tarfile.open(built.sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    source = tmp_path / stem()
    (source / "data" / name).write_text("{}", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path / "dist", source],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode != 0
    assert "is missing" in done.stdout + done.stderr
    assert not list(tmp_path.glob("dist/*.whl"))


# Environments of their own


def fresh(folder: Path) -> Path:
    """Make a virtual environment and return its folder of programs."""
    venv.create(folder, with_pip=True)
    return folder / "bin"


@pytest.mark.slow
def test_a_wheel_installed_in_a_fresh_environment_checks_without_any_development_package(
    built: Built, tmp_path: Path
) -> None:
    programs = fresh(tmp_path / "environment")
    run([programs / "pip", "install", "--quiet", "--disable-pip-version-check", built.wheel], tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    told = run([programs / "remedies", *ASTHMATIC], elsewhere)
    assert told.startswith("Understood: man, 34; asthma.\n")
    assert "Dolobene gel: must not be used. People with asthma must not use it.\n" in told
    assert run([programs / "python", "-c", RULEBOOK_USED], elsewhere).split() == [
        "excluded",
        remedies.Catalogue.shipped().version,
    ]
    installed = {line.partition("==")[0].casefold() for line in run([programs / "pip", "freeze"], elsewhere).split()}
    assert {"click", "pydantic", "tabulate"} <= installed
    assert not installed & {"jinja2", "icalendar", "pytest", "hypothesis", "mypy", "ruff", "build", "hatchling"}


@pytest.mark.slow
def test_an_editable_installation_sees_an_edit_of_the_data(built: Built, tmp_path: Path) -> None:
    with tarfile.open(built.sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    source = tmp_path / stem()
    programs = fresh(tmp_path / "environment")
    run([programs / "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", source], tmp_path)
    before = run([programs / "remedies", "--version"], tmp_path)
    assert before.startswith(f"remedies {remedies.__version__}, catalogue {remedies.Catalogue.shipped().version} (")
    file = source / "data" / "remedies.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["version"] = "2031.5.4"
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    after = run([programs / "remedies", "--version"], tmp_path)
    assert after.startswith(f"remedies {remedies.__version__}, catalogue 2031.5.4 (")
