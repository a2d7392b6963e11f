"""The printed schema of a patient accepts exactly what the library accepts."""

import json
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from remedies import Patient, PatientError
from remedies.checking.grammar import (
    AGE_PATTERN,
    BORN_PATTERN,
    DAY_PATTERN,
    MALE_PATTERN,
    NO_PREGNANCY_PATTERN,
    PREGNANCY_PATTERN,
    SEX_PATTERN,
    read_pregnancy,
    read_sex,
)
from remedies.knowledge.topics import TOPICS
from remedies.pages.schemas import schema_of

Json = dict[str, Any]

SCHEMA = Draft202012Validator(json.loads(schema_of("patient")), format_checker=Draft202012Validator.FORMAT_CHECKER)

WORDS = st.one_of(st.text(min_size=1, max_size=20), st.sampled_from(["asthma", "астма", "J45", "x" * 200]))
LISTS = st.lists(WORDS, max_size=3)
ANSWERS = st.one_of(
    LISTS,
    st.fixed_dictionaries(
        {}, optional={"yes": LISTS, "no": LISTS, "other": LISTS, "rest": st.sampled_from(["no", "unknown"])}
    ),
)


@cache
def fitting(pattern: str) -> st.SearchStrategy[str]:
    """Write texts in one of the forms that people use; made once, since that takes longer than a hundred texts."""
    return st.from_regex(pattern).filter(lambda text: len(text) <= 60)


YEARS = st.sampled_from([0, 1, 34, 59, 120, 34.0])
AGES = st.one_of(
    st.none(),
    YEARS,
    fitting(AGE_PATTERN),
    st.fixed_dictionaries({"years": YEARS}, optional={"months": st.sampled_from([0, 6, 11, None, 6.0])}),
)
DAYS = st.one_of(
    st.sampled_from(["1990-05-17", "2004-02-29", "2000-02-29", "2026-12-31", "1999-04-30", "0001-01-01", "9999-12-31"]),
    fitting(DAY_PATTERN),
)
BORN = st.one_of(st.none(), DAYS, st.sampled_from(["1990", "0001", "1990-05", "1990-12"]), fitting(BORN_PATTERN))
PREGNANCIES = st.one_of(
    st.none(),
    st.sampled_from(["no", "possible", "yes", "нет", "не беременна", "Not  pregnant", "да", "20 недель"]),
    fitting(PREGNANCY_PATTERN),
    st.fixed_dictionaries({"months": st.sampled_from([1, 10, 6.0])}),
    st.fixed_dictionaries({"due": DAYS}),
    st.fixed_dictionaries({"last_period": DAYS}),
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
    "sex": st.one_of(st.sampled_from(["female", "male", "мужчина", "Ж", "M", None]), fitting(SEX_PATTERN)),
    "pregnancy": PREGNANCIES,
    "breastfeeding": st.sampled_from([True, False, None]),
    "nothing_else": st.booleans(),
    **dict.fromkeys(TOPICS, ANSWERS),
}
PATIENTS = st.fixed_dictionaries({}, optional=KEYS)

