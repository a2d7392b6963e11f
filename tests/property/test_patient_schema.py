"""The printed schema of a patient accepts exactly what the library accepts."""

import json
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from remedies import Patient, PatientError
from remedies.knowledge.topics import TOPICS
from remedies.pages.schemas import schema_of

Json = dict[str, Any]

SCHEMA = Draft202012Validator(json.loads(schema_of("patient")), format_checker=Draft202012Validator.FORMAT_CHECKER)

WORDS = st.one_of(st.text(min_size=1, max_size=20), st.sampled_from(["asthma", "астма", "J45", "x" * 200]))
LISTS = st.lists(WORDS, max_size=3)
ANSWERS = st.one_of(
    LISTS,
    st.fixed_dictionaries({}, optional={"yes": LISTS, "no": LISTS, "rest": st.sampled_from(["no", "unknown"])}),
)
YEARS = st.sampled_from([0, 1, 34, 59, 120, 34.0])
AGES = st.one_of(
    st.none(),
    YEARS,
    st.fixed_dictionaries({"years": YEARS}, optional={"months": st.sampled_from([0, 6, 11, None, 6.0])}),
)
DAYS = st.sampled_from(
    ["1990-05-17", "2004-02-29", "2000-02-29", "2026-12-31", "1999-04-30", "0001-01-01", "9999-12-31"]
)
BORN = st.one_of(st.none(), DAYS, st.sampled_from(["1990", "0001", "1990-05", "1990-12"]))
PREGNANCIES = st.one_of(
    st.none(),
    st.sampled_from(["no", "possible", "yes"]),
    st.fixed_dictionaries({"trimester": st.sampled_from([1, 2, 3, 2.0])}),
    st.fixed_dictionaries(
        {"weeks": st.sampled_from([0, 27, 44, 27.0])}, optional={"days": st.sampled_from([0, 6, None])}
    ),
)
KEYS: dict[str, st.SearchStrategy[Any]] = {
    "id": st.one_of(st.none(), st.text(max_size=10), st.just("x" * 200)),
    "said_on": st.one_of(st.none(), DAYS),
    "age": AGES,
    "born": BORN,
    "sex": st.sampled_from(["female", "male", None]),
    "pregnancy": PREGNANCIES,
    "breastfeeding": st.sampled_from([True, False, None]),
    "nothing_else": st.booleans(),
    **dict.fromkeys(TOPICS, ANSWERS),
}
PATIENTS = st.fixed_dictionaries({}, optional=KEYS)

NO_DAY = ["1990-5", "2005-02-29", "1900-02-29", "2026-11-31", "0000-01-01", "22.11.2026", "", " 2026-11-22", 2026]
NO_AGE = [{"years": 121}, {"months": 7}, {"years": 1, "months": 12}, {"years": "1"}, {"years": None}, {"years": 1.5}]
NO_PREGNANCY = [{"trimester": 4}, {"trimester": 0}, {"trimester": None}, {"trimester": 1.5}, {"days": 3}]
NO_WEEKS = [{"weeks": 45}, {"weeks": -1}, {"weeks": "27"}, {"weeks": 27, "days": 7}, {"weeks": 20, "trimester": 2}]
NO_WORDS = ["asthma", 3, True, None, [3], [""], ["x" * 201], ["x"] * 201, [["asthma"]]]
NO_ANSWERS = [{"yes": "asthma"}, {"rest": "maybe"}, {"rest": None}, {"rests": "no"}, {"yes": None}, {"no": [None]}]
BREAKS: dict[str, list[Any]] = {
    "id": [5, ["p"], "x" * 201, True],
    "said_on": [*NO_DAY, "1990", "1990-05", "2026-11-22\n"],
    "age": [*NO_AGE, -1, 121, 34.5, "34", True, [34], {}, {"years": 1, "weeks": 2}, {"years": True}],
    "born": [*NO_DAY, "0000", "1990-13", "1990-00", "90", "1990-05-17T00:00", "1990 ", ["1990"]],
    "sex": ["f", "Male", "", 1, True],
    "pregnancy": [*NO_PREGNANCY, *NO_WEEKS, "maybe", True, 27, [], {}],
    "breastfeeding": ["yes", 1, 0, {}],
    "nothing_else": ["yes", 1, None],
    **{topic: [*NO_WORDS, *NO_ANSWERS] for topic in TOPICS},
    "conditon": [[], None],
    "": [1],
}
"""What no key may hold, and keys that nobody knows."""


@st.composite
def broken(draw: st.DrawFn) -> Json:
    """Make a patient, and break one key of it."""
    key = draw(st.sampled_from(sorted(BREAKS)))
    return {**draw(PATIENTS), key: draw(st.sampled_from(BREAKS[key]))}


def accepted(document: object) -> bool:
    """Tell whether the library reads a document as a patient."""
    try:
        Patient.read(json.dumps(document))
    except PatientError:
        return False
    return True


@given(PATIENTS)
def test_what_the_library_accepts_the_schema_accepts_and_nothing_else(patient: Json) -> None:
    """Contradictions are among them: an age beside a birth date, a pregnant man."""
    event(f"accepted: {accepted(patient)}")
    assert SCHEMA.is_valid(patient) == accepted(patient)


@given(broken())
def test_what_is_broken_is_refused_by_both(patient: Json) -> None:
    assert not accepted(patient)
    assert not SCHEMA.is_valid(patient)


def test_two_hundred_words_are_accepted_by_both() -> None:
    for most in (["x"] * 200, {"yes": ["x"] * 200, "no": ["y"] * 200}):
        assert accepted({"skin": most})
        assert SCHEMA.is_valid({"skin": most})


def test_every_break_is_refused_by_both() -> None:
    alone = [{key: value} for key, values in BREAKS.items() for value in values]
    assert [patient for patient in alone if accepted(patient)] == []
    assert [patient for patient in alone if SCHEMA.is_valid(patient)] == []


@given(PATIENTS)
def test_a_patient_as_the_library_writes_it_is_accepted_by_both(patient: Json) -> None:
    if accepted(patient):
        written = json.loads(Patient.model_validate(patient).model_dump_json())
        assert accepted(written)
        assert SCHEMA.is_valid(written)
