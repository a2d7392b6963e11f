"""From the patient so far to the screens that are still worth showing, in the order in which people expect them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.advice.asking import ask_for_weeks, explained, next_questions, open_subjects
from remedies.advice.replay import LIST, base_of, mask_of
from remedies.advice.state import Item, Screen
from remedies.checking.known import known_of
from remedies.core.errors import Fault, quoted
from remedies.knowledge.topics import BORN_WHEN, TOPICS, WORDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.advice.replay import Replayed
    from remedies.advice.state import ItemKind, State
    from remedies.checking.patient import Patient
    from remedies.checking.report import Report
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.entry import GateEntry
    from remedies.knowledge.rulebook import Rulebook
    from remedies.knowledge.topics import Subject

FEW = 2
"""So few facts are asked about one by one, without a plain question or a list before them."""

_WHO = "the person who will use it"
_ITEMS: dict[str, tuple[ItemKind, str, str]] = {
    "age": ("age", "age", f"How old is {_WHO}?"),
    "sex": ("sex", "sex", f"Is {_WHO} a man or a woman?"),
    "pregnancy": ("pregnancy", "pregnant", "Is the person pregnant?"),
    "breastfeeding": ("breastfeeding", "breastfeeding", "Is the person breastfeeding?"),
}
_PERSON = {
    frozenset({"age", "sex"}): f"How old is {_WHO}, and a man or a woman?",
    frozenset({"age"}): _ITEMS["age"][2],
    frozenset({"sex"}): _ITEMS["sex"][2],
}
_MOTHERHOOD = {
    frozenset({"pregnancy", "breastfeeding"}): "Is the person pregnant, or breastfeeding?",
    frozenset({"pregnancy"}): _ITEMS["pregnancy"][2],
    frozenset({"breastfeeding"}): _ITEMS["breastfeeding"][2],
}


class _Ask(NamedTuple):
    """A question that is to be asked: its id without a number, and what about."""

    base: str
    facts: Sequence[str]


def composed(state: State, told: Replayed, report: Report, catalogue: Catalogue) -> tuple[Screen, ...]:
    """Return the screens that are left, the next one first; how many the last of them are is a guess."""
    composer = _Composer(told, report, catalogue)
    answered = [one.question for one in state.answers if one.question != state.again]
    found = []
    for ask in composer.asks({base_of(question) for question in answered}):
        turn = sum(base_of(question) == ask.base for question in answered) + 1
        name = ask.base if turn == 1 else f"{ask.base}-{turn}"
        found.append(screen_of(name, ask.facts, told.patient, catalogue.rulebook))
    return tuple(found)


class _Composer:
    """Sorts what is open into questions."""

    def __init__(self, told: Replayed, report: Report, catalogue: Catalogue) -> None:
        self._told = told
        self._vocabulary = catalogue.vocabulary
        self._gates = catalogue.rulebook.gates
        self._covered = {gate.id: mask_of(gate, self._vocabulary) for gate in self._gates}
        self._open = open_subjects(report, catalogue, told.unknown)
        self._prompts = next_questions(report, catalogue, told.unknown)
        self._wide: dict[str, tuple[str, ...]] = {}
        """By plain question, or by the list that has none: the open facts that nothing wider stands before."""
        for prompt in self._prompts:
            if prompt.kind != "list" or prompt.topic == "signs":
                continue
            for fact in prompt.facts:
                owner = self._owner(fact) or prompt.topic
                self._wide[owner] = (*self._wide.get(owner, ()), fact)

    def _owner(self, fact: str) -> str | None:
        """Find the plain question that covers a fact."""
        bit = 1 << self._vocabulary.number[fact]
        return next((name for name, mask in self._covered.items() if mask & bit), None)

    def asks(self, answered: set[str]) -> Iterator[_Ask]:
        """Yield what to ask: signs, who it is, pregnancy, plain questions or their lists, what is left."""
        for prompt in self._prompts:
            if prompt.topic == "signs":
                yield _Ask("signs", prompt.facts)
        yield from self._person()
        yield from self._motherhood()
        left = dict[str, list[str]]()
        pending = False
        for owner in dict.fromkeys((*(gate.id for gate in self._gates), *self._wide)):
            ask = self._of(owner, answered)
            fresh = set(ask.facts)
            left[owner] = [fact for fact in self._wide.get(owner, ()) if fact not in fresh]
            if ask.facts:
                pending = pending or (owner in self._covered and owner not in self._told.gates)
                yield ask
        # What a "no" had to leave open may be ruled out by the plain questions that follow.
        waiting = {name for name, said in self._told.gates.items() if pending and said == "no"}
        yield from self._details([fact for name, facts in left.items() if name not in waiting for fact in facts])

    def _person(self) -> Iterator[_Ask]:
        """Ask for age and sex where they matter and nobody has said them."""
        patient, unknown = self._told.patient, self._told.unknown
        asked = []
        if "age" in self._open and patient.age is None and patient.born is None:
            asked.append("age")
        if self._mothers() and patient.sex is None and "sex" not in unknown and patient.pregnancy is None:
            asked.append("sex")
        if asked:
            yield _Ask("person", tuple(asked))

    def _mothers(self) -> tuple[str, ...]:
        return tuple(
            "pregnancy" if choice.fact == "possible" else choice.fact
            for prompt in self._prompts
            if prompt.kind == "pregnancy"
            for choice in prompt.choices
        )

    def _motherhood(self) -> Iterator[_Ask]:
        asked = tuple(dict.fromkeys(self._mothers()))
        if asked:
            yield _Ask("pregnancy", asked)

    def _of(self, owner: str, answered: set[str]) -> _Ask:
        """Ask the plain question before its list, the list of what is new, or nothing where little is left."""
        wide = self._wide.get(owner, ())
        gate = next((gate for gate in self._gates if gate.id == owner), None)
        if gate is not None and owner not in self._told.gates:
            asked = len(wide) > FEW or self._would_close(gate)
            return _Ask(owner, (*wide, *gate.facts) if asked else ())
        if self._told.gates.get(owner) == "no":
            return _Ask(owner, ())
        base = owner + LIST if gate is not None else owner
        if base not in answered:
            return _Ask(base, wide)
        fresh = tuple(fact for fact in wide if self._is_new(fact))
        return _Ask(base, fresh if len(fresh) > FEW else ())

    def _would_close(self, gate: GateEntry) -> bool:
        """Tell whether a "no" here rules out what another "no" had to leave open."""
        stuck = self._vocabulary.mask(
            fact for name, facts in self._wide.items() if self._told.gates.get(name) == "no" for fact in facts
        )
        closing = self._told.closing | self._covered[gate.id]
        return bool(stuck and known_of(self._told.patient, self._vocabulary, closing=closing).no & stuck)

    def _is_new(self, fact: str) -> bool:
        """Tell whether a fact is open for another reason than that something said leads to it."""
        wider = self._vocabulary.up[self._vocabulary.number[fact]]
        return not wider & self._told.yes and fact not in self._told.prompted

    def _details(self, left: Iterable[str]) -> Iterator[_Ask]:
        """Ask about what is left, each fact with its finer ones, and for an exact birth date or week."""
        kinds = {prompt.kind for prompt in self._prompts}
        facts = []
        if "age" in kinds and not (self._told.patient.age is None and self._told.patient.born is None):
            facts.append("age")
        if "weeks" in kinds:
            facts.append("pregnancy")
        wide = list(left)
        facts += wide
        facts += [
            fact
            for subject, found in self._open.items()
            for fact in found
            if fact not in wide and subject != "signs" and self._below(fact, wide)
        ]
        if facts:
            yield _Ask("details", tuple(facts))

    def _below(self, fact: str, wide: list[str]) -> bool:
        vocabulary = self._vocabulary
        return fact in vocabulary and any(vocabulary.is_a(fact, other) for other in wide)


def state_faults(state: State, rulebook: Rulebook) -> Iterator[Fault]:
    """Find answers to questions that this catalogue does not ask, as a state from a browser may hold them."""
    gates = {gate.id for gate in rulebook.gates}
    lists = {"signs", *TOPICS, *(gate + LIST for gate in gates)}
    seen: set[str] = set()
    for index, one in enumerate(state.answers):
        where, base = ("answers", index), base_of(one.question)
        if base not in {*gates, *lists, "person", "pregnancy", "details"} or one.question in seen:
            yield Fault(
                (*where, "question"), f"{quoted(one.question)} is no question here, or was answered before", "word"
            )
        seen.add(one.question)
        if (one.gate is not None) != (base in gates):
            yield Fault((*where, "gate"), "belongs to a plain question before a list, and only there", "shape")
        asked = set(one.asked)
        may = {
            "person": frozenset(asked) in _PERSON,
            "pregnancy": frozenset(asked) in _MOTHERHOOD,
            "details": asked <= {*rulebook.vocabulary.number, "age", "pregnancy"},
        }
        if not may.get(base, base in gates or asked <= rulebook.vocabulary.number.keys()):
            yield Fault((*where, "asked"), "names something that this question does not ask", "word")
    if state.again is not None and state.again not in seen:
        yield Fault(("again",), f"{quoted(state.again)} was not answered", "word")


def screen_of(name: str, facts: Iterable[str], patient: Patient, rulebook: Rulebook) -> Screen:
    """Make the screen of a question about some facts."""
    base = base_of(name)
    gates = {gate.id: gate for gate in rulebook.gates}
    facts = tuple(facts)
    if base in gates:
        return _gate(name, gates[base])
    if base == "details":
        items = tuple(_detail(fact, patient, rulebook) for fact in facts)
        return Screen(id=name, kind="details", title="Details", text="A few details, one by one.", items=items)
    items = tuple(_item(fact, rulebook) for fact in facts)
    if base == "person":
        return Screen(id=name, kind="person", title="Who will use it", text=_PERSON[frozenset(facts)], items=items)
    if base == "pregnancy":
        text = _MOTHERHOOD[frozenset(facts)]
        return Screen(id=name, kind="pregnancy", title="Pregnancy and breastfeeding", text=text, items=items)
    if base.removesuffix(LIST) in gates:
        gate = gates[base.removesuffix(LIST)]
        return Screen(id=name, kind="list", title=gate.title, text=gate.which, items=items)
    wording = WORDINGS[_subject(base)]
    return Screen(id=name, kind="list", title=wording.title, text=wording.question, items=items)


def _subject(base: str) -> Subject:
    return next(subject for subject in WORDINGS if subject == base)


def _gate(name: str, gate: GateEntry) -> Screen:
    item = Item(fact=gate.id, kind="fact", label=gate.title, question=gate.text)
    return Screen(id=name, kind="gate", title=gate.title, text=gate.text, lines=tuple(gate.lines), items=(item,))


def _item(fact: str, rulebook: Rulebook) -> Item:
    if fact in _ITEMS:
        kind, label, question = _ITEMS[fact]
        return Item(fact=fact, kind=kind, label=label, question=question)
    entry = rulebook.vocabulary[fact]
    urgency = next((sign.urgency for sign in rulebook.signs if sign.fact == fact), None)
    return Item(fact=fact, kind="fact", label=explained(entry), question=entry.question, urgency=urgency)


def _detail(fact: str, patient: Patient, rulebook: Rulebook) -> Item:
    """Ask more exactly for what was said before."""
    match fact:
        case "age":
            return Item(fact="age", kind="age", label="birth date", question=BORN_WHEN)
        case "pregnancy":
            return Item(fact="pregnancy", kind="weeks", label="weeks of pregnancy", question=ask_for_weeks(patient))
        case _:
            return _item(fact, rulebook)
