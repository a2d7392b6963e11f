"""What stays unknown although its topic is closed, so that no later answer takes back what was ruled out."""

from collections.abc import Iterable

from remedies.knowledge.vocabulary import Vocabulary, bits


def left_open(named: Iterable[int], asked: int, no: int, vocabulary: Vocabulary) -> int:
    """Return the facts that stay unknown in a closed topic because of one word.

    Open are what a word gives a reason to ask about, the finer facts below one that was named, and
    what a named fact prompts. With an open fact everything stays open that an answer to it could
    still change: what is wider cannot be ruled out before it is; and what is finer, or what it would
    prompt, must not be ruled out now and open again after an answer.

    What the words keep open never depends on other words: one more fact that is so cannot close
    what stood open beside it, so that one more problem never makes a remedy more allowed. Only a
    "no" narrows it. Nothing opens beside a named fact and what it is, since these are so; but each
    fact that it leaves unknown keeps open in its turn what it would if it were named.
    """
    keep = _spread(asked, no, vocabulary) if asked else 0
    for root in named:
        todo, seen = [root], 1 << root
        while todo:
            fact = todo.pop()
            start = vocabulary.down[fact] & ~(1 << fact) | vocabulary.prompts[fact]
            if not start:
                continue
            found = _spread(start, no | vocabulary.up[fact], vocabulary)
            # What is finer than the fact keeps open no more than the fact has just opened.
            todo += bits(found & ~seen & ~vocabulary.down[fact])
            seen |= found
            keep |= found
    return keep


def hinted(closing: int, no: int, vocabulary: Vocabulary) -> int:
    """Return what stays unknown among the facts that are closed because of those that are not.

    Who has not spoken of medicines may take one that speaks of an illness. An illness that was not
    mentioned is not ruled out before that medicine is, or an answer would open it again. Only a "no"
    narrows it here as well: if a medicine that is so said less than one that is unknown, naming it
    would close what stood open.
    """
    if not closing:
        return 0
    start = 0
    for topic, facts in vocabulary.topic_mask.items():
        # Of a topic that is not closed at all, what stays within it is open anyway.
        start |= facts & ~closing & (-1 if facts & closing else vocabulary.hinting[topic])
    return _spread(start, no, vocabulary)


def _spread(start: int, blocked: int, vocabulary: Vocabulary) -> int:
    """Collect what is wider, finer or prompted from some facts on, never entering a blocked one."""
    keep, todo = 0, start & ~blocked
    while todo:
        lowest = todo & -todo
        index = lowest.bit_length() - 1
        keep |= lowest
        todo |= vocabulary.up[index] | vocabulary.down[index] | vocabulary.prompts[index]
        todo &= ~(blocked | keep)
    return keep
