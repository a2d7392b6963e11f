"""Laws that hold for every catalogue and every patient.

The first half is an oracle: the semantics once more, as plainly as they are defined, with sets of
facts, trees of clauses and days that are counted out. The second half makes small catalogues and
patients at random and compares.
"""

import json
import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support import CITED, TODAY, small_catalogue

from remedies import Catalogue, CatalogueError, Patient, Report, check, check_again, verdicts
from remedies.checking.known import known_of
from remedies.checking.moments import lapsed_of, situation_of
from remedies.checking.report import Detail
from remedies.checking.verdicts import masks
from remedies.checking.whole import read_patient
from remedies.knowledge.compiler import compiled_vocabulary
from remedies.knowledge.facts import FactsFile
from remedies.knowledge.rulebook import read_dump
from remedies.knowledge.topics import TOPICS

Json = dict[str, Any]
Bounds = dict[str, tuple[int, int]]

YES, NO, UNKNOWN = "yes", "no", "unknown"

PHARMACIST, DOCTOR, EXCLUDED = 1, 2, 3
STRENGTHS = {"ask-pharmacist": PHARMACIST, "ask-doctor": DOCTOR, "exclude": EXCLUDED}


@dataclass(frozen=True)
class World:
    """A small catalogue as plain data."""

    facts: dict[str, Json]
    rules: list[Json]
    substances: list[Json]
    signs: list[str]
    remedies: list[Json]
    words: dict[str, Json]
    dimensions: tuple[str, ...] = ()
    """Illnesses of which every remedy must speak."""

    def wider(self, fact: str) -> set[str]:
        """Collect a fact and everything that is so with it: what it is, and what it implies."""
        found = {fact}
        for other in (*self.facts[fact].get("is_a", ()), *self.facts[fact].get("implies", ())):
            found |= self.wider(other)
        return found

    def finer(self, fact: str) -> set[str]:
        """Collect a fact and everything that is it; what only implies it is not."""
        children = [name for name, record in self.facts.items() if fact in record.get("is_a", ())]
        return {fact}.union(*map(self.finer, children))

    def prompts(self, fact: str) -> set[str]:
        """Collect what a fact is a reason to ask about, by itself or by what is so with it."""
        return {other for one in self.wider(fact) for other in self.facts[one].get("prompts", ())}

    def rules_of(self, remedy: Json) -> list[tuple[Json, int]]:
        """List every rule that acts on a remedy, with its strength."""
        rules = list(remedy["rules"])
        contained = [entry["substance"] for entry in remedy["ingredients"]]
        sure = {entry["substance"] for entry in remedy["ingredients"] if "only_in" not in entry}
        for substance in self.substances:
            if any(substance["id"] in self.wider(one) for one in contained):
                rules += substance["rules"]
        found = [(rule["when"], STRENGTHS[rule["effect"]]) for rule in (*rules, *self.rules)]
        for entry in remedy["ingredients"]:
            one = entry["substance"]
            found.append(({"allergy": one}, PHARMACIST if "only_in" in entry else EXCLUDED))
            unsure = PHARMACIST if "only_in" in entry else DOCTOR
            found += [({"allergy": part}, unsure) for wide in self.wider(one) for part in self.held_by(wide)]
            kin = set(self.facts[one].get("cross_reacts_with", ()))
            kin |= {name for name, fact in self.facts.items() if one in fact.get("cross_reacts_with", ())}
            kin |= {name for name in self.facts if self.wider(one) & self.held_by(name)}
            found += [({"allergy": other}, unsure) for other in sorted(kin - sure)]
        for illness in self.dimensions:
            if not any(self.speaks(rule["when"], illness) for rule in rules):
                found.append(({"condition": illness}, PHARMACIST))
        return found + [({"sign": sign}, DOCTOR) for sign in self.signs]

    def held_by(self, mixture: str) -> set[str]:
        """Collect what a mixture may hold."""
        return set(self.facts[mixture].get("may_hold", ()))

    def speaks(self, clause: Json, illness: str) -> bool:
        """Tell whether a clause is about the whole of an illness, and not only together with something else."""
        ((kind, value),) = clause.items()
        if kind == "any":
            return any(self.speaks(part, illness) for part in value)
        return isinstance(value, str) and value in self.facts and illness in self.finer(value)


def both(first: str, second: str) -> str:
    """Join by strong Kleene "and"."""
    return NO if NO in (first, second) else UNKNOWN if UNKNOWN in (first, second) else YES


def either(first: str, second: str) -> str:
    """Join by strong Kleene "or"."""
    return YES if YES in (first, second) else UNKNOWN if UNKNOWN in (first, second) else NO


@dataclass(frozen=True)
class Word:
    """What a word of a small catalogue says where it stands."""

    proves: frozenset[str] = frozenset()
    prompts: frozenset[str] = frozenset()
    denies: frozenset[str] = frozenset()
    """What is not so; of a plain word what would not be so if it were denied."""
    keeps_open: bool = False
    """Whether nothing is ruled out in its topic because of it."""
    closes: str = ""
    """Where nothing else is so: in its topic, or only among the allergies to medicines."""


UNCLEAR = ["qqqq", "qqqq zzzz"]
DONT_KNOW = ["?", "don't know"]
CLOSING = {"none": "topic", "nkda": "medicines"}


def plain(world: World, topic: str, word: str) -> Word:
    """Read a word without marks: the id of a fact, a code that facts carry, or what the catalogue names besides."""
    if word in world.facts:
        return Word(frozenset({word}), frozenset(), frozenset({word}))
    if word in world.words:
        named = world.words[word]
        return Word(frozenset(named.get("means", ())), frozenset(named.get("prompts", ())))
    carried = {name: fact.get("icd10", {}) for name, fact in world.facts.items()}
    coded = {name for name, codes in carried.items() if word in codes.get("proves", ())}
    # A diagnosis from another list does not say that a warning sign is there today.
    proves = {name for name in coded if world.facts[name]["topic"] in {topic, "conditions", "allergies", "medicines"}}
    prompts = coded | {name for name, codes in carried.items() if word in codes.get("prompts", ())}
    alone = {name for name in proves if carried[name]["proves"] == [word]}
    return Word(frozenset(proves), frozenset(prompts - proves), frozenset(alone))


