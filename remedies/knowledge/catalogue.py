"""A catalogue: loaded strictly, with all its faults at once, or not at all."""

from __future__ import annotations

import os
import threading
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from remedies.core.documents import read_bytes
from remedies.core.errors import CatalogueError, Fault, InputError, of_type
from remedies.knowledge.contents import NO_REVIEWS, Contents
from remedies.knowledge.rulebook import Rulebook, read_dump

if TYPE_CHECKING:
    from remedies.knowledge.facts import Fact, Naming
    from remedies.knowledge.records import ActiveRule, CatalogueFile, Common, Records, Remedy
    from remedies.knowledge.reviews import Review
    from remedies.knowledge.sources import Source
    from remedies.knowledge.trusted import TrustedRecords
    from remedies.knowledge.usage import Aftercare, Instruction
    from remedies.knowledge.vocabulary import Vocabulary

FILES = ("remedies.json", "facts.json", "sources.json", "reviews.json")
"""The files of a catalogue."""


class Guidance(NamedTuple):
    """What to do and not to do with a remedy: from the article, its own labels and its substances."""

    how: tuple[Instruction, ...]
    avoid: tuple[Instruction, ...]
    aftercare: tuple[Aftercare, ...]
    stop: tuple[Instruction, ...]


class Catalogue:
    """Everything that is known of remedies; never changes once loaded, and may be shared by threads.

    A check needs only ``rulebook``. The records behind it (``file``, ``remedies``, ``rules``) are
    read when something asks for them.

    >>> catalogue = Catalogue.shipped()
    >>> catalogue.find("Фастум гель").name
    'Fastum gel'
    """

    def __init__(
        self,
        contents: Contents | tuple[bytes, bytes, bytes],
        name: str = "remedies.json",
        rulebook: Rulebook | None = None,
    ) -> None:
        """Take the contents of the files; use ``shipped`` or ``load`` instead.

        Raises:
            CatalogueError: with every fault of every file, unless a rulebook of these contents is given.
        """
        self._contents = contents = Contents(*contents)
        self._records: Records | None = None
        self._trusted: TrustedRecords | None = None
        if rulebook is None:
            from remedies.knowledge.reading import read_strictly  # noqa: PLC0415 - a rulebook makes it needless

            self._records, rulebook = read_strictly(contents, name, sha256_of(contents))
        self.rulebook = rulebook
        """The catalogue compiled for checking."""

    @staticmethod
    def shipped() -> Catalogue:
        """Return the catalogue that comes with this package, loaded once per process."""
        with _Once.lock:
            if _Once.shipped is None:
                contents = Contents(*map(_packaged, FILES))
                dump = _package_file("rulebook.json")
                rulebook = read_dump(dump, checksum(contents)) if dump else None
                _Once.shipped = Catalogue(contents, rulebook=rulebook)
            return _Once.shipped

    @staticmethod
    def load(path: Path | str) -> Catalogue:
        """Load a user's own catalogue.

        Facts and sources are taken from ``facts.json`` and ``sources.json`` in the same folder
        where they exist, else from the shipped ones; signed reviews only from there.

        Raises:
            ArgumentError: this is no path.
            CatalogueError: with every fault of every file.
        """
        of_type(path, str | Path, "path", "the path of a catalogue file")
        path = Path(path)
        try:
            remedies = read_bytes(path, "catalogue")
            facts, sources = (_beside(path, name) for name in FILES[1:3])
            signed = path.with_name(FILES[3])
            reviews = read_bytes(signed, "catalogue") if signed.is_file() else NO_REVIEWS
        except InputError as error:
            raise CatalogueError(error.faults) from None
        return Catalogue(Contents(remedies, facts, sources, reviews), str(path))

    @property
    def trusted(self) -> TrustedRecords:
        """Single records, read without a second lint: whoever has a rulebook has read them strictly before."""
        with _Once.lock:
            if self._trusted is None:
                from remedies.knowledge.trusted import TrustedRecords  # noqa: PLC0415 - a check does not need it

                self._trusted = TrustedRecords(self._contents)
            return self._trusted

    @property
    def records(self) -> Records:
        """The records of the files."""
        with _Once.lock:
            if self._records is None:
                self._records = self.trusted.all()
            return self._records

    def dump(self) -> str:
        """Write the compiled rulebook as a built package carries it."""
        return self.rulebook.dump(checksum(self._contents))

    @property
    def sha256(self) -> str:
        """Hash of the bytes of remedies, facts and sources, in hexadecimal; a signature does not change it."""
        return self.rulebook.sha256

    @property
    def version(self) -> str:
        """The catalogue's own version: the day of its last change, as year.month.day."""
        return self.rulebook.version

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts, with what words and codes mean."""
        return self.rulebook.vocabulary

    @property
    def file(self) -> CatalogueFile:
        """The content of ``remedies.json``."""
        return self.records.file

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The records of all facts."""
        return self.records.facts

    @property
    def words(self) -> tuple[Naming, ...]:
        """The records of what people and records name beside the facts."""
        return self.records.words

    @property
    def sources(self) -> dict[str, Source]:
        """The bibliography."""
        return self.trusted.sources

    @property
    def reviews(self) -> tuple[Review, ...]:
        """Everything that pharmacists have signed, the reviews of older records among it."""
        from remedies.knowledge.reviews import ReviewsFile  # noqa: PLC0415 - a check does not need it

        return ReviewsFile.model_validate_json(self._contents.reviews).reviews

    @property
    def common(self) -> Common:
        """What the article says of the use of every remedy."""
        return self.trusted.common

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """The records of all remedies, in catalogue order."""
        return self.file.remedies

    @property
    def rules(self) -> dict[str, tuple[ActiveRule, ...]]:
        """Every rule that acts on each remedy, by remedy id."""
        return {remedy.id: self.rules_of(remedy.id) for remedy in self.rulebook.remedies}

    def rules_of(self, remedy: str) -> tuple[ActiveRule, ...]:
        """Return every rule that acts on a remedy, by any of its names: own, inherited, derived, catalogue-wide.

        Raises:
            UnknownRemedyError: no remedy has that name; the message says which come near.
        """
        from remedies.knowledge.trusted import active_rule  # noqa: PLC0415 - a check does not need it

        numbers = self.rulebook.remedy(remedy).rules
        return tuple(active_rule(number, self.rulebook) for number in numbers)

    def find(self, name: str) -> Remedy:
        """Find the record of a remedy by its id, its name or an alias in either alphabet.

        Raises:
            UnknownRemedyError: no remedy has that name; the message says which come near.
        """
        return self.trusted.remedy(self.rulebook.find(name))

    def substances(self, remedy: Remedy, *, active: bool = False) -> set[str]:
        """List the substances in a remedy and all their classes; with ``active``, without excipients."""
        own = [one.substance for one in remedy.ingredients] if active else list(remedy.substances)
        return set(self.vocabulary.ids(self.vocabulary.spread_up(own)))

    def record_hash(self, remedy: Remedy) -> str:
        """Hash all that the review sheet of a remedy shows, in hexadecimal; a review is signed for that."""
        from remedies.knowledge.reviews import record_hash  # noqa: PLC0415 - a check does not need it

        return record_hash(remedy, self.rules_of(remedy.id), self.records, self.vocabulary)

    def guidance(self, remedy: Remedy) -> Guidance:
        """Collect how a remedy is used; its substances and the article have a say as well."""
        contained = self.substances(remedy)
        shared = list(self.trusted.substances(contained))
        usage, common = remedy.directions, self.common
        how = (*common.how, *usage.how)
        avoid = (*usage.avoid, *(entry for one in shared for entry in one.avoid))
        stop = (*usage.stop, *(entry for one in shared for entry in one.stop), *common.stop)
        # What one line says as well as another is told once.
        told = {text for entry in (*how, *avoid, *stop) for text in entry.replaces}
        return Guidance(
            how=tuple(entry for entry in how if entry.text not in told),
            avoid=tuple(entry for entry in avoid if entry.text not in told),
            aftercare=(*usage.aftercare, *(entry for one in shared for entry in one.aftercare)),
            stop=tuple(entry for entry in stop if entry.text not in told),
        )


