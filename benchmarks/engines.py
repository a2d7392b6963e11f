"""The checker against two general rule engines: same remedies, same patients, same verdicts.

Run it where the package is installed with the engines (``pip install '.[bench]'``):
``python benchmarks/engines.py``. It exits with 1 if any two of the three disagree on any patient.

The engines know yes and no only, so every rule of every remedy is handed to them twice, as what
*holds* and as what *may hold*. They have it as easy as can be: each gets all rules in one compiled
expression, and each patient as a flat object of booleans, one pair per plain clause, worked out
beforehand and untimed. Three comparisons are printed:

- rules alone: everything is worked out and taken in beforehand, and only the rules are judged.
  This compares like with like;
- the whole job, from a validated patient to verdicts: ages, pregnancy over the course and every
  clause are worked out. The engines know no three-valued facts, so their flat objects are written
  by the checker's own vocabulary;
- lopsided: ``remedies`` does the whole job, while the engines are handed flat objects with every
  clause worked out for free.
"""

import gc
import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib import import_module
from typing import Any, NamedTuple

from remedies import Catalogue, Patient, verdicts
from remedies.checking.known import known_of
from remedies.checking.moments import Situation, situation_of, within
from remedies.checking.verdicts import masks
from remedies.core.truth import Truth, any_of
from remedies.knowledge.clauses import (
    AgeBelow,
    AgeFrom,
    AllOf,
    Always,
    AnyOf,
    Breastfeeding,
    Clause,
    Has,
    Leaf,
    Pregnant,
    leaves,
)
from remedies.knowledge.records import ActiveRule
from remedies.knowledge.topics import EFFECTS, STRENGTH, STRENGTHS, TOPICS, VERDICTS, Effect
from remedies.knowledge.vocabulary import Vocabulary

SEED = 20261122
PATIENTS = 5_000
ROUNDS = 5
GOAL = 3.0
DAY = date(2026, 11, 22)
DAYS = 5
NAMES = VERDICTS
ALLOWED, UNDECIDED = NAMES.index("allowed"), NAMES.index("undecided")

Json = dict[str, Any]
Context = dict[str, bool]
Answers = list[list[int]]
"""Per patient one verdict per remedy, as its place in ``NAMES``."""


# Patients


def documents(count: int, vocabulary: Vocabulary) -> list[Json]:
    """Draw patients at random, the same ones in every run; every part may be missing."""
    draw = random.Random(SEED)  # noqa: S311 - repeatable on purpose
    facts = {topic: [entry.id for entry in vocabulary.entries if entry.topic == topic] for topic in TOPICS}
    return [_document(draw, facts, vocabulary) for _ in range(count)]


def _document(draw: random.Random, facts: dict[Any, list[str]], vocabulary: Vocabulary) -> Json:
    document: Json = {}
    match draw.randrange(4):
        case 0:
            document["age"] = draw.randrange(100)
        case 1:
            document["age"] = {"years": draw.randrange(3), "months": draw.randrange(12)}
        case 2:
            document["born"] = str(draw.randrange(1930, 2026))
        case _:
            pass
    if draw.random() < 0.8:
        document["sex"] = draw.choice(("female", "male"))
    if document.get("sex") != "male" and draw.random() < 0.7:
        pregnant: list[object] = ["no", "no", "possible", "yes"]
        pregnant += [{"trimester": draw.randint(1, 3)}, {"weeks": draw.randint(0, 41), "days": draw.randint(0, 6)}]
        document["pregnancy"] = draw.choice(pregnant)
        document["breastfeeding"] = draw.random() < 0.2
    for topic, known in facts.items():
        told = draw.sample(known, k=min(len(known), draw.choice((0, 0, 0, 0, 1, 1, 2))))
        so = {wide for fact in told[::2] for wide in (fact, *vocabulary.wider(fact))}
        document[topic] = {
            "yes": told[::2],
            "no": [fact for fact in told[1::2] if fact not in so],
            "rest": draw.choice(("no", "no", "no", "unknown")),
        }
    return document


# Rules, as the engines get them


def name_of(leaf: Leaf) -> str:
    """Name a plain clause in a flat object of booleans."""
    match leaf:
        case AgeBelow():
            return f"age_below_{leaf.months}"
        case AgeFrom():
            return f"age_from_{leaf.months}"
        case Pregnant():
            return "pregnant_" + "_".join(f"{start}_{end}" for start, end in leaf.days)
        case Breastfeeding():
            return "breastfeeding"
        case Always():
            return "always"
        case Has(fact=fact):
            return fact.replace("-", "_")


