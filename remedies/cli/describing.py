"""What a command line says of a person: file, words and options joined to a patient. No rule of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from remedies.cli.files import STANDARD_INPUT, standard_input
from remedies.cli.values import at_a_terminal
from remedies.cli.words import TOPIC_OPTIONS, PatientWords, TopicOption
from remedies.core.errors import ArgumentError, Fault, InputError, PatientError, quoted
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from remedies.checking.asking_back import AskedBack
    from remedies.checking.patient import Patient
    from remedies.checking.sentence import Sentence
    from remedies.core.documents import Json
    from remedies.knowledge.catalogue import Catalogue

LONGEST_NAME = 12
"""A name of a remedy has at most so many words."""


class Described(NamedTuple):
    """What a command line says."""

    patient: Patient
    remedies: tuple[str, ...]
    """The ids of the remedies that were named among the words."""
    asked_back: tuple[AskedBack, ...]
    """The words that are to be said more clearly."""


def described(words: PatientWords, catalogue: Catalogue, as_of: date | None = None) -> Described:
    """Join a file or a record, the words and the options: later ones win over single values and add to lists."""
    from remedies.checking.patient import Patient
    from remedies.checking.sentence import Sentence, read_sentence
    from remedies.checking.whole import read_patient

    document = _recorded(words, catalogue, as_of) or _document(words.file)
    sentence = read_sentence(words.said, catalogue) if words.said else Sentence(patient=Patient())
    if words.strict and sentence.asked_back:
        faults = [
            Fault((), f"{quoted(one.words)} was not understood, or may be several things")
            for one in sentence.asked_back
        ]
        raise PatientError(faults)
    _join(document, sentence, words)
    if words.age is not None or words.born is not None:
        document.pop("age", None)
        document.pop("born", None)
    for name in ("age", "born", "sex", "breastfeeding"):
        if getattr(words, name) is not None:
            document[name] = getattr(words, name)
    _pregnancy_into(document, words)
    for option, word in words.words():
        _add(document, option, word)
    _set_aside(document, words.other)
    if words.nothing_else:
        document["nothing_else"] = True
    try:
        patient = read_patient(document, catalogue.vocabulary, words.policy)
        return Described(patient, sentence.remedies, sentence.asked_back)
    except PatientError as error:
        if words.file is not None or words.fhir is not None:
            raise
        raise PatientError([at_a_terminal(_as_option(fault, words)) for fault in error.faults]) from None


def about_a_remedy(words: PatientWords, catalogue: Catalogue, as_of: date | None = None) -> Described:
    """Read words of which the first name a remedy, or any others do; what may be tablets as well is the remedy here.

    Raises:
        UnknownRemedyError: words begin with no name of a remedy, and none is named among them.
    """
    said = " ".join(words.said).split()
    for size in range(min(len(said), LONGEST_NAME), 0, -1):
        name = catalogue.rulebook.names.get(normal(" ".join(said[:size])))
        if name is not None:
            told = described(words._replace(said=tuple(said[size:])), catalogue, as_of)
            return told._replace(remedies=tuple(dict.fromkeys((name, *told.remedies))))
    told = described(words, catalogue, as_of)
    if said and not told.remedies and told.asked_back:
        catalogue.rulebook.find(said[0].strip(","))
    return told


def two_remedies(words: tuple[str, ...], catalogue: Catalogue) -> tuple[str, str]:
    """Find the two remedies that words name: as two arguments, or in one line of words.

    Raises:
        UnknownRemedyError: a name is that of no remedy.
        InputError: they name fewer or more than two.
    """
    from remedies.checking.sentence import read_sentence

    if len(words) == 2:
        first, second = (catalogue.rulebook.find(word.strip(" ,")) for word in words)
        return first, second
    named = read_sentence(words, catalogue).remedies
    if len(named) != 2:
        message = "two remedies are to be named, such as: remedies combine finalgon, fastum gel"
        raise InputError(Fault((), message))
    return named[0], named[1]


def _join(document: dict[str, Json], sentence: Sentence, words: PatientWords) -> None:
    """Enter what the words say beside what a file says.

    Raises:
        PatientError: an option says the same again.
    """
    said = sentence.patient.model_dump(mode="json", exclude_defaults=True)
    twice = [name for name in said if name not in TOPICS and getattr(words, name, None) not in {None, False}]
    if "pregnancy" in said:
        twice += [name for name in ("weeks", "due") if getattr(words, name) is not None]
    if twice:
        raise PatientError([Fault((f"--{name}",), "was said among the words as well; say it once") for name in twice])
    if "age" in said or "born" in said:
        document.pop("age", None)
        document.pop("born", None)
    for name, value in said.items():
        if name in TOPICS:
            _append(document, name, "yes", value.get("yes", []))
            _answers(document, name).update({"rest": value["rest"]} if "rest" in value else {})
        else:
            document[name] = value


def _answers(document: dict[str, Json], topic: str) -> dict[str, Json]:
    """Return what a description says within a topic, in its long form, to be added to."""
    answers = document.setdefault(topic, {})
    if isinstance(answers, list):
        answers = document[topic] = {"yes": answers}
    return answers if isinstance(answers, dict) else {}


def _as_option(fault: Fault, words: PatientWords) -> Fault:
    """Name the option that was typed instead of the place in a patient's JSON."""
    if not fault.where:
        return fault
    topic, side = str(fault.where[0]), fault.where[1:2] or ("yes",)
    for option in TOPIC_OPTIONS:
        if (option.topic, option.side) == (topic, side[0]):
            return fault._replace(where=(option.flag,))
    flag = f"--{topic}"
    if topic == "pregnancy":
        flag = next((f"--{name}" for name in ("weeks", "due") if getattr(words, name) is not None), flag)
    return fault._replace(where=(flag,))


