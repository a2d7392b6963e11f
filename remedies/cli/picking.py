"""Picking from a list that is longer than the window: each page is answered for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remedies.advice.choosing import chosen_in
from remedies.checking.marks import says_unknown
from remedies.cli.listing import numbered, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from remedies.advice.state import Screen

_SHORTEST = 2
"""Fewer letters than this narrow no list."""


def foot(seen: str, width: int) -> list[str]:
    """Say below a page which part of the list it is, and what can be typed."""
    text = (
        f"{seen}. Numbers, 0 none of these, ? don't know, or type a word to find it. "
        "What you do not pick counts as no. b back, q leave, h help."
    )
    return wrapped(text, width)


class Picking:
    """What was picked so far, and which page is shown."""

    def __init__(self, screen: Screen, blocks: Sequence[Sequence[str]], pages: Sequence[range]) -> None:
        """Begin with the first page."""
        self.screen = screen
        self.page = 0
        self._blocks, self._pages = blocks, pages
        self._said: dict[str, Any] = {}
        self._typed: list[str] = []
        self._open = 0
        """The first item of which nothing was said."""

    def lines(self) -> list[str]:
        """Return the lines of the page."""
        return [line for index in self._pages[self.page] for line in self._blocks[index]]

    def foot(self, width: int) -> list[str]:
        """Say what can be typed."""
        page = self._pages[self.page]
        more = "; Enter: more" if self.page + 1 < len(self._pages) else ""
        return foot(f"{page.start + 1} to {page.stop} of {len(self.screen.items)}{more}", width)

    def turn(self) -> bool:
        """Show the next page; tell whether there is one."""
        if self.page + 1 == len(self._pages):
            return False
        self.page += 1
        return True

    def take(self, words: str, known: Callable[[str], None]) -> dict[str, Any] | None:
        """Take what was typed about the pages that were seen and not answered yet.

        Args:
            words: what was typed.
            known: refuses a word that is not understood.

        Returns:
            The values of the whole list once every page is answered; until then nothing.

        Raises:
            AnswerError: it cannot be read.
        """
        seen = self._pages[self.page].stop
        unsure = says_unknown(words)
        if not unsure:
            found = chosen_in(words, len(self.screen.items))
            for word in found.words:
                known(word)
            self._typed += found.words
            self._said |= {self.screen.items[number].fact: "yes" for number in found.numbers}
            unsure = found.unsure
            picked_here = any(number < seen for number in found.numbers)
            if (found.words or found.numbers) and not (picked_here or unsure):
                # A word, and a number that a word has found, may be of any page and answer none.
                return None
        if unsure:
            for item in self.screen.items[self._open : seen]:
                self._said.setdefault(item.fact, "unknown")
        self._open = seen
        if self.turn():
            return None
        return {**self._said, "rest": "no", "words": ", ".join(self._typed)}


def narrowed(screen: Screen, words: str, width: int) -> list[str]:
    """Return the lines of a list in which a word begins as what was typed, with their numbers."""
    plain = words.strip().casefold()
    if len(plain) < _SHORTEST:
        return []
    lines = numbered([item.label for item in screen.items], width)
    return [
        line
        for item, block in zip(screen.items, lines, strict=True)
        if any(part.strip("(,").startswith(plain) for part in item.label.casefold().split())
        for line in block
    ]
