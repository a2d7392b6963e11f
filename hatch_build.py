"""Build hook: put the compiled rulebook of the catalogue into the wheel."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogue(BuildHookInterface):
    """Load the catalogue strictly, so that a broken one fails the build, and ship its rulebook."""

    PLUGIN_NAME = "custom"
    _folder: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogue; an editable installation reads the records themselves."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from remedies.knowledge.catalogue import Catalogue
        finally:
            sys.path.remove(self.root)
        self._folder = tempfile.TemporaryDirectory()
        compiled = Path(self._folder.name) / "rulebook.json"
        catalogue = Catalogue.load(Path(self.root) / "data" / "remedies.json")
        compiled.write_text(catalogue.dump(), encoding="utf-8")
        build_data["force_include"][str(compiled)] = "remedies/_data/rulebook.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the compiled catalogue once it is in the wheel."""
        del version, build_data, artifact_path
        if self._folder is not None:
            self._folder.cleanup()