class Flattener:
    """Writes a patient as a flat object: of every plain clause whether it holds (h) and may hold (m)."""

    def __init__(self, plain: Iterable[Leaf], vocabulary: Vocabulary) -> None:
        """Work out beforehand what does not depend on the patient."""
        self._vocabulary = vocabulary
        self._facts: list[tuple[str, str, int]] = []
        self._others: list[tuple[str, str, Leaf]] = []
        for leaf in plain:
            names = f"h_{name_of(leaf)}", f"m_{name_of(leaf)}"
            if isinstance(leaf, Has):
                self._facts.append((*names, 1 << vocabulary.number[leaf.fact]))
            else:
                self._others.append((*names, leaf))

    def context(self, patient: Patient) -> Context:
        """Flatten one patient, in the checker's own understanding of words, ages and weeks."""
        situation = situation_of(patient, known_of(patient, self._vocabulary), as_of=DAY, start=DAY, days=DAYS)
        yes, no = situation.known.yes, situation.known.no
        context: Context = {}
        for holds, may, bit in self._facts:
            context[holds] = bool(yes & bit)
            context[may] = not no & bit
        for holds, may, leaf in self._others:
            truth = truth_of(leaf, situation)
            context[holds] = truth is Truth.YES
            context[may] = truth is not Truth.NO
        return context


def truth_of(leaf: Leaf, situation: Situation) -> Truth:
    """Tell whether a plain clause that is about no fact holds."""
    match leaf:
        case AgeBelow():
            return any_of(day.age_below(leaf.months) for day in situation.days)
        case AgeFrom():
            return any_of(day.age_from(leaf.months) for day in situation.days)
        case Pregnant():
            either = any_of(within(day.pregnancy, leaf.days) for day in situation.days)
            return either & situation.pregnant
        case Breastfeeding():
            return situation.breastfeeding
        case _:
            return Truth.YES


class Chain(NamedTuple):
    """The verdict on one remedy: the first condition that is met decides."""

    clauses: dict[Effect, list[Clause]]
    """By effect."""

    def steps(self) -> list[tuple[str, Sequence[Clause], int]]:
        """List prefix, clauses and verdict, in order; where none is met, the remedy is allowed."""
        return [
            (prefix, self.clauses[effect], verdict)
            for effect in reversed(EFFECTS)
            for prefix, verdict in (("h", NAMES.index(STRENGTHS[STRENGTH[effect]])), ("m", UNDECIDED))
        ]


def chain_of(rules: Iterable[ActiveRule]) -> Chain:
    """Sort the rules of a remedy by effect."""
    clauses: dict[Effect, list[Clause]] = {effect: [] for effect in EFFECTS}
    for active in rules:
        clauses[active.rule.effect].append(active.rule.when)
    return Chain(clauses)


def as_zen(chains: Iterable[Chain]) -> str:
    """Write all remedies as one expression of zen's language, a list of verdicts."""

    def clause(prefix: str, when: Clause) -> str:
        match when:
            case AllOf(all=parts):
                return "(" + " and ".join(clause(prefix, part) for part in parts) + ")"
            case AnyOf(any=parts):
                return "(" + " or ".join(clause(prefix, part) for part in parts) + ")"
            case _:
                return f"{prefix}_{name_of(when)}"

    def verdict(chain: Chain) -> str:
        steps = (
            f"({' or '.join(clause(prefix, when) for when in clauses)}) ? {code} : "
            for prefix, clauses, code in chain.steps()
            if clauses
        )
        return "(" + "".join(steps) + f"{ALLOWED})"

    return "[" + ", ".join(map(verdict, chains)) + "]"


def as_jsonlogic(chains: Iterable[Chain]) -> list[Json]:
    """Write all remedies as one JSONLogic rule, a list of verdicts."""

    def clause(prefix: str, when: Clause) -> Json:
        match when:
            case AllOf(all=parts):
                return {"and": [clause(prefix, part) for part in parts]}
            case AnyOf(any=parts):
                return {"or": [clause(prefix, part) for part in parts]}
            case _:
                return {"var": f"{prefix}_{name_of(when)}"}

    def verdict(chain: Chain) -> Json:
        branches: list[object] = []
        for prefix, clauses, code in chain.steps():
            if clauses:
                branches += [{"or": [clause(prefix, when) for when in clauses]}, code]
        return {"if": [*branches, ALLOWED]}

    return [verdict(chain) for chain in chains]


# Engines


def engine(module: str) -> Any:  # noqa: ANN401 - neither is needed, or typed, where this is only checked
    """Import a rule engine, or say which command installs it."""
    try:
        return import_module(module)
    except ImportError:
        sys.exit(f"{module} is not installed; install both engines with: pip install '.[bench]'")


class Peer(NamedTuple):
    """An engine ready to run: prepare a context for it, then judge it."""

    prepare: Callable[[Context], Any]
    judge: Callable[[Any], list[int]]


def zen_peer(chains: Sequence[Chain]) -> Peer:
    """Make zen ready: one compiled expression; it is quicker with contexts as JSON than as objects."""
    return Peer(json.dumps, engine("zen").compile_expression(as_zen(chains)).evaluate)


