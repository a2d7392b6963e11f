"""Patient and catalogue in, verdicts with reasons out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from remedies.knowledge.catalogue import Catalogue
from remedies.checking.engine import Situation, bounds, masks, situation_of, truth
from remedies.core.errors import CourseError, Fault, PatientError, UnknownRemedyError, quoted
from remedies.knowledge.vocabulary import TOPIC_NOUNS, TOPICS
from remedies.checking.patient import Gestation, Patient, Trimester, months_before
from remedies.checking.report import (
    STRENGTHS,
    VERDICT_ORDER,
    Assumption,
    CatalogueStamp,
    Citation,
    Course,
    FactValue,
    Question,
    Reason,
    Referral,
    RemedyVerdict,
    Report,
    Verdict,
    citation,
)
from remedies.core.truth import Truth
from remedies.knowledge.words import STRENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.knowledge.rulebook import Index, IndexedRemedy, IndexedRule

MOST_DAYS = 5
"""The article lets a remedy be used for five days at most."""

_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)

REVIEW_YEARS = 2
"""A record that nobody has reviewed for longer than this gets a warning, in years."""

_ORIGIN_RANK = {"own": 0, "substance": 1, "derived": 2, "catalogue": 3}

NOTHING_ELSE = "nothing else would change this answer"
"""What is said when no question is left."""

_QUESTIONS = {
    "age": "How old is the person who will use it?",
    "pregnancy": "Is the person pregnant, or could they be? Since when?",
    "breastfeeding": "Is the person breastfeeding?",
    "conditions": "Does the person have any of these illnesses?",
    "skin": "Is the skin where it would go like this?",
    "allergies": "Is the person allergic to any of these?",
    "medicines": "Does the person use any of these?",
    "circumstances": "Is any of this so, or planned?",
    "signs": "Does the person have any of these warning signs?",
}

ASKING_ORDER = (
    "signs",
    "age",
    "pregnancy",
    "breastfeeding",
    "skin",
    "conditions",
    "allergies",
    "medicines",
    "circumstances",
)
"""The order in which topics are asked: warning signs come before any remedy."""


def check(
    patient: Patient,
    catalogue: Catalogue | None = None,
    *,
    start: date | None = None,
    days: int = MOST_DAYS,
    as_of: date | None = None,
    remedies: Iterable[str] | None = None,
    all_rules: bool = False,
) -> Report:
    """Check every remedy, or the named ones, for one patient.

    Args:
        patient: what is known; what is not said stays unknown.
        catalogue: the shipped one unless given.
        start: first day of the course; today unless given.
        days: length of the course, 1 to 5 days.
        as_of: the day on which a stated age or week of pregnancy holds; today unless given.
        remedies: ids or names; all remedies unless given.
        all_rules: also list the rules that were ruled out.

    Raises:
        CourseError: the days or the start cannot be used.
        PatientError: the patient speaks of facts that this catalogue does not know.
        UnknownRemedyError: a named remedy does not exist.

    >>> report = check(Patient(age=34, sex="male", conditions={"yes": ["asthma"], "rest": "no"}))
    >>> report["dolobene"].verdict
    'excluded'
    """
    index = (catalogue or Catalogue.shipped()).index
    as_of = as_of or date.today()
    start = start or as_of
    wanted = _wanted(index, remedies)
    situation = _situation(patient, index, start, days, as_of)
    explainer = _Explainer(index, situation)
    verdicts = [explainer.verdict(remedy, all_rules=all_rules) for remedy in wanted]
    verdicts.sort(key=lambda entry: VERDICT_ORDER.index(entry.verdict))
    return Report.model_construct(
        patient=patient.id,
        as_of=as_of,
        course=Course.model_construct(start=start, days=days),
        catalogue=CatalogueStamp.model_construct(version=index.version, sha256=index.sha256),
        refer=tuple(explainer.referrals()),
        assumed=tuple(
            Assumption.model_construct(fact=fact, value="no", because=why) for fact, why in situation.assumed
        ),
        verdicts=tuple(verdicts),
        questions=tuple(_questions(index, verdicts, situation.known.prompted)),
        warnings=tuple(_warnings(index, wanted, situation, start, as_of)),
        disclaimer=index.disclaimer,
    )


def verdicts(
    patient: Patient,
    catalogue: Catalogue | None = None,
    *,
    start: date | None = None,
    days: int = MOST_DAYS,
    as_of: date | None = None,
) -> dict[str, Verdict]:
    """Return only the verdict on every remedy, in catalogue order; for many patients.

    Raises:
        CourseError: the days or the start cannot be used.
        PatientError: the patient speaks of facts that this catalogue does not know.
    """
    index = (catalogue or Catalogue.shipped()).index
    as_of = as_of or date.today()
    situation = _situation(patient, index, start or as_of, days, as_of)
    yes, may = masks(index, situation)
    return {
        # Floor against ceiling, the strongest effect first.
        remedy: "excluded"
        if yes & exclude
        else "undecided"
        if may & exclude
        else "ask-doctor"
        if yes & ask
        else "undecided"
        if may & ask
        else "allowed"
        for remedy, exclude, ask in index.effects
    }


def _wanted(index: Index, names: Iterable[str] | None) -> list[IndexedRemedy]:
    if names is None:
        return list(index.remedies)
    found: set[str] = set()
    faults: list[Fault] = []
    for name in names:
        try:
            found.add(index.find(name))
        except UnknownRemedyError as error:
            faults += error.faults
    if faults:
        raise UnknownRemedyError(faults)
    return [remedy for remedy in index.remedies if remedy.id in found]


def _situation(patient: Patient, index: Index, start: date, days: int, as_of: date) -> Situation:
    if not 1 <= days <= MOST_DAYS:
        msg = (
            f"a course has 1 to {MOST_DAYS} days, not {quoted(days)}: "
            f"the article lets a remedy be used for {MOST_DAYS} days at most before a doctor is asked"
        )
        raise CourseError(Fault("days", msg))
    for name, day in (("start", start), ("as of", as_of)):
        if not _EARLIEST <= day <= _LATEST:
            raise CourseError(Fault(name, f"must lie between {_EARLIEST} and {_LATEST}, not {day}"))
    known = patient.known(index.vocabulary)
    if known.faults:
        raise PatientError(known.faults)
    return situation_of(patient, known, as_of, start, days)


class _Explainer:
    """Says why, for one patient."""

    def __init__(self, index: Index, situation: Situation) -> None:
        self._index = index
        self._situation = situation
        self._yes, self._may = masks(index, situation)
        found = bounds(index, self._yes, self._may)
        self._bounds = {remedy.id: both for remedy, both in zip(index.remedies, found, strict=True)}
        self._citations: dict[int, Citation] = {}
        self._values: dict[tuple[str, int], FactValue] = {}

    def verdict(self, remedy: IndexedRemedy, *, all_rules: bool) -> RemedyVerdict:
        """Explain the verdict on one remedy."""
        floor, ceiling = self._bounds[remedy.id]
        active = [(rule, self._truth(rule.mask)) for rule in map(self._index.rules.__getitem__, remedy.rules)]
        open_ = [rule for rule, holds in active if holds is Truth.UNKNOWN and STRENGTH[rule.effect] > floor]
        shown = [(rule, holds) for rule, holds in active if all_rules or holds is not Truth.NO]
        shown.sort(key=_rank)
        settled = floor == ceiling
        return RemedyVerdict.model_construct(
            remedy=remedy.id,
            name=remedy.name,
            what=remedy.what,
            verdict=STRENGTHS[floor] if settled else "undecided",
            at_least=STRENGTHS[floor],
            at_most=STRENGTHS[ceiling],
            reasons=tuple(self._reason(rule, holds) for rule, holds in shown),
            ask=() if settled else self._ask(open_),
        )

    def referrals(self) -> Iterator[Referral]:
        """Name the warning signs that the patient has, the urgent ones first."""
        vocabulary = self._index.vocabulary
        for sign in self._index.signs:
            if self._situation.known.yes >> vocabulary.number[sign.fact] & 1:
                yield Referral.model_construct(
                    sign=sign.fact,
                    label=vocabulary.label(sign.fact),
                    urgency=sign.urgency,
                    because=sign.because,
                    sources=self._cite(sign.sources),
                )

    def _truth(self, mask: int) -> Truth:
        return truth(mask, self._yes, self._may)

    def _reason(self, rule: IndexedRule, holds: Truth) -> Reason:
        return Reason.model_construct(
            rule=rule.key,
            effect=rule.effect,
            holds=holds.value,
            because=rule.because,
            cure=rule.cure,
            origin=rule.origin,
            basis=rule.basis,
            facts=tuple(self._value(name, mask) for name, mask in rule.reads),
            sources=self._cite(rule.sources),
        )

    def _ask(self, rules: list[IndexedRule]) -> tuple[str, ...]:
        """Name the unknown facts that the open rules read, each once."""
        reads = dict.fromkeys((name, mask) for rule in rules for name, mask in rule.reads)
        return tuple(dict.fromkeys(name for name, mask in reads if self._truth(mask) is Truth.UNKNOWN))

    def _value(self, name: str, mask: int) -> FactValue:
        if (name, mask) not in self._values:
            self._values[name, mask] = FactValue.model_construct(fact=name, value=self._describe(name, mask))
        return self._values[name, mask]

    def _describe(self, name: str, mask: int) -> str:
        situation, patient = self._situation, self._situation.patient
        match name:
            case "age":
                known = patient.age is not None or patient.born is not None
                return _age_words(situation.first.youngest, situation.first.oldest) if known else "unknown"
            case "pregnancy":
                return _pregnancy_words(situation)
            case _:
                return self._truth(mask).value

    def _cite(self, numbers: Sequence[int]) -> tuple[Citation, ...]:
        for number in numbers:
            if number not in self._citations:
                self._citations[number] = citation(self._index.citations[number])
        return tuple(map(self._citations.__getitem__, numbers))


def _rank(shown: tuple[IndexedRule, Truth]) -> tuple[int, int, int]:
    """Order reasons: what holds first, then the stronger, then the closer to the remedy."""
    rule, holds = shown
    certainty = {Truth.YES: 0, Truth.UNKNOWN: 1, Truth.NO: 2}[holds]
    return certainty, -STRENGTH[rule.effect], _ORIGIN_RANK[rule.origin]


def _age_words(youngest: int, oldest: int) -> str:
    """Say an age range: in months below two years, else in years."""
    unit, name = (1, " months") if oldest < 24 else (12, "")
    low, high = max(youngest, 0) // unit, max(oldest, 0) // unit
    return f"{low}{name}" if low == high else f"{low} to {high}{name}"


def _pregnancy_words(situation: Situation) -> str:
    match situation.patient.pregnancy:
        case Trimester(trimester=number):
            return f"trimester {number}"
        case Gestation(weeks=weeks, days=None):
            return f"week {weeks}"
        case Gestation(weeks=weeks, days=days):
            return f"{weeks} weeks + {days} days"
        case None:
            return situation.pregnant.value
        case said:
            return said


def _questions(index: Index, found: list[RemedyVerdict], prompted: tuple[str, ...]) -> Iterator[Question]:
    """Group the facts that would settle something by topic, most decisive first."""
    weight: dict[str, int] = {}
    for entry in found:
        for fact in entry.ask:
            weight[fact] = weight.get(fact, 0) + 1
    vocabulary = index.vocabulary
    for topic in ASKING_ORDER:
        if topic in TOPICS:
            facts = [fact for fact in weight if fact in vocabulary and vocabulary[fact].topic == topic]
            facts.sort(key=lambda fact: (fact not in prompted, -weight[fact], vocabulary.number[fact]))
        else:
            facts = [topic] if topic in weight else []
        if facts:
            only = vocabulary[facts[0]].question if len(facts) == 1 and facts[0] in vocabulary else _QUESTIONS[topic]
            yield Question.model_construct(topic=topic, facts=tuple(facts), text=only)


def _warnings(
    index: Index, wanted: list[IndexedRemedy], situation: Situation, start: date, as_of: date
) -> Iterator[str]:
    yield from situation.known.notes
    if start < as_of:
        yield f"The course starts on {start}, before today ({as_of})."
    for fact in situation.known.prompted:
        if not (situation.known.yes | situation.known.no) >> index.vocabulary.number[fact] & 1:
            entry = index.vocabulary[fact]
            yield f"What was said is a reason to ask about another {TOPIC_NOUNS[entry.topic]}: {entry.label}."
    limit = months_before(as_of, REVIEW_YEARS * 12)
    for remedy in wanted:
        if date.fromisoformat(remedy.reviewed) < limit:
            yield (
                f"The record of {remedy.name} was last reviewed on {remedy.reviewed}, "
                f"more than {REVIEW_YEARS} years ago; check the leaflet with special care."
            )
