"""What a rule looks at: clauses. Data only; nothing here decides anything, and no clause negates."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, ValidationError, model_serializer, model_validator
from pydantic_core import InitErrorDetails

from remedies.core.model import FactId, Frozen
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS, TRIMESTER_DAYS, Subject, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

FACT_KEYS: dict[str, Topic] = {
    "condition": "conditions",
    "skin": "skin",
    "allergy": "allergies",
    "taking": "medicines",
    "circumstance": "circumstances",
    "sign": "signs",
}
"""The key of a clause about a fact, per topic: the person has the illness, the skin is like this, the
person is allergic to the substance, uses a medicine of the class, is in the circumstance or plans it,
has the warning sign."""

_KEY_OF = {topic: key for key, topic in FACT_KEYS.items()}


class Has(Frozen):
    """The person has this fact of this topic; written ``{"condition": "asthma"}``."""

    topic: Topic
    """The topic that the fact belongs to; written as the key of the clause."""
    fact: FactId
    """The id of the fact."""

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, value: Any, handler: Any) -> "Has":  # noqa: ANN401 - what pydantic hands over
        if not isinstance(value, dict) or len(value) != 1:
            found: Has = handler(value)
            return found
        ((key, fact),) = value.items()
        try:
            found = handler({"topic": FACT_KEYS[key], "fact": fact})
        except ValidationError as error:
            # The fault stands where a reader wrote it: under the key, not under “fact”.
            places = [
                InitErrorDetails(type=one["type"], loc=(key,), input=one["input"], ctx=one.get("ctx", {}))
                for one in error.errors(include_url=False)
            ]
            raise ValidationError.from_exception_data("clause", places) from None
        return found

    @model_serializer
    def _write(self) -> dict[str, str]:
        return {_KEY_OF[self.topic]: self.fact}

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
        """Describe what is written, not how it is kept."""
        fact = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "description": "the id of a fact"}
        return {
            "title": "Has",
            "description": "The person has this fact.",
            "type": "object",
            "properties": dict.fromkeys(FACT_KEYS, fact),
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
        }


class YearsMonths(Frozen):
    """An age limit in years and months."""

    years: Annotated[int, Field(ge=0, le=120)]
    """Whole years of life, 0 to 120."""
    months: Annotated[int, Field(ge=0, le=11)] = 0
    """Months beyond the whole years, 0 to 11."""

    @property
    def completed(self) -> int:
        """The limit in completed months of life."""
        return self.years * 12 + self.months


def _years(value: Any) -> Any:  # noqa: ANN401 - whatever stands there
    return {"years": value} if type(value) is int else value


AgeLimit = Annotated[
    YearsMonths, BeforeValidator(_years, json_schema_input_type=Annotated[int, Field(ge=0, le=120)] | YearsMonths)
]
"""An age limit as it is written: years alone, or years and months."""


class AgeBelow(Frozen):
    """The person has not yet reached this age."""

    age_below: AgeLimit
    """The age that the person has not yet reached: years alone, or years and months."""

    @property
    def months(self) -> int:
        """The limit in completed months of life."""
        return self.age_below.completed


class AgeFrom(Frozen):
    """The person has reached this age."""

    age_from: AgeLimit
    """The age from which on the clause holds: years alone, or years and months."""

    @property
    def months(self) -> int:
        """The limit in completed months of life."""
        return self.age_from.completed


class Trimesters(Frozen):
    """These trimesters of pregnancy."""

    trimesters: Annotated[
        tuple[Annotated[int, Field(ge=1, le=3)], ...], Field(min_length=1, max_length=3, strict=False)
    ]
    """Some of 1 (to 13 weeks + 6 days), 2 (to 27 weeks + 6 days) and 3 (from 28 weeks on)."""


class FromWeek(Frozen):
    """Pregnancy from the first day of this week on."""

    from_week: Annotated[int, Field(ge=0, le=LONGEST_PREGNANCY_WEEKS)]
    """Completed weeks of pregnancy, 0 to 44, from which on the clause holds."""


Window = Literal["any"] | Trimesters | FromWeek
"""When in pregnancy."""


def _window(value: object) -> object:
    """Read a window of pregnancy; one message for every way to be none."""
    try:
        match value:
            case "any" | Trimesters() | FromWeek():
                return value
            case {"trimesters": numbers, **rest} if not rest:
                return Trimesters.model_validate({"trimesters": numbers})
            case {"from_week": week, **rest} if not rest:
                return FromWeek.model_validate({"from_week": week})
            case _:
                pass
    except ValidationError:
        pass
    msg = 'must be "any", {"trimesters": [1, 2, 3]} or {"from_week": 0 to 44}'
    raise ValueError(msg)


class Pregnant(Frozen):
    """The person is pregnant: at all, in these trimesters, or from a week on."""

    pregnant: Annotated[Window, BeforeValidator(_window, json_schema_input_type=Window)]
    """When in pregnancy: "any" for all of it, some trimesters, or from a week on."""

    @property
    def days(self) -> tuple[tuple[int, int], ...]:
        """The days of pregnancy meant, as half-open ranges; one range when they touch."""
        match self.pregnant:
            case Trimesters(trimesters=trimesters):
                ranges = sorted(TRIMESTER_DAYS[number] for number in set(trimesters))
                joined = [ranges[0]]
                for start, end in ranges[1:]:
                    if start == joined[-1][1]:
                        joined[-1] = (joined[-1][0], end)
                    else:
                        joined.append((start, end))
                return tuple(joined)
            case FromWeek(from_week=week):
                return ((week * 7, TRIMESTER_DAYS[3][1]),)
            case _:
                return ((0, TRIMESTER_DAYS[3][1]),)


class Breastfeeding(Frozen):
    """The person breastfeeds."""

    breastfeeding: Literal[True]
    """Always true, since no clause negates."""


class Always(Frozen):
    """True of everybody; for a remedy that nobody should use on their own."""

    always: Literal[True]
    """Always true, since no clause negates."""


class AllOf(Frozen):
    """Every one of these clauses holds."""

    all: Annotated[tuple["Clause", ...], Field(min_length=2, max_length=100, strict=False)]
    """Two clauses or more, every one of which must hold."""


class AnyOf(Frozen):
    """At least one of these clauses holds."""

    any: Annotated[tuple["Clause", ...], Field(min_length=2, max_length=100, strict=False)]
    """Two clauses or more, one of which is enough."""


Leaf = Has | AgeBelow | AgeFrom | Pregnant | Breastfeeding | Always
"""A clause that holds no other clause."""

CLAUSE_KEYS = (*FACT_KEYS, "age_below", "age_from", "pregnant", "breastfeeding", "always", "all", "any")
"""Every kind of clause by the key that marks it."""

_KINDS = ("has", *CLAUSE_KEYS[len(FACT_KEYS) :])

CLAUSE_TAGS = frozenset(f"clause:{kind}" for kind in _KINDS)
"""Union tags as pydantic puts them into the location of a fault; no reader ever wrote them."""


def _kind(value: object) -> str | None:
    match value:
        case Has():
            return "clause:has"
        case Frozen():
            key = next(iter(type(value).model_fields))
        case dict() if len(value) == 1:
            key = next(iter(value))
        case _:
            return None
    return "clause:has" if key in FACT_KEYS else f"clause:{key}"


Clause = Annotated[
    Annotated[Has, Tag("clause:has")]
    | Annotated[AgeBelow, Tag("clause:age_below")]
    | Annotated[AgeFrom, Tag("clause:age_from")]
    | Annotated[Pregnant, Tag("clause:pregnant")]
    | Annotated[Breastfeeding, Tag("clause:breastfeeding")]
    | Annotated[Always, Tag("clause:always")]
    | Annotated[AllOf, Tag("clause:all")]
    | Annotated[AnyOf, Tag("clause:any")],
    Discriminator(
        _kind,
        custom_error_type="clause",
        custom_error_message=f"must be an object with exactly one of the keys {', '.join(CLAUSE_KEYS)}",
    ),
]
"""What a rule looks at. No kind of clause negates."""


def trusted_clause(data: Any) -> Clause:  # noqa: ANN401 - JSON that has been validated before
    """Make a clause from its JSON, which has been validated before, without doing so again."""
    ((key, value),) = data.items()
    match key:
        case "all":
            return AllOf.model_construct(all=tuple(map(trusted_clause, value)))
        case "any":
            return AnyOf.model_construct(any=tuple(map(trusted_clause, value)))
        case "age_below":
            return AgeBelow.model_construct(age_below=YearsMonths.trusted(_years(value)))
        case "age_from":
            return AgeFrom.model_construct(age_from=YearsMonths.trusted(_years(value)))
        case "pregnant":
            return Pregnant.model_construct(pregnant=_trusted_window(value))
        case "breastfeeding":
            return Breastfeeding.model_construct(breastfeeding=True)
        case "always":
            return Always.model_construct(always=True)
        case _:
            return Has.model_construct(topic=FACT_KEYS[key], fact=value)


def _trusted_window(value: Any) -> Window:  # noqa: ANN401 - as above
    match value:
        case {"trimesters": numbers}:
            return Trimesters.model_construct(trimesters=tuple(numbers))
        case {"from_week": week}:
            return FromWeek.model_construct(from_week=week)
        case _:
            return "any"


def leaves(clause: Clause) -> "Iterator[Leaf]":
    """Yield every leaf of a clause, in the order in which it is written."""
    match clause:
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from leaves(part)
        case Has() | AgeBelow() | AgeFrom() | Pregnant() | Breastfeeding() | Always():
            yield clause


def alternatives(clause: Clause) -> "Iterator[Clause]":
    """Yield the clauses each of which alone is enough."""
    match clause:
        case AnyOf(any=parts):
            for part in parts:
                yield from alternatives(part)
        case _:
            yield clause


def name_of(leaf: Leaf) -> str:
    """Name what a leaf looks at: a fact, or age, pregnancy, breastfeeding, always."""
    match leaf:
        case Has(fact=fact):
            return fact
        case AgeBelow() | AgeFrom():
            return "age"
        case Pregnant():
            return "pregnancy"
        case Breastfeeding():
            return "breastfeeding"
        case Always():
            return "always"


def subject_of(leaf: Leaf) -> Subject | None:
    """Tell under which subject a reader looks for a leaf; nothing for what holds of everybody."""
    match leaf:
        case Has(topic=topic):
            return topic
        case AgeBelow() | AgeFrom():
            return "age"
        case Pregnant():
            return "pregnancy"
        case Breastfeeding():
            return "breastfeeding"
        case Always():
            return None
