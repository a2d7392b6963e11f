"""From words that a person types to an answer; numbers are those of the list that was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from remedies.advice.answers import Entry, not_asked, truth_of
from remedies.advice.choosing import chosen_in, parts_of, truth_in
from remedies.advice.personal import read_motherhood, read_person
from remedies.advice.replay import LIST, base_of
from remedies.advice.state import Item
from remedies.advice.told import Told, answer_error, subjects_told, tell
from remedies.checking.marks import says_none, says_unknown, says_yes
from remedies.core.errors import LONGEST_WORD, AnswerError, Fault, a_type, of_type, quoted
from remedies.knowledge.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from remedies.advice.state import Answered, Said, Screen
    from remedies.checking.patient import Patient
    from remedies.knowledge.rulebook import Rulebook
    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary


class _Ground(NamedTuple):
    """What an answer is read against: what was shown, what is known, and what words mean."""

    screen: Screen
    entry: Entry
    before: Patient
    rulebook: Rulebook
    by_keys: bool = True
    """Whether it was typed on a line, where numbers, 0 and ? are answers as well."""

    @property
    def asked(self) -> list[str]:
        """The facts on the screen."""
        return [item.fact for item in self.screen.items]

    @property
    def topic(self) -> Topic:
        """The list in which a word belongs that is typed here."""
        base = base_of(self.screen.id).removesuffix(LIST)
        topics: dict[str, Topic] = {topic: topic for topic in TOPICS}
        topics |= {gate.id: gate.topic for gate in self.rulebook.gates}
        return topics[base]


def by_words(screen: Screen, words: str, before: Patient, rulebook: Rulebook) -> Answered:
    """Read a typed answer: numbers of the list, words in English or Russian, "0" for none, "?" for don't know.

    Raises:
        AnswerError: it cannot be read; the message says how to answer.
    """
    if len(words) > LONGEST_WORD:
        raise answer_error(f"That is too long; at most {LONGEST_WORD} characters are read.")
    if not parts_of(words):
        raise answer_error("Please answer; ? means that you don't know.")
    entry = Entry(screen, rulebook.vocabulary)
    ground = _Ground(screen, entry, before, rulebook)
    match screen.kind:
        case "person" | "pregnancy" if says_unknown(words):
            for item in screen.items:
                entry.unknown(item.fact)
        case "gate":
            _gate(words, ground)
        case "person":
            read_person(screen, words, entry)
        case "pregnancy":
            read_motherhood(screen, words, entry)
        case "list":
            _list(words, ground)
        case "details":
            _details(screen, words, entry, before)
    return entry.answered()


def _list(words: str, ground: _Ground) -> None:
    """Enter what was chosen from a list and what was typed; what was not chosen is not so."""
    asked = ground.asked
    if says_unknown(words):
        _fill(ground, {}, [], "unknown")
        return
    found = chosen_in(words, len(asked))
    given: dict[str, Said] = {asked[number]: "yes" for number in sorted(found.numbers)}
    typed = []
    for word in found.words:
        if not says_yes(word):
            typed.append(word)
        elif len(asked) == 1:
            given[asked[0]] = "yes"
        else:
            raise answer_error(f"Which of them? Please choose from 1 to {len(asked)}, or say it in words.")
    _fill(ground, given, typed, "unknown" if found.unsure else "no")


REST, WORDS = "rest", "words"
"""Stand for everything on a list that was not named, and for words typed beside it."""


def by_list(screen: Screen, values: Mapping[str, Any], before: Patient, rulebook: Rulebook) -> Answered:
    """Read the values of a list: each fact, ``rest`` for all that are not named, ``words`` typed beside them.

    Raises:
        AnswerError: with every fact that was not asked, not answered, or answered with something else.
    """
    ground = _Ground(screen, Entry(screen, rulebook.vocabulary), before, rulebook, by_keys=False)
    asked = ground.asked
    faults = list(not_asked(values, [*asked, REST, WORDS]))
    read: dict[str, Said] = {}
    for name in (*asked, REST):
        try:
            if name in values:
                read[name] = truth_of(values[name])
        except AnswerError as error:
            faults += [fault.under(name) for fault in error.faults]
    words = values.get(WORDS, "")
    if not isinstance(words, str):
        faults.append(Fault((WORDS,), f"must be a text, not {a_type(words)}", "type"))
    if faults:
        raise AnswerError(faults)
    rest = read.pop(REST, None)
    _fill(ground, read, parts_of(words), rest)
    return ground.entry.answered()


def _fill(ground: _Ground, given: dict[str, Said], words: list[str], rest: Said | None) -> None:
    """Enter what was said of facts of a list and in words, and of all the rest.

    Raises:
        AnswerError: nothing was said of the rest.
    """
    vocabulary = ground.rulebook.vocabulary
    told = Told(ground.topic, [], by_keys=ground.by_keys)
    for fact, said in given.items():
        if said == "unknown":
            told.unknown.append(fact)
        else:
            told.enter(vocabulary[fact].topic, said, fact)
    for word in words:
        tell(word, told, vocabulary)
    left = [fact for fact in _rest(ground, told, rest) if fact not in given]
    if rest is None and left:
        message = "is not answered; say unknown where it is not known"
        raise AnswerError([Fault((fact,), message, "missing") for fact in left])
    _enter(told, ground)
    for fact in left:
        ground.entry.say(fact, rest or "unknown")


def _enter(told: Told, ground: _Ground) -> None:
    """Enter what words say, here and in other lists."""
    for topic, listed in told.said.items():
        for side in listed._fields:
            for word in getattr(listed, side):
                ground.entry.word(topic, side, word)
    for fact in told.unknown:
        ground.entry.say(fact, "unknown")
    ground.entry.set(**subjects_told(told, ground.before))


def _rest(ground: _Ground, told: Told, rest: Said | None) -> tuple[str, ...]:
    """List what was asked and neither chosen nor spoken of; nothing where the list is still to be answered.

    What is said of all the rest beside words holds for all the rest; words alone, such as “no asthma”, may not.
    """
    asked, vocabulary = ground.asked, ground.rulebook.vocabulary
    here = [listed for topic, listed in told.said.items() if topic == told.topic or {*listed.yes} & {*asked}]
    spoken = any(listed.yes or listed.other for listed in here) or told.unknown
    others = any(listed.yes for topic, listed in told.said.items() if topic != told.topic) or told.elsewhere
    if (ground.by_keys or rest is None) and not spoken and (told.denials or others):
        # “No asthma” says nothing of the rest of the list, nor does what belongs into another one.
        return ()
    said = [fact for listed in told.said.values() for fact in (*listed.yes, *listed.no) if fact in vocabulary]
    return _apart(asked, [*said, *told.unknown, *told.prompted], vocabulary)


def _apart(asked: list[str], said: list[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """List what was asked and is neither one of some facts nor a kind of one, nor the other way round."""
    near = 0
    for fact in said:
        number = vocabulary.number[fact]
        near |= vocabulary.up[number] | vocabulary.down[number]
    return tuple(fact for fact in asked if not near >> vocabulary.number[fact] & 1)


# Plain questions ------------------------------------------------------------------------------------


def _gate(words: str, ground: _Ground) -> None:
    """Enter yes, no or don't know; who names something has answered yes."""
    said = truth_in(words)
    if said is not None:
        ground.entry.gate(said)
    else:
        told = Told(ground.topic, [])
        for part in parts_of(words):
            if part.isdecimal() or truth_in(part) is not None or says_none(part.strip("? ")):
                raise answer_error(f"{quoted(words)} is not clear; please say yes, no, or ? if you don't know.")
            tell(part, told, ground.rulebook.vocabulary)
        _enter(told, ground)
        ground.entry.gate("yes" if any(listed.yes or listed.other for listed in told.said.values()) else "unknown")


# Details --------------------------------------------------------------------------------------------


def _details(screen: Screen, words: str, entry: Entry, before: Patient) -> None:
    """Enter one answer for each item, in their order."""
    parts = parts_of(words)
    if len(screen.items) == 1:
        parts = [words]
    elif len(parts) == 1:
        parts = words.split()
    if says_unknown(words):
        parts = ["?"] * len(screen.items)
    if len(parts) != len(screen.items):
        raise answer_error(f"Please give {len(screen.items)} answers, with commas; ? for what you don't know.")
    for item, part in zip(screen.items, parts, strict=True):
        entry.value(item, detail_of(item, part), before)


def detail_of(item: Item, words: str) -> str:
    """Read what was typed about one item as its value.

    Raises:
        AnswerError: it is neither yes, no nor don't know, where it must be.
        ArgumentError: something is of the wrong Python type.
    """
    of_type(item, Item, "item", "an Item of a screen")
    of_type(words, str, "words", "a text")
    said = truth_in(words)
    if item.kind not in {"fact", "breastfeeding"}:
        return "unknown" if said == "unknown" else words
    if said is not None:
        return said
    raise answer_error(f"{quoted(words)} is not clear; please say yes, no, or ? if you don't know.")
