"""What is known of one patient. What is not said stays unknown."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationError, model_validator

from remedies.core.model import Frozen
from remedies.core.documents import Json, parse
from remedies.core.errors import Fault, PatientError, did_you_mean, faults_of, quoted
from remedies.knowledge.vocabulary import TOPICS, Topic, Vocabulary
from remedies.checking.known import Known, known_of, words_of
from remedies.knowledge.words import LONGEST_PREGNANCY_WEEKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import ModelWrapValidatorHandler, ValidationInfo

OLDEST = 120
"""The greatest age that is believed, in years."""

_AGE_HELP = f'must be a whole number of years from 0 to {OLDEST}, or {{"years": 0, "months": 7}}'
_BORN_HELP = "must be a date that exists, as 1990, 1990-05 or 1990-05-17"
_WEEKS_HELP = f"must be 0 to {LONGEST_PREGNANCY_WEEKS} completed weeks and 0 to 6 days"
_PREGNANCY_HELP = 'must be "no", "possible", "yes", {"trimester": 1 to 3} or {"weeks": 0 to 44, "days": 0 to 6}'


class Age(Frozen):
    """An age in completed years, with completed months where they are known."""

    years: Annotated[int, Field(ge=0, le=OLDEST)]
    months: Annotated[int, Field(ge=0, le=11)] | None = None


class Trimester(Frozen):
    """Pregnant, in this trimester."""

    trimester: Annotated[int, Field(ge=1, le=3)]


class Gestation(Frozen):
    """Pregnant, so many completed weeks, and days where they are known."""

    weeks: Annotated[int, Field(ge=0, le=LONGEST_PREGNANCY_WEEKS)]
    days: Annotated[int, Field(ge=0, le=6)] | None = None


Pregnancy = Literal["no", "possible", "yes"] | Trimester | Gestation
"""What is known of pregnancy; ``possible`` reads as unknown."""


def _read_age(value: object) -> object:
    if isinstance(value, Age) or value is None:
        return value
    if type(value) is int and 0 <= value <= OLDEST:
        return Age(years=value)
    if isinstance(value, dict):
        try:
            return Age.model_validate(value)
        except ValidationError:
            pass
    msg = f"{_AGE_HELP}, not {quoted(value)}"
    raise ValueError(msg)


def _read_born(value: object) -> object:
    if value is not None:
        _birthdays(value)
    return value


def _read_pregnancy(value: object) -> object:
    if value is None or isinstance(value, Trimester | Gestation):
        return value
    if isinstance(value, str) and value in {"no", "possible", "yes"}:
        return value
    if isinstance(value, dict):
        model = Trimester if "trimester" in value else Gestation
        try:
            return model.model_validate(value)
        except ValidationError:
            pass
    help_text = _WEEKS_HELP if isinstance(value, dict) and "weeks" in value else _PREGNANCY_HELP
    msg = f"{help_text}, not {quoted(value)}"
    raise ValueError(msg)


def _birthdays(born: object) -> tuple[date, date]:
    """Return the first and the last day on which somebody "born" then may have been born."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", born) if isinstance(born, str) else None
    try:
        if match is None:
            raise ValueError  # noqa: TRY301 - one message for every way to be no date
        year, month, day = int(match[1]), *(None if part is None else int(part) for part in match.groups()[1:])
        first = date(year, 1 if month is None else month, 1 if day is None else day)
        last = first if day else date(year, month, monthrange(year, month)[1]) if month else date(year, 12, 31)
    except ValueError:
        msg = f"{_BORN_HELP}, not {quoted(born)}"
        raise ValueError(msg) from None
    return first, last


Words = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=200)], ...], Field(strict=False)]


class Answers(Frozen):
    """What was said within one topic: facts that are so, facts that are not, and whether that is all."""

    yes: Words = ()
    no: Words = ()
    rest: Literal["unknown", "no"] = "unknown"

    @model_validator(mode="before")
    @classmethod
    def _plain_list(cls, value: object) -> object:
        return {"yes": value} if isinstance(value, list | tuple) else value


AnswersLike: TypeAlias = "Answers | Sequence[str] | Mapping[str, str | Sequence[str]]"
"""What may be given for a topic: answers, a plain list of facts that are so, or the JSON form."""


