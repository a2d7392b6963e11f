"""What a rule says: clauses, effects and sources. Data only; nothing here decides anything."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, assert_never

from pydantic import BeforeValidator, Discriminator, Field, Tag, ValidationError, model_validator

from remedies.core.model import FactId, Frozen, Isodate
from remedies.knowledge.vocabulary import Topic
from remedies.knowledge.words import LONGEST_PREGNANCY_WEEKS, TRIMESTER_DAYS, Basis, Effect, Grade, Section

Text = Annotated[str, Field(min_length=1)]
"""A plain sentence or phrase that a client reads."""


class Condition(Frozen):
    """The person has this illness or history."""

    topic: ClassVar[Topic] = "conditions"
    condition: FactId


class Skin(Frozen):
    """The skin where the remedy would go is like this."""

    topic: ClassVar[Topic] = "skin"
    skin: FactId


class Allergy(Frozen):
    """The person is allergic to this substance or class."""

    topic: ClassVar[Topic] = "allergies"
    allergy: FactId


class Taking(Frozen):
    """The person uses a medicine of this class."""

    topic: ClassVar[Topic] = "medicines"
    taking: FactId


class Circumstance(Frozen):
    """The person is in this circumstance, or plans it."""

    topic: ClassVar[Topic] = "circumstances"
    circumstance: FactId


class Sign(Frozen):
    """The person has this warning sign."""

    topic: ClassVar[Topic] = "signs"
    sign: FactId


class YearsMonths(Frozen):
    """An age limit in years and months."""

    years: Annotated[int, Field(ge=0, le=120)]
    months: Annotated[int, Field(ge=0, le=11)] = 0


def _years(value: object) -> object:
    return {"years": value} if type(value) is int else value


class AgeBelow(Frozen):
    """The person has not yet reached this age."""

    age_below: Annotated[YearsMonths, BeforeValidator(_years)]

    @property
    def months(self) -> int:
        """The limit in completed months of life."""
        return self.age_below.years * 12 + self.age_below.months


class Trimesters(Frozen):
    """These trimesters of pregnancy."""

    trimesters: Annotated[tuple[Annotated[int, Field(ge=1, le=3)], ...], Field(min_length=1)]


class FromWeek(Frozen):
    """Pregnancy from the first day of this week on."""

    from_week: Annotated[int, Field(ge=0, le=LONGEST_PREGNANCY_WEEKS)]


def _window(value: object) -> object:
    """Read a window of pregnancy; one message for every way to be none."""
    try:
        match value:
            case "any" | Trimesters() | FromWeek():
                return value
            case {"trimesters": list(numbers), **rest} if not rest:
                return Trimesters(trimesters=tuple(numbers))
            case {"from_week": week, **rest} if not rest:
                return FromWeek(from_week=week)
            case _:
                pass
    except ValidationError:
        pass
    msg = 'must be "any", {"trimesters": [1, 2, 3]} or {"from_week": 0 to 44}'
    raise ValueError(msg)


class Pregnant(Frozen):
    """The person is pregnant: at all, in these trimesters, or from a week on."""

    pregnant: Annotated[Literal["any"] | Trimesters | FromWeek, BeforeValidator(_window)]

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


class Always(Frozen):
    """True of everybody; for a remedy that nobody should use on their own."""

    always: Literal[True]


class AllOf(Frozen):
    """Every one of these clauses holds."""

    all: Annotated[tuple["Clause", ...], Field(min_length=2)]


class AnyOf(Frozen):
    """At least one of these clauses holds."""

    any: Annotated[tuple["Clause", ...], Field(min_length=2)]


FactClause = Condition | Skin | Allergy | Taking | Circumstance | Sign
"""A clause about one fact of the vocabulary."""

Leaf = FactClause | AgeBelow | Pregnant | Breastfeeding | Always
"""A clause that holds no other clause."""

CLAUSE_KINDS: dict[str, type[Leaf] | type[AllOf] | type[AnyOf]] = {
    "condition": Condition,
    "skin": Skin,
    "allergy": Allergy,
    "taking": Taking,
    "circumstance": Circumstance,
    "sign": Sign,
    "age_below": AgeBelow,
    "pregnant": Pregnant,
    "breastfeeding": Breastfeeding,
    "always": Always,
    "all": AllOf,
    "any": AnyOf,
}
"""Every kind of clause by the key that marks it."""

CLAUSE_TAGS = frozenset(f"clause:{kind}" for kind in CLAUSE_KINDS)
"""Union tags as pydantic puts them into the location of a fault; no reader ever wrote them."""


def _kind(value: object) -> str | None:
    keys = (
        list(value) if isinstance(value, dict) else list(type(value).model_fields) if isinstance(value, Frozen) else []
    )
    return f"clause:{keys[0]}" if len(keys) == 1 else None


Clause = Annotated[
    Annotated[Condition, Tag("clause:condition")]
    | Annotated[Skin, Tag("clause:skin")]
    | Annotated[Allergy, Tag("clause:allergy")]
    | Annotated[Taking, Tag("clause:taking")]
    | Annotated[Circumstance, Tag("clause:circumstance")]
    | Annotated[Sign, Tag("clause:sign")]
    | Annotated[AgeBelow, Tag("clause:age_below")]
    | Annotated[Pregnant, Tag("clause:pregnant")]
    | Annotated[Breastfeeding, Tag("clause:breastfeeding")]
    | Annotated[Always, Tag("clause:always")]
    | Annotated[AllOf, Tag("clause:all")]
    | Annotated[AnyOf, Tag("clause:any")],
    Discriminator(
        _kind,
        custom_error_type="clause",
        custom_error_message=f"must be an object with exactly one of the keys {', '.join(CLAUSE_KINDS)}",
    ),
]
"""What a rule looks at. No kind of clause negates."""


def leaves(clause: Clause) -> Iterator[Leaf]:
    """Yield every leaf of a clause, in the order in which it is written."""
    match clause:
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield clause


def fact_of(clause: FactClause) -> str:
    """Return the fact that a clause is about."""
    match clause:
        case (
            Condition(condition=fact)
            | Skin(skin=fact)
            | Allergy(allergy=fact)
            | Taking(taking=fact)
            | Circumstance(circumstance=fact)
            | Sign(sign=fact)
        ):
            return fact
        case _:
            assert_never(clause)


class SourceRef(Frozen):
    """Where in which source a rule or a number stands."""

    ref: FactId
    section: Section


class Source(Frozen):
    """A document that a rule or a number rests on."""

    title: Text
    publisher: Text
    country: Text
    year: int | None
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None
    read: Isodate
    grade: Grade


Refs = Annotated[tuple[SourceRef, ...], Field(min_length=1)]
"""The sources of one statement; there is always at least one."""


class Rule(Frozen):
    """A clause, what follows from it, why, and who says so."""

    id: FactId
    when: Clause
    effect: Effect
    because: Annotated[str, Field(min_length=1, max_length=240)]
    basis: Basis = "own"
    cure: Text | None = None
    replaces: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")], ...] = ()
    sources: Refs

    @model_validator(mode="after")
    def _tablets_only_ask(self) -> "Rule":
        if self.basis == "systemic" and self.effect == "exclude":
            msg = "evidence from tablets or injections is never more than ask-doctor"
            raise ValueError(msg)
        return self


class Instruction(Frozen):
    """One thing to do or not to do, with its sources.

    ``about`` marks what says when a bath may be taken; it goes with the article's advice on baths.
    """

    text: Text
    about: Literal["bath"] | None = None
    sources: Refs
