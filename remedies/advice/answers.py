"""From what was said on a screen to an answer: by values, as a form has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from remedies.advice.state import Answered
from remedies.advice.told import answer_error
from remedies.checking.grammar import decimal_weeks, read_born, read_pregnancy, read_term, read_weeks
from remedies.checking.patient import Patient
from remedies.checking.person import Gestation
from remedies.core.errors import AnswerError, Fault, PatientError, did_you_mean, quoted
from remedies.core.words import plural
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from remedies.advice.state import Item, Said, Screen
    from remedies.checking.person import Pregnancy
    from remedies.knowledge.vocabulary import Vocabulary

AGE_HELP = "Please give years, 0 to 120, such as 34; for a baby months, such as 7m; or a birth date: 17.05.1990."
"""How an age is given."""


def by_values(screen: Screen, values: Mapping[str, Any], before: Patient, vocabulary: Vocabulary) -> Answered:
    """Read an answer that gives each item of a screen its value.

    Raises:
        AnswerError: with every item that was not asked, not answered, or answered with something else.
    """
    faults = list(not_asked(values, [item.fact for item in screen.items]))
    given = _filled(screen, dict(values), vocabulary) if screen.kind == "details" else values
    entry = Entry(screen, vocabulary)
    for item in screen.items:
        try:
            entry.value(item, given.get(item.fact), before)
        except AnswerError as error:
            faults += [fault.under(item.fact) for fault in error.faults]
    if faults:
        raise AnswerError(faults)
    return entry.answered()


def not_asked(values: Iterable[object], asked: Iterable[str]) -> Iterator[Fault]:
    """Name what was answered and not asked."""
    asked = set(asked)
    for name in values:
        if name not in asked:
            yield Fault((str(name),), f"was not asked here.{did_you_mean(str(name), asked)}", "word")


def _filled(screen: Screen, values: dict[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """Fill in what is finer than something on the screen that is not so or not known."""
    for item in screen.items:
        wider = [values.get(name) for name in vocabulary.wider(item.fact)] if item.kind == "fact" else []
        for said in ("unknown", "no"):
            if said in wider:
                values.setdefault(item.fact, said)
    return values


def truth_of(value: object) -> Said:
    """Read what is said of a fact.

    Raises:
        AnswerError: it is neither yes, no nor unknown.
    """
    match value:
        case "yes" | "no" | "unknown":
            return value
        case None:
            raise AnswerError(Fault((), "is not answered; say unknown where it is not known", "missing"))
        case _:
            raise AnswerError(Fault((), f"must be yes, no or unknown, not {quoted(value)}"))


class Entry:
    """An answer in the making."""

    def __init__(self, screen: Screen, vocabulary: Vocabulary) -> None:
        """Begin with nothing said."""
        self._screen = screen
        self._vocabulary = vocabulary
        self._document: dict[str, Any] = {}
        self._unknown: list[Any] = []
        self._gate: Said | None = None

    def value(self, item: Item, value: object, before: Patient) -> None:
        """Enter the value of an item.

        Raises:
            AnswerError: it is none that the item can have.
        """
        match item.kind:
            case "fact" | "breastfeeding":
                self._truth(item.fact, truth_of(value))
            case _ if value is None:
                truth_of(value)
            case _ if value == "unknown":
                self.unknown(item.fact)
            case "age":
                self.set(**age_of(value))
            case "sex":
                self.set(sex=value)
            case "pregnancy":
                self.pregnancy(value)
            case "weeks":
                self.set(pregnancy=weeks_of(value, before.pregnancy))

    def _truth(self, fact: str, said: Said) -> None:
        if self._screen.kind == "gate":
            self.gate(said)
        elif fact == "breastfeeding":
            self.breastfeeding(said)
        else:
            self.say(fact, said)

    def gate(self, said: Said) -> None:
        """Answer a plain question."""
        self._gate = said

    def unknown(self, subject: str) -> None:
        """Enter what is not known and has no list."""
        self._unknown.append(subject)

    def breastfeeding(self, said: Said) -> None:
        """Enter whether the person breastfeeds."""
        if said == "unknown":
            self.unknown("breastfeeding")
        else:
            self.set(breastfeeding=said == "yes")

    def pregnancy(self, value: object) -> None:
        """Enter a pregnancy; one that is possible is not known."""
        self.set(pregnancy=value)
        if value == "possible":
            self.unknown("pregnancy")

    def say(self, fact: str, said: Said) -> None:
        """Enter a fact."""
        self.word(self._vocabulary[fact].topic, said, fact)

    def word(self, topic: str, side: str, word: str) -> None:
        """Enter a word in a list."""
        listed = self._document.setdefault(topic, {}).setdefault(side, [])
        if word not in listed:
            listed.append(word)

    def set(self, **values: object) -> None:
        """Enter what has one value.

        Raises:
            AnswerError: it cannot be so.
        """
        self._document |= values
        patient_of(values)

    def answered(self) -> Answered:
        """Return the answer."""
        return Answered(
            question=self._screen.id,
            asked=tuple(item.fact for item in self._screen.items),
            gate=self._gate,
            said=patient_of(self._document),
            unknown=tuple(self._unknown),
        )


def patient_of(document: dict[str, Any]) -> Patient:
    """Make what was said into a patient.

    Raises:
        AnswerError: it cannot be so.
    """
    try:
        return Patient.model_validate(document)
    except PatientError as error:
        messages = {"age": AGE_HELP, "born": AGE_HELP}
        faults = [Fault((), messages.get(str(fault.where[0]), fault.message), fault.kind) for fault in error.faults]
        raise AnswerError(faults) from None


def age_of(value: object) -> dict[str, object]:
    """Read an age or a birth date."""
    if isinstance(value, str) and _is_date(value):
        return {"born": value}
    return {"age": value}


def _is_date(words: str) -> bool:
    """Tell whether words are a birth date, which always has a year of four digits."""
    years = [part for part in words.replace(".", " ").replace("-", " ").split() if len(part) == 4 and part.isdecimal()]
    return bool(years) and read_born(words) is not None


def weeks_of(value: object, before: Pregnancy | None) -> object:
    """Read how far a pregnancy has gone; after weeks alone, a number is the days that are missing.

    Raises:
        AnswerError: it cannot be read, or contradicts what was said.
    """
    if not isinstance(value, str):
        return value
    words, plain = value, value.strip()
    if isinstance(before, Gestation) and before.days is None:
        said = plural(before.weeks, "week")
        if plain.isdecimal() and int(plain) <= 6:
            return {"weeks": before.weeks, "days": int(plain)}
        if plain.isdecimal() and int(plain) != before.weeks:
            raise answer_error(f"{said} and how many days? 0 to 6; ? if you don't know.")
        days = re.fullmatch(r"([0-6]) *(?:d|days?|д|дн|дн\.|день|дня|дней)", plain.casefold())
        if days:
            return {"weeks": before.weeks, "days": int(days[1])}
        again = read_weeks(words)
        if again is None or again["weeks"] != before.weeks:
            raise answer_error(f"That differs from {said}. How many days more? 0 to 6; ? if you don't know.")
    found = read_weeks(words) or read_pregnancy(words) or read_term(words)
    if found is None or isinstance(found, str):
        raise answer_error(
            f"Please give weeks, 0 to {LONGEST_PREGNANCY_WEEKS}, such as 27 or 27+3{decimal_weeks(words)}."
        )
    return found
