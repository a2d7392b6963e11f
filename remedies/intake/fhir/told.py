"""What one resource tells of the patient, before the others are heard."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from remedies.checking.known import saying_of
from remedies.checking.moments import KEPT_MONTHS, months_before
from remedies.intake.fhir.judging import Claim, Held, judged

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Sequence
    from datetime import date

    from remedies.checking.person import Pregnancy
    from remedies.intake.fhir.elements import Concept, Days
    from remedies.intake.fhir.judging import Judged
    from remedies.intake.fhir.record import Record
    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary

YES_OR_NO: dict[bool, Literal["yes", "no"]] = {True: "yes", False: "no"}
"""What a boolean says."""

NAMELESS = "an entry without a name"
"""What stands for something that a record does not name; it is not understood, so that its list stays open."""

MODIFIED = "an entry that may mean the opposite"
"""What stands for a resource that R4 forbids to read as it stands; its list stays open as well."""

PART_MODIFIED = "a part of it carries a modifierExtension, and was not read"


class Context(NamedTuple):
    """What a resource is read with."""

    record: Record
    vocabulary: Vocabulary
    as_of: date

    def since(self, day: Days | None) -> int | None:
        """Count the days since a date, since the earliest day that it may mean; nothing without a date."""
        if day is None:
            return None
        return (self.as_of - day.first).days

    def within_months(self, day: Days | None, months: int = KEPT_MONTHS["medicines"]) -> bool:
        """Tell whether a date lies at most so many months ago, whatever day it means, and not ahead."""
        return day is not None and self.months_ago(months) <= day.first <= self.as_of

    def months_ago(self, months: int) -> date:
        """Return the day so many months before the check."""
        return months_before(self.as_of, months)


class Dating(NamedTuple):
    """From when a pregnancy is counted, by what and said when."""

    first: Days
    """The days, of which one is that from which completed weeks are counted: the first day of the last period."""
    alone: bool = True
    """Whether it says that there is a pregnancy; the first day of a last period does not."""


class Told(NamedTuple):
    """What one resource tells."""

    what: str = ""
    """What it is about, in its own words."""
    claims: tuple[Claim, ...] = ()
    """Words that are entered."""
    born: str = ""
    sex: str = ""
    age: object = None
    pregnancy: Pregnancy | None = None
    dating: Dating | None = None
    breastfeeding: bool | None = None
    day: Days | None = None
    """When pregnancy and breastfeeding were said."""
    loose: bool = False
    """Whether what it says of pregnancy stands among the illnesses, which are not always brought up to date."""
    unclear: bool = False
    """Whether something of it was not understood."""
    known: bool = False
    """Whether it is something real at which no rule looks."""
    why: str = ""
    """Why nothing of it is used, or what is not."""
    notes: tuple[str, ...] = ()
    """What the reader should know of it, to be read behind its name."""

    @property
    def of_person(self) -> bool:
        """Tell whether it says anything of the person beside facts."""
        if self.born or self.sex or self.pregnancy is not None or self.breastfeeding is not None:
            return True
        return self.dating is not None or self.age is not None

    @property
    def says_something(self) -> bool:
        """Tell whether anything of it is used."""
        return bool(self.claims) or self.of_person

    def doubted(self, why: str) -> Told:
        """Return what is left of it where it is not final: reasons to ask."""
        claims = tuple(claim._replace(side="unknown") for claim in self.claims)
        expects = self.pregnancy not in {None, "no"} or self.dating is not None
        possible: Pregnancy | None = "possible" if expects else None
        return Told(
            self.what, claims, pregnancy=possible, day=self.day, unclear=self.unclear, why=why, notes=self.notes
        )

    def without(self, contradicted: Collection[Claim], why: str) -> Told:
        """Return what is left of it where something else contradicts some of its claims."""
        return self._replace(claims=tuple(one for one in self.claims if one not in contradicted), why=why)

    def expecting_nothing(self, why: str) -> Told:
        """Return what is left of it where what it says of pregnancy and breastfeeding is not used."""
        return self._replace(pregnancy=None, dating=None, breastfeeding=None, why=why)

    def partly(self, topic: Topic) -> Told:
        """Return it where a part of it may not be read: its list stays open."""
        claims = (*self.claims, Claim(topic, "yes", MODIFIED))
        return self._replace(claims=claims, unclear=True, why=PART_MODIFIED)

    def unread(self, why: str) -> Told:
        """Return what is left of it where it may not be read at all: its lists stay open."""
        topics = dict.fromkeys(claim.topic for claim in self.claims)
        return Told(self.what, tuple(Claim(topic, "yes", MODIFIED) for topic in topics), unclear=True, why=why)


_DISAGREE = "its codings and names disagree ({}); each of them was taken as it stands, and none was ruled out"


def ignored(what: Concept, why: str) -> Told:
    """Return that a resource says nothing of the patient now, and why."""
    return Told(what.name, why=why)


def told_by(what: str, found: Sequence[Judged], day: Days | None, *, loose: bool = False) -> Told:
    """Join what the concepts of a resource say."""
    pregnancies = [one.pregnancy for one in found if one.pregnancy is not None]
    nursing = [one.breastfeeding for one in found if one.breastfeeding is not None]
    return Told(
        what,
        tuple(dict.fromkeys(claim for one in found for claim in one.claims)),
        pregnancy=next(iter(pregnancies), None),
        breastfeeding=any(nursing) if nursing else None,
        day=day,
        loose=loose,
        unclear=not all(one.understood for one in found),
        why=next((one.why for one in found if one.why), ""),
        notes=tuple(_DISAGREE.format(one.disagree) for one in found if one.disagree),
    )


def simply(what: Concept, topic: Topic, held: Held, context: Context, day: Days | None = None) -> Told:
    """Say what one concept says, which is all that most resources hold; alike in many records."""
    told = _simply(what, topic, held, context.vocabulary)
    if told.pregnancy is None and told.breastfeeding is None:
        return told
    return told._replace(day=day)


@lru_cache(maxsize=16384)
def _simply(what: Concept, topic: Topic, held: Held, vocabulary: Vocabulary) -> Told:
    found = judged(what, topic, held, vocabulary)
    told = told_by(what.name, [found], None, loose=topic == "conditions")
    if told.why or told.claims:
        return told
    return told._replace(why=why_nothing(held))


def says_more(one: Judged, other: Judged, vocabulary: Vocabulary) -> bool:
    """Tell whether a concept was understood and says something that another one does not."""
    return one.understood and bool(facts_of([one], vocabulary) & ~facts_of([other], vocabulary))


def says_besides(what: Concept, codes: Container[str], topic: Topic, context: Context) -> bool:
    """Tell whether a concept names something beside codes that say little, such as that nothing is known."""
    rest = what._replace(codings=tuple(one for one in what.codings if one.code not in codes))
    found = judged(rest, topic, Held(), context.vocabulary)
    return found.understood and any(claim.side == "yes" for claim in found.claims)


def facts_of(found: Iterable[Judged], vocabulary: Vocabulary) -> int:
    """Join what concepts speak of, as facts that are so, are not, or are to be asked about."""
    facts = 0
    for claim in (claim for one in found for claim in one.claims):
        saying = saying_of(claim.word, claim.topic, claim.side, vocabulary)
        facts |= saying.yes | saying.asked | saying.no
    return facts


def why_nothing(held: Held) -> str:
    """Say why what a record holds says nothing, where it says nothing."""
    if held.state == "over":
        return "it is over, and only a current one counts"
    if held.site == "elsewhere":
        return "it is not where the remedy would go"
    return ""


def lately(context: Context, day: Days | None, most: int = 1) -> bool:
    """Tell whether a date lies at most so many days before the check, and not after it."""
    return day is not None and day.last <= context.as_of and (context.as_of - day.first).days <= most
