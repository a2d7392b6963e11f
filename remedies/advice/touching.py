"""Which remedies one thing touches, whoever else the person is: asthma, an allergy, a medicine, an age, a pregnancy."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Literal

from remedies.checking.grammar import read_age, read_pregnancy
from remedies.checking.known import known_of
from remedies.checking.moments import situation_of
from remedies.checking.patient import Patient
from remedies.checking.reasons import Explainer, reason_book
from remedies.checking.report import CatalogueStamp, RemedyVerdict
from remedies.checking.understood import pregnancy_in, read_word
from remedies.checking.verdicts import masks
from remedies.core.errors import Fault, PatientError, UnknownWordError, of_type, quoted
from remedies.core.model import Frozen
from remedies.core.truth import Truth
from remedies.core.words import an
from remedies.knowledge.catalogue import given
from remedies.knowledge.topics import MOST_DAYS, STRENGTH, STRENGTHS, TOPICS, WORDINGS, Effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.checking.moments import Situation
    from remedies.checking.understood import Reading
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.rulebook import CompiledRemedy, CompiledRule, Rulebook
    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary


class Apart(Frozen):
    """A rule that the thing alone does not fulfil, and that would ask more than the rules that it does."""

    kind: Literal["finer", "together"]
    """Whether a finer kind of the thing fulfils it, or the thing together with something else."""
    rule: str
    """The name of the rule: whose it is, a slash, and its own id."""
    effect: Effect
    """What the rule does where it holds."""
    facts: tuple[str, ...]
    """The finer facts, or what must come together with the thing; also ``age`` and ``pregnancy``."""
    because: str
    """Why, in a plain sentence."""


class Touched(Frozen):
    """What the thing does to one remedy."""

    verdict: RemedyVerdict
    """The verdict on somebody of whom the thing is so and all else is ruled out, with every rule that holds."""
    apart: tuple[Apart, ...]
    """What is stricter where more is so than the thing alone."""

    @property
    def at_all(self) -> bool:
        """Whether the thing matters to the remedy."""
        return self.verdict.verdict != "allowed" or bool(self.apart)


class Touching(Frozen):
    """How one thing touches every remedy of a catalogue."""

    word: str
    """The thing, as it was given."""
    facts: tuple[str, ...]
    """The facts that it was taken for; also ``age``, ``pregnancy`` and ``breastfeeding``."""
    catalogue: CatalogueStamp
    """The catalogue that this rests on."""
    remedies: tuple[Touched, ...]
    """Every remedy: the strictest verdict first, and in catalogue order within a verdict."""


def touching(word: str, catalogue: Catalogue | None = None, *, as_of: date | None = None) -> Touching:
    """Say which remedies one thing touches, and how.

    A rule touches a thing if its clause reads the thing or a wider one that it is. A rule that reads a
    finer one, or the thing together with another, is said apart.

    Args:
        word: an illness, a skin problem, an allergy ("allergy to aspirin"), a medicine ("taking aspirin"), a
            sign, a circumstance, "age 11", "pregnancy", "27 weeks" or "breastfeeding", in English or Russian.
        catalogue: the shipped one unless given.
        as_of: the day on which it is so; today unless given.

    Raises:
        ArgumentError: something is of the wrong Python type.
        PatientError: the word denies or doubts something, may be two things, or is no age or time that can be.
        UnknownWordError: the word is not understood.

    >>> found = touching("asthma")
    >>> next(one.verdict.verdict for one in found.remedies if one.verdict.remedy == "dolobene")
    'excluded'
    """
    of_type(word, str, "word", "a text, such as asthma")
    rulebook = given(catalogue).rulebook
    patient = _patient_with(word, rulebook.vocabulary)
    known = known_of(patient, rulebook.vocabulary)
    day = as_of or date.today()
    situation = situation_of(patient, known, as_of=day, start=day, days=MOST_DAYS)
    yes, may = masks(rulebook, situation)
    finer = _finer(situation, rulebook) & may & ~yes
    # No clause negates, so that with all else ruled out what holds is just what holds already.
    named = tuple(_named(situation))
    personal = {fact: word if fact in named else "unknown" for fact in ("age", "pregnancy")}
    explainer = Explainer(reason_book(rulebook), yes, yes, personal)
    found = [
        Touched.model_construct(
            verdict=(verdict := explainer.verdict(remedy, "all", all_rules=False)),
            apart=tuple(_apart(remedy, rulebook, yes, finer, STRENGTHS.index(verdict.at_least))),
        )
        for remedy in rulebook.remedies
    ]
    found.sort(key=lambda one: (-STRENGTHS.index(one.verdict.at_least), not one.apart))
    return Touching.model_construct(
        word=word,
        facts=named,
        catalogue=CatalogueStamp.model_construct(version=rulebook.version, sha256=rulebook.sha256),
        remedies=tuple(found),
    )


def _named(situation: Situation) -> Iterator[str]:
    """Name what was said."""
    if situation.patient.age is not None:
        yield "age"
    if situation.pregnant is Truth.YES:
        yield "pregnancy"
    if situation.breastfeeding is Truth.YES:
        yield "breastfeeding"
    facts = dict.fromkeys(fact for word in situation.known.words for fact in (*word.means, *word.prompts))
    yield from (fact for fact in facts if fact not in {"pregnancy", "breastfeeding"})


def _finer(situation: Situation, rulebook: Rulebook) -> int:
    """Join the clauses of which what was said leaves open whether they hold."""
    vocabulary, clauses = rulebook.vocabulary, rulebook.clauses
    found = 0
    for fact in _named(situation):
        match fact:
            case "age":
                found |= clauses.age | sum(bit for _, bit in clauses.later_ages)
            case "pregnancy":
                found |= clauses.pregnancy
            case "breastfeeding":
                pass
            case _:
                found |= vocabulary.down[vocabulary.number[fact]]
    return found


def _apart(remedy: CompiledRemedy, rulebook: Rulebook, yes: int, finer: int, strength: int) -> Iterator[Apart]:
    """Yield the rules that would ask more than those that hold."""
    said = (yes & ~rulebook.clauses.always) | finer
    for rule in map(rulebook.rules.__getitem__, remedy.rules):
        if rule.mask & yes or STRENGTH[rule.effect] <= strength:
            continue
        beside = _beside(rule, rulebook, said)
        if rule.mask & finer:
            yield _one_apart("finer", rule, finer)
        elif beside:
            yield _one_apart("together", rule, beside)


def _beside(rule: CompiledRule, rulebook: Rulebook, said: int) -> int:
    """Join what must come to what was said for a rule to hold; nothing where it does not read what was said."""
    found = 0
    for parts, bit in rulebook.clauses.conjunctions:
        if bit & rule.mask and any(part & said for part in parts):
            found |= sum(part for part in parts if not part & said)
    return found


def _one_apart(kind: Literal["finer", "together"], rule: CompiledRule, looked_at: int) -> Apart:
    facts = tuple(name for name, bits in rule.reads if bits & looked_at)
    return Apart.model_construct(kind=kind, rule=rule.key, effect=rule.effect, facts=facts, because=rule.because)


# What the thing is -------------------------------------------------------------------------------------

_AGE = re.compile(r"^\s*(?:age|aged|возраст)\b[\s:]*", re.IGNORECASE)
_TAKES = re.compile(r"^\s*(?:taking|takes|on|using|uses|принимает|принимаю|пьет|пьёт)\s+", re.IGNORECASE)


def _patient_with(word: str, vocabulary: Vocabulary) -> Patient:
    """Describe a patient of whom one thing is said."""
    age = _AGE.sub("", word)
    if word.strip().isdigit():
        message = (
            f"{quoted(word)} may be an age or a week; write “age {word.strip()}” or “{word.strip()} weeks pregnant”"
        )
        raise PatientError(Fault((), message, "word"))
    if age != word or read_age(word) is not None:
        return Patient(age=age)
    time = pregnancy_in(word) or read_pregnancy(word)
    if time is not None and not isinstance(time, str):
        return Patient(pregnancy=time)
    bare = _TAKES.sub("", word)
    if bare != word:
        return _with(bare, "medicines", read_word(bare, "medicines", vocabulary))
    return _with(word, *_listed(word, vocabulary))


def _listed(word: str, vocabulary: Vocabulary) -> tuple[Topic, Reading]:
    """Find the list in which a word is at home; what may be two things is asked back."""
    every = {topic: read_word(word, topic, vocabulary) for topic in TOPICS}
    read = {topic: one for topic, one in every.items() if one.kind != "unclear"}
    home = {topic: one for topic, one in read.items() if one.moved is None} or read
    facts = {topic: one for topic, one in home.items() if one.kind == "fact" and one.means}
    found = facts or home or every
    meant = {(one.means, one.prompts) for one in found.values()}
    if len(meant) > 1 and found is not every:
        hint = "name one of them more closely"
        if found.keys() == {"allergies", "medicines"}:
            hint = f"write “allergy to {word}” or “taking {word}”"
        may_be = " or ".join(an(WORDINGS[topic].noun) for topic in found)
        raise PatientError(Fault((), f"{quoted(word)} may be {may_be}; {hint}", "word"))
    return next(iter(found.items()))


def _with(word: str, topic: Topic, reading: Reading) -> Patient:
    """Describe a patient with a word in a list; only what says that something is so has a place here."""
    match reading.kind:
        case "fact" | "known":
            return Patient.model_validate({topic: [word]})
        case "unclear":
            near = " or ".join(reading.suggestions)
            hint = near and f" Did you mean {near}?"
            raise UnknownWordError(Fault((), f"{quoted(word)} is not known.{hint or ' Try another word.'}", "word"))
        case "doubt" | "denial" | "family" | "other":
            message = f"{quoted(word)} does not say that something is so; write the thing alone, such as asthma"
            raise PatientError(Fault((), message, "word"))
