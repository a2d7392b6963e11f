"""Print the lowest version of every dependency that pyproject.toml allows, as pip constraints."""

import re
import tomllib
from pathlib import Path


def main() -> None:
    """Read the lower bounds of the package and of its extras."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    bounds = (re.fullmatch(r"([\w-]+)>=([\w.]+)", one) for one in wanted)
    for name, version in sorted({found.groups() for found in bounds if found}):
        print(f"{name}=={version}")


if __name__ == "__main__":
    main()
