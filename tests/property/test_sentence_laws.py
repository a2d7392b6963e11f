"""Laws of reading a person from words: order, writing and reading again, nothing dropped, nothing laxer."""

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from remedies import Catalogue, Patient, RemediesError, Report, Sentence, check, in_words, read_sentence
from remedies.checking.phrases import EMPTY
from remedies.knowledge.spelling import normal, pieces
from remedies.knowledge.topics import TOPICS

EXAMPLES = int(os.environ.get("REMEDIES_EXAMPLES", "25"))
CATALOGUE = Catalogue.shipped()
DAY = date(2026, 11, 22)


def often(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a law on so many examples, without a limit for each."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


NAMES = sorted(
    {name for table in CATALOGUE.vocabulary.lexicon.parts.words.values() for name in table if len(name) < 60}
    | {entry.id for entry in CATALOGUE.vocabulary.entries}
)
REMEDIES = sorted(CATALOGUE.rulebook.names)
PERSONS = (
    "woman", "62", "62F", "ж 40", "aged 7", "7 months", "born 1990", "62 y/o", "27+3", "20 weeks", "20 weeks pregnant",
    "pregnant", "not pregnant", "maybe pregnant", "breastfeeding", "2 триместр", "due 2027-02-20",
)  # fmt: skip
ANSWERS = (
    "nothing else", "больше ничего", "healthy", "здоров?", "no allergies", "takes nothing", "none", "нет", "no", "?",
    "don't know", "NKDA", "nothing else?", "allergic to nothing else", "не знаю", "xyzitis",
)  # fmt: skip
BEFORE: tuple[str, ...] = (
    "takes",
    "принимает",
    "allergic to",
    "аллергия на",
    "на",
    "on",
    "no",
    "без",
    "не",
    "denies",
    "never",
)
BEFORE += ("maybe", "возможно", "mother", "у мамы", "r/o", "history of", "medicines:", "conditions:")
BEHIND = ("no", "нет", "?", "there", "там", "(-)", "maybe", "10 years", "62", "2019", "75 mg", "in the family")

SAYING_WHERE = frozenset(
    (
        "taking",
        "takes",
        "on",
        "use",
        "medicine",
        "medicines",
        "medication",
        "allergy",
        "allergies",
        "allergic",
        "to",
        "the",
        "at",
        "site",
        "area",
        "skin",
        "back",
        "other",
        "diseases",
        "лекарства",
        "лекарство",
        "препараты",
        "принимаю",
        "пью",
        "колю",
        "колет",
        "аллергия",
        "непереносимость",
        "на",
        "коже",
        "спине",
    )
)
"""Words that say in which list something belongs, or close one: they are kept as that, not as words."""

name = st.sampled_from(NAMES)
phrase = st.one_of(
    name,
    st.sampled_from(REMEDIES),
    st.sampled_from(PERSONS),
    st.sampled_from(ANSWERS),
    st.tuples(st.sampled_from(BEFORE), name).map(" ".join),
    st.tuples(name, st.sampled_from(BEHIND)).map(" ".join),
    st.tuples(st.sampled_from(PERSONS), name, st.sampled_from(ANSWERS)).map(" ".join),
)
phrases = st.lists(phrase, min_size=1, max_size=4)


def read(words: str) -> Sentence:
    """Read a sentence; one that contradicts itself is no example."""
    try:
        return read_sentence(words)
    except RemediesError:
        assume(condition=False)
        raise


def checked(patient: Patient) -> Report:
    """Check a patient; one of whom a fact is given as yes and as no is no example."""
    try:
        return check(patient, start=DAY, days=5, as_of=DAY)
    except RemediesError:
        assume(condition=False)
        raise


@often(EXAMPLES)
@given(phrases, st.randoms(use_true_random=False))
def test_any_order_of_the_phrases_gives_the_same_sentence(said: list[str], chance: Any) -> None:
    found = read(", ".join(said))
    chance.shuffle(said)

    assert read_sentence(", ".join(said)) == found


@often(EXAMPLES)
@given(phrases)
def test_what_was_understood_is_written_in_words_that_say_the_same(said: list[str]) -> None:
    found = read(", ".join(said))

    assert read_sentence(in_words(found.patient, found.remedies)) == found


@often(EXAMPLES)
@given(st.sampled_from(NAMES), st.sampled_from(("", "takes ", "no ", "maybe ", "mother ")))
def test_every_name_says_something_or_stands_in_a_list(word: str, before: str) -> None:
    found = read(f"{before}{word}")

    assert found != Sentence(patient=Patient()) or EMPTY.issuperset(map(normal, word.split()))
    kept = [one for topic in TOPICS for one in found.patient.answers(topic).yes]
    said = found.patient.model_dump(exclude={*TOPICS, "nothing_else"}, exclude_none=True)
    if not said and not found.remedies and not found.patient.nothing_else and kept:
        missed = set(pieces(word)) - {piece for one in kept for piece in pieces(one)}
        assert (EMPTY | SAYING_WHERE).issuperset(map(normal, missed)), missed


@often(EXAMPLES)
@given(phrases)
def test_a_word_that_is_not_understood_keeps_every_list_open(said: list[str]) -> None:
    found = read(", ".join([*said, "qwxzitis", "nothing else"]))

    report = checked(found.patient)
    assert all("qwxzitis" in found.patient.answers(topic).yes for topic in TOPICS)
    assert [entry.topic for entry in report.closed if entry.facts and entry.topic != "signs"] == []


@often(EXAMPLES)
@given(st.sampled_from(NAMES), st.sampled_from(("no {}", "{} нет", "not {}", "без {}", "denies {}", "{}?", "maybe {}")))
def test_a_denial_or_a_doubt_is_never_read_as_yes(word: str, how: str) -> None:
    found = read(how.format(word))

    for entry in checked(found.patient).understood:
        assert entry.kind not in {"fact", "known"}


@often(EXAMPLES)
@given(st.text(alphabet="abcжая 0123,.;:-+?!()[]/'’“”«»%№\n\té😀½٣", max_size=80))
def test_no_text_raises_anything_but_an_error_of_its_own(text: str) -> None:
    try:
        found = read_sentence(text)
    except RemediesError:
        return
    assert read_sentence(in_words(found.patient, found.remedies)) == found


LISTS = {
    "conditions": ("{}",),
    "skin": ("{} there", "{} там"),
    "allergies": ("allergic to {}", "аллергия на {}"),
    "medicines": ("takes {}", "принимает {}"),
}
ENTRIES = [entry for entry in CATALOGUE.vocabulary.entries if entry.topic in LISTS]


@often(EXAMPLES)
@given(st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=3, unique=True), st.data())
def test_words_are_judged_as_the_patient_that_somebody_would_write(entries: list[Any], data: st.DataObject) -> None:
    said, lists = ["man 40"], dict[str, Any]()
    for entry in entries:
        said.append(data.draw(st.sampled_from(LISTS[entry.topic])).format(entry.id))
        lists.setdefault(entry.topic, []).append(entry.id)
    closed = data.draw(st.booleans())
    said += ["nothing else"] if closed else []
    by_hand = Patient.model_validate({"age": 40, "sex": "male", "nothing_else": closed, **lists})

    found = checked(read_sentence(", ".join(said)).patient)

    wanted = checked(by_hand)
    assert {one.remedy: one.verdict for one in found.verdicts} == {one.remedy: one.verdict for one in wanted.verdicts}


@pytest.mark.parametrize("word", sorted(EMPTY))
def test_an_empty_word_is_no_name_of_anything(word: str) -> None:
    assert all(CATALOGUE.vocabulary.lexicon.exact(topic, word) is None for topic in TOPICS)
    assert word not in CATALOGUE.rulebook.names
