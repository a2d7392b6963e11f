"""The interview on a terminal: show a screen, read a line, go on until nothing would change."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from remedies.advice.interview import (
    answer,
    back,
    change,
    choices_of,
    detail_of,
    report_of,
    screens,
    summary,
)
from remedies.cli.listing import numbered, paged, window_rows, wrapped
from remedies.cli.picking import Picking, narrowed
from remedies.cli.picking import foot as foot_of_page
from remedies.cli.terminal import terminal_width
from remedies.core.errors import AnswerError, printable
from remedies.core.words import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from remedies.advice.state import Recap, Screen, State
    from remedies.knowledge.catalogue import Catalogue

_BACK = {"b", "back", "назад"}
_QUIT = {"q", "quit", "exit", "выход"}
_HELP = {"h", "help", "помощь"}
_MORE = {"", "m", "more", "ещё", "еще"}

_NOT_PICKED = "What you do not pick counts as no."
_KEYS = "b back, q leave, h help."
_HELP_TEXT = (
    "Numbers pick from a list, several at once: 1, 3. So do words in English or Russian, names of medicines "
    "and illnesses. 0 means none of these. ? means that you don't know; “1, ?” picks the first and leaves the "
    "rest open. yes and no answer a plain question. b goes back, q leaves, and with --save keeps the answers."
)
_HOW = {
    "gate": "yes, no; ? don't know.",
    "person": "Such as: 34, man. For a baby: 7m. ? for what you don't know.",
    "pregnancy": f"0 neither; ? don't know. Weeks can be said at once: 27+3. {_NOT_PICKED}",
    "list": f"0 none of these; ? don't know. Several numbers, or words. {_NOT_PICKED}",
}
_HOW_DETAIL = {"fact": "yes, no; "}
_URGENT = {"now": "These need a doctor now:", "soon": "These need a doctor soon:"}


@dataclass(frozen=True, slots=True)
class Ended:
    """How an interview ended: where it stands, and what was not answered, if it broke off."""

    state: State
    left: tuple[str, ...]
    broken_off: bool


class _Quit(Exception):  # noqa: N818 - nothing went wrong
    """The person leaves."""


class _Moved(Exception):  # noqa: N818 - as above
    """The person goes back."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.state = state


def interview(state: State, catalogue: Catalogue, read: Callable[[str], str] | None = None) -> Ended:
    """Ask until nothing else would change the answer, a sign needs a doctor now, or the person leaves."""
    talk = _Talk(catalogue, read or line)
    while True:
        left = screens(state, catalogue)
        titles = tuple(dict.fromkeys(screen.title for screen in left))
        if not left and (not state.answers or report_of(state, catalogue).urgent):
            return Ended(state, (), broken_off=False)
        try:
            after = talk.ask(left, state) if left else talk.review(state)
        except _Moved as moved:
            after = moved.state
        except EOFError:
            click.echo()
            return Ended(state, titles, broken_off=bool(left))
        except (_Quit, KeyboardInterrupt, click.Abort):
            click.echo()
            return Ended(state, titles, broken_off=True)
        if after is state:
            return Ended(state, (), broken_off=False)
        state = after