def meaning(world: World, topic: str, side: str, word: str) -> Word:
    """Read a word as it stands in a list: under yes or no, or set aside; with a mark of doubt or denial or without."""
    if word in UNCLEAR:
        return Word(keeps_open=side != "other")
    if word in DONT_KNOW:
        return Word(keeps_open=side != "other")
    if word in CLOSING:
        # Under "no" it would be denied twice.
        return Word(closes=CLOSING[word]) if side == "yes" else Word(keeps_open=True)
    said = plain(world, topic, word.removesuffix("?").removeprefix("no "))
    doubted = Word(prompts=said.proves | said.prompts)
    if word.endswith("?"):
        return doubted
    if word.startswith("no "):
        # Where the word is narrower than a fact, the fact may be so all the same.
        asked = frozenset() if said.denies else said.proves
        return Word(denies=said.denies, prompts=asked) if side == "yes" else Word(prompts=said.denies | asked)
    return {"yes": Word(said.proves, said.prompts), "no": Word(denies=said.denies), "other": doubted}[side]


def readings(world: World, patient: Json) -> list[tuple[str, Word]]:
    """Read every word of a patient, each with its topic."""
    found: list[tuple[str, Word]] = []
    for topic in TOPICS:
        answers = patient.get(topic, {})
        for side in ("yes", "no", "other"):
            for word in answers.get(side, ()):
                aside = word in UNCLEAR and word in answers.get("other", ())
                found.append((topic, meaning(world, topic, "other" if aside else side, word)))
    return found


def settled(world: World, said: list[tuple[str, Word]]) -> tuple[set[str], set[str]]:
    """Collect what is so and what is not so by the words themselves."""
    so = {wide for _, word in said for fact in word.proves for wide in world.wider(fact)}
    return so, {fine for _, word in said for fact in word.denies for fine in world.finer(fact)}


def contradicts(world: World, patient: Json) -> bool:
    """Tell whether a patient says of something that it is so and that it is not."""
    so, not_so = settled(world, readings(world, patient))
    return bool(so & not_so)


def changeable(world: World, start: set[str], not_so: set[str]) -> set[str]:
    """Collect what an answer to some open facts could still change, beyond what is not so.

    What is so with an open fact cannot be ruled out before it; what is finer than it, or what it
    prompts, must not be ruled out now and asked after an answer. One step from each, until nothing is added.
    """
    found = start - not_so
    while True:
        steps = [world.wider(fact) | world.finer(fact) | world.prompts(fact) for fact in found]
        more = set().union(*steps) - not_so
        if more <= found:
            return found
        found |= more


def left_open_by(world: World, fact: str, no: set[str]) -> set[str]:
    """Collect what a fact keeps open if it is named, and what each of those would if it were."""
    opened: set[str] = set()
    while True:
        ring: set[str] = set()
        for one in {fact} | opened:
            below = world.finer(one) - {one} | world.prompts(one)
            ring |= changeable(world, below, no | world.wider(one))
        if ring <= opened:
            return opened
        opened |= ring


def closed_in(world: World, patient: Json, forgotten: frozenset[str]) -> set[str]:
    """Collect the facts of closed topics, and the allergies to medicines where it is said that there are none."""
    said = readings(world, patient)
    found: set[str] = set()
    for topic in set(TOPICS) - forgotten - {topic for topic, word in said if word.keeps_open}:
        whole = (
            patient.get("nothing_else")
            or patient.get(topic, {}).get("rest") == "no"
            or (topic, "topic") in {(one, word.closes) for one, word in said}
        )
        for name, record in world.facts.items():
            medicine = "atc" in record and any(word.closes == "medicines" for _, word in said)
            if record["topic"] == topic and (whole or medicine):
                found.add(name)
    return found


def truths_of(world: World, patient: Json, forgotten: frozenset[str] = frozenset()) -> dict[str, str]:
    """Work out what is known of every fact.

    In a closed topic everything is "no" that was neither said nor left open. Left open are the facts
    that a word is a reason to ask about and does not prove, and because of a fact that was named the
    finer ones below it and what it prompts; and every fact that is not closed. With every open fact
    stays open whatever an answer to it could still change, in any topic. That does not depend on
    whatever else is so: only what was said not to be so, and for what a fact leaves open that fact and
    what is so with it, end it. A topic with a word that is not understood is not closed.
    """
    said = readings(world, patient)
    lapsed = {name for name, record in world.facts.items() if record["topic"] in forgotten}
    so, not_so = (facts - lapsed for facts in settled(world, said))
    closed = closed_in(world, patient, forgotten)
    left = changeable(world, set(world.facts) - closed, not_so)
    for _, word in said:
        proven = {wide for fact in word.proves for wide in world.wider(fact)}
        left |= changeable(world, set(word.prompts) - proven, not_so)
        for fact in word.proves:
            if not any(fact in world.wider(other) - {other} for other in word.proves):
                left |= left_open_by(world, fact, not_so)
    truths = dict.fromkeys(world.facts, UNKNOWN)
    for name in world.facts:
        if name in so:
            truths[name] = YES
        elif name in not_so or (name in closed and name not in left):
            truths[name] = NO
    return truths


def reached(born: date, months: int, day: date) -> bool:
    """Tell whether somebody has completed so many months of life; a day that the month lacks is the next first."""
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    anniversary = date(year, month + 1, min(born.day, length))
    return day >= (anniversary if born.day <= length else anniversary + timedelta(days=1))


