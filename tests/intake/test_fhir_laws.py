"""Laws of the FHIR reader: nothing breaks it or is lost, and no record is read as more than it says."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from intake.cases import READ
from intake.pitfalls import (
    READ_KINDS,
    TODAY,
    Json,
    Raw,
    allergy,
    answers,
    concept,
    condition,
    icd,
    item,
    kind_of,
    known,
    loinc,
    observation,
    patient,
    request,
    resource_of,
    sct,
    statement,
)

from remedies import Catalogue, Patient
from remedies.checking.moments import lapsed_of, situation_of
from remedies.checking.verdicts import masks
from remedies.core.errors import RemediesError
from remedies.intake.fhir import Intake, patient_from_bundle
from remedies.knowledge.topics import TOPICS

Bounds = dict[str, tuple[int, int]]

POOL = tuple(
    resource_of(one)
    for case in READ
    if not case.malformed and case.form == "dict" and not case.around
    for one in case.resources
    if kind_of(one) in READ_KINDS and kind_of(one) not in {"Patient", "Medication"} and not isinstance(one, Raw)
)
"""Resources of the cases, all about the same person."""

PRESENT = (
    *(condition(icd(code)) for code in ("J45.9", "G40.9", "K25.9", "N18.5", "L40.9", "I50.9", "O26.9", "Z33", "D69.6")),
    condition(sct("73397007", "HIT")),
    condition(text="asthma", verification="unconfirmed"),
    condition(text="eczema on the back", bodySite=[concept(text="lower back")], recordedDate="2026-11-22"),
    condition(text="zzqq syndrome"),
    condition(text="fever", recordedDate="2026-11-22"),
    *(allergy(text=name) for name in ("Aspirin", "Ketoprofen", "Lanolin", "Bee venom", "zzqq", "Penicillin")),
    allergy(text="Diclofenac", verification="unconfirmed"),
    *(statement(text=name) for name in ("Warfarin", "Methotrexate", "Diclofenac gel", "zzqq", "Insulin")),
    request(text="Lithium carbonate"),
    statement(text="Warfarin", status="intended"),
    observation(loinc("82810-3"), valueCodeableConcept=concept(loinc("LA15173-0"))),
    observation(loinc("63895-7"), valueCodeableConcept=concept(loinc("LA29252-6"))),
    observation(loinc("62238-1"), valueQuantity={"value": 12, "unit": "mL/min"}),
    answers(item("asthma", said=True), item("open-wound", said=True), item("fever", said=True)),
)
"""Resources each of which says that there is something."""

EVERY_CLOSING = st.sampled_from([(), ("conditions",), ("allergies", "medicines"), TOPICS])


def named(resources: tuple[Json, ...], start: str = "x") -> list[Json]:
    """Give each resource an id of its own."""
    return [{**one, "id": f"{start}{number}"} for number, one in enumerate(resources)]


def some(of: tuple[Json, ...] = POOL, most: int = 4) -> st.SearchStrategy[list[Json]]:
    """Return a few resources, each with an id of its own."""
    return st.lists(st.sampled_from(of), max_size=most).map(lambda chosen: named(tuple(chosen)))


def bundle(*resources: Json) -> Json:
    """Put resources into a bundle."""
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


def read(*resources: Json, closed: Any = (), later: int = 0) -> Intake:
    """Read resources beside a woman of forty, so many days later."""
    person = patient(gender="female", birthDate="1986-03-02")
    return patient_from_bundle(bundle(person, *resources), as_of=TODAY + timedelta(days=later), closed=closed)


def facts(found: Intake) -> tuple[int, int]:
    """Return what is so and what is not, as masks."""
    what = known(found.patient, TODAY)
    return what.yes, what.no


def bounds(found: Patient, catalogue: Catalogue) -> Bounds:
    """Find floor and ceiling of every remedy."""
    lapsed = lapsed_of(found, TODAY)
    situation = situation_of(found, known(found, TODAY), as_of=TODAY, start=TODAY, days=5, lapsed=lapsed)
    yes, may = masks(catalogue.rulebook, situation)
    return {remedy.id: remedy.bounds(yes, may) for remedy in catalogue.rulebook.remedies}


ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**400,
    1e308,
    float("inf"),
    float("nan"),
    "",
    " ",
    "²",
    "9" * 5000,
    "A" * 70_000,
    "\x00\ud800",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "#",
    "Patient/p1",
    [],
    [[]],
    [None, 7, "x", [{}]],
    {},
    {"coding": "J45.9"},
    {"coding": [{"code": 7}]},
    {"reference": 7},
    {"": {"": []}},
)
"""What stands where something else belongs."""


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place of a document: what holds it, and by which key or number."""
    pairs: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield value, key
        yield from places(inner)


@st.composite
def damaged(draw: st.DrawFn) -> Json:
    """Damage a good bundle in a few places."""
    whole: Json = deepcopy(bundle(patient(birthDate="1986-03-02", gender="female"), *draw(some())))
    for _ in range(draw(st.integers(1, 4))):
        where = list(places(whole))
        if not where:
            break
        holder, key = draw(st.sampled_from(where))
        if draw(st.booleans()):
            holder[key] = deepcopy(draw(st.sampled_from(ODD)))
        else:
            del holder[key]
    return whole


