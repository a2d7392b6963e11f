"""Patients: what is accepted, and the whole message where something is not."""

from typing import Any

import pytest

from remedies import InputError, Patient, PatientError, RemediesError
from remedies.checking.patient import Answers
from remedies.checking.person import Age, Gestation, Trimester

AGE = 'age: must be a whole number of years from 0 to 120, or {"years": 0, "months": 7}, not '
BORN = "born: must be a date that exists, as 1990, 1990-05 or 1990-05-17, not "
PREGNANCY = (
    'pregnancy: must be "no", "possible", "yes", {"trimester": 1 to 3} or {"weeks": 0 to 44, "days": 0 to 6}, not '
)
FOR_A_MAN = "was given for a man; leave it out, or correct sex"


def faults(document: object) -> str:
    """Return the message with which a patient is refused."""
    with pytest.raises(PatientError) as refused:
        Patient.model_validate(document)
    return str(refused.value)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (0, Age(years=0)),
        (34, Age(years=34)),
        (120, Age(years=120)),
        ({"years": 0, "months": 0}, Age(years=0, months=0)),
        ({"years": 1, "months": 11}, Age(years=1, months=11)),
        ({"years": 34}, Age(years=34)),
        (None, None),
    ],
)
def test_an_age_is_years_or_years_and_months(given: object, kept: Age | None) -> None:
    assert Patient.model_validate({"age": given}).age == kept


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (-1, "-1"),
        (121, "121"),
        ("34", "'34'"),
        (34.5, "34.5"),
        (34.0, "34.0"),
        (True, "true"),
        ([34], "[34]"),
        ({"years": 0, "months": 12}, "{'years': 0, 'months': 12}"),
        ({"years": -1}, "{'years': -1}"),
        ({"months": 7}, "{'months': 7}"),
        ({"years": 1, "weeks": 2}, "{'years': 1, 'weeks': 2}"),
        ({}, "{}"),
    ],
)
def test_an_age_that_makes_no_sense_is_refused(given: object, shown: str) -> None:
    assert faults({"age": given}) == AGE + shown


@pytest.mark.parametrize("given", ["1990", "1990-05", "1990-05-17", "2004-02-29", None])
def test_a_birth_date_may_be_a_year_a_month_or_a_day(given: str | None) -> None:
    assert Patient.model_validate({"born": given}).born == given


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("1990-02-30", "'1990-02-30'"),
        ("2005-02-29", "'2005-02-29'"),
        ("1990-13", "'1990-13'"),
        ("1990-00", "'1990-00'"),
        ("1990-05-00", "'1990-05-00'"),
        ("1990-00-05", "'1990-00-05'"),
        ("90", "'90'"),
        ("17.05.1990", "'17.05.1990'"),
        ("1990-5", "'1990-5'"),
        ("", "''"),
        (1990, "1990"),
        (["1990"], "['1990']"),
    ],
)
def test_a_birth_date_that_does_not_exist_is_refused(given: object, shown: str) -> None:
    assert faults({"born": given}) == BORN + shown


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("2999", "born: 2999 lies in the future"),
        ("2999-01-01", "born: 2999-01-01 lies in the future"),
        ("1850", "born: 1850 is more than 120 years ago"),
        ("1850-06-01", "born: 1850-06-01 is more than 120 years ago"),
    ],
)
def test_a_birth_date_outside_a_human_life_is_refused(given: str, message: str) -> None:
    assert faults({"born": given}) == message


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("no", "no"),
        ("possible", "possible"),
        ("yes", "yes"),
        ({"trimester": 3}, Trimester(trimester=3)),
        ({"weeks": 0}, Gestation(weeks=0)),
        ({"weeks": 44, "days": 6}, Gestation(weeks=44, days=6)),
        (None, None),
    ],
)
def test_pregnancy_is_a_word_a_trimester_or_weeks(given: object, kept: object) -> None:
    assert Patient.model_validate({"pregnancy": given}).pregnancy == kept


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("maybe", "'maybe'"),
        (True, "true"),
        (27, "27"),
        ([], "[]"),
        ({}, "{}"),
        ({"trimester": 4}, "{'trimester': 4}"),
        ({"trimester": 0}, "{'trimester': 0}"),
        ({"days": 3}, "{'days': 3}"),
    ],
)
def test_a_pregnancy_that_makes_no_sense_is_refused(given: object, shown: str) -> None:
    assert faults({"pregnancy": given}) == PREGNANCY + shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"weeks": 45}, "{'weeks': 45}"),
        ({"weeks": -1}, "{'weeks': -1}"),
        ({"weeks": "27"}, "{'weeks': '27'}"),
        ({"weeks": 27, "days": 7}, "{'weeks': 27, 'days': 7}"),
        ({"weeks": 20, "trimester": 2}, "{'weeks': 20, 'trimester': 2}"),
    ],
)
def test_weeks_of_pregnancy_that_make_no_sense_are_refused(given: object, shown: str) -> None:
    message = f"pregnancy: must be 0 to 44 completed weeks and 0 to 6 days, not {shown}"
    assert faults({"pregnancy": given}) == message


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"sex": "f"}, "sex: must be one of 'female' or 'male', not 'f'"),
        ({"sex": "Male"}, "sex: must be one of 'female' or 'male', not 'Male'"),
        ({"breastfeeding": "yes"}, "breastfeeding: must be true or false, not 'yes'"),
        ({"breastfeeding": 1}, "breastfeeding: must be true or false, not 1"),
        ({"nothing_else": "yes"}, "nothing_else: must be true or false, not 'yes'"),
        ({"id": 5}, "id: must be a text, not 5"),
        ({"conditions": "asthma"}, "conditions: must be an object, not 'asthma'"),
        ({"conditions": {"yes": "asthma"}}, "conditions.yes: must be a list, not 'asthma'"),
        ({"conditions": [3]}, "conditions.yes[0]: must be a text, not 3"),
        ({"conditions": [""]}, "conditions.yes[0]: must not be empty"),
        ({"skin": {"rest": "maybe"}}, "skin.rest: must be one of 'unknown' or 'no', not 'maybe'"),
        ({"conditon": []}, "conditon: is not a key that belongs here. Did you mean conditions?"),
        ({"zzz": []}, "zzz: is not a key that belongs here"),
        ({"conditions": {"rests": "no"}}, "conditions.rests: is not a key that belongs here. Did you mean rest?"),
        ({"age": 3, "born": "2020"}, "born: give either age or born, not both"),
        ({"sex": "male", "pregnancy": "yes"}, f"pregnancy: {FOR_A_MAN}"),
        ({"sex": "male", "pregnancy": "possible"}, f"pregnancy: {FOR_A_MAN}"),
        ({"sex": "male", "pregnancy": {"weeks": 3}}, f"pregnancy: {FOR_A_MAN}"),
        ({"sex": "male", "breastfeeding": True}, f"breastfeeding: {FOR_A_MAN}"),
    ],
)
def test_every_other_field_says_what_it_must_be(document: dict[str, Any], message: str) -> None:
    assert faults(document) == message