def birthdays(patient: Json, said_on: date, as_of: date) -> list[date]:
    """List every day on which the patient may have been born; none where nothing is known of the age."""
    born, age = patient.get("born"), patient.get("age")
    if born is not None:
        year = int(born[:4])
        days = [date(year, 1, 1) + timedelta(days=count) for count in range(366)]
        return [day for day in days if day.isoformat().startswith(born) and day <= as_of]
    if age is None:
        return []
    low, span = (age * 12, 12) if isinstance(age, int) else (age["years"] * 12 + age["months"], 1)
    first = date(said_on.year - (low + span) // 12 - 1, 1, 1)
    days = [first + timedelta(days=count) for count in range((said_on - first).days + 1)][: 3 * 366 + 31]
    return [day for day in days if reached(day, low, said_on) and not reached(day, low + span, said_on)]


def forgotten_of(patient: Json, said_on: date, as_of: date) -> frozenset[str]:
    """Name what was said too long ago: after a day, after four weeks, after half a year."""
    ago = (as_of - said_on).days
    spans = {"signs": 1, "skin": 1, "pregnancy": 28}
    old = {name for name, days in spans.items() if ago > days}
    if said_on < date(as_of.year, as_of.month - 6, as_of.day):
        old |= {"medicines", "breastfeeding"}
    return frozenset(old if patient.get("pregnancy", "no") == "no" else old - {"pregnancy"})


def pregnancies(said: object, said_on: date, gone: int) -> list[int] | None:
    """List every day of pregnancy on which somebody may have been who is still pregnant; nothing if nobody knows."""
    if said == "yes":
        days = list(range(316))
    elif not isinstance(said, dict):
        return None
    elif "trimester" in said:
        days = list({1: range(98), 2: range(98, 196), 3: range(196, 316)}[said["trimester"]])
    elif "months" in said:
        # In that month, counted in fours of weeks, or so many calendar months gone and in the next.
        days = [day for day in range(316) if (said["months"] - 1) * 28 <= day <= (said["months"] + 1) * 30.5]
    elif "due" in said:
        days = [280 - (date.fromisoformat(said["due"]) - said_on).days]
    elif "last_period" in said:
        days = [(said_on - date.fromisoformat(said["last_period"])).days]
    else:
        odd = range(7) if said.get("days") is None else range(said["days"], said["days"] + 1)
        days = [said["weeks"] * 7 + day for day in odd]
    # No pregnancy lasts longer than 45 weeks, so whoever must be past that is pregnant no more, or again.
    return days if any(day + gone < 45 * 7 + 1 for day in days) else None


def says(worlds: list[bool]) -> str:
    """Tell what holds in all of some possible worlds, in none of them, or in a few."""
    return YES if all(worlds) else UNKNOWN if any(worlds) else NO


@dataclass
class Oracle:
    """One patient over one course."""

    world: World
    patient: Json
    start: date
    days: int

    def __post_init__(self) -> None:
        """Count out what is possible."""
        said = self.patient
        self.said_on = date.fromisoformat(said.get("said_on", TODAY.isoformat()))
        old = forgotten_of(said, self.said_on, TODAY)
        self.truths = truths_of(self.world, said, old)
        self.born = birthdays(said, self.said_on, TODAY)
        child = bool(self.born) and not any(reached(born, 120, self.start) for born in self.born)
        elder = bool(self.born) and all(reached(born, 720, self.start) for born in self.born)
        if "born" not in said:
            elder = elder and all(reached(born, 720, self.said_on) for born in self.born)
        self.no_child = said.get("sex") == "male" or child or elder
        stated = None if "pregnancy" in old else said.get("pregnancy")
        self.not_pregnant = stated == "no" or (stated is None and self.no_child)
        self.pregnancies = None if self.not_pregnant else pregnancies(stated, self.said_on, (TODAY - self.said_on).days)
        self.breastfeeding = None if "breastfeeding" in old else said.get("breastfeeding")

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
            case "age_below" | "age_from":
                months = value * 12 if isinstance(value, int) else value["years"] * 12 + value["months"]
                grown = [reached(born, months, day) for born in self.born]
                return says([one == (kind == "age_from") for one in grown]) if grown else UNKNOWN
            case "pregnant":
                if self.pregnancies is None:
                    return NO if self.not_pregnant else UNKNOWN
                gone = (day - self.said_on).days
                return says([_meant(value, max(now + gone, 0)) for now in self.pregnancies])
            case "breastfeeding":
                return {True: YES, False: NO, None: NO if self.no_child else UNKNOWN}[self.breastfeeding]
            case _:
                return self.truths[value]

    def bounds(self, remedy: Json) -> tuple[int, int]:
        """Find floor and ceiling of a remedy: 0 allowed, 1 ask-pharmacist, 2 ask-doctor, 3 excluded."""
        floor = ceiling = 0
        course = [self.start + timedelta(days=gone) for gone in range(self.days)]
        for when, strength in self.world.rules_of(remedy):
            truth = NO
            for day in course:
                truth = either(truth, self.holds(when, day))
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
    AGES.map(lambda age: {"age_from": age}),
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


PACKS = st.sampled_from([{}, {"only_in": "one pack"}])
"""Whether every product of a name holds an ingredient."""

CODES = ["A10.1", "A11.1", "A12.1", "A13.1"]
"""Codes that the facts of a small catalogue may carry."""


RANDOM = st.integers(0, 2**32 - 1).map(Random)
"""What facts and answers are made with: drawing them one by one would take far longer than checking them."""


def among(random: Random, names: Iterable[str], most: int, often: float = 1) -> list[str]:
    """Take a few of some names, or none."""
    found = sorted(names)
    return random.sample(found, random.randint(0, min(most, len(found)))) if random.random() < often else []


def facts_of(random: Random, topics: list[str], most: int) -> dict[str, Json]:
    """Make closely related facts, within a topic and across, with codes that prove them or are a reason to ask."""
    facts: dict[str, Json] = {"substance": {"topic": "allergies"}}
    names = [f"f{number}" for number in range(random.randint(2, most))]
    for name in names:
        topic = random.choice(topics)
        kin = [other for other, fact in facts.items() if fact["topic"] == topic]
        codes = {key: among(random, CODES, 2, often=0.3) for key in ("proves", "prompts")}
        record = {
            "topic": topic,
            "is_a": among(random, kin, 2),
            "icd10": codes,
            "prompts": among(random, set(names) - {name}, 2, often=0.4),
            "implies": among(random, set(facts) - {name, *kin}, 1, often=0.5),
        }
        if topic == "allergies":
            record["cross_reacts_with"] = among(random, kin, 1)
            record["may_hold"] = among(random, kin, 2, often=0.3)
            if random.random() < 0.5:
                record["atc"] = {"proves": ["M01A"]}
        facts[name] = record
    return facts


def words_for(random: Random, facts: dict[str, Json]) -> dict[str, Json]:
    """Make what a catalogue names beside its facts: some of it means facts, some is known and no more."""
    return {
        name: {
            "topic": random.choice(["conditions", "medicines"]),
            "means": among(random, facts, 2),
            "prompts": among(random, facts, 1),
        }
        for name in among(random, ("alef", "gimel"), 2)
    }


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Make a small catalogue."""
    random = draw(RANDOM)
    facts = facts_of(random, ["conditions"] * 3 + ["allergies"] * 2 + ["signs", "medicines"], 7)
    allergies = sorted(name for name, fact in facts.items() if fact["topic"] == "allergies")
    signs = sorted(name for name, fact in facts.items() if fact["topic"] == "signs")
    effects = st.sampled_from(sorted(STRENGTHS))
    some_rules = st.lists(st.tuples(clauses(facts), effects), max_size=3)

    def rules() -> list[Json]:
        found = enumerate(draw(some_rules))
        return [
            {"id": f"r{number}", "when": when, "effect": effect, "because": "It is so.", "sources": CITED}
            for number, (when, effect) in found
        ]

    def remedy(number: int) -> Json:
        contained = draw(st.lists(st.sampled_from(allergies), min_size=1, max_size=2, unique=True))
        ingredients = [{"substance": name, "sources": CITED, **draw(PACKS)} for name in contained]
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
        words_for(random, facts),
        tuple(among(random, (name for name, fact in facts.items() if fact["topic"] == "conditions"), 1, often=0.5)),
    )


def records(world: World) -> Json:
    """Write the facts and words of a world as their file has them."""
    facts = [{"id": name, "label": name, "question": f"Any {name}?", **fact} for name, fact in world.facts.items()]
    return {"facts": facts, "words": [{"en": [name], **word} for name, word in world.words.items()]}


def known_in(world: World, patient: Json) -> dict[str, str]:
    """Work out what the program knows of every fact."""
    vocabulary = compiled_vocabulary(FactsFile.model_validate_json(json.dumps(records(world))))
    known = known_of(Patient.model_validate(patient), vocabulary)
    assert known.faults == ()
    assert known.yes & known.no == 0
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
        effects = st.sampled_from(sorted(STRENGTHS))
        found = enumerate(draw(st.lists(st.tuples(clause, effects), min_size=1, max_size=3)))
        return [
            {"id": f"r{number}", "when": when, "effect": effect, "because": "It is so.", "sources": CITED}
            for number, (when, effect) in found
        ]

    facts = {"substance": {"topic": "allergies"}}
    substances = [{"id": "substance", "rules": rules()}]
    return World(facts, [], substances, [], [{**PLAIN, "id": "gel", "rules": rules()}], {})


_AT_RULE = re.compile(r"(?:(substances|remedies)\[(\d+)\]\.)?rules\[(\d+)\]")


def load(world: World) -> Catalogue:
    """Load a small catalogue strictly; rules that lint refuses (unreachable, impossible) are taken out first."""
    file = records(world)
    facts, words = file["facts"], file["words"]
    signs = [{"sign": sign, "urgency": "now", "because": "It is so.", "sources": CITED} for sign in world.signs]
    while True:
        try:
            remedies = [{**remedy, "name": remedy["id"]} for remedy in world.remedies]
            more = {"rules": world.rules, "substances": world.substances, "signs": signs, "words": words}
            more["dimensions"] = [{"id": name, "label": name, "when": {"condition": name}} for name in world.dimensions]
            return small_catalogue(facts, remedies, **more)
        except CatalogueError as error:
            refused: set[tuple[str | None, int, int]] = set()
            for fault in error.faults:
                match = _AT_RULE.match(fault.path)
                assert match is not None, fault
                refused.add((match[1], int(match[2] or 0), int(match[3])))
            for kind, owner, number in sorted(refused, key=str, reverse=True):
                home = world.rules if kind is None else getattr(world, kind)[owner]["rules"]
                del home[number]


def words_of(world: World, topic: str) -> list[str]:
    """List the words that mean something within a topic: ids, codes and names, and ids that belong elsewhere."""
    moved = {"conditions", "medicines", "signs"} if topic in {"conditions", "medicines"} else {topic}
    kin = [name for name, fact in world.facts.items() if fact["topic"] in {topic, *moved}]
    codes = {code for fact in world.facts.values() for some in fact.get("icd10", {}).values() for code in some}
    return [*sorted(kin), *sorted(codes), *(name for name, word in world.words.items() if word["topic"] == topic)]


def said_word(random: Random, world: World, topic: str) -> str:
    """Make a word as it comes: plain, doubted, denied, closing a topic, or not to be understood."""
    kin = words_of(world, topic)
    chance = random.random()
    if chance < 0.1 or not kin:
        return str(random.choice([*UNCLEAR, *DONT_KNOW, *(CLOSING if topic == "allergies" else ["none"])]))
    word: str = random.choice(kin)
    return f"{word}?" if chance < 0.2 else f"no {word}" if chance < 0.3 else word


def answers(random: Random, world: World, topic: str) -> Json:
    """Make answers within one topic, which may contradict each other."""
    closing = random.choice(["rest", "rest", "nothing", "nkda" if topic == "allergies" else "nothing"])
    lists: Json = {
        side: list(dict.fromkeys(said_word(random, world, topic) for _ in range(random.randint(0, most))))
        for side, most in (("yes", 2), ("no", 2), ("other", random.choice([0, 0, 0, 2])))
    }
    if closing == "nkda":
        lists["yes"] += ["nkda"]
    return {**lists, "rest": "no" if closing == "rest" else "unknown"}


def with_more(world: World, patient: Json, more: Json) -> Json:
    """Say more of a patient, word by word, without what would contradict; what closes a topic closes it."""
    for topic in TOPICS:
        if topic not in more:
            continue
        patient = {**patient, topic: {**patient.get(topic, {}), "rest": more[topic]["rest"]}}
        for side in ("other", "yes", "no"):
            for word in more[topic][side]:
                further = told(patient, topic, word, side)
                patient = patient if contradicts(world, further) else further
    return patient


WEEKS = st.fixed_dictionaries(
    {"weeks": st.sampled_from([0, 13, 14, 19, 20, 27, 28, 44])}, optional={"days": st.integers(0, 6)}
)


def said_of_pregnancy(day: date) -> st.SearchStrategy[object]:
    """Make what may be said of pregnancy on a day."""
    due = st.integers(-40, 280).map(lambda days: {"due": (day + timedelta(days=days)).isoformat()})
    last_period = st.integers(0, 320).map(lambda days: {"last_period": (day - timedelta(days=days)).isoformat()})
    return st.one_of(
        st.sampled_from(["no", "possible", "yes"]),
        st.integers(1, 3).map(lambda number: {"trimester": number}),
        WEEKS,
        st.integers(1, 10).map(lambda number: {"months": number}),
        due | last_period,
    )


SAID_OF_AGE = st.one_of(
    st.sampled_from([0, 1, 2, 9, 10, 11, 12, 17, 18, 34, 59, 60, 120]),
    st.fixed_dictionaries({"years": st.sampled_from([0, 2, 9, 17, 59]), "months": st.integers(0, 11)}),
)
BORN = st.one_of(
    st.sampled_from(["2024", "2014", "2008", "1966", "2008-11", "2016-12", "2008-02-29"]),
    st.integers(-400, 400).map(lambda days: (date(2008, 11, 22) + timedelta(days=days)).isoformat()),
    st.builds(
        lambda years, days: (date(TODAY.year - years, TODAY.month, TODAY.day) + timedelta(days=days)).isoformat(),
        st.sampled_from([2, 10, 12, 18, 60, 65]),
        st.integers(-1, 6),
    ),
)


@st.composite
def bodies(draw: st.DrawFn) -> Json:
    """Make what belongs to no topic: age, sex, pregnancy, breastfeeding."""
    said: Json = {}
    said_on = TODAY
    match draw(st.integers(0, 3)):
        case 0:
            said["age"] = draw(SAID_OF_AGE)
        case 1:
            said["born"] = draw(BORN)
        case _:
            pass
    if draw(st.booleans()):
        ago = draw(st.sampled_from([1, 2, 28, 29, 184, 185, 400, 400, 400]))
        said_on = TODAY - timedelta(days=ago)
        said["said_on"] = said_on.isoformat()
    sex = draw(st.sampled_from([None, None, "female", "male"]))
    if sex is not None:
        said["sex"] = sex
    if draw(st.booleans()):
        said["pregnancy"] = "no" if sex == "male" else draw(said_of_pregnancy(said_on))
    if draw(st.booleans()):
        said["breastfeeding"] = sex != "male" and draw(st.booleans())
    return said


@st.composite
def patients(draw: st.DrawFn, world: World) -> Json:
    """Make a patient as a JSON document."""
    random = draw(RANDOM)
    said: Json = {topic: answers(random, world, topic) for topic in TOPICS if draw(st.booleans())}
    body = {**draw(bodies()), **({"nothing_else": True} if draw(st.integers(0, 3)) == 0 else {})}
    return with_more(world, body, said)


@st.composite
def cases(draw: st.DrawFn) -> tuple[World, Json, date, int]:
    """Make a catalogue, a patient, the start of a course and its days."""
    world = draw(worlds())
    later = draw(st.sampled_from([0, 0, 0, 1, 5, 40, 60, -1, -30]))
    return world, draw(patients(world)), TODAY + timedelta(days=later), draw(st.integers(1, 5))


def read(patient: Json, catalogue: Catalogue) -> Patient:
    """Read a patient against the facts of a catalogue."""
    return read_patient(patient, catalogue.vocabulary)


def bounds_of(patient: Json, catalogue: Catalogue, start: date = TODAY, days: int = 5) -> Bounds:
    """Find floor and ceiling of every remedy as the program does."""
    words = read(patient, catalogue)
    lapsed = lapsed_of(words, TODAY)
    known = known_of(words, catalogue.vocabulary, lapsed)
    situation = situation_of(words, known, as_of=TODAY, start=start, days=days, lapsed=lapsed)
    yes, may = masks(catalogue.rulebook, situation)
    return {remedy.id: remedy.bounds(yes, may) for remedy in catalogue.rulebook.remedies}


def told(patient: Json, topic: str, fact: str, answer: str) -> Json:
    """Give one more answer within a topic."""
    before = patient.get(topic, {})
    return {**patient, topic: {**before, answer: [*before.get(answer, []), fact]}}


def of_today(patient: Json) -> Json:
    """Take everything as said today, as answers are."""
    return {key: value for key, value in patient.items() if key != "said_on"}


def narrowed(before: Bounds, after: Bounds) -> bool:
    """Tell whether no floor sank and no ceiling rose."""
    return all(after[name][0] >= low and after[name][1] <= high for name, (low, high) in before.items())


def risen(before: Bounds, after: Bounds) -> bool:
    """Tell whether neither a floor nor a ceiling sank."""
    return all(after[name][0] >= low and after[name][1] >= high for name, (low, high) in before.items())


@given(cases())
def test_the_engine_finds_what_the_definition_says(case: tuple[World, Json, date, int]) -> None:
    world, patient, start, days = case
    catalogue = load(world)
    oracle = Oracle(world, patient, start, days)
    expected = {remedy["id"]: oracle.bounds(remedy) for remedy in world.remedies}
    assert bounds_of(patient, catalogue, start, days) == expected


OFTEN = settings(max_examples=10 * settings().max_examples)
"""Of what is known of facts the rare cases matter."""


def spoken_of(random: Random) -> tuple[World, Json]:
    """Make closely related facts, and somebody who said something about them today."""
    topics = ["conditions", "medicines", "allergies"]
    facts = facts_of(random, topics, 6)
    world = World(facts, [], [], [], [], words_for(random, facts))
    said = {topic: answers(random, world, topic) for topic in among(random, topics, 3)}
    return world, with_more(world, {"nothing_else": random.random() < 0.2}, said)


SPOKEN_OF = RANDOM.map(spoken_of)


@OFTEN
@given(SPOKEN_OF)
def test_facts_are_known_as_the_definition_says(case: tuple[World, Json]) -> None:
    world, patient = case
    assert known_in(world, patient) == truths_of(world, patient)


@OFTEN
@given(SPOKEN_OF, st.data())
def test_an_answer_contradicts_nothing_and_takes_back_nothing_that_was_known(
    case: tuple[World, Json], data: st.DataObject
) -> None:
    """In any topic; only who has what implies something contradicts having said that this is not so."""
    world, patient = case
    before = known_in(world, patient)
    unknown = [name for name, truth in before.items() if truth == UNKNOWN]
    assume(unknown)
    name, answer = data.draw(st.sampled_from(unknown)), data.draw(st.sampled_from(["yes", "no"]))
    further = told(patient, world.facts[name]["topic"], name, answer)
    if contradicts(world, further):
        _, not_so = settled(world, readings(world, patient))
        assert answer == "yes"
        assert not_so & world.wider(name)
        return
    after = known_in(world, further)
    assert {**after, **{name: truth for name, truth in before.items() if truth != UNKNOWN}} == after


@OFTEN
@given(SPOKEN_OF, st.data())
def test_what_is_so_beside_it_never_closes_what_stood_open(case: tuple[World, Json], data: st.DataObject) -> None:
    """In any topic."""
    world, patient = case
    before = known_in(world, patient)
    topic, word = data.draw(st.sampled_from(problems(world, patient)))
    after = known_in(world, told(patient, topic, word, "yes"))
    assert [name for name in after if after[name] == NO and before[name] != NO] == []


def problems(world: World, patient: Json) -> list[tuple[str, str]]:
    """List what may be so besides, each word with its topic: plain, or doubted."""
    words = [(topic, word) for topic in TOPICS for one in words_of(world, topic) for word in (one, f"{one}?")]
    return [(topic, word) for topic, word in words if not contradicts(world, told(patient, topic, word, "yes"))]


@OFTEN
@given(SPOKEN_OF, st.data())
def test_a_word_that_is_not_understood_or_not_known_closes_nothing(
    case: tuple[World, Json], data: st.DataObject
) -> None:
    """Nor does it settle anything, on either side of a list."""
    world, patient = case
    before = known_in(world, patient)
    topic, side = data.draw(st.sampled_from(TOPICS)), data.draw(st.sampled_from(["yes", "no"]))
    word = data.draw(st.sampled_from([*UNCLEAR, *DONT_KNOW]))
    after = known_in(world, told(patient, topic, word, side))
    assert {name for name in after if after[name] not in {before[name], UNKNOWN}} == set()
    assert {name for name in after if before[name] == YES} == {name for name in after if after[name] == YES}


@OFTEN
@given(SPOKEN_OF, st.data())
def test_putting_a_fact_in_the_place_of_what_was_not_understood_takes_back_nothing(
    case: tuple[World, Json], data: st.DataObject
) -> None:
    """Or setting it aside."""
    world, patient = case
    topic, side = data.draw(st.sampled_from(TOPICS)), data.draw(st.sampled_from(["yes", "no"]))
    before = known_in(world, told(patient, topic, "wwww", side))
    better = data.draw(st.sampled_from(repairs(world, patient, topic, side)))
    after = known_in(world, better)
    assert {**after, **{name: truth for name, truth in before.items() if truth != UNKNOWN}} == after


def repairs(world: World, patient: Json, topic: str, side: str) -> list[Json]:
    """List what a patient may be who said "wwww", once somebody has found out which fact of the topic that is.

    A word that belongs to another topic could take back that this one was closed.
    """
    aside = told(told(patient, topic, "wwww", side), topic, "wwww", "other")
    meant = (told(patient, topic, name, side) for name, fact in world.facts.items() if fact["topic"] == topic)
    return [aside, *(one for one in meant if not contradicts(world, one))]


@given(bodily_worlds(), bodies(), st.sampled_from([0, 0, 0, 1, 5, 40, 60, -30]), st.integers(1, 5))
def test_age_and_pregnancy_are_judged_as_the_definition_says(world: World, body: Json, later: int, days: int) -> None:
    """The allergy to the substance is ruled out, since it would hold up every ceiling."""
    patient = {**body, "allergies": {"rest": "no"}}
    catalogue = load(world)
    start = TODAY + timedelta(days=later)
    oracle = Oracle(world, patient, start, days)
    expected = {remedy["id"]: oracle.bounds(remedy) for remedy in world.remedies}
    assert bounds_of(patient, catalogue, start, days) == expected


@given(cases(), st.data())
def test_one_more_problem_never_makes_a_remedy_more_allowed(
    case: tuple[World, Json, date, int], data: st.DataObject
) -> None:
    """Whatever else is known: ruled out, left open, or so already; only what was denied cannot be admitted."""
    world, patient, start, days = case
    catalogue = load(world)
    topic, word = data.draw(st.sampled_from(problems(world, patient)))
    worse = told(patient, topic, word, "yes")
    assert risen(bounds_of(patient, catalogue, start, days), bounds_of(worse, catalogue, start, days))


@given(cases(), st.data())
def test_a_word_that_is_not_understood_never_makes_a_remedy_more_allowed(
    case: tuple[World, Json, date, int], data: st.DataObject
) -> None:
    """Floors stay where they are, since nothing becomes so or is so no longer, and no ceiling sinks."""
    world, patient, start, days = case
    catalogue = load(world)
    topic, side = data.draw(st.sampled_from(TOPICS)), data.draw(st.sampled_from(["yes", "no"]))
    worse = told(patient, topic, data.draw(st.sampled_from([*UNCLEAR, *DONT_KNOW])), side)
    before, after = bounds_of(patient, catalogue, start, days), bounds_of(worse, catalogue, start, days)
    assert risen(before, after)
    assert {name: low for name, (low, _) in before.items()} == {name: low for name, (low, _) in after.items()}


@given(cases(), st.data())
def test_a_fact_in_the_place_of_a_word_that_was_not_understood_contradicts_no_settled_verdict(
    case: tuple[World, Json, date, int], data: st.DataObject
) -> None:
    """Whatever fact of its topic it was; or if it is set aside."""
    world, patient, start, days = case
    catalogue = load(world)
    topic, side = data.draw(st.sampled_from(TOPICS)), data.draw(st.sampled_from(["yes", "no"]))
    unclear = told(patient, topic, "wwww", side)
    better = data.draw(st.sampled_from(repairs(world, patient, topic, side)))
    assert narrowed(bounds_of(unclear, catalogue, start, days), bounds_of(better, catalogue, start, days))


@given(cases())
def test_every_word_that_came_in_comes_out_once_in_order_and_as_it_came(case: tuple[World, Json, date, int]) -> None:
    world, patient, start, days = case
    catalogue = load(world)
    report = check(read(patient, catalogue), catalogue, start=start, days=days, as_of=TODAY)
    sides = ("yes", "no", "other")
    came = [(topic, word) for topic in TOPICS for side in sides for word in patient.get(topic, {}).get(side, ())]
    assert [(one.topic, one.word) for one in report.understood] == came
    assert {one.word for one in report.unclear} <= set(UNCLEAR)


@given(cases(), st.data())
def test_answering_an_unknown_fact_contradicts_nothing_and_narrows_every_verdict(
    case: tuple[World, Json, date, int], data: st.DataObject
) -> None:
    world, patient, start, days = case
    patient = of_today(patient)
    catalogue = load(world)
    truths = Oracle(world, patient, start, days).truths
    unknown = [name for name, truth in truths.items() if truth == UNKNOWN]
    assume(unknown)
    name = data.draw(st.sampled_from(sorted(unknown)))
    better = told(patient, world.facts[name]["topic"], name, data.draw(st.sampled_from(["yes", "no"])))
    assume(not contradicts(world, better))
    assert narrowed(bounds_of(patient, catalogue, start, days), bounds_of(better, catalogue, start, days))


@given(cases(), st.data())
def test_answering_age_pregnancy_or_breastfeeding_narrows_every_verdict(
    case: tuple[World, Json, date, int], data: st.DataObject
) -> None:
    world, patient, start, days = case
    patient = of_today(patient)
    catalogue = load(world)
    open_: dict[str, st.SearchStrategy[object]] = {"sex": st.sampled_from(["female", "male"])}
    if "pregnancy" in patient or "breastfeeding" in patient:
        open_["sex"] = st.just("female")
    if "age" not in patient and "born" not in patient:
        open_["age"] = SAID_OF_AGE
    if patient.get("pregnancy") in ("possible", "yes"):
        open_["pregnancy"] = st.just({"trimester": 2}) | WEEKS
    settled = dict(Oracle(world, patient, start, days).patient)
    assumed = Oracle(world, patient, start, days).no_child
    if "pregnancy" not in patient and not assumed:
        open_["pregnancy"] = said_of_pregnancy(TODAY)
    if "breastfeeding" not in patient and not assumed:
        open_["breastfeeding"] = st.booleans()
    if "sex" in settled:
        del open_["sex"]
    assume(open_)
    name = data.draw(st.sampled_from(sorted(open_)))
    better = {**patient, name: data.draw(open_[name])}
    assert narrowed(bounds_of(patient, catalogue, start, days), bounds_of(better, catalogue, start, days))


@given(worlds())
def test_nothing_is_allowed_to_somebody_of_whom_nothing_is_known(world: World) -> None:
    """Every remedy has a rule, if only on an allergy to its ingredient."""
    catalogue = load(world)
    assert check(Patient(), catalogue, start=TODAY, as_of=TODAY).allowed == ()


@given(cases(), st.data())
def test_an_exclusion_that_holds_is_final(case: tuple[World, Json, date, int], data: st.DataObject) -> None:
    world, patient, start, days = case
    catalogue = load(world)
    before = check(read(patient, catalogue), catalogue, start=start, days=days, as_of=TODAY)
    topic = data.draw(st.sampled_from(TOPICS))
    later = with_more(world, patient, {topic: answers(data.draw(RANDOM), world, topic)})
    if "pregnancy" not in patient and patient.get("sex") != "male":
        later["pregnancy"] = data.draw(st.sampled_from(["possible", "yes"]))
    after = check(read(later, catalogue), catalogue, start=start, days=days, as_of=TODAY)
    assert {entry.remedy for entry in before.excluded} <= {entry.remedy for entry in after.excluded}


@given(cases())
def test_the_short_way_to_verdicts_agrees_with_the_whole_check(case: tuple[World, Json, date, int]) -> None:
    world, patient, start, days = case
    catalogue = load(world)
    known = read(patient, catalogue)
    report = check(known, catalogue, start=start, days=days, as_of=TODAY)
    short = verdicts(known, catalogue, start=start, days=days, as_of=TODAY)
    assert {entry.remedy: entry.verdict for entry in report.verdicts} == short


@given(cases())
def test_a_longer_course_is_never_more_allowed(case: tuple[World, Json, date, int]) -> None:
    world, patient, start, days = case
    catalogue = load(world)
    for shorter in range(1, days):
        assert risen(bounds_of(patient, catalogue, start, shorter), bounds_of(patient, catalogue, start, days))


@given(cases())
def test_an_undecided_verdict_names_a_question_and_a_settled_one_none(case: tuple[World, Json, date, int]) -> None:
    world, patient, start, days = case
    catalogue = load(world)
    report = check(read(patient, catalogue), catalogue, start=start, days=days, as_of=TODAY)
    assert [bool(entry.ask) for entry in report.verdicts] == [entry.verdict == "undecided" for entry in report.verdicts]
    asked = {fact for entry in report.verdicts for fact in entry.ask}
    assert {fact for question in report.questions for fact in question.facts} == asked


@given(cases())
def test_a_patient_comes_back_from_json_unchanged(case: tuple[World, Json, date, int]) -> None:
    world, patient, _, _ = case
    catalogue = load(world)
    known = read(patient, catalogue)
    assert Patient.read(known.model_dump_json()) == known
    assert read(known.model_dump(), catalogue) == known


@given(cases())
def test_a_rulebook_that_was_written_and_read_gives_the_same_report(case: tuple[World, Json, date, int]) -> None:
    world, patient, start, days = case
    catalogue = load(world)
    rulebook = read_dump(catalogue.rulebook.dump(7).encode(), 7)
    assert rulebook is not None
    copy = Catalogue((b"", b"", b""), rulebook=rulebook)
    reports = [check(read(patient, one), one, start=start, days=days, as_of=TODAY) for one in (catalogue, copy)]
    assert reports[0] == reports[1]


@given(cases(), st.sampled_from(["verdict", "first", "all"]), st.booleans())
def test_a_report_comes_back_from_json_unchanged_and_can_be_run_again(
    case: tuple[World, Json, date, int],
    detail: Detail,
    all_rules: bool,  # noqa: FBT001 - drawn by hypothesis, which knows no keywords
) -> None:
    world, patient, start, days = case
    catalogue = load(world)
    words = read(patient, catalogue)
    report = check(words, catalogue, start=start, days=days, as_of=TODAY, detail=detail, all_rules=all_rules)
    copy = Report.model_validate_json(report.model_dump_json())
    assert copy == report
    assert check_again(copy, catalogue) == report


SHIPPED = Catalogue.shipped()
FACTS = {entry.id: entry.topic for entry in SHIPPED.vocabulary.entries}


def _words() -> dict[str, list[str]]:
    """List the ids and the codes of the shipped facts by topic, and what is named besides."""
    found: dict[str, list[str]] = {topic: [] for topic in TOPICS}
    for fact in SHIPPED.facts:
        codes = [code[:3] for code in (*fact.icd10.proves, *fact.icd10.prompts)]
        codes += [code for code in (*fact.atc.proves, *fact.atc.prompts) if len(code) > 2]
        found[fact.topic] += [fact.id, *fact.snomed, *codes]
    for naming in SHIPPED.vocabulary.lexicon.parts.namings:
        if naming.topic in found and not {*naming.means, *naming.prompts} & {"pregnancy", "breastfeeding"}:
            found[naming.topic].append(naming.label)
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
def test_shipped_one_more_problem_never_makes_a_remedy_more_allowed(patient: Json, data: st.DataObject) -> None:
    topic = data.draw(st.sampled_from(TOPICS))
    word = data.draw(st.sampled_from(WORDS[topic]))
    worse = told(patient, topic, word, "yes")
    assert risen(bounds_of(patient, SHIPPED), bounds_of(worse, SHIPPED))


@given(shipped_patients(), st.data())
def test_shipped_answering_a_question_narrows_every_verdict(patient: Json, data: st.DataObject) -> None:
    patient = of_today(patient)
    report = check(read(patient, SHIPPED), SHIPPED, start=TODAY, as_of=TODAY)
    asked = sorted({fact for entry in report.verdicts for fact in entry.ask if fact in FACTS})
    assume(asked)
    name = data.draw(st.sampled_from(asked))
    better = told(patient, FACTS[name], name, data.draw(st.sampled_from(["yes", "no"])))
    assert narrowed(bounds_of(patient, SHIPPED), bounds_of(better, SHIPPED))


@given(shipped_patients())
def test_shipped_answering_every_question_ends_undecided_verdicts(patient: Json) -> None:
    """Facts, age, pregnancy and breastfeeding are answered as asked, until nothing is asked any more."""
    patient = of_today(patient)
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
def test_shipped_the_short_way_to_verdicts_agrees_with_the_whole_check(patient: Json, days: int) -> None:
    known = read(patient, SHIPPED)
    report = check(known, SHIPPED, start=TODAY, days=days, as_of=TODAY)
    short = verdicts(known, SHIPPED, start=TODAY, days=days, as_of=TODAY)
    assert {entry.remedy: entry.verdict for entry in report.verdicts} == short


@given(shipped_patients())
def test_shipped_reports_and_patients_come_back_from_json_unchanged(patient: Json) -> None:
    known = read(patient, SHIPPED)
    report = check(known, SHIPPED, start=TODAY, as_of=TODAY, all_rules=True)
    assert Report.model_validate_json(report.model_dump_json()) == report
    assert Patient.read(known.model_dump_json()) == known


@given(bodies())
def test_shipped_nothing_is_allowed_before_the_topics_are_spoken_of(body: Json) -> None:
    report = check(read(body, SHIPPED), SHIPPED, start=TODAY, as_of=TODAY)
    assert report.allowed == ()


def test_shipped_nothing_is_settled_as_allowed_for_an_empty_patient() -> None:
    report = check(Patient(), SHIPPED, start=TODAY, as_of=TODAY)
    assert report.allowed == ()
    assert report.excluded == ()
    assert [entry.remedy for entry in report.ask_doctor] == ["betanicomylon"]
    assert len(report.undecided) == 20
