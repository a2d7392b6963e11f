"""What a report asks and warns of, beside its verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.checking.known import hint_of
from remedies.checking.moments import months_before
from remedies.checking.person import Gestation
from remedies.checking.report import Question
from remedies.core.errors import quoted
from remedies.core.truth import Truth
from remedies.core.words import plural
from remedies.knowledge.topics import BORN_WHEN, TOPICS, WORDINGS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from remedies.checking.moments import Situation
    from remedies.checking.person import Pregnancy
    from remedies.checking.report import RemedyVerdict, Report
    from remedies.knowledge.rulebook import CompiledRemedy, Rulebook
    from remedies.knowledge.topics import Topic, Urgency
    from remedies.knowledge.vocabulary import Vocabulary

REVIEW_YEARS = 2
"""A record that nobody has reviewed for longer than this gets a warning, in years."""

_KEEPS = {
    "signs": "of warning signs",
    "skin": "of the skin",
    "pregnancy": "of pregnancy",
    "breastfeeding": "of breastfeeding",
    "medicines": "of medicines",
}


REFERRALS: dict[Urgency, str] = {
    "now": "See a doctor now, before any remedy",
    "soon": "See a doctor soon, before any remedy",
}
"""What a warning sign says, by how soon a doctor is needed."""

_LOOK = {"medicines": "look at the pack", "allergies": "look at the pack"}
_MIXED_UP = "is easily mixed up with"
_MOVED = "was taken from"
_ASKED_ABOUT = "What was said is a reason to ask about"
_SURE = "make sure which it is"
"""What to do about a name that is easily mixed up with another one."""


def questions(rulebook: Rulebook, found: Iterable[RemedyVerdict], situation: Situation) -> Iterator[Question]:
    """Group the facts that would settle something by subject, most decisive first."""
    weight: dict[str, int] = {}
    for entry in found:
        for fact in entry.ask:
            weight[fact] = weight.get(fact, 0) + 1
    vocabulary = rulebook.vocabulary
    groups: dict[str, list[str]] = {}
    for fact in weight:
        subject = vocabulary[fact].topic if fact in vocabulary else fact
        groups.setdefault(subject, []).append(fact)
    first = set(situation.known.prompted)
    patient = situation.patient
    for subject, wording in WORDINGS.items():
        facts = groups.get(subject)
        if facts is None:
            continue
        text = wording.question
        if subject == "age" and (patient.age is not None or patient.born is not None):
            text = BORN_WHEN
        if subject == "pregnancy":
            text = _how_far(patient.pregnancy) or text
        if subject in TOPICS:
            facts.sort(key=lambda fact: (fact not in first, -weight[fact], vocabulary.number[fact]))
            if len(facts) == 1:
                text = vocabulary[facts[0]].question
        yield Question.model_construct(topic=subject, facts=tuple(facts), text=text)


def _how_far(pregnancy: Pregnancy | None) -> str | None:
    """Ask only for what is missing of a pregnancy that is known."""
    match pregnancy:
        case None | "no" | "possible":
            return None
        case Gestation(weeks=weeks, days=None):
            return f"{plural(weeks, 'week')} and how many days? 0 to 6."
        case _:
            return "How many weeks and days is it exactly?"


def warnings(
    rulebook: Rulebook, wanted: Iterable[CompiledRemedy], situation: Situation, *, as_of: date, start: date
) -> Iterator[str]:
    """Say what a reader should know besides: of what was said, of the days, of the catalogue and its records."""
    for word in situation.known.words:
        if word.kind == "unclear":
            yield not_understood(word.word, word.topic, word.suggestions)
    yield from situation.patient.notes
    yield from situation.known.notes
    for name in situation.stale:
        yield f"What was said {_KEEPS[name]} on {situation.patient.said_on} holds no longer and is unknown again."
    if start < as_of:
        yield f"The course starts on {start}, before today ({as_of})."
    yield from _of_words(rulebook, situation)
    if rulebook.left_out:
        yield (
            f"This catalogue does not say what holds where the labels are silent on {', '.join(rulebook.left_out)}: "
            "silence is no permission."
        )
    limit = months_before(as_of, REVIEW_YEARS * 12).isoformat()
    for remedy in wanted:
        if remedy.reviewed < limit:
            yield (
                f"The record of {remedy.name} was last reviewed on {remedy.reviewed}, "
                f"more than {REVIEW_YEARS} years ago; check the leaflet with special care."
            )


def with_cure(because: str, cure: str | None) -> str:
    """Give a reason with what would make it fall away."""
    if cure is None:
        return because
    return f"{because} What would help: {cure}"


def not_understood(word: str, topic: Topic, suggestions: Collection[str]) -> str:
    """Say that a word was not understood, what follows from it, and what may have been meant."""
    return f"{quoted(word)} was not understood, so nothing is ruled out among {_TITLES[topic]}.{hint_of(suggestions)}"


def referral_line(report: Report) -> str:
    """Say in one line which doctor's visit comes before any remedy, and for which signs; nothing without a sign."""
    if not report.refer:
        return ""
    signs = ", ".join(entry.label for entry in report.refer)
    return f"{REFERRALS[report.refer[0].urgency]}: {signs}."


