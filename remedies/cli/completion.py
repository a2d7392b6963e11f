"""What is offered behind the TAB key: remedies, words, sexes, days. A catalogue that cannot be read offers nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from remedies.cli.chosen import catalogue_of
from remedies.core.errors import RemediesError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click
    from click.shell_completion import CompletionItem

    from remedies.knowledge.offers import Offer
    from remedies.knowledge.rulebook import Rulebook
    from remedies.knowledge.topics import Topic

    Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

_SEXES = ("female", "male", "женский", "мужской")
_PREGNANCIES = ("no", "possible", "yes", "1st trimester", "2nd trimester", "3rd trimester", "нет", "возможно", "да")
_DAYS = ("today", "tomorrow", "сегодня", "завтра")
_MOST_DAYS_OFFERED = 7


def complete_remedy(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer remedies: ids, and names in either alphabet."""
    from remedies.knowledge.offers import offered_remedies

    return _items(ctx, lambda rulebook: offered_remedies(rulebook, incomplete))


def complete_word(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer remedies and words of every topic, for words that stand in no list."""
    from remedies.knowledge.offers import offered_anything

    return _items(ctx, lambda rulebook: offered_anything(rulebook, incomplete))


def complete_topic(topic: Topic) -> Completer:
    """Make what offers the words of a topic."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from remedies.knowledge.offers import offered_words

        return _items(ctx, lambda rulebook: offered_words(rulebook.vocabulary, topic, incomplete))

    return complete


def complete_topics(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the topics that may be closed, after those that stand there."""
    from click.shell_completion import CompletionItem

    from remedies.knowledge.topics import TOPICS

    before, comma, last = incomplete.rpartition(",")
    return [CompletionItem(f"{before}{comma}{topic}") for topic in TOPICS if topic.startswith(last)]


def complete_sex(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the sexes, in either language."""
    return _of(_SEXES, incomplete)


def complete_pregnancy(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer how a pregnancy is said, in either language."""
    return _of(_PREGNANCIES, incomplete)


def complete_day(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer today, tomorrow and the days of the next week."""
    days = (date.today() + timedelta(days=ahead) for ahead in range(_MOST_DAYS_OFFERED))
    return _of((*_DAYS, *(day.isoformat() for day in days)), incomplete)


def complete_file(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave it to the shell to offer files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def _items(ctx: click.Context, offers: Callable[[Rulebook], Iterable[Offer]]) -> list[CompletionItem]:
    """Ask the chosen catalogue; one that cannot be read offers nothing."""
    from click.shell_completion import CompletionItem

    try:
        found = offers(catalogue_of(ctx).rulebook)
    except RemediesError:
        return []
    return [CompletionItem(name, help=label) for name, label in found]


def _of(words: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Offer those of some words that begin as typed; before anything is typed, the English ones."""
    from click.shell_completion import CompletionItem

    begun = incomplete.casefold()
    return [CompletionItem(word) for word in words if word.startswith(begun) and (begun or word.isascii())]
