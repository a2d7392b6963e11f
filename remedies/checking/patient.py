"""What is said of one patient: words, nothing else. What they mean is found in a check."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, ValidationError, model_validator
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, PydanticKnownError

from remedies.checking.grammar import MALE_PATTERN, NO_PREGNANCY_PATTERN
from remedies.checking.person import Age, Pregnancy, StatedAge, StatedBirth, StatedDay, StatedPregnancy, StatedSex
from remedies.core.documents import MAX_PATIENT_BYTES, Json, parse, within
from remedies.core.errors import LONGEST_WORD, ArgumentError, Fault, PatientError, a_type, did_you_mean, of_type, quoted
from remedies.core.model import Frozen, faults_of
from remedies.knowledge.topics import TOPICS, Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WORDS = 200
"""No list of words is longer than this."""

_MOST_KEYS = 64
_ANSWERS_HELP = 'must be a list of words, such as ["asthma"], or {"yes": […], "no": […], "rest": "no"}'


def _few_keys(value: object) -> None:
    """Refuse an object with so many keys that naming what is wrong with each would take minutes."""
    if isinstance(value, dict) and len(value) > _MOST_KEYS:
        msg = f"has {len(value)} keys; at most {_MOST_KEYS} are read"
        raise ValueError(msg)


def _few_words(value: object) -> object:
    """Refuse a long list before each of its entries is looked at."""
    if isinstance(value, list | tuple) and len(value) > MOST_WORDS:
        sizes = {"field_type": "List", "max_length": MOST_WORDS, "actual_length": len(value)}
        raise PydanticKnownError("too_long", sizes)
    return value


Words = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=LONGEST_WORD)], ...],
    Field(strict=False, max_length=MOST_WORDS),
    BeforeValidator(_few_words),
]
"""Names, words in English or Russian, or codes; each means a fact, which is found out in a check."""


LONGEST_NOTE = 1000
"""No note is longer than this, in characters."""

Notes = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=LONGEST_NOTE)], ...],
    Field(strict=False, max_length=MOST_WORDS),
    BeforeValidator(_few_words),
]
"""Sentences for the reader of a report."""


class Answers(Frozen):
    """What was said within one topic: facts that are so, facts that are not, and whether that is all."""

    yes: Words = ()
    """What is so: ids, words in English or Russian, ICD-10, ATC or SNOMED codes."""
    no: Words = ()
    """What is not so."""
    unknown: Words = ()
    """What was asked and is not known: it stays unknown, even where the topic is closed."""
    other: Words = ()
    """Words that somebody has looked at and set aside, so that they keep nothing open."""
    rest: Literal["unknown", "no"] = "unknown"
    """What everything else in the topic is; "no" closes it."""

    if not TYPE_CHECKING:

        def __init__(self, **said: Any) -> None:  # noqa: ANN401 - pydantic's own signature
            """Say what was said within one topic.

            Raises:
                PatientError: with every fault at once.
            """
            try:
                super().__init__(**said)
            except ValidationError as error:
                raise _patient_error(error) from None

        # Within a patient pydantic shall build it itself and keep the places of its faults.
        __init__.__pydantic_base_init__ = True

    @model_validator(mode="before")
    @classmethod
    def _plain_list(cls, value: object) -> object:
        match value:
            case list() | tuple():
                return {"yes": value}
            case dict() | Answers():
                _few_keys(value)
                return value
            case _:
                msg = f"{_ANSWERS_HELP}, not {a_type(value)}"
                raise ValueError(msg)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe both forms, the plain list as well."""
        whole = handler(schema)
        words = handler.resolve_ref_schema(whole)["properties"]["yes"]
        return {"anyOf": [whole, {key: words[key] for key in ("type", "items", "maxItems", "description")}]}


NOTHING_SAID = Answers.model_construct()
"""What holds of a topic of which nobody has spoken."""

NOTHING_ELSE = Answers.model_construct(rest="no")
"""What is said of a topic that is closed and holds no word, as most do; there is one of it."""


def _nothing_else(value: object) -> object:
    return NOTHING_ELSE if type(value) is dict and value in _CLOSED else value


_CLOSED = ({"rest": "no"}, {"yes": [], "rest": "no"})