class _Talk:
    """Shows screens and reads lines."""

    def __init__(self, catalogue: Catalogue, read: Callable[[str], str]) -> None:
        self._catalogue = catalogue
        self._read = read

    def ask(self, left: Sequence[Screen], state: State) -> State:
        """Ask the first of the screens that are left."""
        screen = left[0]
        head = ["", *wrapped(f"{_place(state, left)} {screen.title}", terminal_width())]
        if screen.kind == "details":
            return self._details(screen, state, head)
        head += wrapped(screen.text, terminal_width())
        foot = wrapped(f"{_HOW[screen.kind]} {_KEYS}", terminal_width())
        blocks = _blocks(screen, terminal_width())
        rows = window_rows() - len(head) - 1
        if screen.kind == "list" and len(paged(blocks, rows - len(foot))) > 1:
            longest = len(foot_of_page("10 to 99 of 99; Enter: more", terminal_width()))
            return self._picked(Picking(screen, blocks, paged(blocks, rows - longest)), head, state)
        return self._line_for(screen, [*head, *(one for block in blocks for one in block), *foot], state)

    def _line_for(self, screen: Screen, shown: Sequence[str], state: State) -> State:
        """Show a screen that fits and read its answer."""
        if len(shown) >= window_rows():
            # The empty line before it is the first that may go.
            shown = shown[1:]
        click.echo("\n".join(shown))
        while True:
            words = self._words(state)
            try:
                return answer(state, screen.id, words, self._catalogue)
            except AnswerError as error:
                _say(" ".join(fault.message for fault in error.faults))
                for one in narrowed(screen, words, terminal_width()):
                    click.echo(one)

    def _picked(self, picking: Picking, head: Sequence[str], state: State) -> State:
        """Show a long list page by page; each page is answered for itself."""
        shown = -1
        while True:
            if shown != picking.page:
                shown = picking.page
                click.echo("\n".join([*head, *picking.lines(), *picking.foot(terminal_width())]))
            words = self._words(state)
            if words.casefold() in _MORE and picking.turn():
                continue
            try:
                values = picking.take(words, lambda typed: self._known(picking.screen, typed, state))
                if values is not None:
                    return answer(state, picking.screen.id, values, self._catalogue)
                if shown == picking.page:
                    _say("Noted. This page is still to be answered: numbers, 0 none of these, ? don't know.")
            except AnswerError as error:
                found = narrowed(picking.screen, words, terminal_width())
                if not found:
                    _say(" ".join(fault.message for fault in error.faults))
                for one in found:
                    click.echo(one)

    def _known(self, screen: Screen, typed: str, state: State) -> None:
        """Make sure that a typed word is understood."""
        answer(state, screen.id, {"rest": "unknown", "words": typed}, self._catalogue)

    def _details(self, screen: Screen, state: State, head: Sequence[str]) -> State:
        """Ask item by item; what is finer than something that is not so needs no question."""
        values: dict[str, str] = {}
        shown = None
        click.echo("\n".join(head))
        while True:
            item = next((item for item in screen.items if not self._settled(item.fact, values)), None)
            if item is None:
                return answer(state, screen.id, values, self._catalogue)
            if item != shown:
                _say(f"{item.question} ({_HOW_DETAIL.get(item.kind, '')}? don't know)")
                shown = item
            try:
                words = self._words(state)
                value = detail_of(item, words)
                rest = {other.fact: "unknown" for other in screen.items if other.fact not in values}
                answer(state, screen.id, {**rest, **values, item.fact: value}, self._catalogue)
                values[item.fact] = value
            except AnswerError as error:
                _say(" ".join(fault.message for fault in error.faults))
            except _Moved:
                if not values:
                    raise
                values.popitem()

    def _settled(self, fact: str, values: dict[str, str]) -> bool:
        """Tell whether a fact was answered, or follows from the answer about a wider one."""
        vocabulary = self._catalogue.vocabulary
        wider = vocabulary.wider(fact) if fact in vocabulary else []
        return fact in values or any(values.get(name) in {"no", "unknown"} for name in wider)

    def review(self, state: State) -> State:
        """Read every answer back; the same state means that all of them stand."""
        told = summary(state, self._catalogue)
        width = terminal_width()
        head = ["", "Check your answers"]
        foot = wrapped("Enter goes on; a number changes an answer. " + _KEYS, width)
        blocks = numbered([f"{one.title}: {_recap(one)}" for one in told], width)
        pages = paged(blocks, window_rows() - len(head) - len(foot) - 2)
        for number, page in enumerate(pages, start=1):
            click.echo("\n".join([*head, *(one for index in page for one in blocks[index]), *foot]))
            while True:
                words = self._words(state)
                if words.isdecimal() and 1 <= int(words) <= len(told):
                    return change(state, told[int(words) - 1].question)
                if words == "" or (number < len(pages) and words.casefold() in _MORE):
                    break
                _say(f"Please choose a number from 1 to {len(told)}, or Enter to go on.")
        return state

    def _words(self, state: State) -> str:
        """Read a line that is an answer; the few words that move about are followed here."""
        while True:
            words = self._read("> ").strip()
            plain = words.casefold()
            if plain in _QUIT:
                raise _Quit
            if plain in _HELP:
                click.echo("\n".join(wrapped(_HELP_TEXT, terminal_width())))
            elif plain in _BACK:
                try:
                    raise _Moved(back(state))
                except AnswerError as error:
                    _say(" ".join(fault.message for fault in error.faults))
            else:
                return words


def _place(state: State, left: Sequence[Screen]) -> str:
    """Say how far the interview has come."""
    if state.again is not None:
        return "Once more."
    togo = f"about {len(left) - 1} to go" if len(left) > 1 else "perhaps the last"
    return f"Question {len(state.answers) + 1} ({togo})."


def _blocks(screen: Screen, width: int) -> list[list[str]]:
    """Write what a screen lists, each item as the lines that it takes, with a heading over a group."""
    if screen.kind == "gate":
        return [wrapped(f"- {one}", width, indent="  ") for one in screen.lines]
    if screen.kind == "person":
        return []
    if screen.kind == "pregnancy":
        return numbered([label for _, label in choices_of(screen)], width)
    blocks = numbered([item.label for item in screen.items], width)
    before = None
    for item, block in zip(screen.items, blocks, strict=True):
        if item.urgency is not None and item.urgency != before:
            block.insert(0, _URGENT[item.urgency])
        before = item.urgency
    return blocks


_SHOWN = 4
"""So many things of one answer are named when it is read back."""


def _recap(one: Recap) -> str:
    """Say an answer in a few words."""
    if one.gate == "no":
        return f"no ({plural(one.facts, 'fact')} taken as no)"
    parts = [_few(one.yes)] if one.yes else []
    if one.gate is not None and not one.yes:
        parts.append({"yes": "yes", "unknown": "don't know"}[one.gate])
    if one.no and not one.yes:
        parts.append(f"none of {len(one.no)}" if len(one.no) > 2 else ", ".join(f"not {label}" for label in one.no))
    if one.unknown:
        parts.append(f"don't know: {_few(one.unknown)}")
    return printable("; ".join(parts)) or "nothing"


def _few(labels: Sequence[str]) -> str:
    more = len(labels) - _SHOWN
    return ", ".join(labels[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _say(message: str) -> None:
    click.echo("\n".join(wrapped(printable(message), terminal_width())))


def line(prompt: str) -> str:
    """Read one line; at the end of input raise ``EOFError``."""
    click.echo(prompt, nl=False)
    words = sys.stdin.readline() if sys.stdin is not None and not sys.stdin.closed else ""
    if not words:
        raise EOFError
    if not sys.stdin.isatty():
        click.echo(printable(words.rstrip("\n")[:80]))
    return words.rstrip("\n")
