"""The names of a topic as suggestions look for them."""

from collections.abc import Iterable


class NameIndex:
    """Names by their first letter and by their first part, so that few are looked at."""

    def __init__(self, names: Iterable[str], keys: Iterable[str]) -> None:
        """Sort every name, and the parts of keys as well."""
        self.by_letter: dict[str, list[str]] = {}
        self.by_part: dict[str, list[str]] = {}
        for name in names:
            self.by_letter.setdefault(name[0], []).append(name)
            self.by_part.setdefault(name.partition(" ")[0], []).append(name)
        for name in keys:
            self.by_part.setdefault(name.partition(" ")[0], []).append(name)