@pytest.mark.parametrize("key", ["id", "conditions"])
def test_a_text_that_is_too_long_is_cut_in_the_message(key: str) -> None:
    path = "id" if key == "id" else "conditions.yes[0]"
    value = "x" * 201
    message = f"{path}: must have at most 200 characters, not '{'x' * 58}…"
    assert faults({key: value if key == "id" else [value]}) == message


def test_a_man_may_be_said_not_to_be_pregnant() -> None:
    assert Patient(sex="male", pregnancy="no", breastfeeding=False).pregnancy == "no"


@pytest.mark.parametrize(
    ("conditions", "messages"),
    [
        ({"yes": ["asthma"], "no": ["asthma"]}, ["conditions: asthma (asthma) is given both as yes and as no"]),
        ({"yes": ["астма"], "no": ["asthma"]}, ["conditions: asthma (asthma) is given both as yes and as no"]),
        ({"yes": ["J45.0"], "no": ["asthma"]}, ["conditions: asthma (asthma) is given both as yes and as no"]),
        (
            {"yes": ["heart-failure"], "no": ["heart-disease"]},
            [
                "conditions: heart-disease (heart disease) is given both as yes and as no",
                "conditions: heart-failure (heart failure) is given both as yes and as no",
            ],
        ),
    ],
)
def test_a_fact_cannot_be_both_yes_and_no(conditions: dict[str, list[str]], messages: list[str]) -> None:
    """Neither directly nor through the hierarchy: having heart failure is having heart disease."""
    assert faults({"conditions": conditions}) == "\n".join(messages)


def test_having_the_wider_fact_without_the_finer_one_is_no_contradiction() -> None:
    patient = Patient.model_validate({"conditions": {"yes": ["heart-disease"], "no": ["heart-failure"]}})
    assert patient.conditions == Answers(yes=("heart-disease",), no=("heart-failure",))


def test_denying_a_kind_of_a_fact_does_not_contradict_it() -> None:
    patient = Patient.model_validate({"conditions": {"yes": ["asthma"], "no": ["J45.0"]}})
    assert patient.conditions.no == ("J45.0",)


