"""Laws that hold for every catalogue and every patient.

The first half is an oracle: the semantics once more, as plainly as they are defined, with sets of
facts, trees of clauses and days that are counted out. The second half makes small catalogues and
patients at random and compares.
"""

import json
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from remedies.checking.engine import bounds, masks, situation_of

from remedies import Catalogue, CatalogueError, Patient, Report, check, verdicts
from remedies.checking.known import known_of
from remedies.knowledge.records import FactsFile
from remedies.knowledge.rulebook import loaded
from remedies.knowledge.vocabulary import TOPICS, Vocabulary

Json = dict[str, Any]
Bounds = dict[str, tuple[int, int]]
Build = Callable[..., Catalogue]

TODAY = date(2026, 11, 22)


YES, NO, UNKNOWN = "yes", "no", "unknown"


@dataclass(frozen=True)
class World:
    """A small catalogue as plain data."""

    facts: dict[str, Json]
    rules: list[Json]
    substances: list[Json]
    signs: list[str]
    remedies: list[Json]

    def wider(self, fact: str) -> set[str]:
        """Collect a fact and everything that it is."""
        found = {fact}
        for parent in self.facts[fact].get("is_a", ()):
            found |= self.wider(parent)
        return found

    def finer(self, fact: str) -> set[str]:
        """Collect a fact and everything that is it."""
        return {other for other in self.facts if fact in self.wider(other)}

    def rules_of(self, remedy: Json) -> list[tuple[Json, int]]:
        """List every rule that acts on a remedy, with its strength."""
        rules = [*remedy["rules"], *self.rules]
        contained = [entry["substance"] for entry in remedy["ingredients"]]
        for substance in self.substances:
            if any(substance["id"] in self.wider(one) for one in contained):
                rules += substance["rules"]
        found = [(rule["when"], 2 if rule["effect"] == "exclude" else 1) for rule in rules]
        for one in contained:
            found.append(({"allergy": one}, 2))
            kin = set(self.facts[one].get("cross_reacts_with", ()))
            kin |= {name for name, fact in self.facts.items() if one in fact.get("cross_reacts_with", ())}
            found += [({"allergy": other}, 1) for other in sorted(kin - set(contained))]
        return found + [({"sign": sign}, 1) for sign in self.signs]


def both(first: str, second: str) -> str:
    """Join by strong Kleene "and"."""
    return NO if NO in (first, second) else UNKNOWN if UNKNOWN in (first, second) else YES


def either(first: str, second: str) -> str:
    """Join by strong Kleene "or"."""
    return YES if YES in (first, second) else UNKNOWN if UNKNOWN in (first, second) else NO


def truths_of(world: World, patient: Json) -> dict[str, str]:
    """Work out what is known of every fact.

    In a closed topic everything is "no" that was neither said nor left open. Left open are the finer
    facts below one that was named, and facts that something named is a reason to ask about; and with
    an open fact also what is wider (it cannot be ruled out before the finer one is), what is finer and
    what it would prompt (an answer to the open fact must not take back what had been ruled out).
    """
    truths = dict.fromkeys(world.facts, UNKNOWN)
    for topic in ("conditions", "skin", "allergies", "medicines", "circumstances", "signs"):
        answers = patient.get(topic, {})
        named = answers.get("yes", [])
        so = {fact for name in named for fact in world.wider(name)}
        not_so = {fact for name in answers.get("no", []) for fact in world.finer(name)}
        if patient.get("nothing_else") or answers.get("rest") == "no":
            left = {fact for name in named for fact in world.finer(name)}
            left |= {fact for name in named for fact in world.facts[name].get("prompts", ())}
            left -= so | not_so
            while True:
                spread = set(left)
                for fact in left:
                    spread |= world.wider(fact) | world.finer(fact) | set(world.facts[fact].get("prompts", ()))
                spread -= so | not_so
                if spread == left:
                    break
                left = spread
            not_so |= {name for name, fact in world.facts.items() if fact["topic"] == topic} - so - left
        truths |= dict.fromkeys(so, YES) | dict.fromkeys(not_so, NO)
    return truths


def reached(born: date, months: int, day: date) -> bool:
    """Tell whether somebody has completed so many months of life; a day that the month lacks is the next first."""
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    anniversary = date(year, month + 1, min(born.day, length))
    return day >= (anniversary if born.day <= length else anniversary + timedelta(days=1))