def expected_lines(whole: Json) -> Counter[str]:
    """Count the resources of each kind that stand in a bundle as entries, the same one twice only once."""
    entries = whole.get("entry")
    found = [one.get("resource") for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    kinds: Counter[str] = Counter()
    seen: list[Any] = []
    for one in found:
        if isinstance(one, dict) and one.get("resourceType") in READ_KINDS and one not in seen:
            seen.append(one)
            kinds[one["resourceType"]] += 1
    return kinds


@given(damaged(), EVERY_CLOSING)
def test_no_damage_breaks_the_reader_or_loses_a_resource_or_alters_what_was_given(whole: Json, closed: Any) -> None:
    before = repr(whole)
    try:
        found = patient_from_bundle(whole, as_of=TODAY, closed=closed)
    except RemediesError:
        found = None
    assert repr(whole) == before
    if found is not None and whole.get("resourceType") == "Bundle":
        lines = Counter(re.split("[/ ]", one.resource)[0] for one in found.account if one.outcome != "counted")
        assert not expected_lines(whole) - lines
        assert known(found.patient, TODAY).faults == ()


@given(some(), EVERY_CLOSING, st.randoms(use_true_random=False))
def test_the_order_of_the_entries_changes_no_fact(chosen: list[Json], closed: Any, random: Any) -> None:
    shuffled = random.sample(chosen, len(chosen))
    first, second = read(*chosen, closed=closed), read(*shuffled, closed=closed)
    assert facts(first) == facts(second)
    assert first.patient.pregnancy == second.patient.pregnancy
    assert first.patient.breastfeeding == second.patient.breastfeeding


@given(some(), st.sampled_from(PRESENT), EVERY_CLOSING)
def test_one_more_thing_that_is_so_never_makes_a_remedy_more_allowed(
    shipped: Catalogue, chosen: list[Json], more: Json, closed: Any
) -> None:
    before = bounds(read(*chosen, closed=closed).patient, shipped)
    after = bounds(read(*chosen, {**more, "id": "more"}, closed=closed).patient, shipped)
    sunk = {name for name, (low, high) in before.items() if after[name][0] < low or after[name][1] < high}
    assert sunk == set()


OTHER = {"reference": "Patient/p2"}


def erroneous(resource: Json) -> Json:
    """Mark a resource as entered in error; of a statement that would say something, so it is made a request."""
    kind = {"MedicationStatement": "MedicationRequest"}.get(resource["resourceType"], resource["resourceType"])
    if kind in {"Condition", "AllergyIntolerance"}:
        return {**resource, "verificationStatus": concept(sct("entered-in-error"))}
    return {**resource, "resourceType": kind, "status": "entered-in-error"}


def of_another(resource: Json) -> Json:
    """Say that a resource is about somebody else."""
    return {**resource, "subject": OTHER, "patient": OTHER}


@given(some(), st.sampled_from([*map(erroneous, POOL), *map(of_another, POOL)]), EVERY_CLOSING)
def test_what_is_of_somebody_else_or_was_entered_in_error_changes_nothing(
    chosen: list[Json], extra: Json, closed: Any
) -> None:
    before, after = read(*chosen, closed=closed), read(*chosen, {**extra, "id": "more"}, closed=closed)
    assert before.patient == after.patient
    assert after.account[: len(before.account)] == before.account
    assert [line.outcome for line in after.account[len(before.account) :]] == ["ignored"]


@given(some(), st.sampled_from([one for one in PRESENT if "verificationStatus" in one]), EVERY_CLOSING)
def test_what_is_doubted_is_never_ruled_out_where_it_would_be_so_if_it_were_sure(
    chosen: list[Json], more: Json, closed: Any
) -> None:
    sure = {**more, "id": "more", "verificationStatus": concept(sct("confirmed"))}
    doubted = {**sure, "verificationStatus": concept(sct("provisional"))}
    yes, _ = facts(read(sure, closed=closed))
    _, no = facts(read(*[one for one in chosen if "verificationStatus" in one], doubted, closed=closed))
    assert yes & no == 0


@given(some(), EVERY_CLOSING)
def test_reading_twice_says_the_same_and_so_does_json(chosen: list[Json], closed: Any) -> None:
    whole = bundle(patient(birthDate="1986-03-02"), *chosen)
    first = patient_from_bundle(whole, as_of=TODAY, closed=closed)
    assert first == patient_from_bundle(whole, as_of=TODAY, closed=closed)
    assert first == patient_from_bundle(json.dumps(whole), as_of=TODAY, closed=closed)


@given(some(), st.integers(1, 400))
def test_time_that_passes_rules_out_nothing_that_passes_itself(chosen: list[Json], later: int) -> None:
    now, then = read(*chosen), read(*chosen, later=later)
    vocabulary = Catalogue.shipped().vocabulary
    passing = vocabulary.mask([entry.id for entry in vocabulary.entries if entry.topic in {"signs", "skin"}])
    no_now, no_then = known(now.patient, TODAY).no, known(then.patient, TODAY + timedelta(days=later)).no
    assert no_then & passing & ~no_now == 0
    if now.patient.pregnancy is None:
        assert then.patient.pregnancy != "no"


@given(some(most=6))
def test_months_later_a_record_says_of_no_sign_and_no_skin_that_it_is_not_there(chosen: list[Json]) -> None:
    found = read(*chosen, later=200)
    vocabulary = Catalogue.shipped().vocabulary
    passing = vocabulary.mask([entry.id for entry in vocabulary.entries if entry.topic in {"signs", "skin"}])
    assert known(found.patient, TODAY + timedelta(days=200)).no & passing == 0
    assert found.patient.pregnancy != "no"
    assert found.patient.breastfeeding is not False