NO_DAY = ["1990-5", "2005-02-29", "1900-02-29", "2026-11-31", "0000-01-01", "31.11.2026", "", "11/22/2026", 2026]
NO_AGE = [{"years": 121}, {"months": 7}, {"years": 1, "months": 12}, {"years": "1"}, {"years": None}, {"years": 1.5}]
NO_PREGNANCY = [{"trimester": 4}, {"trimester": 0}, {"trimester": None}, {"trimester": 1.5}, {"days": 3}]
NO_MONTHS = [{"months": 0}, {"months": 11}, {"months": None}, {"months": 1.5}, {"months": 6, "days": 1}]
NO_DUE = [
    *({key: day} for key in ("due", "last_period") for day in ("2027-02-30", "1990", "2027-02-20\n", "", None, 2027)),
    {"due": "2027-02-20", "last_period": "2026-05-16"},
]
NO_WEEKS = [{"weeks": 45}, {"weeks": -1}, {"weeks": "27"}, {"weeks": 27, "days": 7}, {"weeks": 20, "trimester": 2}]
NO_WORDS = ["asthma", 3, True, None, [3], [""], ["x" * 201], ["x"] * 201, [["asthma"]]]
NO_ANSWERS = [
    {"yes": "asthma"},
    {"other": "asthma"},
    {"other": [""]},
    {"rest": "maybe"},
    {"rest": None},
    {"rests": "no"},
    {"yes": None},
    {"no": [None]},
]
BREAKS: dict[str, list[Any]] = {
    "id": [5, ["p"], "x" * 201, True],
    "said_on": [*NO_DAY, "1990", "1990-05", "2026-11-22\n", "май 1990", "2026-11-22".ljust(61)],
    "age": [
        *NO_AGE,
        -1,
        121,
        34.5,
        "121",
        "34M",
        "34\n",
        "40 months",
        "34".ljust(61),
        "",
        True,
        [34],
        {},
        {"years": 1, "weeks": 2},
        {"years": True},
    ],
    "born": [*NO_DAY, "0000", "1990-13", "1990-00", "90", "1990-05-17T", "1990\n", "13.1990", ["1990"]],
    "sex": ["x", "male\n", "female or male", "", "m".ljust(61), 1, True],
    "pregnancy": [
        *NO_PREGNANCY,
        *NO_WEEKS,
        *NO_MONTHS,
        *NO_DUE,
        *(
            "soon",
            "3",
            "10",
            "45 weeks",
            "27.6 weeks",
            "27+7",
            "11 months",
            "4th trimester",
            "no\n",
            "",
            True,
            27,
            [],
            {},
        ),
    ],
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


TEXTS = {
    "said_on": DAY_PATTERN,
    "age": AGE_PATTERN,
    "born": BORN_PATTERN,
    "sex": SEX_PATTERN,
    "pregnancy": PREGNANCY_PATTERN,
}
"""The keys whose values may be texts in the forms that people use."""

ODD = st.one_of(
    st.sampled_from([*" 0123456789+-.,:/TZzMmМмDdдWwнгГЁёеIi№\n\t\u00a0\u2028'"]), st.characters(codec="utf-8")
)


@st.composite
def nearly(draw: st.DrawFn, pattern: str) -> str:
    """Write a text in one of the forms, and put a character in, take one away or change one."""
    text = draw(fitting(pattern))
    place = draw(st.integers(0, len(text)))
    odd: str = draw(st.one_of(st.just(""), ODD))
    return f"{text[:place]}{odd}{text[place + draw(st.integers(0, 1)) :]}"


@pytest.mark.parametrize("key", TEXTS)
@given(st.data())
def test_a_text_in_a_form_that_people_use_is_accepted_by_both(key: str, data: st.DataObject) -> None:
    text = data.draw(fitting(TEXTS[key]))
    assert accepted({key: text})
    assert SCHEMA.is_valid({key: text})


@pytest.mark.parametrize("key", TEXTS)
@given(st.data())
def test_of_texts_that_nearly_have_a_form_both_accept_the_same(key: str, data: st.DataObject) -> None:
    text = data.draw(nearly(TEXTS[key]))
    event(f"{key} accepted: {accepted({key: text})}")
    assert SCHEMA.is_valid({key: text}) == accepted({key: text})


@pytest.mark.parametrize("key", ["due", "last_period"])
@given(st.data())
def test_of_a_pregnancy_known_by_a_date_both_accept_the_same(key: str, data: st.DataObject) -> None:
    patient = {"pregnancy": {key: data.draw(st.one_of(fitting(DAY_PATTERN), nearly(DAY_PATTERN)))}}
    assert SCHEMA.is_valid(patient) == accepted(patient)


@pytest.mark.parametrize(("key", "text"), [("age", "34"), ("born", "1990"), ("sex", "м"), ("pregnancy", "да")])
def test_a_text_of_sixty_characters_is_accepted_by_both_and_one_more_by_neither(key: str, text: str) -> None:
    for length, good in ((60, True), (61, False)):
        assert accepted({key: text.ljust(length)}) is good
        assert SCHEMA.is_valid({key: text.ljust(length)}) is good


@given(sex=fitting(SEX_PATTERN), pregnancy=PREGNANCIES, breastfeeding=st.sampled_from([True, False, None]))
def test_of_a_pregnant_or_breastfeeding_man_in_any_words_both_say_the_same(
    sex: str, pregnancy: object, *, breastfeeding: bool | None
) -> None:
    patient = {"sex": sex, "pregnancy": pregnancy, "breastfeeding": breastfeeding}
    event(f"accepted: {accepted(patient)}")
    assert SCHEMA.is_valid(patient) == accepted(patient)


@pytest.mark.parametrize(
    ("patient", "good"),
    [
        ({"sex": "мужчина", "pregnancy": "нет"}, True),
        ({"sex": "M", "pregnancy": "not pregnant"}, True),
        ({"sex": "м", "pregnancy": None, "breastfeeding": False}, True),
        ({"sex": "мужчина", "pregnancy": "да"}, False),
        ({"sex": "парень", "pregnancy": "не знаю"}, False),
        ({"sex": " M ", "pregnancy": "20 недель"}, False),
        ({"sex": "male", "pregnancy": {"due": "20.02.2027"}}, False),
        ({"sex": "дедушка", "breastfeeding": True}, False),
        ({"sex": "женщина", "pregnancy": "20 недель", "breastfeeding": True}, True),
        ({"sex": None, "pregnancy": "20 недель", "breastfeeding": True}, True),
    ],
)
def test_a_man_who_is_not_pregnant_is_accepted_by_both_and_a_pregnant_one_by_neither(
    patient: Json, *, good: bool
) -> None:
    assert accepted(patient) is good
    assert SCHEMA.is_valid(patient) is good


@given(fitting(SEX_PATTERN))
def test_the_words_for_a_man_are_those_that_are_read_as_male(text: str) -> None:
    assert (re.search(MALE_PATTERN, text) is not None) == (read_sex(text) == "male")


@given(st.one_of(fitting(NO_PREGNANCY_PATTERN), fitting(PREGNANCY_PATTERN)))
def test_the_words_for_no_pregnancy_are_those_that_are_read_as_no(text: str) -> None:
    assert (re.search(NO_PREGNANCY_PATTERN, text) is not None) == (read_pregnancy(text) == "no")
