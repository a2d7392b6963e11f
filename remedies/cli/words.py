"""What the options that describe a patient hold, as it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.checking.known import WordPolicy
    from remedies.knowledge.topics import Topic


class TopicOption(NamedTuple):
    """An option that adds a word to a topic."""

    flag: str
    topic: Topic
    side: str
    text: str

    @property
    def field(self) -> str:
        """Its name as a parameter."""
        return self.flag.lstrip("-").replace("-", "_")


TOPIC_OPTIONS = (
    TopicOption("--has", "conditions", "yes", "an illness or history the person has"),
    TopicOption("--has-not", "conditions", "no", "an illness the person does not have"),
    TopicOption("--skin", "skin", "yes", "how the skin is where it would go"),
    TopicOption("--allergy", "allergies", "yes", "an allergy"),
    TopicOption("--taking", "medicines", "yes", "a medicine in use"),
    TopicOption("--sign", "signs", "yes", "a warning sign"),
    TopicOption("--circumstance", "circumstances", "yes", "a circumstance or plan, such as sun"),
)


class PatientWords(NamedTuple):
    """What the options that describe a patient hold, as they were typed."""

    said: tuple[str, ...]
    file: str | None
    fhir: str | None
    closed: str | None
    account: bool
    age: str | None
    born: str | None
    sex: str | None
    pregnancy: str | None
    weeks: str | None
    due: str | None
    breastfeeding: bool | None
    has: tuple[str, ...]
    has_not: tuple[str, ...]
    skin: tuple[str, ...]
    allergy: tuple[str, ...]
    taking: tuple[str, ...]
    sign: tuple[str, ...]
    circumstance: tuple[str, ...]
    other: tuple[str, ...]
    nothing_else: bool
    strict: bool

    @classmethod
    def taken_from(cls, options: dict[str, Any]) -> Self:
        """Take the options that describe a patient out of those of a command."""
        return cls(**{name: options.pop(name) for name in cls._fields})

    @property
    def policy(self) -> WordPolicy:
        """What becomes of a word that is not understood."""
        return "strict" if self.strict else "keep"

    def words(self) -> Iterator[tuple[TopicOption, str]]:
        """Yield every word with the option that it was given to."""
        for option in TOPIC_OPTIONS:
            for word in getattr(self, option.field):
                yield option, word