def taken_as_no(report: Report, vocabulary: Vocabulary | None) -> Iterator[str]:
    """Say how many facts were taken as "no" because a topic was closed; with a vocabulary the warning signs by name."""
    counts = [
        plural(one.facts, WORDINGS[one.topic].noun, WORDINGS[one.topic].nouns) for one in report.closed if one.facts
    ]
    if counts:
        yield f"Taken as “no”, because nothing else was said: {', '.join(counts)}."
    signs = next((one.facts for one in report.closed if one.topic == "signs"), 0)
    if vocabulary is None or not signs:
        return
    said = {fact for word in report.understood for fact in (*word.means, *word.prompts)}
    named = [entry.label for entry in vocabulary.entries if entry.topic == "signs" and entry.id not in said]
    if signs == len(named):
        yield f"The warning signs: {', '.join(named)}."


def repeats(warning: str) -> bool:
    """Tell whether a warning says no more than a page that shows every word with its meaning, and every question."""
    return warning.startswith(_ASKED_ABOUT) or _MOVED in warning or _MIXED_UP in warning


def _of_words(rulebook: Rulebook, situation: Situation) -> Iterator[str]:
    """Say what became of words that need a second look."""
    vocabulary, known = rulebook.vocabulary, situation.known
    for word in known.words:
        name = quoted(word.word)
        if word.moved is not None and word.kind not in {"family", "other", "unclear"}:
            yield f"{name} {_MOVED} {_TITLES[word.topic]} to {_TITLES[word.moved]}."
        # What was chosen from a list to be not so, or not known, was read there and not typed.
        chosen = word.kind in {"denial", "doubt"} and word.word in vocabulary
        others = vocabulary.lexicon.mixed_up_with(word.word)
        if others and word.kind != "other" and not chosen:
            yield f"{name} {_MIXED_UP} {' or '.join(map(quoted, others))}: {_LOOK.get(word.topic, _SURE)}."
    if situation.patient.sex == "male" and situation.pregnant is not Truth.NO:
        yield "A word says that there may be a pregnancy, and sex is male: one of them is wrong."
    open_ = [fact for fact in known.prompted if not (known.yes | known.no) >> vocabulary.number[fact] & 1]
    for topic in TOPICS:
        labels = [vocabulary.label(fact) for fact in open_ if vocabulary[fact].topic == topic]
        if labels:
            yield f"{_ASKED_ABOUT} {_TITLES[topic]}: {', '.join(labels)}."


_TITLES: dict[str, str] = {
    **{topic: f"the {WORDINGS[topic].nouns}" for topic in TOPICS},
    "pregnancy": "pregnancy",
    "breastfeeding": "breastfeeding",
}


def reviewed(remedies: Iterable[CompiledRemedy], as_of: date) -> str:
    """Say in a few words whether the records of some remedies had been reviewed by a day, by whom and when."""
    today = as_of.isoformat()
    signed = [[one for one in remedy.signed if one.date <= today] for remedy in remedies]
    last = [of_one[-1] for of_one in signed if of_one]
    if not last:
        return "not yet reviewed by a pharmacist"
    newest = max(last)
    told = f"{len(last)} of {len(signed)} remedies reviewed by a pharmacist, last on {newest.date} by {newest.reviewer}"
    if len(last) == len(signed) and len(set(last)) == 1:
        told = f"reviewed on {newest.date} by the pharmacist {newest.reviewer}"
    if any(one.remarks for one in last):
        told += ", with remarks"
    return told
