"""What people and records call things: names in two languages, codes, doubt, denial, and what nobody understands."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from screening.people_columns import FACTS, SHIPPED, TOPIC
from screening.people_facts import some_asked_about

from remedies.core.errors import LONGEST_WORD
from remedies.knowledge.facts import FactsFile
from remedies.knowledge.topics import TOPICS, Topic

if TYPE_CHECKING:
    from random import Random

    from screening.people_columns import Draft

_ROOT = Path(__file__).parents[2]

_MARKS = (
    *("{}?", "{} ?", "? {}", "possible {}", "{}, not sure", "suspected {}", "возможно, {}", "{} под вопросом"),
    *("no {}", "denies {}", "no history of {}", "нет {}", "{}: no", "{} - нет", "отрицает {}", "not {}"),
    *("family history of {}", "mother has {}", "у мамы {}", "{} у отца", "FHx: {}"),
    *("{}, mild", "severe {}", "chronic {}", "{} since 2011", "{} 2 ст.", "left {}", "{} in the past", "h/o {}"),
    *("allergic to {}", "аллергия на {}", "takes {}", "{} gel", "{} 50 mg", "{} mg/ml", "мазь {}", "{} plaster"),
    *("{};", " {} ", "({})", "{}.", "«{}»"),
)
_ALL_DENIED = (
    *("none", "nothing", "no", "нет", "nil", "-", "NKDA", "NKA", "no known drug allergies", "no known allergies"),
    *("no medical conditions", "не болею", "аллергии нет", "лекарств не принимаю", "жалоб нет", "skin intact"),
    *("none of these", "no chronic illness", "716186003", "409137002", "160245001", "787481004", "428607008", "Z80.3"),
)
_NOT_KNOWN = ("?", "don't know", "unknown", "не знаю", "not sure", "idk", "хз", "never been tested")
_UNCLEAR = (
    *("qqqq", "zzzz blorf", "asthmq", "...", "🙂", "12", "абракадабра", " ", "a", "no", "and", ";", "not", "либо"),
    *("x" * LONGEST_WORD, "asthma or gout or something", "gout, blorf", "blorf and asthma", "no blorf", "blorf?"),
)
_BODIES = (
    *("26 weeks pregnant", "possibly pregnant", "not pregnant", "pregnant", "I'm pregnant", "third trimester"),
    *("беременность 30 нед", "не беременна", "жду ребёнка", "беременность, 2-й триместр", "Z33", "Z34.0", "pregnant?"),
    *("13+6 weeks pregnant", "беременность 28 недель", "5 months pregnant", "no pregnancy", "mother is pregnant"),
    *("breastfeeding", "not breastfeeding", "кормлю грудью", "не кормлю грудью", "breastfeeding?", "mastitis"),
    *("preeclampsia", "gestational diabetes", "morning sickness", "prenatal vitamins", "postpartum depression"),
    *("pregnant; asthma", "no asthma, not pregnant", "20 weeks pregnant", "19+6 weeks pregnant", "14 weeks pregnant"),
)


@cache
def named() -> dict[Topic, tuple[str, ...]]:
    """List by topic every name and every code of a fact, of what is named besides, and the words of the benchmark."""
    found: dict[Topic, list[str]] = {topic: [] for topic in TOPICS}
    file = FactsFile.model_validate_json((_ROOT / "data" / "facts.json").read_bytes())
    for fact in file.facts:
        codes = (*fact.icd10.proves, *fact.icd10.prompts, *fact.atc.all, *fact.snomed)
        kinds = (*fact.kinds.en, *fact.kinds.ru)
        found[fact.topic] += [*fact.names, *kinds, *(code.partition("-")[0] for code in codes), *codes]
    for naming in file.words:
        if naming.topic in found:
            codes = (*naming.icd10, *naming.atc, *naming.snomed)
            found[naming.topic] += [*naming.names, *(code.partition("-")[0] for code in codes)]
    for line in (_ROOT / "benchmarks" / "words.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            _, topic, word, _ = line.split("\t")
            found[next(name for name in TOPICS if name == topic)].append(word)
    return {topic: tuple(dict.fromkeys(filter(None, words))) for topic, words in found.items()}


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """List the names of each fact."""
    return {fact.id: fact.names for fact in SHIPPED.facts}


class Words:
    """The words of one table, so many different ones that each is said by several people."""

    def __init__(self, random: Random, people: int) -> None:
        """Choose them."""
        known = named()
        self.random = random
        self.plain: dict[Topic, list[str]] = {}
        for topic in TOPICS:
            size = min(len(known[topic]), max(20, min(people // 4, 500)))
            self.plain[topic] = random.sample(known[topic], size)
        self.odd = {topic: [self._odd(topic) for _ in range(max(20, min(people // 4, 400)))] for topic in TOPICS}

    def _odd(self, topic: Topic) -> str:
        """Make a word that is not simply the name of something in its topic."""
        random, known = self.random, named()
        word = random.choice(known[topic])
        other = random.choice(known[topic])
        match random.randint(0, 9):
            case 0 | 1 | 2:
                found = random.choice(_MARKS).format(word)
            case 3:
                found = random.choice(["{}; {}", "{}, {}", "{} and {}", "{} и {}", "{}, no {}", "{} / {}"]).format(
                    word, other
                )
            case 4:
                found = random.choice(known[random.choice(TOPICS)])
            case 5:
                found = random.choice([word.upper(), word.title(), f"  {word.replace(' ', '  ')} ", word + "s"])
            case 6:
                cut = random.randrange(len(word))
                found = word[:cut] + word[cut + 1 :]
            case 7:
                found = random.choice(_ALL_DENIED)
            case 8:
                found = random.choice(_NOT_KNOWN)
            case _:
                found = random.choice(_UNCLEAR)
        return found[:LONGEST_WORD] or word

    def some(self, topic: Topic, most: int) -> list[str]:
        """Choose up to so many words for a topic."""
        random = self.random
        return [self._one(topic) for _ in range(random.randint(0, most))]

    def _one(self, topic: Topic) -> str:
        random = self.random
        way = random.random()
        if way < 0.03:
            return random.choice(_BODIES)
        return random.choice(self.odd[topic] if way < 0.35 else self.plain[topic])


def some_words(draft: Draft, random: Random, pool: Words, focus: str) -> None:
    """Fill columns of words: one fact for sure, some topics with a few words, now and then a word twice."""
    for topic in TOPICS:
        if random.random() < 0.45:
            said = pool.some(topic, 4)
            if said and random.random() < 0.15:
                said.append(random.choice([said[0], said[0].upper()]))
            draft.speak(topic, said)
    topic = TOPIC[focus]
    said = [random.choice(_names()[focus]), *draft.words.get(topic, [])]
    if random.random() < 0.3:
        said.append(random.choice(_names()[focus]))
    draft.speak(topic, said)
    if random.random() < 0.005:
        room = 200 - len(draft.yes[topic])
        draft.speak(topic, (said * 200)[:room])


def few_words(draft: Draft, random: Random, pool: Words) -> None:
    """Say a word or two of somebody of whom nothing else is to be said, or none."""
    for topic in random.sample(TOPICS, random.choice([0, 1, 1, 2])):
        draft.speak(topic, pool.some(topic, 2))
    if random.random() < 0.8:
        for topic in TOPICS:
            draft.speak(topic, [])
        for fact in some_asked_about(random):
            draft.speak(TOPIC[fact], [random.choice(_names()[fact])])


def speak_of_a_body(draft: Draft, random: Random) -> None:
    """Say a word of pregnancy or breastfeeding among the illnesses."""
    draft.speak("conditions", [random.choice(_BODIES), *draft.words.get("conditions", [])])


def disagree_in_words(draft: Draft, random: Random) -> None:
    """Say a word, and that the same is not so: in one list, in one word, or beside the column of its fact."""
    fact = random.choice(FACTS)
    topic = TOPIC[fact]
    said, denied = random.choice(_names()[fact]), random.choice(["no {}", "нет {}", "denies {}"]).format(fact)
    if draft.yes[topic] or draft.no[topic] or any(draft.yes.values()):
        so = random.random() < 0.5
        draft.speak(topic, [f"no {fact}" if so else said, *draft.words.get(topic, [])])
        draft.say(fact, so=so)
    elif draft.columns.words[topic] == "list":
        draft.speak(topic, [said, *draft.words.get(topic, []), denied])
    else:
        draft.speak(topic, [f"{said}; no {fact}"])
