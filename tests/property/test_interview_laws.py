"""What holds of every interview, shown with truthful people over the shipped catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from remedies import AnswerError, Catalogue, Patient, Report, interview, verdicts
from remedies.advice.state import Item, Screen, State
from remedies.checking.known import Known, known_of
from remedies.knowledge.topics import TOPICS

TODAY = date(2026, 11, 22)
SHIPPED = Catalogue.shipped()
VOCABULARY = SHIPPED.vocabulary
FACTS = [entry.id for entry in VOCABULARY.entries]
URGENT = [sign.fact for sign in SHIPPED.rulebook.signs if sign.urgency == "now"]
CALM = [fact for fact in FACTS if not any(VOCABULARY.is_a(fact, sign) for sign in URGENT)]
GATES = {
    gate.id: frozenset(fact for fact in FACTS if any(VOCABULARY.is_a(fact, wide) for wide in gate.facts))
    for gate in SHIPPED.rulebook.gates
}
"""What each plain question covers."""

MOST_SCREENS = 14
"""Nobody answers more than this."""

MOST_DETAILS = 2
"""So many of them ask about details one by one."""


def few(examples: int) -> settings:
    """Try fewer examples of a law about whole interviews, each of which takes long; more where more are asked for."""
    return settings(max_examples=examples * settings().max_examples // 25)


@dataclass(frozen=True)
class Person:
    """The truth about somebody, and what that somebody does not know."""

    facts: frozenset[str]
    age: int
    weeks: tuple[int, int] | None = None
    breastfeeding: bool = False
    unsure: frozenset[str] = frozenset()
    sex: str = "unknown"

    def has(self, fact: str) -> bool:
        """Tell whether a fact is so; having the child is having the parent."""
        return any(VOCABULARY.is_a(mine, fact) for mine in self.facts)

    def doubts(self, fact: str) -> bool:
        """Tell whether this person cannot say of a fact whether it is so."""
        return not self.has(fact) and any(
            VOCABULARY.is_a(fact, name) for name in self.unsure & VOCABULARY.number.keys()
        )

    @property
    def born(self) -> str:
        """The day of birth: half a year has gone since the last birthday."""
        return f"{TODAY.year - self.age}-05-22"

    def about(self, item: Item) -> str:
        """Answer one item truly."""
        match item.kind:
            case "age":
                # Who looks after a small child knows its months; whose age is not exact enough knows the day.
                months = "6m" if self.age < 3 else ""
                exact = self.born if item.label == "birth date" else f"{self.age}y{months}"
                return "unknown" if "age" in self.unsure else exact
            case "sex":
                return self.sex
            case "pregnancy":
                return "no" if self.weeks is None else "yes"
            case "weeks":
                return "unknown" if self.weeks is None else f"{self.weeks[0]}+{self.weeks[1]}"
            case "breastfeeding":
                return "yes" if self.breastfeeding else "no"
            case "fact" if item.fact in GATES:
                covered = GATES[item.fact]
                if any(self.has(fact) for fact in covered):
                    return "yes"
                return "unknown" if self.unsure & covered else "no"
            case "fact":
                if self.has(item.fact):
                    return "yes"
                return "unknown" if self.doubts(item.fact) else "no"

    def values(self, screen: Screen) -> dict[str, str]:
        """Answer a screen by values, truly; a finer fact is in doubt wherever the wider one is."""
        return {item.fact: self.about(item) for item in screen.items}

    def words(self, screen: Screen) -> str:
        """Answer a screen as it is typed, to the same effect as by values."""
        values = self.values(screen)
        match screen.kind:
            case "gate":
                return {"unknown": "?"}.get(values[screen.items[0].fact], values[screen.items[0].fact])
            case "person" | "details":
                return ", ".join({"unknown": "?"}.get(value, value) for value in values.values())
            case "pregnancy":
                said = {"pregnancy": values.get("pregnancy") == "yes", "breastfeeding": self.breastfeeding}
                names = [name for name, _ in interview.choices_of(screen)]
                return ",".join(str(n) for n, name in enumerate(names, start=1) if said.get(name)) or "0"
            case "list":
                picked = [str(n) for n, item in enumerate(screen.items, start=1) if values[item.fact] == "yes"]
                return ", ".join(picked) or "0"

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
    sex = draw(st.sampled_from(["female", "male", "unknown"]))
    can_be_pregnant = 10 <= age < 60 and sex != "male"
    weeks = draw(st.none() | st.tuples(st.integers(0, 41), st.integers(0, 6))) if can_be_pregnant else None
    breastfeeding = can_be_pregnant and draw(st.booleans())
    doubts = frozenset(draw(st.lists(st.sampled_from([*FACTS, "age"]), min_size=1, max_size=8))) if unsure else ()
    return Person(mine, age, weeks, breastfeeding, frozenset(doubts), sex)


class Step(NamedTuple):
    """A screen, with what was known before it was answered."""

    screen: Screen
    state: State


class Told(NamedTuple):
    """A whole interview."""

    steps: tuple[Step, ...]
    state: State
    report: Report

    @property
    def asked(self) -> list[str]:
        """Every fact of every screen that was shown."""
        return [item.fact for step in self.steps for item in step.screen.items if item.fact in VOCABULARY]


def begun(remedies: tuple[str, ...] | None = None) -> State:
    return interview.begin(Patient(), SHIPPED, start=TODAY, as_of=TODAY, remedies=remedies)


def finished(person: Person, state: State) -> Told:
    """Ask until nothing is left to ask."""
    steps: list[Step] = []
    while len(steps) < MOST_SCREENS * 2:
        left = interview.screens(state, SHIPPED)
        if not left:
            return Told(tuple(steps), state, interview.report_of(state, SHIPPED))
        steps.append(Step(left[0], state))
        state = interview.answer(state, left[0].id, person.values(left[0]), SHIPPED)
    message = f"the interview goes on for ever: {[step.screen.id for step in steps[-3:]]}"
    raise AssertionError(message)


@cache
def told_by(person: Person, remedy: str | None = None) -> Told:
    return finished(person, begun(None if remedy is None else (remedy,)))


def settled(report: Report) -> dict[str, str]:
    return {entry.remedy: entry.verdict for entry in report.verdicts if entry.verdict != "undecided"}


def truth(person: Person) -> dict[str, str]:
    return dict(verdicts(person.in_full(), SHIPPED, start=TODAY, as_of=TODAY))


@given(people())
def test_answering_everything_that_is_asked_settles_every_verdict_as_telling_everything_does(person: Person) -> None:
    told = told_by(person)

    assert told.report.undecided == ()
    assert told.report.questions == ()
    assert settled(told.report) == truth(person)


@given(people() | people(unsure=True))
def test_no_fact_is_asked_twice_and_the_interview_is_short(person: Person) -> None:
    told = told_by(person)

    assert len(set(told.asked)) == len(told.asked)
    assert len(told.steps) <= MOST_SCREENS
    assert len({step.screen.id for step in told.steps}) == len(told.steps)
    assert sum(step.screen.kind == "details" for step in told.steps) <= MOST_DETAILS


@given(people())
def test_a_finer_fact_is_asked_only_after_a_yes_to_the_wider_one_or_beside_it_one_by_one(person: Person) -> None:
    asked: set[str] = set()
    for screen, _ in told_by(person).steps:
        facts = [item.fact for item in screen.items if item.fact in VOCABULARY]
        for fact in facts:
            wider = set(VOCABULARY.wider(fact))
            assert all(person.has(name) for name in wider & asked)
            assert screen.kind == "details" or not wider & {*facts}
        asked |= {*facts}


@given(people(), st.sampled_from([one.id for one in SHIPPED.remedies]))
def test_an_interview_about_one_remedy_settles_it_as_telling_everything_does(person: Person, remedy: str) -> None:
    assert settled(told_by(person, remedy).report) == {remedy: truth(person)[remedy]}


@few(7)
@given(people(unsure=True))
def test_not_knowing_survives_and_is_not_asked_again(person: Person) -> None:
    told = told_by(person)
    doubted = {fact for fact in told.asked if person.doubts(fact)}

    known = known_of(interview.patient_of(told.state, SHIPPED), VOCABULARY)
    again = finished(person, interview.begin(interview.patient_of(told.state, SHIPPED), SHIPPED, as_of=TODAY))

    assert not {fact for fact in doubted if known.no >> VOCABULARY.number[fact] & 1}
    assert settled(told.report).items() <= truth(person).items()
    assert not {*again.asked} & doubted


@few(3)
@given(people(unsure=True))
def test_no_verdict_that_is_settled_on_the_way_is_another_one_in_the_end(person: Person) -> None:
    told = told_by(person)
    final = {entry.remedy: entry.verdict for entry in told.report.verdicts}

    for _, state in told.steps:
        assert settled(interview.report_of(state, SHIPPED)).items() <= final.items()


@given(people(), st.sampled_from(URGENT))
@example(Person(frozenset(), 0, None, breastfeeding=False), "gi-bleeding")
def test_an_urgent_sign_stops_the_interview_at_once(person: Person, sign: str) -> None:
    told = told_by(Person(person.facts | {sign}, person.age, person.weeks, person.breastfeeding))

    assert [step.screen.id for step in told.steps] == ["signs"]
    assert sign in {one.sign for one in told.report.urgent}


@few(4)
@given(people() | people(unsure=True))
def test_every_state_goes_through_json_and_asks_the_same(person: Person) -> None:
    for screen, state in told_by(person).steps:
        again = State.read(state.model_dump_json())
        short = State.read(state.model_dump_json(exclude_defaults=True))

        assert again == short == state
        assert interview.screens(again, SHIPPED)[0] == screen


@few(4)
@given(people() | people(unsure=True))
def test_back_and_the_same_answer_again_changes_nothing(person: Person) -> None:
    told = told_by(person)

    for step in told.steps:
        after = interview.answer(step.state, step.screen.id, person.values(step.screen), SHIPPED)
        back = interview.back(after)
        assert back == step.state
        assert interview.answer(back, step.screen.id, person.values(step.screen), SHIPPED) == after


@few(4)
@given(people() | people(unsure=True))
def test_changing_an_answer_into_the_same_changes_nothing(person: Person) -> None:
    told = told_by(person)

    for step in told.steps:
        again = interview.change(told.state, step.screen.id)
        shown = interview.screens(again, SHIPPED)[0]
        assert (shown.id, shown.items) == (step.screen.id, step.screen.items)
        assert interview.back(again) == told.state
        assert interview.answer(again, shown.id, person.values(shown), SHIPPED) == told.state


@few(7)
@given(people(), people(), st.data())
def test_changing_an_answer_equals_having_given_it_first(person: Person, other: Person, data: st.DataObject) -> None:
    """All other answers stay; where the questions after it are the same, so is the state."""
    told = told_by(person)
    place = data.draw(st.integers(0, len(told.steps) - 1))
    step = told.steps[place]
    try:
        first = interview.answer(step.state, step.screen.id, other.values(step.screen), SHIPPED)
        changed = interview.answer(
            interview.change(told.state, step.screen.id), step.screen.id, other.values(step.screen), SHIPPED
        )
        for later in told.steps[place + 1 :]:
            first = interview.answer(first, later.screen.id, person.values(later.screen), SHIPPED)
    except AnswerError:
        # The other answer contradicts one of the rest, or leads to other questions.
        reject()

    if {one.question: one.asked for one in first.answers} == {one.question: one.asked for one in changed.answers}:
        assert changed == first
    assert len(changed.answers) == len(told.state.answers)


@few(6)
@given(people(), people())
def test_a_corrected_interview_ends_as_one_that_was_right_at_once(person: Person, other: Person) -> None:
    """Somebody gave the age, sex and skin of another person first."""
    right = Person(person.facts, other.age, other.weeks, other.breastfeeding, sex=other.sex)
    state = told_by(person).state
    for name in ("person", "pregnancy"):
        if state.answered(name) is None:
            continue
        again = interview.change(state, name)
        try:
            state = interview.answer(again, name, right.values(interview.screens(again, SHIPPED)[0]), SHIPPED)
        except AnswerError:
            # Whoever said that she is pregnant has to take that back before he can be a man.
            reject()

    ended = finished(right, state)

    if right.weeks is None and not right.breastfeeding:
        assert ended.report.undecided == ()
        assert settled(ended.report) == truth(right)


@few(4)
@given(people())
def test_answers_by_values_and_by_typed_words_give_the_same_state(person: Person) -> None:
    for screen, state in told_by(person).steps:
        by_values = interview.answer(state, screen.id, person.values(screen), SHIPPED)
        assert interview.answer(state, screen.id, person.words(screen), SHIPPED) == by_values


@given(people(), st.sampled_from(sorted(GATES)))
def test_a_plain_no_takes_exactly_the_facts_that_it_covers(person: Person, gate: str) -> None:
    """Whatever else is denied was denied elsewhere; whatever is not is kept open by something that was said."""
    told = told_by(person)
    step = next((step for step in told.steps if step.screen.id == gate), None)
    if step is None:
        reject()
    yes = interview.answer(step.state, gate, {gate: "unknown"}, SHIPPED)
    no = interview.answer(step.state, gate, {gate: "no"}, SHIPPED)
    before, after = (known_of(interview.patient_of(state, SHIPPED), VOCABULARY) for state in (yes, no))
    taken = {*VOCABULARY.ids(after.no & ~before.no)}
    recap = next(one for one in interview.summary(no, SHIPPED) if one.question == gate)

    earlier = {name for one in no.answers for name in GATES if one.question == name and one.gate == "no"}
    assert taken <= {fact for name in {gate, *earlier} for fact in GATES[name]}
    assert recap.facts == len({*VOCABULARY.ids(after.no)} & GATES[gate] - {*VOCABULARY.ids(explicit(no).no)})


def explicit(state: State) -> Known:
    """What was said outright, without the plain questions."""
    answers = tuple(one for one in state.answers if one.gate is None)
    return known_of(interview.patient_of(state.model_copy(update={"answers": answers}), SHIPPED), VOCABULARY)


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


@few(3)
@given(people())
def test_nothing_is_asked_that_cannot_change_a_verdict(person: Person) -> None:
    for screen, state in told_by(person).steps:
        report = interview.report_of(state, SHIPPED)
        patient = interview.patient_of(state, SHIPPED)
        facts = [item.fact for item in screen.items if item.fact in VOCABULARY]
        assert [fact for fact in facts if not can_change(fact, patient, report)] == []
        match screen.kind:
            case "person":
                ages = [completed(patient, set(), age=age) for age in (0, 2, 4, 11, 13, 17, 34)]
                assert any(found != ages[0] for found in ages)
            case "pregnancy":
                plain = completed(patient, set(), pregnancy="no", breastfeeding=False)
                so: dict[str, dict[str, object]] = {
                    "pregnancy": {"pregnancy": {"weeks": 30}},
                    "breastfeeding": {"breastfeeding": True},
                }
                assert [item.fact for item in screen.items if completed(patient, set(), **so[item.fact]) == plain] == []
            case "gate":
                assert open_under(screen.id, patient, report)
            case "list" | "details":
                assert facts or screen.kind == "details"


def open_under(gate: str, patient: Patient, report: Report) -> bool:
    """Tell whether something is open that a plain question covers, or that its "no" would rule out."""
    open_ = {fact for question in report.questions for fact in question.facts if fact in VOCABULARY}
    closed = known_of(patient, VOCABULARY, closing=VOCABULARY.mask(FACTS))
    return bool(open_ & (GATES[gate] | {*VOCABULARY.ids(closed.no)}))
