"""The cases of the FHIR reader are what they say: R4 where they are well formed, and about facts that exist."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from fhir.resources.R4B.bundle import Bundle
from intake.cases import CASES
from intake.pitfalls import KEYS, OUTCOMES, Case, facts_of, names_of
from pydantic import ValidationError

from remedies import Patient
from remedies.knowledge.topics import TOPICS
from remedies.knowledge.vocabulary import Vocabulary

UNSEEN = {
    "A bundle with no entry at all says nothing",
    "A code that is null is never an error and never silence",
    "A person whose resource comes twice is one person",
    "A date that is a number is never an error and never silence",
    "A filtration given as {'value': None, 'unit': 'mL/min'} is no error and no silence",
    "A form whose items are null is no error",
    "A status that is null is never an error and never silence",
    "A truth that is a text is not true",
    "An empty text is never an error and never silence",
    "An entry that is a resource that is null hides no other",
    "An entry that is a resource without a kind hides no other",
    "Two illnesses under one id are both read",
}
"""Faults that the models of R4 do not see."""


def test_every_well_formed_bundle_is_one_of_r4() -> None:
    assert [case.says for case in CASES if not case.malformed and refused(case)] == []


def test_a_malformed_bundle_is_refused_by_the_models() -> None:
    assert {case.says for case in CASES if case.malformed and not refused(case)} == UNSEEN


def refused(case: Case) -> bool:
    """Tell whether the models of R4 refuse a bundle, in whatever way."""
    try:
        Bundle.model_validate(case.bundle)
    except (ValidationError, TypeError, AttributeError, LookupError):
        return True
    return False


def test_every_case_says_something_of_its_own() -> None:
    assert [says for says, times in Counter(case.says for case in CASES).items() if times > 1] == []


def test_every_case_is_about_one_of_the_keys_and_every_key_has_cases() -> None:
    assert {case.about for case in CASES} == set(KEYS)


def test_every_case_expects_what_can_be(vocabulary: Vocabulary) -> None:
    assert [wrong for case in CASES for wrong in impossible(case, vocabulary)] == []


def impossible(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    """Name what a case expects and what can never be."""
    outcomes = [line if isinstance(line, str) else line[0] for line in case.lines.values()]
    allowed = (
        ("outcome", set(OUTCOMES), outcomes),
        ("fact", set(vocabulary.number), case.facts),
        ("value", {"yes", "no", "unknown"}, case.facts.values()),
        ("pregnancy", {"yes", "no", "possible", "unknown", ""}, (case.pregnancy,)),
        ("breastfeeding", {"yes", "no", "unknown", ""}, (case.breastfeeding,)),
        ("topic", set(TOPICS), case.closed),
    )
    for name, possible, given in allowed:
        if wrong := {one for text in given for one in text.split("|")} - possible:
            yield f"{case.says}: {name} {wrong}"
    named = {name for name in case.lines if "/" in name or "(" in name}
    if not case.malformed and not named <= set(names_of(case)):
        yield f"{case.says}: no resource {named - set(names_of(case))}"
    personal = (case.age, case.pregnancy, case.weeks, case.breastfeeding)
    if not (case.facts or case.lines or case.warnings or any(personal) or case.error):
        yield f"{case.says}: expects nothing"


def test_facts_are_read_as_yes_no_and_unknown(today: date) -> None:
    facts = facts_of(Patient(conditions={"yes": ["asthma"], "no": ["epilepsy"]}), today)
    assert (facts["asthma"], facts["epilepsy"], facts["porphyria"]) == ("yes", "no", "unknown")