class Patient(Frozen):
    """What is known of one patient; every part may be left out, and is then unknown.

    Raises:
        PatientError: with every fault of the description at once.

    >>> Patient(age=34, conditions=["бронхиальная астма"]).conditions.yes
    ('бронхиальная астма',)
    >>> Patient(age=-1)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    remedies.core.errors.PatientError: age: must be a whole number of years from 0 to 120, or ...
    """

    id: Annotated[str, Field(max_length=200)] | None = None
    age: Annotated[Age | None, BeforeValidator(_read_age)] = None
    born: Annotated[str | None, BeforeValidator(_read_born)] = None
    sex: Literal["female", "male"] | None = None
    pregnancy: Annotated[Pregnancy | None, BeforeValidator(_read_pregnancy)] = None
    breastfeeding: bool | None = None
    conditions: Answers = Answers()
    skin: Answers = Answers()
    allergies: Answers = Answers()
    medicines: Answers = Answers()
    circumstances: Answers = Answers()
    signs: Answers = Answers()
    nothing_else: bool = False

    if TYPE_CHECKING:
        # What the validators accept, for type checkers.
        def __init__(
            self,
            *,
            id: str | None = None,  # noqa: A002 - the key of Patient JSON
            age: int | Age | Mapping[str, int] | None = None,
            born: str | None = None,
            sex: Literal["female", "male"] | None = None,
            pregnancy: Pregnancy | Mapping[str, int] | None = None,
            breastfeeding: bool | None = None,
            conditions: AnswersLike = (),
            skin: AnswersLike = (),
            allergies: AnswersLike = (),
            medicines: AnswersLike = (),
            circumstances: AnswersLike = (),
            signs: AnswersLike = (),
            nothing_else: bool = False,
        ) -> None:
            """Describe a patient; what is left out is unknown."""

    _resolved: tuple[Vocabulary, Known] | None = PrivateAttr(default=None)
    """What the words mean, in the vocabulary with which the patient was read."""

    @model_validator(mode="wrap")
    @classmethod
    def _faults_in_plain_words(
        cls, value: object, handler: "ModelWrapValidatorHandler[Patient]", info: "ValidationInfo"
    ) -> "Patient":
        vocabulary = (info.context or {}).get("vocabulary")
        if not isinstance(vocabulary, Vocabulary):
            from remedies.knowledge.catalogue import Catalogue  # noqa: PLC0415 - only where no vocabulary is handed in

            vocabulary = Catalogue.shipped().vocabulary
        try:
            patient = handler(value)
        except ValidationError as error:
            shape = [_hinted(fault) for fault in faults_of(error)]
            raise PatientError([*shape, *_word_faults(value, vocabulary)]) from None
        known = known_of(patient, vocabulary)
        faults = [*_contradictions(patient), *known.faults]
        if faults:
            raise PatientError(faults)
        patient._resolved = (vocabulary, known)  # noqa: SLF001 - our own; a cache, not a change
        return patient

    @classmethod
    def read(cls, content: bytes | str, name: str = "patient", vocabulary: Vocabulary | None = None) -> "Patient":
        """Read Patient JSON strictly: repeated keys, NaN and broken JSON are faults as well.

        Raises:
            InputError: it is not JSON.
            PatientError: it is JSON, but no patient.
        """
        document: Json = parse(content, name)
        if not isinstance(document, dict):
            raise PatientError(Fault(name, "must be a JSON object that describes one patient"))
        return cls.model_validate(document, context={"vocabulary": vocabulary})

    def known(self, vocabulary: Vocabulary) -> Known:
        """Return which facts are so and which are not, worked out once per vocabulary."""
        if self._resolved is not None and self._resolved[0] is vocabulary:
            return self._resolved[1]
        return known_of(self, vocabulary)

    def answers(self, topic: Topic) -> Answers:
        """Return what was said within a topic."""
        match topic:
            case "conditions":
                return self.conditions
            case "skin":
                return self.skin
            case "allergies":
                return self.allergies
            case "medicines":
                return self.medicines
            case "circumstances":
                return self.circumstances
            case "signs":
                return self.signs

    def closed(self, topic: Topic) -> bool:
        """Tell whether nothing else is to be expected within a topic."""
        return self.nothing_else or self.answers(topic).rest == "no"


def _hinted(fault: Fault) -> Fault:
    """Name the key that was probably meant."""
    key = fault.path.rpartition(".")[2]
    if "not a key" not in fault.message:
        return fault
    keys = Answers.model_fields if "." in fault.path else Patient.model_fields
    return Fault(fault.path, f"{fault.message}.{did_you_mean(key, keys)}".removesuffix("."))


def _word_faults(value: object, vocabulary: Vocabulary) -> "Iterator[Fault]":
    """Find unknown words in a description whose shape is wrong elsewhere, so that all faults come at once."""
    for topic in TOPICS:
        try:
            answers = Answers.model_validate(value.get(topic, {}) if isinstance(value, dict) else {})
        except ValidationError:
            continue
        yield from words_of(answers, topic, vocabulary).faults


def _contradictions(patient: Patient) -> "Iterator[Fault]":
    if patient.age is not None and patient.born is not None:
        yield Fault("born", "give either age or born, not both")
    if patient.born is not None:
        first, last = _birthdays(patient.born)
        today = date.today()
        if first > today:
            yield Fault("born", f"{patient.born} lies in the future")
        elif last.year < today.year - OLDEST:
            yield Fault("born", f"{patient.born} is more than {OLDEST} years ago")
    if patient.sex == "male" and patient.pregnancy not in {None, "no"}:
        yield Fault("pregnancy", "was given for a man; leave it out, or correct sex")
    if patient.sex == "male" and patient.breastfeeding:
        yield Fault("breastfeeding", "was given for a man; leave it out, or correct sex")


def born_between(patient: Patient, anchor: date) -> tuple[date, date] | None:
    """Return the first and last possible birthday; a stated age is the age on the anchor day.

    ``None`` means that nothing is known of the age.

    Raises:
        PatientError: the whole range lies after the anchor day.
    """
    if patient.born is not None:
        first, last = _birthdays(patient.born)
        if first > anchor:
            raise PatientError(Fault("born", f"{patient.born} lies after {anchor}"))
        return first, min(last, anchor)
    if patient.age is not None:
        months = patient.age.years * 12 + (patient.age.months or 0)
        span = 12 if patient.age.months is None else 1
        return months_before(anchor, months + span) + timedelta(days=1), months_before(anchor, months)
    return None


def months_before(day: date, months: int) -> date:
    """Return the last day of birth of somebody who has completed so many months of life."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date(1, 1, 1)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def completed_months(born: date, day: date) -> int:
    """Count completed months of life; somebody born on 29 February is a year older on 1 March."""
    months = (day.year - born.year) * 12 + day.month - born.month
    return months - (day.day < born.day)
