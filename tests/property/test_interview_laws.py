"""What holds of every interview, shown with truthful people over the shipped catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from remedies import Catalogue, Patient, Report, answer, check, next_questions, verdicts
from remedies.checking.known import known_of
from remedies.knowledge.topics import BORN_WHEN, TOPICS

if TYPE_CHECKING:
    from remedies.advice.interview import Prompt

TODAY = date(2026, 11, 22)
SHIPPED = Catalogue.shipped()
VOCABULARY = SHIPPED.vocabulary
FACTS = [entry.id for entry in VOCABULARY.entries]
URGENT = [sign.fact for sign in SHIPPED.rulebook.signs if sign.urgency == "now"]
CALM = [fact for fact in FACTS if not any(VOCABULARY.is_a(fact, sign) for sign in URGENT)]
MOST_PROMPTS = 40
"""Far more than any interview takes; a longer one is taken to go on for ever."""

MOST_OF_ANYBODY = 20
"""Even somebody with several illnesses, allergies and medicines answers no more prompts than this."""


@dataclass(frozen=True)
class Person:
    """The truth about somebody, and what that somebody does not know."""

    facts: frozenset[str]
    age: int
    weeks: tuple[int, int] | None = None
    breastfeeding: bool = False
    unsure: frozenset[str] = frozenset()

    def has(self, fact: str) -> bool:
        """Tell whether a fact is so; having the child is having the parent."""
        return any(VOCABULARY.is_a(mine, fact) for mine in self.facts)

    def doubts(self, fact: str) -> bool:
        """Tell whether this person cannot say of a fact whether it is so."""
        return not self.has(fact) and fact in self.unsure

    @property
    def born(self) -> str:
        """The day of birth: half a year has gone since the last birthday."""
        return f"{TODAY.year - self.age}-05-22"

    def answers(self, prompt: Prompt) -> str:
        """Answer one prompt, in full and truly."""
        match prompt.kind:
            case "age":
                # Who looks after a small child knows its months.
                months = "6m" if self.age < 3 else ""
                if "age" in self.unsure:
                    return "?"
                # Whose age is not exact enough is asked for the day.
                return self.born if prompt.text == BORN_WHEN else f"{self.age}y{months}"
            case "weeks":
                return "?" if self.weeks is None else f"{self.weeks[0]}+{self.weeks[1]}"
            case "pregnancy":
                so = {"pregnancy": self.weeks is not None, "breastfeeding": self.breastfeeding}
                parts = [
                    str(number) for number, choice in enumerate(prompt.choices, start=1) if so.get(choice.fact, False)
                ]
                return ",".join(parts) or "0"
            case "list":
                parts = [str(n) for n, choice in enumerate(prompt.choices, start=1) if self.has(choice.fact)]
                parts += ["?"] if any(self.doubts(choice.fact) for choice in prompt.choices) else []
                return ", ".join(parts) or "0"

    def in_full(self) -> Patient:
        """Tell everything at once."""
        document: dict[str, Any] = {
            "born": self.born,
            "pregnancy": "no" if self.weeks is None else {"weeks": self.weeks[0], "days": self.weeks[1]},
            "breastfeeding": self.breastfeeding,
        }
        for topic in TOPICS:
            facts = [entry.id for entry in VOCABULARY.entries if entry.topic == topic]
            document[topic] = {
                "yes": [fact for fact in facts if self.has(fact)],
                "no": [fact for fact in facts if not self.has(fact)],
            }
        return Patient.model_validate(document)


@st.composite
def people(draw: st.DrawFn, facts: list[str] = CALM, *, unsure: bool = False) -> Person:
    age = draw(st.integers(0, 95))
    mine = frozenset(draw(st.lists(st.sampled_from(facts), max_size=5)))
    can_be_pregnant = 10 <= age < 60
    weeks = draw(st.none() | st.tuples(st.integers(0, 41), st.integers(0, 6))) if can_be_pregnant else None
    breastfeeding = can_be_pregnant and draw(st.booleans())
    doubts = frozenset(draw(st.lists(st.sampled_from([*FACTS, "age"]), min_size=1, max_size=8))) if unsure else ()
    return Person(mine, age, weeks, breastfeeding, frozenset(doubts))


def looked_at(patient: Patient, remedies: list[str] | None = None) -> Report:
    return check(patient, SHIPPED, start=TODAY, as_of=TODAY, remedies=remedies)


class Step(NamedTuple):
    """A prompt, with what was known before it was answered."""

    prompt: Prompt
    patient: Patient
    report: Report


class Told(NamedTuple):
    """A whole interview."""

    steps: tuple[Step, ...]
    patient: Patient
    report: Report

    @property
    def asked(self) -> list[str]:
        """Every fact of every list that was shown."""
        return [fact for step in self.steps if step.prompt.kind == "list" for fact in step.prompt.facts]


@cache
def interview(person: Person, remedy: str | None = None) -> Told:
    """Ask until nothing is left to ask."""
    patient, unknown, steps = Patient(), list[str](), list[Step]()
    while len(steps) < MOST_PROMPTS:
        report = looked_at(patient, [remedy] if remedy else None)
        prompts = next_questions(report, SHIPPED, unknown)
        if not prompts:
            return Told(tuple(steps), patient, report)
        steps.append(Step(prompts[0], patient, report))
        reply = answer(prompts[0], person.answers(prompts[0]), patient, SHIPPED)
        patient, unknown = reply.patient, [*unknown, *reply.unknown]
    message = f"the interview goes on for ever: {[step.prompt.text for step in steps[-3:]]}"
    raise AssertionError(message)


def settled(report: Report) -> dict[str, str]:
    return {entry.remedy: entry.verdict for entry in report.verdicts if entry.verdict != "undecided"}


def truth(person: Person) -> dict[str, str]:
    return dict(verdicts(person.in_full(), SHIPPED, start=TODAY, as_of=TODAY))


@given(people())
def test_answering_everything_that_is_asked_settles_every_verdict_as_telling_everything_does(person: Person) -> None:
    told = interview(person)

    assert told.report.undecided == ()
    assert told.report.questions == ()
    assert settled(told.report) == truth(person)


@given(people())
def test_no_fact_is_asked_twice_and_the_interview_is_short(person: Person) -> None:
    told = interview(person)

    assert len(set(told.asked)) == len(told.asked)
    assert len(told.steps) <= MOST_OF_ANYBODY


@given(people())
def test_a_finer_fact_is_asked_only_after_a_yes_to_every_wider_one_that_was_asked(person: Person) -> None:
    asked: set[str] = set()
    for prompt, _, report in interview(person).steps:
        if prompt.kind != "list":
            continue
        still_open = {fact for question in report.questions for fact in question.facts}
        for fact in prompt.facts:
            wider = set(VOCABULARY.wider(fact))
            assert not wider & still_open
            assert all(person.has(name) for name in wider & asked)
        asked |= set(prompt.facts)


@given(people(), st.sampled_from([one.id for one in SHIPPED.remedies]))
def test_an_interview_about_one_remedy_settles_it_with_no_more_facts(person: Person, remedy: str) -> None:
    told = interview(person, remedy)

    assert settled(told.report) == {remedy: truth(person)[remedy]}
    assert len(told.asked) <= len(interview(person).asked)


@settings(max_examples=5)
@given(people())
def test_the_next_questions_are_the_same_every_time(person: Person) -> None:
    for _, patient, report in interview(person).steps:
        again = looked_at(Patient.model_validate_json(patient.model_dump_json(exclude_none=True)))
        copied = Report.model_validate_json(report.model_dump_json())

        assert next_questions(report, SHIPPED) == next_questions(again, SHIPPED)
        assert next_questions(report, SHIPPED) == next_questions(copied, SHIPPED)


@given(people(unsure=True))
def test_not_knowing_survives_and_is_not_asked_again(person: Person) -> None:
    told = interview(person)
    doubted = {fact for fact in told.asked if person.doubts(fact)}

    known = known_of(told.patient, VOCABULARY)

    assert len(set(told.asked)) == len(told.asked)
    assert not {fact for fact in doubted if (known.yes | known.no) >> VOCABULARY.number[fact] & 1}
    assert settled(told.report).items() <= truth(person).items()


@given(people(), st.sampled_from(URGENT))
@example(Person(frozenset(), 0, None, breastfeeding=False), "gi-bleeding")
def test_an_urgent_sign_stops_the_interview_at_once(person: Person, sign: str) -> None:
    """An illness that is an emergency is not asked about where nothing could be used without a doctor anyway."""
    told = interview(Person(person.facts | {sign}, person.age, person.weeks, person.breastfeeding))

    if sign not in told.asked:
        assert VOCABULARY[sign].topic == "conditions"
        assert {entry.at_least for entry in told.report.verdicts} <= {"ask-doctor", "excluded"}
        return
    assert [step.prompt.topic for step in told.steps][-1] == VOCABULARY[sign].topic
    assert (len(told.steps) == 1) == (VOCABULARY[sign].topic == "signs")
    assert sign in {one.sign for one in told.report.refer}


def completed(patient: Patient, yes: set[str], **known: object) -> dict[str, str]:
    """Check a patient of whom everything else that could be so is not so."""
    document = patient.model_dump(exclude_none=True)
    for topic in TOPICS:
        said = set(patient.answers(topic).yes) | {fact for fact in yes if VOCABULARY[fact].topic == topic}
        wider = {name for fact in said for name in (fact, *VOCABULARY.wider(fact))}
        denied = [entry.id for entry in VOCABULARY.entries if entry.topic == topic and entry.id not in wider]
        document[topic] = {"yes": sorted(said), "no": denied}
    rest = {"pregnancy": "no", "breastfeeding": False} | ({} if "age" in document else {"age": 34})
    found = Patient.model_validate(rest | document | known)
    return dict(verdicts(found, SHIPPED, start=TODAY, as_of=TODAY))


def can_change(fact: str, patient: Patient, report: Report) -> bool:
    """Look for a world in which this fact alone decides: all others no, or one other yes."""
    open_ = [name for question in report.questions for name in question.facts if name in VOCABULARY]
    besides = [set[str](), *({name} for name in open_ if not VOCABULARY.is_a(name, fact))]
    ages: list[dict[str, object]] = [{}] if patient.age is not None else [{}, {"age": 10}]
    return any(
        completed(patient, {fact} | beside, **known) != completed(patient, beside, **known)
        for known in ages
        for beside in besides
    )


@settings(max_examples=4)
@given(people())
def test_nothing_is_asked_that_cannot_change_a_verdict(person: Person) -> None:
    for prompt, patient, report in interview(person).steps:
        match prompt.kind:
            case "list":
                assert [fact for fact in prompt.facts if not can_change(fact, patient, report)] == []
            case "age":
                ages = [completed(patient, set(), age=age) for age in (0, 2, 4, 11, 13, 17, 34)]
                assert any(found != ages[0] for found in ages)
            case "pregnancy":
                plain = completed(patient, set(), pregnancy="no", breastfeeding=False)
                for fact in {choice.fact for choice in prompt.choices} - {"possible"}:
                    other = {"breastfeeding": True} if fact == "breastfeeding" else {"pregnancy": {"weeks": 30}}
                    assert completed(patient, set(), **other) != plain
            case "weeks":
                weeks = [completed(patient, set(), pregnancy={"weeks": week, "days": 0}) for week in (5, 20, 33)]
                assert any(found != weeks[0] for found in weeks)
