"""How much a plan may ask for: the article's bounds and the label's, intersected, and who set each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from remedies.checking.moments import ages_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from remedies.checking.patient import Patient
    from remedies.knowledge.records import Common, Remedy
    from remedies.knowledge.sources import Citation
    from remedies.knowledge.usage import Dose


SetBy = Literal["article", "label", "request", "waking hours"]
"""What made a bound of a plan as tight as it is."""

LimitName = Literal["times_per_day_min", "times_per_day_max", "days", "hours_between", "max_per_day"]
"""What a bound of a plan limits."""


class Limit(NamedTuple):
    """One bound, who made it as tight as it is, and where that stands."""

    name: LimitName
    value: int
    set_by: tuple[SetBy, ...]
    sources: tuple[Citation, ...]
    text: str | None = None
    """The bound in the label's words, where it is no plain number."""


class Limits(NamedTuple):
    """Every bound of a plan."""

    fewest: Limit
    most: Limit
    days: Limit
    hours: Limit | None
    amount: Limit | None

    def all(self) -> Iterator[Limit]:
        """Yield the bounds that there are."""
        yield from (limit for limit in self if limit is not None)

    def fitting(self, uses: int) -> Limits:
        """Lower the uses per day to what fits into the waking hours."""
        most = Limit("times_per_day_max", uses, ("waking hours",), ())
        return self._replace(most=most, fewest=_lowered(self.fewest, most))


def dose_for(remedy: Remedy, patient: Patient, start: date, as_of: date) -> Dose | None:
    """Find the age band that covers every age that the patient may have; there may be none."""
    ages = ages_on(patient, as_of, start)
    for dose in remedy.directions.doses:
        low, high = (dose.from_age or 0) * 12, dose.below_age
        if low <= ages[0] and (high is None or ages[1] < high * 12):
            return dose
    return None


def limits_of(common: Common, dose: Dose, asked: int) -> Limits:
    """Intersect what the article and a label allow with the days that were asked for."""
    fewest, most = _times(common, dose)
    hours, amount = dose.hours_between, dose.max_per_day
    return Limits(
        fewest,
        most,
        _days(common, dose, asked),
        Limit("hours_between", hours.hours, ("label",), hours.sources) if hours else None,
        Limit("max_per_day", amount.uses or 0, ("label",), amount.sources, amount.text) if amount else None,
    )


def _times(common: Common, dose: Dose) -> tuple[Limit, Limit]:
    """Intersect the times a day; where they do not meet, the lower maximum wins."""
    article, label = common.times_per_day, dose.times_per_day
    low, high = article.min, article.max
    by_low: tuple[SetBy, ...] = ("article",)
    by_high: tuple[SetBy, ...] = ("article",)
    sources = article.sources
    if label is not None:
        low, high = max(article.min, label.min), min(article.max, label.max)
        if low > high:
            low = min(label, article, key=lambda times: times.max).min
        by_low, by_high = _setters(low, article.min, label.min), _setters(high, article.max, label.max)
        sources = (*article.sources, *label.sources)
    fewest = Limit("times_per_day_min", low, by_low, sources)
    most = Limit("times_per_day_max", high, by_high, sources)
    cap = dose.max_per_day
    if cap is not None and cap.uses is not None and cap.uses < high:
        most = Limit("times_per_day_max", cap.uses, ("label",), cap.sources)
        fewest = _lowered(fewest, most)
    return fewest, most


def _lowered(fewest: Limit, most: Limit) -> Limit:
    """Bring the fewest uses down to the most, in the name of whoever set the most."""
    return min(fewest, most._replace(name=fewest.name), key=lambda limit: limit.value)


def _setters(value: int, article: int, label: int) -> tuple[SetBy, ...]:
    """Name whose bound a value is."""
    pairs: tuple[tuple[SetBy, int], ...] = (("article", article), ("label", label))
    return tuple(who for who, bound in pairs if bound == value)


def _days(common: Common, dose: Dose, asked: int) -> Limit:
    """Take the fewest of the article's days, the label's and those asked for."""
    article, label = common.max_days, dose.max_days
    days = min(bound.days for bound in (article, label) if bound is not None)
    if asked < days:
        return Limit("days", asked, ("request",), ())
    if label is None or label.days > days:
        return Limit("days", days, ("article",), article.sources)
    if label.days < article.days:
        return Limit("days", days, ("label",), label.sources)
    return Limit("days", days, ("article", "label"), (*article.sources, *label.sources))