def datalogic_peer(chains: Sequence[Chain]) -> Peer:
    """Make datalogic ready: one compiled rule, one session, contexts parsed beforehand."""
    module = engine("datalogic_py")
    logic = module.Engine()
    rule = logic.compile(as_jsonlogic(chains))
    evaluate = logic.session().evaluate_data
    return Peer(module.DataHandle, lambda handle: evaluate(rule, handle))


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the shortest of several times, in seconds."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best


def first_difference(remedies: Sequence[str], ours: Answers, theirs: Answers, documents_: Sequence[Json]) -> str | None:
    """Say where two engines first disagree, if they do."""
    for number, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
        for remedy, left, right in zip(remedies, mine, other, strict=True):
            if left != right:
                return (
                    f"patient {number}, {remedy}: remedies says {NAMES[left]}, the other {NAMES[right]}\n"
                    f"{json.dumps(documents_[number], ensure_ascii=False)}"
                )
    return None


def main() -> None:
    """Compare verdicts, then speed."""
    catalogue = Catalogue.shipped()
    vocabulary, rulebook = catalogue.vocabulary, catalogue.rulebook
    ids = [remedy.id for remedy in catalogue.remedies]
    chains = [chain_of(catalogue.rules[remedy]) for remedy in ids]
    clauses = (when for chain in chains for some in chain.clauses.values() for when in some)
    plain = list({name_of(leaf): leaf for when in clauses for leaf in leaves(when)}.values())
    flattened = Flattener(plain, vocabulary).context
    peers = {"zen-engine": zen_peer(chains), "datalogic-py": datalogic_peer(chains)}
    written = documents(PATIENTS, vocabulary)

    def validated() -> list[Patient]:
        return [Patient.model_validate(document) for document in written]

    def judged(people: Iterable[Patient]) -> list[dict[str, Any]]:
        return [verdicts(patient, catalogue, start=DAY, as_of=DAY, days=DAYS) for patient in people]

    patients = validated()
    contexts = [flattened(patient) for patient in patients]
    prepared = {name: [peer.prepare(context) for context in contexts] for name, peer in peers.items()}
    known = [known_of(one, vocabulary) for one in patients]
    seen = [situation_of(one, said, as_of=DAY, start=DAY, days=DAYS) for one, said in zip(patients, known, strict=True)]
    bits = [masks(rulebook, situation) for situation in seen]

    rules = sum(len(catalogue.rules[remedy]) for remedy in ids)
    print(f"{PATIENTS} patients (seed {SEED}), {len(ids)} remedies, {rules} rules, {len(plain)} plain clauses")
    ours = [[NAMES.index(verdict) for verdict in found.values()] for found in judged(patients)]
    for name, peer in peers.items():
        difference = first_difference(ids, ours, list(map(peer.judge, prepared[name])), written)
        if difference is not None:
            sys.exit(f"{name} disagrees: {difference}")
    counts = (f"{sum(row.count(code) for row in ours)} {name}" for code, name in enumerate(NAMES))
    print(f"all three agree on all {PATIENTS * len(ids)} verdicts: {', '.join(counts)}")

    def speed(work: Callable[[], object]) -> float:
        return PATIENTS / seconds(work)

    def handed_over(peer: Peer) -> float:
        return speed(lambda: [peer.judge(peer.prepare(context)) for context in contexts])

    def whole_job(peer: Peer) -> float:
        return speed(lambda: [peer.judge(peer.prepare(flattened(patient))) for patient in patients])

    def from_clauses(name: str) -> float:
        return speed(lambda: list(map(peers[name].judge, prepared[name])))

    alone = speed(lambda: [[remedy.verdict(yes, may) for remedy in rulebook.remedies] for yes, may in bits])
    mine = speed(lambda: judged(patients))
    whole = speed(lambda: judged(validated()))
    engines = {name: from_clauses(name) for name in peers}
    lopsided = {name: handed_over(peer) for name, peer in peers.items()}
    programs = {name: whole_job(peer) for name, peer in peers.items()}

    print(f"\n{'patients per second':<24}{'rules alone':>14}{'whole job':>14}{'lopsided':>14}")
    print(f"{'remedies':<24}{alone:>14,.0f}{mine:>14,.0f}{mine:>14,.0f}")
    for name in peers:
        print(f"{name:<24}{engines[name]:>14,.0f}{programs[name]:>14,.0f}{lopsided[name]:>14,.0f}")
    ratios = (alone / max(engines.values()), mine / max(programs.values()), mine / max(lopsided.values()))
    print(f"{'ratio to the faster':<24}" + "".join(f"{ratio:>14.2f}" for ratio in ratios))
    print(f"\ngoal: {GOAL:.1f} where like is compared with like (rules alone, whole job).")
    print(f"With validation of every patient, remedies does {whole:,.0f} patients per second.")


if __name__ == "__main__":
    main()
