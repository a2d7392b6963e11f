"""QuestionnaireResponse: a form whose items are named by facts, by topics, or by questions in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from remedies.checking.grammar import read_age, read_born, read_pregnancy, read_sex
from remedies.checking.known import saying_of
from remedies.checking.marks import says_none, says_unknown
from remedies.checking.moments import KEPT_DAYS, KEPT_MONTHS
from remedies.checking.understood import read_whole
from remedies.core.errors import quoted
from remedies.intake.fhir.concepts import readable
from remedies.intake.fhir.elements import Concept, concept, day_of, parts, status, text, turned
from remedies.intake.fhir.judging import Claim, Held, Side, judged
from remedies.intake.fhir.observations import NO, PREGNANCY_ANSWERS, YES
from remedies.intake.fhir.people import born
from remedies.intake.fhir.told import PART_MODIFIED, YES_OR_NO, Told, lately
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import OLDEST, TOPICS, WORDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.intake.fhir.elements import Days, Resource
    from remedies.intake.fhir.told import Context
    from remedies.knowledge.topics import Topic

Answer: TypeAlias = "bool | str | None"
"""Yes, no, words, or an answer that was left out."""

_QUESTION = re.compile(
    r"^(?:(?:do|did|does|have|has|are|is|were)\s+(?:you|the patient|the person|they|he|she)\s+"
    r"(?:(?:ever|currently|now|also)\s+)*"
    r"(?:have|had|suffer(?:ed|ing)?\s+from|tak(?:e|en|ing)|us(?:e|ed|ing)|been\s+diagnosed\s+with|got)?\s*"
    r"|(?:у\s+вас|вы|есть\s+ли\s+у\s+вас|была?\s+ли\s+у\s+вас|принимаете\s+ли(?:\s+вы)?|страдаете\s+ли(?:\s+вы)?)\s+"
    r"(?:(?:есть|принимаете|страдаете|была?)\s+)?(?:ли\s+)?)",
    re.IGNORECASE,
)
"""What stands before a fact in a question about it."""

_ARTICLE = re.compile(r"^(?:an?|any|the)\s+", re.IGNORECASE)

_PERSONAL = {
    "age": "age",
    "возраст": "age",
    "birth date": "born",
    "date of birth": "born",
    "born": "born",
    "дата рождения": "born",
    "sex": "sex",
    "gender": "sex",
    "пол": "sex",
    "pregnancy": "pregnancy",
    "82810 3": "pregnancy",
    "63895 7": "breastfeeding",
    "pregnant": "pregnancy",
    "беременность": "pregnancy",
    "breastfeeding": "breastfeeding",
    "breast feeding": "breastfeeding",
    "кормление грудью": "breastfeeding",
}

FINISHED = frozenset({"completed", "amended"})


def read_form(resource: Resource, context: Context) -> Told:
    """Read a QuestionnaireResponse: yes, no and words count; what was left out or is not known stays open."""
    kind = status(resource.get("status"))
    if kind == "entered-in-error":
        return Told(why="it was entered in error")
    day = day_of(resource, "authored")
    told = Told(text(resource.get("questionnaire")), day=day)
    unread: list[str] = []
    for item in _items(resource.get("item"), 0):
        told = _with(told, item, day, context, unread)
    notes = [f"the item {quoted(one)} was not understood, so its answer was not used" for one in unread]
    why = told.why or ("" if told.says_something else "no answer in it says anything")
    if kind and kind not in FINISHED:
        why = f"it is {kind}, so that what was left out is open"
    return told._replace(notes=tuple(notes), unclear=told.unclear or bool(unread), why=why)


def _items(value: object, depth: int) -> Iterator[Resource]:
    """Yield the items of a form, those within groups and below answers as well."""
    for item in parts(value):
        yield item
        if depth < 10 and "modifierExtension" not in item:
            yield from _items(item.get("item"), depth + 1)
            for answer in parts(item.get("answer")):
                yield from _items(answer.get("item"), depth + 1)


def _answers(item: Resource) -> list[Answer]:
    return [_answer(one) for one in parts(item.get("answer"))]


def _answer(answer: Resource) -> Answer:
    """Read one answer: a boolean, a code for yes or no, or words."""
    for key, value in answer.items():
        if not key.startswith("value"):
            continue
        match value:
            case bool():
                return value
            case dict() if "value" in value:
                return f"{text(value.get('value'))} {text(value.get('unit'))}".strip()
            case dict():
                found = concept(value)
                if found.has(YES | NO):
                    return found.has(YES)
                return found.name
            case _:
                return text(value)
    return None


def _with(told: Told, item: Resource, day: Days | None, context: Context, unread: list[str]) -> Told:
    """Add what an item says."""
    names = [text(item.get("linkId")), text(item.get("text"))]
    if turned(item, item.get("answer")):
        return told._replace(unclear=True, why=PART_MODIFIED)
    answers = [one for one in _answers(item) if one is not None and one != ""]
    if not answers:
        return told
    for name in filter(None, names):
        personal = _PERSONAL.get(normal(_asked_about(name)))
        if personal is not None:
            said = _personal(told, personal, answers[0], context)
            if said is None:
                break
            return said
        topic = _topic(name)
        if topic is not None:
            for answer in answers:
                told = _listed(told, answer, topic, context)
            return told
    for name in filter(None, names):
        place = _fact(name, context)
        if place is not None:
            claims = [claim for answer in answers for claim in _said(answer, *place, day, context)]
            return told._replace(claims=tuple(dict.fromkeys((*told.claims, *claims))))
    unread.append(next(filter(None, reversed(names)), "without a name"))
    return told


def _asked_about(name: str) -> str:
    """Return what a question asks about, without the words around it."""
    return _ARTICLE.sub("", _QUESTION.sub("", name.strip(" ?:")))


def _topic(name: str) -> Topic | None:
    """Find the topic that an item asks for as a list, by its id or its title."""
    plain = normal(name.rstrip(" ?:"))
    return next((topic for topic in TOPICS if plain in {topic, normal(WORDINGS[topic].title)}), None)


def _fact(name: str, context: Context) -> tuple[Topic, str] | None:
    """Find the one thing that an item asks about: a fact by its id or its question, or a word that is understood."""
    vocabulary = context.vocabulary
    plain = name.rpartition("/")[2]
    if plain in vocabulary:
        return vocabulary[plain].topic, plain
    asked = normal(name)
    for entry in vocabulary.entries:
        if normal(entry.question) == asked:
            return entry.topic, entry.id
    word = _asked_about(name)
    if not word or len(word) > len(readable(word)):
        return None
    reading = read_whole(word, "conditions", vocabulary)
    if reading is None or reading.kind not in {"fact", "known"}:
        return None
    facts = [vocabulary[fact] for fact in (*reading.proves, *reading.prompts)]
    return (facts[0].topic if len({fact.topic for fact in facts}) == 1 else "conditions"), word


_SIDES: dict[str, Side] = {"yes": "yes", "да": "yes", "true": "yes", "no": "no", "нет": "no", "false": "no"}
"""Words that answer for one thing."""


def _said(answer: Answer, topic: Topic, word: str, day: Days | None, context: Context) -> Iterator[Claim]:
    """Enter the answer about one thing; one that is too old to hold is a reason to ask, or says nothing."""
    side: Side
    match answer:
        case bool():
            side = YES_OR_NO[answer]
        case str() if says_unknown(answer):
            side = "unknown"
        case str():
            plain = normal(answer)
            side = _SIDES.get(plain, "unknown")
        case None:
            return
    if _lapsed(topic, day, context):
        if side != "no":
            yield Claim(topic, "unknown", word)
        return
    yield Claim(topic, side, word)


def _listed(told: Told, answer: Answer, topic: Topic, context: Context) -> Told:
    """Enter words of a list; “none” says that there is nothing else on it."""
    match answer:
        case False:
            word = "none"
        case str():
            word = readable(answer)
        case _:
            return told
    if _lapsed(topic, told.day, context):
        claims = () if says_none(word) else (Claim(topic, "unknown", word),)
        return told._replace(claims=(*told.claims, *claims))
    fresh = topic == "medicines" or lately(context, told.day)
    found = judged(Concept((), word), topic, Held("now", "here", fresh), context.vocabulary)
    denies = saying_of(word, topic, "yes", context.vocabulary).reading.kind == "denial"
    if not denies and found.pregnancy is None and found.breastfeeding is None:
        return told._replace(claims=(*told.claims, Claim(topic, "yes", word)))
    nursing = [one for one in (told.breastfeeding, found.breastfeeding) if one is not None]
    told = told._replace(claims=(*told.claims, *found.claims), breastfeeding=max(nursing, default=None))
    return _expecting(told, found.pregnancy)


def _lapsed(topic: Topic, day: Days | None, context: Context) -> bool:
    """Tell whether an answer of that day holds no longer; one without a date is as old as anything."""
    if day is None:
        return topic in KEPT_DAYS or topic in KEPT_MONTHS
    if topic in KEPT_DAYS:
        return not lately(context, day, KEPT_DAYS[topic])
    return topic in KEPT_MONTHS and not context.within_months(day, KEPT_MONTHS[topic])


def _personal(told: Told, name: str, answer: Answer, context: Context) -> Told | None:
    """Add what is said of the person; nothing where it is not understood."""
    match name, answer:
        case "pregnancy", bool():
            return _expecting(told, YES_OR_NO[answer])
        case "breastfeeding", bool():
            return told._replace(breastfeeding=answer)
        case "pregnancy", str():
            return _expecting(told, _pregnancy(answer))
        case "breastfeeding", str() if normal(answer) in _SAID:
            return told._replace(breastfeeding=_SAID[normal(answer)])
        case _, str() if says_unknown(answer):
            return told
        case "age", str() if (age := _age(answer)) is not None:
            # An age grows, and nobody knows the birthday; one that was given long ago says nothing of today.
            if context.within_months(told.day, 1):
                return told._replace(age=age)
            return told
        case "born", str() if day := born(read_born(answer) or "", context):
            return told._replace(born=day)
        case "sex", str() if sex := read_sex(answer):
            return told._replace(sex=sex)
        case _:
            return None


_SAID = {"yes": True, "да": True, "no": False, "нет": False}


def _age(answer: str) -> int | dict[str, int] | None:
    """Read an age that a person can have."""
    age = read_age(f"{answer} years" if answer.isdecimal() else answer)
    years = age["years"] if isinstance(age, dict) else age
    if years is not None and years <= OLDEST:
        return age
    return None


def _expecting(told: Told, said: Any) -> Told:  # noqa: ANN401 - a time comes as plain JSON here
    """Add what is said of a pregnancy; within one form a “no” is no better than what else it says."""
    if said is None or told.pregnancy not in {None, "no"}:
        return told
    return told._replace(pregnancy=said)


def _pregnancy(answer: str) -> Any:  # noqa: ANN401 - a time comes as plain JSON here
    """Read an answer about pregnancy; what is not understood leaves it possible."""
    said = PREGNANCY_ANSWERS.get(answer) or read_pregnancy(answer)
    if said is None:
        return "possible"
    return said
