"""Build hook: put the compiled index of the catalogue into the wheel."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogue(BuildHookInterface):
    """Load the catalogue strictly, so that a broken one fails the build, and ship its index."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogue; an editable installation reads the records themselves."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from remedies.catalogue import Catalogue
        finally:
            sys.path.remove(self.root)
        compiled = Path(tempfile.mkdtemp()) / "index.json"
        catalogue = Catalogue.load(Path(self.root) / "data" / "remedies.json")
        compiled.write_text(catalogue.index_file(), encoding="utf-8")
        build_data["force_include"][str(compiled)] = "remedies/_data/index.json"