def test_all_faults_are_reported_at_once_each_with_its_path() -> None:
    document = {"age": -1, "sex": "x", "skin": {"rest": "x"}}
    assert faults(document).splitlines() == [
        f"{AGE}-1",
        "sex: must be one of 'female' or 'male', not 'x'",
        "skin.rest: must be one of 'unknown' or 'no', not 'x'",
    ]
    words = {"sex": "male", "pregnancy": "yes", "conditions": ["asthna"], "allergies": {"no": ["qqqqqq"]}}
    assert faults(words).splitlines() == [
        f"pregnancy: {FOR_A_MAN}",
        "conditions.yes[0]: 'asthna' is not known as an illness. Did you mean asthma or asthmatic or wasting?",
        "allergies.no[0]: 'qqqqqq' is not known as an allergy. Try another word; “remedies terms WORD” looks one up.",
    ]


@pytest.mark.parametrize("word", ["x\x1b[31mx", "x\x07x", "x\u202ex", "x\x9bx", "x\rx"])
def test_control_characters_in_a_value_are_escaped(word: str) -> None:
    message = faults({"conditions": [word]})
    assert all(char.isprintable() for char in message)
    assert message.startswith(f"conditions.yes[0]: {word!r} is not known as an illness")


def test_control_characters_in_a_key_are_escaped() -> None:
    assert faults({"\x1b[2Jage": 3}) == "\\x1b[2Jage: is not a key that belongs here. Did you mean age?"


def test_an_error_of_a_patient_is_an_error_of_the_library_and_lists_its_faults() -> None:
    with pytest.raises(RemediesError) as refused:
        Patient.model_validate({"age": -1})
    assert [(fault.path, fault.message) for fault in refused.value.faults] == [
        ("age", f"{AGE}-1".removeprefix("age: "))
    ]


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"id": "x", "age": 34, "sex": "female", "pregnancy": {"weeks": 27, "days": 6}, "breastfeeding": False},
        {"born": "1990-05", "pregnancy": {"trimester": 2}},
        {"age": {"years": 0, "months": 7}, "nothing_else": True},
        {"conditions": ["астма", "J45.0"], "skin": {"rest": "no"}, "allergies": {"yes": ["aspirin"], "no": ["dmso"]}},
    ],
)
def test_a_patient_comes_back_from_json_unchanged(document: dict[str, Any]) -> None:
    patient = Patient.model_validate(document)
    assert Patient.read(patient.model_dump_json()) == patient
    assert Patient.model_validate_json(patient.model_dump_json()) == patient
    assert Patient.model_validate(patient.model_dump(exclude_none=True)) == patient


def test_a_plain_list_is_short_for_what_is_so() -> None:
    assert Patient.model_validate({"skin": ["acne"]}).skin == Answers(yes=("acne",), no=(), rest="unknown")


def test_a_patient_cannot_be_changed() -> None:
    patient = Patient(sex="female")
    with pytest.raises(ValueError, match="frozen"):
        patient.sex = "male"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "patient: is empty; JSON was expected"),
        (" \n", "patient: is empty; JSON was expected"),
        ('{"age": 1, "age": 2}', "age: stands more than once in the same object"),
        ('{"skin": {"yes": [], "yes": []}}', "skin.yes: stands more than once in the same object"),
        ('{"age": NaN}', "patient: holds NaN, which is not a JSON number"),
        ('{"age": -Infinity}', "patient: holds -Infinity, which is not a JSON number"),
        (
            '{"age":\n 1,}',
            "patient, line 2, column 4: is not JSON: expecting property name enclosed in double quotes",
        ),
        ("{'age': 1}", "patient, line 1, column 2: is not JSON: expecting property name enclosed in double quotes"),
        ("[" * 61 + "]" * 61, "patient: is nested more than 60 levels deep"),
        ("[" * 100_000, "patient: is nested more than 60 levels deep"),
        ('{"age": ' + "9" * 5000 + "}", "patient: holds a number with too many digits"),
        (b"\xff\xfe", "patient: is not text in UTF-8"),
        ("\0", "patient: is a binary file; JSON was expected"),
    ],
)
def test_what_is_no_json_is_refused_with_the_place(content: bytes | str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        Patient.read(content)
    assert str(refused.value) == message


@pytest.mark.parametrize("content", ["[]", "null", '"x"', "3", '[{"age": 34}]'])
def test_json_that_is_no_object_is_no_patient(content: str) -> None:
    with pytest.raises(PatientError) as refused:
        Patient.read(content, "my.json")
    assert str(refused.value) == "my.json: must be a JSON object that describes one patient"


def test_a_byte_order_mark_is_no_fault() -> None:
    assert Patient.read(b'\xef\xbb\xbf{"age": 34}') == Patient.model_validate({"age": 34})