def given(catalogue: Catalogue | None) -> Catalogue:
    """Return the catalogue that was given to a function, or the shipped one.

    Raises:
        ArgumentError: something else was given.
    """
    if catalogue is None:
        return Catalogue.shipped()
    of_type(catalogue, Catalogue, "catalogue", "a Catalogue; Catalogue.load reads one from a file")
    return catalogue


class _Once:
    """What a process has once; a child of a fork gets a lock of its own, since nobody there would open the old one."""

    lock = threading.RLock()
    shipped: Catalogue | None = None

    @classmethod
    def renew(cls) -> None:
        """Take a new lock."""
        cls.lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_Once.renew)


def checksum(contents: Contents) -> int:
    """Tell quickly whether a rulebook was made from these contents."""
    total = 0
    for content in contents:
        total = zlib.crc32(content, total)
    return total


def sha256_of(contents: Contents) -> str:
    """Hash contents so that a report can name the catalogue that it rests on."""
    import hashlib  # noqa: PLC0415 - slow to import, and a compiled rulebook knows its hash

    digest = hashlib.sha256()
    for content in contents[:3]:
        digest.update(len(content).to_bytes(8) + content)
    return digest.hexdigest()


def _beside(path: Path, name: str) -> bytes:
    """Read a data file from the folder of a catalogue, or the shipped one where there is none."""
    beside = path.with_name(name)
    if beside.is_file():
        return read_bytes(beside, "catalogue")
    return _packaged(name)


def _package_file(name: str) -> bytes | None:
    """Read a data file of the installed package, if it is there."""
    path = Path(__file__).parents[1] / "_data" / name
    if path.is_file():
        return path.read_bytes()
    if Path(__file__).is_file():
        return None
    # The package lies in a zip on the path.
    import pkgutil  # noqa: PLC0415 - slow to import, and hardly ever needed

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
        raise CatalogueError(Fault((name,), "is missing from this installation of remedies; install it again"))
    return packaged
