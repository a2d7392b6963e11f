"""A catalogue: loaded strictly, with all its faults at once, or not at all."""

from __future__ import annotations

import pkgutil
import zlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from remedies.core.documents import read_bytes
from remedies.core.errors import CatalogueError, Fault, InputError
from remedies.knowledge.rulebook import Index, loaded

if TYPE_CHECKING:
    from remedies.knowledge.derived import ActiveRule
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.knowledge.loading import Loaded
    from remedies.knowledge.records import Aftercare, CatalogueFile, Fact, Remedy
    from remedies.knowledge.clauses import Instruction, Source


@dataclass(frozen=True, slots=True)
class Guidance:
    """What to do and not to do with a remedy: from the article, its own labels and its substances."""

    how: tuple[Instruction, ...]
    avoid: tuple[Instruction, ...]
    aftercare: tuple[Aftercare, ...]
    stop: tuple[Instruction, ...]


class Catalogue:
    """Everything that is known of remedies; never changes once loaded.

    A check needs only ``index``. The records behind it (``file``, ``remedies``, ``rules``) are
    loaded, strictly, when something asks for them.

    >>> catalogue = Catalogue.shipped()
    >>> catalogue.find("Фастум гель").name
    'Fastum gel'
    """

    def __init__(
        self, contents: tuple[bytes, bytes, bytes], name: str = "remedies.json", index: Index | None = None
    ) -> None:
        """Take the contents of the three files; use ``shipped`` or ``load`` instead.

        Raises:
            CatalogueError: with every fault of every file, unless an index of these contents is given.
        """
        self._contents = contents
        self._name = name
        self._index = index
        if index is None:
            _ = self._loaded

    @staticmethod
    @lru_cache(maxsize=1)
    def shipped() -> Catalogue:
        """Load the catalogue that comes with this package, once per process."""
        contents = (_packaged("remedies.json"), _packaged("facts.json"), _packaged("sources.json"))
        compiled = _package_file("index.json")
        return Catalogue(contents, index=loaded(compiled, checksum(contents)) if compiled else None)

    @staticmethod
    def load(path: Path | str) -> Catalogue:
        """Load a user's own catalogue.

        Facts and sources are taken from ``facts.json`` and ``sources.json`` in the same folder
        where they exist, else from the shipped ones.

        Raises:
            CatalogueError: with every fault of every file.
        """
        path = Path(path)
        try:
            remedies = read_bytes(path, "catalogue")
            facts, sources = (
                read_bytes(beside, "catalogue") if (beside := path.with_name(name)).is_file() else _packaged(name)
                for name in ("facts.json", "sources.json")
            )
        except InputError as error:
            raise CatalogueError(error.faults) from None
        return Catalogue((remedies, facts, sources), str(path))

    @cached_property
    def _loaded(self) -> Loaded:
        from remedies.knowledge.loading import strictly  # noqa: PLC0415 - a check with a compiled index does not need it

        return strictly(*self._contents, self._name)

    @cached_property
    def index(self) -> Index:
        """The catalogue compiled for checking."""
        if self._index is not None:
            return self._index
        from remedies.knowledge.compiler import compiled  # noqa: PLC0415 - as above

        loaded = self._loaded
        return compiled(loaded.file, self.rules, loaded.vocabulary, loaded.sources, sha256_of(self._contents))

    def index_file(self) -> str:
        """Write the compiled index as a built package carries it."""
        return self.index.dump(checksum(self._contents))

    @property
    def sha256(self) -> str:
        """Hash of the bytes of the three files, in hexadecimal."""
        return self.index.sha256

    @property
    def version(self) -> str:
        """The catalogue's own version: the day of its last change, as year.month.day."""
        return self.index.version

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts, with what words and codes mean."""
        return self.index.vocabulary

    @property
    def file(self) -> CatalogueFile:
        """The content of ``remedies.json``."""
        return self._loaded.file

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The records of all facts."""
        return self._loaded.facts

    @property
    def sources(self) -> dict[str, Source]:
        """The bibliography."""
        return self._loaded.sources

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """All remedies, in catalogue order."""
        return self.file.remedies

    @cached_property
    def rules(self) -> dict[str, tuple[ActiveRule, ...]]:
        """Every rule that acts on each remedy, by remedy id."""
        return self._loaded.rules()

    def find(self, name: str) -> Remedy:
        """Find a remedy by its id, its name or an alias in either alphabet.

        Raises:
            UnknownRemedyError: no remedy has that name; the message says which come near.
        """
        found = self.index.find(name)
        return next(remedy for remedy in self.remedies if remedy.id == found)

    def substances(self, remedy: Remedy, *, active: bool = False) -> set[str]:
        """List the substances in a remedy and all their classes; with ``active``, without excipients."""
        own = (one.substance for one in remedy.ingredients) if active else remedy.substances
        mask = 0
        for substance in own:
            mask |= self.vocabulary.up[self.vocabulary.number[substance]]
        return set(self.vocabulary.ids(mask))

    def guidance(self, remedy: Remedy) -> Guidance:
        """Collect how a remedy is used; its substances and the article have a say as well."""
        contained = self.substances(remedy)
        shared = [one for one in self.file.substances if one.id in contained]
        usage, common = remedy.usage, self.file.common
        return Guidance(
            how=(*common.how, *(usage.how if usage else ())),
            avoid=(*(usage.avoid if usage else ()), *(entry for one in shared for entry in one.avoid)),
            aftercare=(*(usage.aftercare if usage else ()), *(entry for one in shared for entry in one.aftercare)),
            stop=(*(usage.stop if usage else ()), *(entry for one in shared for entry in one.stop), *common.stop),
        )


def checksum(contents: tuple[bytes, ...]) -> int:
    """Tell quickly whether an index was made from these contents."""
    total = 0
    for content in contents:
        total = zlib.crc32(content, total)
    return total


def sha256_of(contents: tuple[bytes, ...]) -> str:
    """Hash contents so that a report can name the catalogue that it rests on."""
    import hashlib  # noqa: PLC0415 - slow to import, and a compiled index knows its hash

    digest = hashlib.sha256()
    for content in contents:
        digest.update(len(content).to_bytes(8) + content)
    return digest.hexdigest()


def _package_file(name: str) -> bytes | None:
    """Read a data file of the installed package, if it is there."""
    try:
        return pkgutil.get_data("remedies", f"_data/{name}")
    except OSError:
        return None


def _packaged(name: str) -> bytes:
    """Read a data file from the installed package, or from the checkout when run from there.

    Raises:
        CatalogueError: neither is there, so this build is broken.
    """
    packaged = _package_file(name)
    checkout = Path(__file__).parents[2]
    if packaged is None and (checkout / "pyproject.toml").is_file() and (checkout / "data" / name).is_file():
        return (checkout / "data" / name).read_bytes()
    if packaged is None:
        raise CatalogueError(Fault(name, "is missing from this installation of remedies; install it again"))
    return packaged