def birthdays(patient: Json, anchor: date) -> list[date]:
    """List every day on which the patient may have been born; none where nothing is known of the age."""
    born, age = patient.get("born"), patient.get("age")
    if born is not None:
        year = int(born[:4])
        days = [date(year, 1, 1) + timedelta(days=count) for count in range(366)]
        return [day for day in days if day.isoformat().startswith(born) and day <= anchor]
    if age is None:
        return []
    low, span = (age * 12, 12) if isinstance(age, int) else (age["years"] * 12 + age["months"], 1)
    first = anchor - timedelta(days=(low + span) * 31)
    days = [first + timedelta(days=count) for count in range((low + span) * 31 + 1)] if low < 36 else []
    if not days:
        around = date(anchor.year - (low + span) // 12 - 1, 1, 1)
        days = [around + timedelta(days=count) for count in range(3 * 366 + 31)]
    return [day for day in days if day <= anchor and reached(day, low, anchor) and not reached(day, low + span, anchor)]


def pregnancies(patient: Json, no_child: bool) -> list[int | None]:  # noqa: FBT001 - two answers, no option
    """List every day of pregnancy on which the patient may be, ``None`` for not being pregnant."""
    said = patient.get("pregnancy")
    if said == "no" or (said is None and no_child):
        return [None]
    if said is None or said == "possible":
        return [None, *range(44 * 7 + 8)]
    if said == "yes":
        return list(range(44 * 7 + 8))
    if "trimester" in said:
        return list({1: range(98), 2: range(98, 196), 3: range(196, 316)}[said["trimester"]])
    odd = range(7) if said.get("days") is None else range(said["days"], said["days"] + 1)
    return [said["weeks"] * 7 + day for day in odd]


def says(worlds: list[bool]) -> str:
    """Tell what holds in all of some possible worlds, in none of them, or in a few."""
    return YES if all(worlds) else UNKNOWN if any(worlds) else NO


@dataclass
class Oracle:
    """One patient over one course."""

    world: World
    patient: Json
    as_of: date
    start: date
    days: int

    def __post_init__(self) -> None:
        """Count out what is possible."""
        self.truths = truths_of(self.world, self.patient)
        self.anchor = min(self.as_of, self.start)
        self.born = birthdays(self.patient, self.anchor)
        child = bool(self.born) and not any(reached(born, 120, self.start) for born in self.born)
        elder = bool(self.born) and all(reached(born, 720, self.start) for born in self.born)
        self.no_child = self.patient.get("sex") == "male" or child or elder
        self.pregnancies = pregnancies(self.patient, self.no_child)

    def holds(self, clause: Json, day: date) -> str:
        """Evaluate a clause on one day."""
        ((kind, value),) = clause.items()
        match kind:
            case "all":
                truth = YES
                for part in value:
                    truth = both(truth, self.holds(part, day))
                return truth
            case "any":
                truth = NO
                for part in value:
                    truth = either(truth, self.holds(part, day))
                return truth
            case "always":
                return YES
            case "age_below":
                months = value * 12 if isinstance(value, int) else value["years"] * 12 + value["months"]
                return says([not reached(born, months, day) for born in self.born]) if self.born else UNKNOWN
            case "pregnant":
                gone = (day - self.anchor).days
                return says([now is not None and _meant(value, now + gone) for now in self.pregnancies])
            case "breastfeeding":
                said = self.patient.get("breastfeeding")
                return {True: YES, False: NO, None: NO if self.no_child else UNKNOWN}[said]
            case _:
                return self.truths[value]

    def bounds(self, remedy: Json) -> tuple[int, int]:
        """Find floor and ceiling of a remedy: 0 allowed, 1 ask-doctor, 2 excluded."""
        floor = ceiling = 0
        last = self.start + timedelta(days=self.days - 1)
        for when, strength in self.world.rules_of(remedy):
            truth = either(self.holds(when, self.start), self.holds(when, last))
            if truth == YES:
                floor = max(floor, strength)
            if truth != NO:
                ceiling = max(ceiling, strength)
        return floor, ceiling


def _meant(value: object, day: int) -> bool:
    if isinstance(value, dict) and "from_week" in value:
        return bool(day >= value["from_week"] * 7)
    trimester = 1 if day < 14 * 7 else 2 if day < 28 * 7 else 3
    return value == "any" or (isinstance(value, dict) and trimester in value["trimesters"])


CITED = [{"ref": "leaflet", "section": "contraindications"}]
PLAIN: Json = {
    "form": "gel",
    "what": "a gel",
    "label": "own",
    "reviewed": "2026-11-22",
    "ingredients": [{"substance": "substance", "sources": CITED}],
}
KEYS = {
    "conditions": "condition",
    "skin": "skin",
    "allergies": "allergy",
    "medicines": "taking",
    "circumstances": "circumstance",
    "signs": "sign",
}

AGES = st.sampled_from([2, 9, 10, 12, 18, 60, {"years": 2, "months": 6}])
PREGNANCIES = st.one_of(
    st.just("any"),
    st.sampled_from([[1], [2], [3], [1, 2], [1, 3]]).map(lambda numbers: {"trimesters": numbers}),
    st.sampled_from([0, 13, 14, 20, 28]).map(lambda week: {"from_week": week}),
)
LEAVES = st.one_of(
    AGES.map(lambda age: {"age_below": age}),
    PREGNANCIES.map(lambda pregnant: {"pregnant": pregnant}),
    st.just({"breastfeeding": True}),
)


def clauses(facts: dict[str, Json]) -> st.SearchStrategy[Json]:
    """Make clauses over some facts."""
    about = st.sampled_from(sorted(facts)).map(lambda name: {KEYS[facts[name]["topic"]]: name})
    leaf = st.one_of(about, about, about, LEAVES)
    parts = st.lists(leaf, min_size=2, max_size=3)
    inner = st.one_of(leaf, parts.map(lambda found: {"any": found}), parts.map(lambda found: {"all": found}))
    outer = st.lists(inner, min_size=2, max_size=2)
    return st.one_of(
        leaf, leaf, inner, outer.map(lambda found: {"any": found}), outer.map(lambda found: {"all": found})
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Make a small catalogue."""
    facts: dict[str, Json] = {"substance": {"topic": "allergies"}}
    for number in range(draw(st.integers(2, 7))):
        topic = draw(st.sampled_from(["conditions", "conditions", "conditions", "allergies", "allergies", "signs"]))
        kin = sorted(name for name, fact in facts.items() if fact["topic"] == topic)
        some = st.lists(st.sampled_from(kin), max_size=2, unique=True) if kin else st.just([])
        facts[f"f{number}"] = {"topic": topic, "is_a": draw(some)}
        if kin and draw(st.integers(0, 3)) == 0:
            key = "cross_reacts_with" if topic == "allergies" else "prompts"
            facts[f"f{number}"][key] = [draw(st.sampled_from(kin))]
    allergies = sorted(name for name, fact in facts.items() if fact["topic"] == "allergies")
    signs = sorted(name for name, fact in facts.items() if fact["topic"] == "signs")
    effects = st.sampled_from(["exclude", "ask-doctor"])
    some_rules = st.lists(st.tuples(clauses(facts), effects), max_size=3)

    def rules() -> list[Json]:
        found = enumerate(draw(some_rules))
        return [
            {"id": f"r{number}", "when": when, "effect": effect, "because": "It is so.", "sources": CITED}
            for number, (when, effect) in found
        ]

    def remedy(number: int) -> Json:
        contained = draw(st.lists(st.sampled_from(allergies), min_size=1, max_size=2, unique=True))
        ingredients = [{"substance": name, "sources": CITED} for name in contained]
        return {**PLAIN, "id": f"gel-{number}", "ingredients": ingredients, "rules": rules()}

    return World(
        facts,
        rules(),
        [
            {"id": name, "rules": rules()}
            for name in draw(st.lists(st.sampled_from(allergies), max_size=2, unique=True))
        ],
        draw(st.lists(st.sampled_from(signs), max_size=2, unique=True)) if signs else [],
        [remedy(number) for number in range(draw(st.integers(1, 3)))],
    )


@st.composite
def hierarchies(draw: st.DrawFn) -> World:
    """Make closely related illnesses, without remedies."""
    names = [f"f{number}" for number in range(draw(st.integers(2, 6)))]
    facts: dict[str, Json] = {}
    for place, name in enumerate(names):
        parents = draw(st.lists(st.sampled_from(names[:place]), max_size=2, unique=True)) if place else []
        prompted = draw(st.lists(st.sampled_from(names), max_size=1)) if draw(st.booleans()) else []
        facts[name] = {"topic": "conditions", "is_a": parents, "prompts": [one for one in prompted if one != name]}
    return World(facts, [], [], [], [])


def records(world: World) -> list[Json]:
    """Write the facts of a world as the catalogue has them."""
    return [{"id": name, "label": name, "question": f"Any {name}?", **fact} for name, fact in world.facts.items()]


def known_in(world: World, conditions: Json) -> dict[str, str]:
    """Work out what the program knows of every fact."""
    file = FactsFile.model_validate_json(json.dumps({"facts": records(world)}))
    vocabulary = Vocabulary.compile(file.facts)
    patient = Patient.model_validate({"conditions": conditions}, context={"vocabulary": vocabulary})
    known = known_of(patient, vocabulary)
    return {
        name: YES if known.yes >> number & 1 else NO if known.no >> number & 1 else UNKNOWN
        for name, number in vocabulary.number.items()
    }


@st.composite
def bodily_worlds(draw: st.DrawFn) -> World:
    """Make a catalogue whose rules look at age, pregnancy and breastfeeding only."""
    parts = st.lists(LEAVES, min_size=2, max_size=3)
    clause = st.one_of(LEAVES, parts.map(lambda found: {"any": found}), parts.map(lambda found: {"all": found}))

    def rules() -> list[Json]:
        found = enumerate(draw(st.lists(st.tuples(clause, st.sampled_from(["exclude", "ask-doctor"])), max_size=3)))
        return [
            {"id": f"r{number}", "when": when, "effect": effect, "because": "It is so.", "sources": CITED}
            for number, (when, effect) in found
        ]

    facts = {"substance": {"topic": "allergies"}}
    return World(facts, [], [{"id": "substance", "rules": rules()}], [], [{**PLAIN, "id": "gel", "rules": rules()}])


_AT_RULE = re.compile(r"(?:(substances|remedies)\[(\d+)\]\.)?rules\[(\d+)\]")


def load(world: World, build: Build) -> Catalogue:
    """Load a small catalogue strictly; rules that lint refuses (unreachable, impossible) are taken out first."""
    facts = records(world)
    signs = [{"sign": sign, "urgency": "now", "because": "It is so.", "sources": CITED} for sign in world.signs]
    while True:
        try:
            remedies = [{**remedy, "name": remedy["id"]} for remedy in world.remedies]
            return build(facts, remedies, rules=world.rules, substances=world.substances, signs=signs)
        except CatalogueError as error:
            refused: set[tuple[str | None, int, int]] = set()
            for fault in error.faults:
                match = _AT_RULE.match(fault.path)
                assert match is not None, fault
                refused.add((match[1], int(match[2] or 0), int(match[3])))
            for kind, owner, number in sorted(refused, key=str, reverse=True):
                home = world.rules if kind is None else getattr(world, kind)[owner]["rules"]
                del home[number]


@st.composite
def answers(draw: st.DrawFn, world: World, topic: str) -> Json:
    """Make answers within one topic that do not contradict each other."""
    kin = sorted(name for name, fact in world.facts.items() if fact["topic"] == topic)
    some = st.lists(st.sampled_from(kin), max_size=2, unique=True) if kin else st.just([])
    yes, no = draw(some), draw(some)
    so = {fact for name in yes for fact in world.wider(name)}
    return {
        "yes": yes,
        "no": [name for name in no if not so & world.finer(name)],
        "rest": draw(st.sampled_from(["no", "no", "unknown"])),
    }


WEEKS = st.fixed_dictionaries(
    {"weeks": st.sampled_from([0, 13, 14, 19, 20, 27, 28, 44])}, optional={"days": st.integers(0, 6)}
)
SAID_OF_PREGNANCY = st.one_of(
    st.sampled_from(["no", "possible", "yes"]), st.integers(1, 3).map(lambda number: {"trimester": number}), WEEKS
)
SAID_OF_AGE = st.one_of(
    st.sampled_from([0, 1, 2, 9, 10, 11, 12, 17, 18, 34, 59, 60, 120]),
    st.fixed_dictionaries({"years": st.sampled_from([0, 2, 9, 17, 59]), "months": st.integers(0, 11)}),
)
BORN = st.one_of(
    st.sampled_from(["2024", "2014", "2008", "1966", "2008-11", "2016-12", "2008-02-29"]),
    st.integers(-400, 400).map(lambda days: (date(2008, 11, 22) + timedelta(days=days)).isoformat()),
)


@st.composite
def bodies(draw: st.DrawFn) -> Json:
    """Make what belongs to no topic: age, sex, pregnancy, breastfeeding."""
    said: Json = {}
    match draw(st.integers(0, 3)):
        case 0:
            said["age"] = draw(SAID_OF_AGE)
        case 1:
            said["born"] = draw(BORN)
        case _:
            pass
    sex = draw(st.sampled_from([None, None, "female", "male"]))
    if sex is not None:
        said["sex"] = sex
    if draw(st.booleans()):
        said["pregnancy"] = "no" if sex == "male" else draw(SAID_OF_PREGNANCY)
    if draw(st.booleans()):
        said["breastfeeding"] = sex != "male" and draw(st.booleans())
    return said


@st.composite
def patients(draw: st.DrawFn, world: World) -> Json:
    """Make a patient as a JSON document."""
    said: Json = {topic: draw(answers(world, topic)) for topic in TOPICS if draw(st.booleans())}
    return {**draw(bodies()), **said, **({"nothing_else": True} if draw(st.integers(0, 3)) == 0 else {})}


@st.composite
def cases(draw: st.DrawFn) -> tuple[World, Json, date, int]:
    """Make a catalogue, a patient, the start of a course and its days."""
    world = draw(worlds())
    later = draw(st.sampled_from([0, 0, 0, 1, 5, 40, 400, -1, -30]))
    return world, draw(patients(world)), TODAY + timedelta(days=later), draw(st.integers(1, 5))


def read(patient: Json, catalogue: Catalogue) -> Patient:
    """Read a patient against the facts of a catalogue."""
    return Patient.model_validate(patient, context={"vocabulary": catalogue.vocabulary})


def bounds_of(patient: Json, catalogue: Catalogue, start: date = TODAY, days: int = 5) -> Bounds:
    """Find floor and ceiling of every remedy as the program does."""
    known = read(patient, catalogue)
    situation = situation_of(known, known_of(known, catalogue.vocabulary), TODAY, start, days)
    found = bounds(catalogue.index, *masks(catalogue.index, situation))
    return {remedy.id: both for remedy, both in zip(catalogue.index.remedies, found, strict=True)}


def told(patient: Json, topic: str, fact: str, answer: str) -> Json:
    """Give one more answer within a topic."""
    before = patient.get(topic, {})
    return {**patient, topic: {**before, answer: [*before.get(answer, []), fact]}}


def narrowed(before: Bounds, after: Bounds) -> bool:
    """Tell whether no floor sank and no ceiling rose."""
    return all(after[name][0] >= low and after[name][1] <= high for name, (low, high) in before.items())


def risen(before: Bounds, after: Bounds) -> bool:
    """Tell whether neither a floor nor a ceiling sank."""
    return all(after[name][0] >= low and after[name][1] >= high for name, (low, high) in before.items())


@given(cases())
def test_the_engine_finds_what_the_definition_says(small_catalogue: Build, case: tuple[World, Json, date, int]) -> None:
    world, patient, start, days = case
    catalogue = load(world, small_catalogue)
    oracle = Oracle(world, patient, TODAY, start, days)
    expected = {remedy["id"]: oracle.bounds(remedy) for remedy in world.remedies}
    assert bounds_of(patient, catalogue, start, days) == expected


@settings(max_examples=300)
@given(hierarchies(), st.data())
def test_facts_are_known_as_the_definition_says(world: World, data: st.DataObject) -> None:
    said = data.draw(answers(world, "conditions"))
    assert known_in(world, said) == truths_of(world, {"conditions": said})


@settings(max_examples=300)
@given(hierarchies(), st.data())
def test_an_answer_takes_back_nothing_that_was_known(world: World, data: st.DataObject) -> None:
    said = data.draw(answers(world, "conditions"))
    before = known_in(world, said)
    unknown = [name for name, truth in before.items() if truth == UNKNOWN]
    assume(unknown)
    name, answer = data.draw(st.sampled_from(unknown)), data.draw(st.sampled_from(["yes", "no"]))
    after = known_in(world, {**said, answer: [*said[answer], name]})
    assert {**after, **{name: truth for name, truth in before.items() if truth != UNKNOWN}} == after


@given(bodily_worlds(), bodies(), st.sampled_from([0, 0, 0, 1, 5, 40, 400, -30]), st.integers(1, 5))
def test_age_and_pregnancy_are_judged_as_the_definition_says(
    small_catalogue: Build, world: World, patient: Json, later: int, days: int
) -> None:
    catalogue = load(world, small_catalogue)
    start = TODAY + timedelta(days=later)
    oracle = Oracle(world, patient, TODAY, start, days)
    expected = {remedy["id"]: oracle.bounds(remedy) for remedy in world.remedies}
    assert bounds_of(patient, catalogue, start, days) == expected


@given(cases(), st.data())
def test_admitting_a_problem_that_had_been_ruled_out_or_left_open_raises_every_bound(
    small_catalogue: Build, case: tuple[World, Json, date, int], data: st.DataObject
) -> None:
    """A fact that a closed topic had left open is not meant: admitting it answers a question, see below."""
    world, patient, start, days = case
    catalogue = load(world, small_catalogue)
    known = Oracle(world, patient, TODAY, start, days).truths
    denied = {fact for topic in TOPICS for no in patient.get(topic, {}).get("no", ()) for fact in world.finer(no)}
    free = [
        name
        for name, fact in world.facts.items()
        if not world.wider(name) & denied
        and (known[name] != UNKNOWN or not read(patient, catalogue).closed(fact["topic"]))
    ]
    assume(free)
    name = data.draw(st.sampled_from(sorted(free)))
    worse = told(patient, world.facts[name]["topic"], name, "yes")
    assert risen(bounds_of(patient, catalogue, start, days), bounds_of(worse, catalogue, start, days))


@given(cases(), st.data())
def test_answering_an_unknown_fact_narrows_every_verdict(
    small_catalogue: Build, case: tuple[World, Json, date, int], data: st.DataObject
) -> None:
    world, patient, start, days = case
    catalogue = load(world, small_catalogue)
    known = known_of(read(patient, catalogue), catalogue.vocabulary)
    unknown = [name for name, number in catalogue.vocabulary.number.items() if not (known.yes | known.no) >> number & 1]
    assume(unknown)
    name = data.draw(st.sampled_from(sorted(unknown)))
    better = told(patient, world.facts[name]["topic"], name, data.draw(st.sampled_from(["yes", "no"])))
    assert narrowed(bounds_of(patient, catalogue, start, days), bounds_of(better, catalogue, start, days))


@given(cases(), st.data())
def test_answering_age_pregnancy_or_breastfeeding_narrows_every_verdict(
    small_catalogue: Build, case: tuple[World, Json, date, int], data: st.DataObject
) -> None:
    world, patient, start, days = case
    catalogue = load(world, small_catalogue)
    open_: dict[str, st.SearchStrategy[object]] = {"sex": st.sampled_from(["female", "male"])}
    if "pregnancy" in patient or "breastfeeding" in patient:
        open_["sex"] = st.just("female")
    if "age" not in patient and "born" not in patient:
        open_["age"] = SAID_OF_AGE
    if patient.get("pregnancy") in ("possible", "yes"):
        open_["pregnancy"] = st.just({"trimester": 2}) | WEEKS
    settled = dict(Oracle(world, patient, TODAY, start, days).patient)
    assumed = Oracle(world, patient, TODAY, start, days).no_child
    if "pregnancy" not in patient and not assumed:
        open_["pregnancy"] = SAID_OF_PREGNANCY
    if "breastfeeding" not in patient and not assumed:
        open_["breastfeeding"] = st.booleans()
    if "sex" in settled:
        del open_["sex"]
    assume(open_)
    name = data.draw(st.sampled_from(sorted(open_)))
    better = {**patient, name: data.draw(open_[name])}
    assert narrowed(bounds_of(patient, catalogue, start, days), bounds_of(better, catalogue, start, days))


@given(worlds())
@settings(max_examples=50)
def test_nothing_is_allowed_to_somebody_of_whom_nothing_is_known(small_catalogue: Build, world: World) -> None:
    """Every remedy has a rule, if only on an allergy to its ingredient."""
    catalogue = load(world, small_catalogue)
    assert check(Patient(), catalogue, start=TODAY, as_of=TODAY).allowed == ()


@given(cases(), st.data())
def test_an_exclusion_that_holds_is_final(
    small_catalogue: Build, case: tuple[World, Json, date, int], data: st.DataObject
) -> None:
    world, patient, start, days = case
    catalogue = load(world, small_catalogue)
    before = check(read(patient, catalogue), catalogue, start=start, days=days, as_of=TODAY)
    topic = data.draw(st.sampled_from(TOPICS))
    said, more = patient.get(topic, {}), data.draw(answers(world, topic))
    so = {fact for name in (*said.get("yes", ()), *more["yes"]) for fact in world.wider(name)}
    no = [name for name in (*said.get("no", ()), *more["no"]) if not so & world.finer(name)]
    assume(set(no) >= set(said.get("no", ())))
    later = {**patient, topic: {"yes": [*said.get("yes", ()), *more["yes"]], "no": no, "rest": "no"}}
    if "pregnancy" not in patient and patient.get("sex") != "male":
        later["pregnancy"] = data.draw(st.sampled_from(["possible", "yes"]))
    after = check(read(later, catalogue), catalogue, start=start, days=days, as_of=TODAY)
    assert {entry.remedy for entry in before.excluded} <= {entry.remedy for entry in after.excluded}


@given(cases())
@settings(max_examples=50)
def test_the_short_way_to_verdicts_agrees_with_the_whole_check(
    small_catalogue: Build, case: tuple[World, Json, date, int]
) -> None:
    world, patient, start, days = case
    catalogue = load(world, small_catalogue)
    known = read(patient, catalogue)
    report = check(known, catalogue, start=start, days=days, as_of=TODAY)
    short = verdicts(known, catalogue, start=start, days=days, as_of=TODAY)
    assert {entry.remedy: entry.verdict for entry in report.verdicts} == short


@given(cases())
def test_a_longer_course_is_never_more_allowed(small_catalogue: Build, case: tuple[World, Json, date, int]) -> None:
    world, patient, start, days = case
    catalogue = load(world, small_catalogue)
    for shorter in range(1, days):
        assert risen(bounds_of(patient, catalogue, start, shorter), bounds_of(patient, catalogue, start, days))


@given(cases())
def test_an_undecided_verdict_names_a_question_and_a_settled_one_none(
    small_catalogue: Build, case: tuple[World, Json, date, int]
) -> None:
    world, patient, start, days = case
    catalogue = load(world, small_catalogue)
    report = check(read(patient, catalogue), catalogue, start=start, days=days, as_of=TODAY)
    assert [bool(entry.ask) for entry in report.verdicts] == [entry.verdict == "undecided" for entry in report.verdicts]
    asked = {fact for entry in report.verdicts for fact in entry.ask}
    assert {fact for question in report.questions for fact in question.facts} == asked


@given(cases())
@settings(max_examples=50)
def test_a_patient_comes_back_from_json_unchanged(small_catalogue: Build, case: tuple[World, Json, date, int]) -> None:
    world, patient, _, _ = case
    catalogue = load(world, small_catalogue)
    known = read(patient, catalogue)
    assert Patient.read(known.model_dump_json(), vocabulary=catalogue.vocabulary) == known
    assert read(known.model_dump(), catalogue) == known


@given(cases())
@settings(max_examples=50)
def test_an_index_that_was_written_and_read_gives_the_same_report(
    small_catalogue: Build, case: tuple[World, Json, date, int]
) -> None:
    world, patient, start, days = case
    catalogue = load(world, small_catalogue)
    index = loaded(catalogue.index.dump(7).encode(), 7)
    assert index is not None
    copy = Catalogue((b"", b"", b""), index=index)
    reports = [check(read(patient, one), one, start=start, days=days, as_of=TODAY) for one in (catalogue, copy)]
    assert reports[0] == reports[1]


@given(cases())
@settings(max_examples=50)
def test_a_report_comes_back_from_json_unchanged(small_catalogue: Build, case: tuple[World, Json, date, int]) -> None:
    world, patient, start, days = case
    catalogue = load(world, small_catalogue)
    report = check(read(patient, catalogue), catalogue, start=start, days=days, as_of=TODAY, all_rules=True)
    assert Report.model_validate_json(report.model_dump_json()) == report


SHIPPED = Catalogue.shipped()
FACTS = {entry.id: entry.topic for entry in SHIPPED.vocabulary.entries}


def _words() -> dict[str, list[str]]:
    """List the ids and the codes of the shipped facts by topic."""
    found: dict[str, list[str]] = {topic: [] for topic in TOPICS}
    for entry in SHIPPED.vocabulary.entries:
        codes = [code[:3] for code in (*entry.icd10_proves, *entry.icd10_prompts)]
        codes += [code for code in (*entry.atc_proves, *entry.atc_prompts) if len(code) > 2]
        found[entry.topic] += [entry.id, *entry.snomed, *codes]
    return {topic: list(dict.fromkeys(words)) for topic, words in found.items()}


WORDS = _words()


@st.composite
def shipped_patients(draw: st.DrawFn) -> Json:
    """Make a patient of the shipped catalogue; nothing is denied, so nothing contradicts itself."""
    said: Json = {}
    for topic in TOPICS:
        if draw(st.booleans()):
            named = draw(st.lists(st.sampled_from(WORDS[topic]), max_size=2, unique=True))
            said[topic] = {"yes": named, "rest": draw(st.sampled_from(["no", "no", "unknown"]))}
    return {**draw(bodies()), **said, "nothing_else": draw(st.booleans())}


@given(shipped_patients(), st.data())
def test_shipped_admitting_a_problem_that_had_been_ruled_out_raises_every_bound(
    patient: Json, data: st.DataObject
) -> None:
    known = known_of(read(patient, SHIPPED), SHIPPED.vocabulary)
    ruled_out = SHIPPED.vocabulary.ids(known.no)
    assume(ruled_out)
    name = data.draw(st.sampled_from(ruled_out))
    assert risen(bounds_of(patient, SHIPPED), bounds_of(told(patient, FACTS[name], name, "yes"), SHIPPED))


@given(shipped_patients(), st.data())
def test_shipped_answering_a_question_narrows_every_verdict(patient: Json, data: st.DataObject) -> None:
    report = check(read(patient, SHIPPED), SHIPPED, start=TODAY, as_of=TODAY)
    asked = sorted({fact for entry in report.verdicts for fact in entry.ask if fact in FACTS})
    assume(asked)
    name = data.draw(st.sampled_from(asked))
    better = told(patient, FACTS[name], name, data.draw(st.sampled_from(["yes", "no"])))
    assert narrowed(bounds_of(patient, SHIPPED), bounds_of(better, SHIPPED))


@given(shipped_patients())
@settings(max_examples=25)
def test_shipped_answering_every_question_ends_undecided_verdicts(patient: Json) -> None:
    """Facts, age, pregnancy and breastfeeding are answered as asked, until nothing is asked any more."""
    report = check(read(patient, SHIPPED), SHIPPED, start=TODAY, as_of=TODAY)
    while asked := [fact for question in report.questions for fact in question.facts]:
        for name in asked:
            match name:
                case "age":
                    patient = {key: value for key, value in patient.items() if key != "born"} | {"age": 34}
                case "pregnancy":
                    patient = {**patient, "pregnancy": {"weeks": 30, "days": 0}}
                case "breastfeeding":
                    patient = {**patient, "breastfeeding": False}
                case _:
                    patient = told(patient, FACTS[name], name, "no")
        report = check(read(patient, SHIPPED), SHIPPED, start=TODAY, as_of=TODAY)
    assert report.undecided == ()


@given(shipped_patients(), st.integers(1, 5))
@settings(max_examples=50)
def test_shipped_the_short_way_to_verdicts_agrees_with_the_whole_check(patient: Json, days: int) -> None:
    known = read(patient, SHIPPED)
    report = check(known, SHIPPED, start=TODAY, days=days, as_of=TODAY)
    short = verdicts(known, SHIPPED, start=TODAY, days=days, as_of=TODAY)
    assert {entry.remedy: entry.verdict for entry in report.verdicts} == short


@given(shipped_patients())
@settings(max_examples=25)
def test_shipped_reports_and_patients_come_back_from_json_unchanged(patient: Json) -> None:
    known = read(patient, SHIPPED)
    report = check(known, SHIPPED, start=TODAY, as_of=TODAY, all_rules=True)
    assert Report.model_validate_json(report.model_dump_json()) == report
    assert Patient.read(known.model_dump_json()) == known


@given(bodies())
@settings(max_examples=25)
def test_shipped_nothing_is_allowed_before_the_topics_are_spoken_of(body: Json) -> None:
    report = check(read(body, SHIPPED), SHIPPED, start=TODAY, as_of=TODAY)
    assert report.allowed == ()


def test_shipped_nothing_is_settled_as_allowed_for_an_empty_patient() -> None:
    report = check(Patient(), SHIPPED, start=TODAY, as_of=TODAY)
    assert report.allowed == ()
    assert report.excluded == ()
    assert [entry.remedy for entry in report.ask_doctor] == ["betanicomylon"]
    assert len(report.undecided) == 20