Told = Annotated[Answers, BeforeValidator(_nothing_else)]
"""What was said of a topic of a patient."""

AnswersLike: TypeAlias = "Answers | Sequence[str] | Mapping[str, str | Sequence[str]]"
"""What may be given for a topic: answers, a plain list of facts that are so, or the JSON form."""


def _shape(schema: dict[str, Any]) -> None:
    """Say in JSON schema what no single key can say."""
    given = {"not": {"type": "null"}}
    schema["not"] = {"required": ["age", "born"], "properties": {"age": given, "born": given}}
    no_pregnancy = {"type": ["string", "null"], "pattern": NO_PREGNANCY_PATTERN}
    schema["if"] = {"required": ["sex"], "properties": {"sex": {"type": "string", "pattern": MALE_PATTERN}}}
    schema["then"] = {"properties": {"pregnancy": no_pregnancy, "breastfeeding": {"enum": [False, None]}}}


class Patient(Frozen, json_schema_extra=_shape):
    """What is said of one patient; every part may be left out, and is then unknown.

    A patient is words only. What they mean is found in ``check`` against the catalogue that is given
    there, so that a copy with other words is judged by those.

    Raises:
        PatientError: with every fault of the description at once. Within other pydantic models the
            same faults are entries of their ``ValidationError``, with their places.

    >>> Patient(age=34, conditions=["бронхиальная астма"]).conditions.yes
    ('бронхиальная астма',)
    >>> Patient(age=-1)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    remedies.core.errors.PatientError: age: must be a whole number of years from 0 to 120, or ...
    """

    id: Annotated[str, Field(max_length=LONGEST_WORD)] | None = None
    """Whatever the caller knows the patient by; it is echoed back and never looked at."""
    said_on: StatedDay | None = None
    """The day on which all this was said, as 2026-11-20; the day of the check unless given. Ages and weeks
    are counted on from it, and what keeps no longer is unknown again."""
    age: StatedAge = None
    """Completed years of life, 0 to 120, or years and months for small children."""
    born: StatedBirth = None
    """The birth date, as far as it is known: 1990, 1990-05 or 1990-05-17. Give either this or the age."""
    sex: StatedSex = None
    """Sex; "male" settles pregnancy and breastfeeding."""
    pregnancy: StatedPregnancy = None
    """Pregnancy: no, possible (reads as unknown), yes, a trimester, completed weeks and days, months as people
    count them, a due date, or the first day of the last period."""
    breastfeeding: bool | None = None
    """Whether the person breastfeeds."""
    conditions: Told = NOTHING_SAID
    """Illnesses, now and in the past."""
    skin: Told = NOTHING_SAID
    """How the skin is where the remedy would go."""
    allergies: Told = NOTHING_SAID
    """Allergies to substances and classes of them."""
    medicines: Told = NOTHING_SAID
    """Medicines and cosmetics in use, by name, class or ATC code."""
    circumstances: Told = NOTHING_SAID
    """Circumstances and plans, such as sun or heat."""
    signs: Told = NOTHING_SAID
    """Warning signs, which send the person to a doctor before any remedy."""
    nothing_else: bool = False
    """Closes every topic: what was not mentioned is not so."""
    notes: Notes = ()
    """What whoever wrote this down wants the reader to know, such as two sources that contradict each other:
    a report repeats it among its warnings. It says nothing of any fact."""

    if TYPE_CHECKING:
        # What the validators accept, for type checkers.
        def __init__(
            self,
            *,
            id: str | None = None,  # noqa: A002 - the key of Patient JSON
            said_on: str | None = None,
            age: int | str | Age | Mapping[str, int] | None = None,
            born: str | None = None,
            sex: str | None = None,
            pregnancy: Pregnancy | str | Mapping[str, int] | Mapping[str, str] | None = None,
            breastfeeding: bool | None = None,
            conditions: AnswersLike = (),
            skin: AnswersLike = (),
            allergies: AnswersLike = (),
            medicines: AnswersLike = (),
            circumstances: AnswersLike = (),
            signs: AnswersLike = (),
            nothing_else: bool = False,
            notes: Sequence[str] = (),
        ) -> None:
            """Describe a patient; what is left out is unknown."""

    else:

        def __init__(self, **said: Any) -> None:  # noqa: ANN401 - pydantic's own signature
            """Describe a patient; what is left out is unknown."""
            try:
                super().__init__(**said)
            except ValidationError as error:
                raise _patient_error(error) from None

        # Within other models pydantic shall build a patient itself and keep the places of its faults.
        __init__.__pydantic_base_init__ = True

    @model_validator(mode="before")
    @classmethod
    def _bounded(cls, value: object) -> object:
        _few_keys(value)
        return value

    @model_validator(mode="after")
    def _without_contradiction(self) -> Self:
        faults = [
            InitErrorDetails(type=PydanticCustomError("contradiction", message), loc=(key,), input=getattr(self, key))
            for key, message in self._contradictions()
        ]
        if faults:
            raise ValidationError.from_exception_data("Patient", faults)
        return self

    def _contradictions(self) -> list[tuple[str, Any]]:
        found = []
        if self.age is not None and self.born is not None:
            found.append(("born", "give either age or born, not both"))
        if self.sex == "male" and self.pregnancy not in {None, "no"}:
            found.append(("pregnancy", "was given for a man; leave it out, or correct sex"))
        if self.sex == "male" and self.breastfeeding:
            found.append(("breastfeeding", "was given for a man; leave it out, or correct sex"))
        return found

    @classmethod
    def read(cls, content: bytes | str, name: str = "patient") -> Self:
        """Read Patient JSON strictly: repeated keys, NaN and broken JSON are faults as well.

        Args:
            content: the JSON text.
            name: what it is called in messages.

        Raises:
            InputError: it is not JSON.
            PatientError: it is JSON, but no patient.
        """
        of_type(content, bytes | str, name, "JSON text; Patient.model_validate reads a dict")
        size = len(content.encode(errors="replace")) if isinstance(content, str) else len(content)
        within(size, "patient", name, MAX_PATIENT_BYTES)
        document: Json = parse(content, name)
        if not isinstance(document, dict):
            raise PatientError(Fault((name,), "must be a JSON object that describes one patient", "type"))
        return cls.model_validate(document)

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:  # noqa: ANN401 - pydantic's own signature
        """Read a patient from a dict.

        Raises:
            PatientError: with every fault at once.
        """
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise _patient_error(error) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_options: Any) -> Self:  # noqa: ANN401 - as above
        """Read Patient JSON; the same as ``read``.

        Raises:
            InputError: it is not JSON.
            PatientError: it is JSON, but no patient.
        """
        if isinstance(json_data, bytearray):
            json_data = bytes(json_data)
        return cls.model_validate(cls.read(json_data))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy the patient, with other words where ``update`` names them; the copy is checked like a new patient.

        Raises:
            PatientError: with every fault of the copy at once.
        """
        of_type(deep, bool, "deep", "true or false")
        if update is None or update == {}:
            return super().model_copy(deep=deep)
        of_type(update, Mapping, "update", "a dict of what changes")
        return self.model_validate({**dict(self), **update})

    def answers(self, topic: Topic) -> Answers:
        """Return what was said within a topic.

        Raises:
            ArgumentError: there is no such topic.
        """
        if topic not in TOPICS:
            raise ArgumentError(Fault(("topic",), f"must be one of {', '.join(TOPICS)}, not {quoted(topic)}"))
        found: Answers = getattr(self, topic)
        return found

    def closed(self, topic: Topic) -> bool:
        """Tell whether nothing else is to be expected within a topic.

        Raises:
            ArgumentError: there is no such topic.
        """
        return self.nothing_else or self.answers(topic).rest == "no"


def _patient_error(error: ValidationError) -> PatientError:
    return PatientError([_hinted(fault) for fault in faults_of(error)])


def _hinted(fault: Fault) -> Fault:
    """Name the key that was probably meant."""
    if fault.kind != "unknown-key":
        return fault
    keys = Answers.model_fields if len(fault.where) > 1 else Patient.model_fields
    hint = did_you_mean(str(fault.where[-1]), keys)
    return fault._replace(message=f"{fault.message}.{hint}".removesuffix("."))