def _pregnancy_into(document: dict[str, Json], words: PatientWords) -> None:
    """Enter what is said of pregnancy; weeks and a due date say that there is one."""
    from remedies.checking.grammar import decimal_weeks, read_day, read_pregnancy, read_term, read_weeks

    if words.pregnancy is not None:
        document["pregnancy"] = _pregnancy(words.pregnancy)
    given = [f"--{name}" for name in ("pregnancy", "weeks", "due") if getattr(words, name) is not None]
    if words.pregnancy is not None and read_pregnancy(words.pregnancy) == "yes":
        given.remove("--pregnancy")
    if len(given) > 1:
        message = f"was given beside {given[0]}, another answer about pregnancy; give one of them"
        raise PatientError(Fault((given[-1],), message, "contradiction"))
    if words.due is not None:
        if read_day(words.due) is None:
            message = f"must be a due date such as 2027-02-20 or 20.02.2027, not {quoted(words.due)}"
            raise PatientError(Fault(("--due",), message))
        document["pregnancy"] = {"due": words.due}
    if words.weeks is not None:
        time = read_weeks(words.weeks) or read_pregnancy(words.weeks) or read_term(words.weeks)
        if not isinstance(time, dict):
            hint = decimal_weeks(words.weeks)
            message = f"must be weeks of pregnancy, 0 to 44, such as 27 or 27+6, not {quoted(words.weeks)}{hint}"
            raise PatientError(Fault(("--weeks",), message))
        document["pregnancy"] = {**time}


def _add(document: dict[str, Json], option: TopicOption, word: str) -> None:
    """Add a word to a topic; “none” closes the topic."""
    from remedies.checking.marks import says_none

    if option.side == "yes" and says_none(word):
        _answers(document, option.topic)["rest"] = "no"
    else:
        _append(document, option.topic, option.side, [word])


def _append(document: dict[str, Json], topic: str, side: str, words: Iterable[Json]) -> None:
    """Add words to one side of a topic; what is no list there is a fault that is found later."""
    listed = _answers(document, topic).setdefault(side, [])
    if isinstance(listed, list):
        listed += words


def _set_aside(document: dict[str, Json], words: tuple[str, ...]) -> None:
    """Set words aside where they were given; among the illnesses where they stand nowhere else."""
    for word in words:
        places = [
            option.topic
            for option in TOPIC_OPTIONS
            for one in _listed(document, option.topic, option.side)
            if isinstance(one, str) and normal(one) == normal(word)
        ]
        for topic in dict.fromkeys(places or ["conditions"]):
            _append(document, topic, "other", [word])


def _listed(document: dict[str, Json], topic: str, side: str) -> list[Json]:
    """Return what a description lists on one side of a topic."""
    answers = document.get(topic)
    if isinstance(answers, dict):
        answers = answers.get(side)
    return answers if isinstance(answers, list) else []


def _recorded(words: PatientWords, catalogue: Catalogue, as_of: date | None) -> dict[str, Json]:
    """Read a FHIR record, if one is given, and say what became of it.

    Raises:
        InputError: it cannot be read, or options that speak of a record stand without one.
    """
    alone = [name for name in ("closed", "account") if getattr(words, name)]
    if words.fhir is None and alone:
        raise InputError([Fault((f"--{name}",), "speaks of a FHIR record: give one with --fhir") for name in alone])
    if words.fhir is None:
        return {}
    if words.file is not None:
        raise InputError(Fault(("--fhir",), "stands beside --patient; give one of them"))
    from remedies.cli.records import tell
    from remedies.intake.fhir import patient_from_bundle
    from remedies.intake.fhir.record import MOST_BYTES

    topics: list[Any] = [one.strip() for one in (words.closed or "").split(",") if one.strip()]
    try:
        found = patient_from_bundle(
            _content(words.fhir, "record", MOST_BYTES), as_of=as_of, closed=topics, catalogue=catalogue
        )
    except ArgumentError as error:
        raise InputError([fault._replace(where=("--closed",)) for fault in error.faults]) from None
    tell(found, every=words.account)
    document: dict[str, Json] = found.patient.model_dump(mode="json", exclude_defaults=True)
    return document


def _document(file: str | None) -> dict[str, Json]:
    """Read a patient file, from standard input where it is called so; nothing where there is none."""
    from remedies.core.documents import MAX_PATIENT_BYTES, parse

    if file is None:
        return {}
    content, name = _content(file, "patient", MAX_PATIENT_BYTES), _called(file)
    document = parse(content, name)
    if not isinstance(document, dict):
        raise PatientError(Fault((name,), "must be a JSON object that describes one patient", "type"))
    return document


def _called(file: str) -> str:
    """Name a file in a message."""
    return STANDARD_INPUT if file == "-" else file


def _content(file: str, what: str, most: int) -> bytes:
    """Read a file, or standard input where it is called so.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    from remedies.core.documents import read_bytes, read_stream

    if file != "-":
        return read_bytes(Path(file), what, most)
    return read_stream(standard_input(f"a {what} file"), what, STANDARD_INPUT, most)


def _pregnancy(word: str) -> Json:
    """Read a word about pregnancy: a trimester, JSON, a date, or a time that the patient's model reads."""
    from remedies.checking.grammar import read_term
    from remedies.core.documents import RepeatedKeyError, parse

    plain = word.strip()
    if plain in {"1", "2", "3"}:
        return {"trimester": int(plain)}
    if plain.startswith("{"):
        try:
            return parse(plain, "--pregnancy")
        except RepeatedKeyError as error:
            raise InputError([fault.under("--pregnancy") for fault in error.faults]) from None
    term = read_term(plain)
    return plain if term is None else {**term}
