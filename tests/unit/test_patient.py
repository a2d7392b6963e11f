"""The shape of a patient: what is accepted, the whole message where something is not, and life among other models."""

import copy
import pickle
import sys
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from support import TODAY

from remedies import FrozenError, InputError, Patient, PatientError, RemediesError, check
from remedies.checking.patient import Answers
from remedies.checking.person import Age, Due, Gestation, LastPeriod, Months, Trimester
from remedies.core.errors import quoted

AGE = 'age: must be a whole number of years from 0 to 120, or {"years": 0, "months": 7}, not '
BORN = "born: must be a date that exists, as 1990, 1990-05, 1990-05-17 or 17.05.1990, not "
PREGNANCY = (
    'pregnancy: must be "no", "possible", "yes", a time such as "27 weeks 3 days", "6 months" or "2nd trimester", '
    '{"trimester": 1 to 3}, {"weeks": 0 to 44, "days": 0 to 6}, {"months": 1 to 10}, {"due": a date} '
    'or {"last_period": a date}'
)
SEX = 'sex: must be "female" or "male", not '
ANSWERS = 'must be a list of words, such as ["asthma"], or {"yes": […], "no": […], "rest": "no"}'
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
        (34.0, Age(years=34)),
        ({"years": 1.0, "months": 6.0}, Age(years=1, months=6)),
        (None, None),
    ],
)
def test_an_age_is_years_or_years_and_months(given: object, kept: Age | None) -> None:
    assert Patient.model_validate({"age": given}).age == kept


@pytest.mark.parametrize(
    ("text", "years", "months"),
    [
        *(("34", 34, None), ("0", 0, None), ("120", 120, None), ("099", 99, None), (" 34 ", 34, None)),
        *(("34 years", 34, None), ("34 years old", 34, None), ("34y", 34, None), ("34 yrs", 34, None)),
        *(("1 year", 1, None), ("34 Y/O", 34, None), ("34 y.o.", 34, None), ("34yo", 34, None)),
        *(("34 года", 34, None), ("35 лет", 35, None), ("1 год", 1, None), ("34 г.", 34, None), ("34 г", 34, None)),
        *(("35 Л.", 35, None), ("35 полных лет", 35, None), ("35 л", 35, None), ("120 ЛЕТ", 120, None)),
        *(("7m", 0, 7), ("7 mo", 0, 7), ("7 Mo", 0, 7), ("0 months", 0, 0), ("11 months old", 0, 11)),
        *(("12 months", 1, 0), ("18 mths", 1, 6), ("39 m", 3, 3)),
        *(("7 м", 0, 7), ("7 мес", 0, 7), ("7 мес.", 0, 7), ("1 месяц", 0, 1), ("2 месяца", 0, 2)),
        *(("18 месяцев", 1, 6), ("39 МЕСЯЦЕВ", 3, 3)),
        *(("1y6m", 1, 6), ("1Y6M", 1, 6), ("2 years 7 months", 2, 7), ("2 years and 7 months", 2, 7)),
        *(("2 years, 7 months", 2, 7), ("1 year 0 months", 1, 0), ("1 year 11 months", 1, 11)),
        *(("2 года 7 месяцев", 2, 7), ("2 г. 7 мес.", 2, 7), ("2 года и 7 мес", 2, 7), ("1 год 11 месяцев", 1, 11)),
    ],
)
def test_an_age_is_read_as_people_write_it_in_both_languages(text: str, years: int, months: int | None) -> None:
    assert Patient.model_validate({"age": text}).age == Age(years=years, months=months)


@pytest.mark.parametrize(
    "text",
    [
        *("121", "121 years", "121 лет", "999", "0121", "-1", "34.5", "34,5", "", " ", "thirty", "тридцать", "34 34"),
        *("40 months", "40 мес", "1 year 12 months", "1 год 12 месяцев", "6 months 1 year", "34\n", "\t34", "34 days"),
        *("34M", "34 М", "34F", "1 year 6", " " * 60 + "3"),
    ],
)
def test_an_age_that_nobody_has_or_that_may_mean_two_things_is_refused_as_a_text(text: str) -> None:
    """34M is a man of 34 to some and an infant of 34 months to others."""
    assert faults({"age": text}) == AGE + quoted(text)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (-1, "-1"),
        (121, "121"),
        ("old", "'old'"),
        (34.5, "34.5"),
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


DAYS = [
    *((" 2026-11-25 ", "2026-11-25"), ("2026-11-25T00:00:00.000Z", "2026-11-25"), ("2026-11-25 23:59", "2026-11-25")),
    *(("2026-11-25T10:00:00+03:00", "2026-11-25"), ("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31")),
    *(("25.11.2026", "2026-11-25"), ("5.1.2026", "2026-01-05"), ("05.01.2026 г.", "2026-01-05")),
    *(("25 November 2026", "2026-11-25"), ("25th nov 2026", "2026-11-25"), ("November 25, 2026", "2026-11-25")),
    *(("Sept. 1st 2026", "2026-09-01"), ("2nd may 2026", "2026-05-02"), ("March 3rd, 2026", "2026-03-03")),
    *(("25 ноября 2026", "2026-11-25"), ("25 ноября 2026 г.", "2026-11-25"), ("1 мая 2026 года", "2026-05-01")),
    *(("5 Марта 2026", "2026-03-05"), ("7 авг 2026", "2026-08-07"), ("31 янв. 2026", "2026-01-31")),
    *(("29.02.2024", "2024-02-29"), ("29 февраля 2000", "2000-02-29"), ("Feb 29, 2024", "2024-02-29")),
    *(("28.02.2026", "2026-02-28"), ("30.04.2026", "2026-04-30"), ("31 December 2026", "2026-12-31")),
    *(("30 июня 2026", "2026-06-30"), ("31 июля 2026", "2026-07-31"), ("30 сентября 2026", "2026-09-30")),
]
"""Days as they are written, each with the same day in the one form in which it is kept."""

NO_DAYS = [
    *("29.02.2026", "29 февраля 1900", "February 29 2026", "2026-02-29", "30.02.2024", "30 февраля 2024"),
    *("31.04.2026", "31 апреля 2026", "June 31, 2026", "2026-11-31", "31 сент 2026", "32.01.2026", "0.01.2026"),
    *("01.13.2026", "00.00.2026", "2026-13-01", "0000-01-01", "01.01.0000", "25/11/2026", "11/25/2026", "25-11-2026"),
    *("25.11.26", "25 brumaire 2026", "25 ноября", "yesterday", "2026-11-25T", "2026-11-25\n", "20261125", ""),
]
"""Texts that are no day: days that do not exist, and forms that may mean two things."""


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_is_read_as_people_and_records_write_it_and_kept_in_one_form(text: str, day: str) -> None:
    assert Patient.model_validate({"born": text}).born == day
    assert Patient.model_validate({"said_on": text}).said_on == day
    assert Patient.model_validate({"pregnancy": {"due": text}}).pregnancy == Due(due=day)
    assert Patient.model_validate({"pregnancy": {"last_period": text}}).pregnancy == LastPeriod(last_period=day)


@pytest.mark.parametrize("text", NO_DAYS)
def test_a_day_that_does_not_exist_or_may_be_two_is_refused(text: str) -> None:
    assert faults({"born": text}) == BORN + quoted(text)
    assert faults({"said_on": text}) == (f"said_on: must be a date that exists, such as 2026-11-22, not {quoted(text)}")
    for key, help_ in (
        ("due", "must be a due date, such as 2027-02-20"),
        ("last_period", "must be the first day of the last period, such as 2026-05-16"),
    ):
        assert faults({"pregnancy": {key: text}}) == f"pregnancy: {help_}, not {quoted({key: text})}"


@pytest.mark.parametrize(
    ("text", "born"),
    [
        *(("1990 г.", "1990"), ("1990 год", "1990"), (" 1990 ", "1990"), ("05.1990", "1990-05"), ("5.1990", "1990-05")),
        *(("May 1990", "1990-05"), ("december, 1990", "1990-12"), ("Jan. 1990", "1990-01")),
        *(("май 1990", "1990-05"), ("Мая 1990 г.", "1990-05"), ("12.1990", "1990-12"), ("сентябрь 1990", "1990-09")),
    ],
)
def test_a_birth_date_may_be_said_less_exactly_in_words(text: str, born: str) -> None:
    assert Patient.model_validate({"born": text}).born == born


@pytest.mark.parametrize(
    ("sex", "texts"),
    [
        ("female", ("female", "Female", "F", "f", "woman", "girl", "lady", "ж", "Ж", "жен", "жен.", " женский ")),
        ("female", ("женщина", "ЖЕНЩИНА", "девушка", "девочка", "бабушка")),
        ("male", ("male", "Male", "M", "m", "man", "boy", "м", "М", "муж", "муж.", "мужской", "мужчина")),
        ("male", ("МУЖЧИНА", "мальчик", "парень", "юноша", "дедушка")),
    ],
)
def test_a_sex_is_read_as_people_write_it_in_both_languages(sex: str, texts: tuple[str, ...]) -> None:
    assert [Patient.model_validate({"sex": text}).sex for text in texts] == [sex] * len(texts)


@pytest.mark.parametrize("given", ["", "x", "other", "fm", "жена", "муж и жена", "male\n", 1, True, ["male"], "m" * 61])
def test_a_sex_that_is_neither_is_refused(given: object) -> None:
    assert faults({"sex": given}) == SEX + quoted(given)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("1990-13", "'1990-13'"),
        ("13.1990", "'13.1990'"),
        ("0000", "'0000'"),
        ("1990-00", "'1990-00'"),
        ("1990-05-00", "'1990-05-00'"),
        ("1990-00-05", "'1990-00-05'"),
        ("90", "'90'"),
        ("1990-5", "'1990-5'"),
        ("", "''"),
        (1990, "1990"),
        (["1990"], "['1990']"),
    ],
)
def test_a_birth_date_that_does_not_exist_is_refused(given: object, shown: str) -> None:
    assert faults({"born": given}) == BORN + shown


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("no", "no"),
        ("possible", "possible"),
        ("yes", "yes"),
        ({"trimester": 3}, Trimester(trimester=3)),
        ({"weeks": 0}, Gestation(weeks=0)),
        ({"weeks": 44, "days": 6}, Gestation(weeks=44, days=6)),
        ({"months": 1}, Months(months=1)),
        ({"months": 10.0}, Months(months=10)),
        ({"due": "2027-02-20"}, Due(due="2027-02-20")),
        ({"last_period": "16.05.2026"}, LastPeriod(last_period="2026-05-16")),
        (None, None),
    ],
)
def test_pregnancy_is_a_word_a_trimester_weeks_months_or_a_date(given: object, kept: object) -> None:
    assert Patient.model_validate({"pregnancy": given}).pregnancy == kept


@pytest.mark.parametrize(
    ("kept", "texts"),
    [
        ("no", ("No", "n", "not pregnant", "нет", "Н", "не беременна", "  НЕ  беременна ")),
        ("possible", ("possibly", "maybe", "perhaps", "not sure", "unsure", "don't know", "unknown")),
        ("possible", ("возможно", "может быть", "не знаю", "не уверена")),
        ("yes", ("Yes", "y", "pregnant", "expecting", "да", "Д", "беременна", "жду ребёнка", "жду ребенка")),
        (Trimester(trimester=1), ("1st trimester", "first trimester", "trimester 1", "I trimester", "1 триместр")),
        (Trimester(trimester=1), ("первый триместр", "в первом триместре", "in the first trimester", "1-й триместр")),
        (Trimester(trimester=2), ("2nd trimester", "in the second trimester", "второй триместр", "2 трим.", "II трим")),
        (Trimester(trimester=3), ("Third trimester", "trimester III", "триместр 3", "в третьём триместре", "3й трим.")),
        (Trimester(trimester=2), ("pregnant, 2nd trimester", "2 триместр беременности")),
        (Gestation(weeks=0), ("0 weeks", "0 недель")),
        (Gestation(weeks=11), ("11", "беременность 11")),
        (Gestation(weeks=44), ("44", "44 weeks", "44 нед.")),
        (Gestation(weeks=1), ("1 week", "1 неделя", "1w", "1 wk")),
        (Gestation(weeks=20), ("20 недель", "20 недель беременности", "20 weeks pregnant", "срок: 20 недель")),
        (Gestation(weeks=20), ("беременность 20 недель", "pregnancy, 20 wks", "20 WEEKS of pregnancy")),
        (Gestation(weeks=22), ("22 недели", "22 нед")),
        (Gestation(weeks=27, days=0), ("27+0", "27w0d", "27 weeks 0 days")),
        (Gestation(weeks=27, days=3), ("27+3", "27 + 3", "27w3", "27W3D", "27 weeks 3 days", "27 weeks and 3 days")),
        (Gestation(weeks=27, days=3), ("27 недель 3 дня", "27 недель и 3 дня", "27 нед. 3 дн.", "27 нед + 3 дня")),
        (Gestation(weeks=27, days=3), ("27+3 недели", "27+3 weeks", "27+3 d")),
        (Gestation(weeks=44, days=6), ("44+6", "44 недели 6 дней")),
        (Months(months=1), ("1 month", "1 месяц")),
        (Months(months=6), ("6 months", "6 mo", "6 мес", "6 мес.", "6 месяцев", "6 months pregnant")),
        (Months(months=10), ("10 months", "10 месяцев беременности")),
    ],
)
def test_a_pregnancy_is_read_as_people_write_it_in_both_languages(kept: object, texts: tuple[str, ...]) -> None:
    assert [Patient.model_validate({"pregnancy": text}).pregnancy for text in texts] == [kept] * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        *("45", "45 weeks", "45 недель", "27+7", "27w7d", "27 weeks 7 days", "27 недель 7 дней", "999"),
        *("0 months", "11 months", "11 месяцев", "0 trimester", "4th trimester", "4 триместр", "fourth trimester"),
        *("27.7 weeks", "27.50", "22.11.2026", "127.3", "1.2.3"),
        *("", " ", "soon", "скоро", "27+", "+3", "-3 weeks", "27 - 3", "20 weeks\n", "week 20", "20" + " " * 59),
    ],
)
def test_a_pregnancy_that_does_not_exist_is_refused_as_a_text(text: str) -> None:
    assert faults({"pregnancy": text}) == f"{PREGNANCY}, not {quoted(text)}"


@pytest.mark.parametrize("text", ["0", "1", "2", "3", "4", "9", "10", "беременность 8", "pregnant 3"])
def test_a_small_number_that_may_be_weeks_months_or_a_trimester_is_refused(text: str) -> None:
    assert faults({"pregnancy": text}) == f"{PREGNANCY}, not {quoted(text)}"


@pytest.mark.parametrize(
    ("text", "weeks", "days"),
    [("27.6 weeks", "27", "6"), ("27,3 недели", "27", "3"), ("9.5", "9", "5")],
)
def test_weeks_with_a_decimal_are_refused_with_a_question_back(text: str, weeks: str, days: str) -> None:
    written = text.partition(" ")[0]
    assert faults({"pregnancy": text}) == (
        f"{PREGNANCY}; {written} may be {weeks} weeks and {days} days ({weeks}+{days}) or a fraction of a week"
    )


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("baby", "'baby'"),
        (True, "true"),
        (27, "27"),
        ([], "[]"),
        ({}, "{}"),
        ({"trimester": 4}, "{'trimester': 4}"),
        ({"trimester": 0}, "{'trimester': 0}"),
        ({"days": 3}, "{'days': 3}"),
        ({"weeks": 20, "trimester": 2}, "{'weeks': 20, 'trimester': 2}"),
    ],
)
def test_a_pregnancy_that_makes_no_sense_is_refused(given: object, shown: str) -> None:
    assert faults({"pregnancy": given}) == f"{PREGNANCY}, not {shown}"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"weeks": 45}, "{'weeks': 45}"),
        ({"weeks": -1}, "{'weeks': -1}"),
        ({"weeks": "27"}, "{'weeks': '27'}"),
        ({"weeks": 27, "days": 7}, "{'weeks': 27, 'days': 7}"),
        ({"weeks": 20, "months": 5}, "{'weeks': 20, 'months': 5}"),
    ],
)
def test_weeks_of_pregnancy_that_make_no_sense_are_refused(given: object, shown: str) -> None:
    message = f"pregnancy: must be 0 to 44 completed weeks and 0 to 6 days, not {shown}"
    assert faults({"pregnancy": given}) == message


@pytest.mark.parametrize("months", [0, 11, "6", 1.5, None])
def test_months_of_pregnancy_that_make_no_sense_are_refused(months: object) -> None:
    message = f"pregnancy: must be 1 to 10 months, not {quoted({'months': months})}"
    assert faults({"pregnancy": {"months": months}}) == message


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"breastfeeding": "yes"}, "breastfeeding: must be true or false, not 'yes'"),
        ({"breastfeeding": 1}, "breastfeeding: must be true or false, not 1"),
        ({"nothing_else": "yes"}, "nothing_else: must be true or false, not 'yes'"),
        ({"id": 5}, "id: must be a text, not 5"),
        ({"conditions": "asthma"}, f"conditions: {ANSWERS}, not a text"),
        ({"conditions": 3}, f"conditions: {ANSWERS}, not a whole number"),
        ({"conditions": None}, f"conditions: {ANSWERS}, not nothing (None)"),
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
        ({"sex": "мужчина", "pregnancy": "20 недель"}, f"pregnancy: {FOR_A_MAN}"),
        ({"sex": "M", "pregnancy": "не знаю"}, f"pregnancy: {FOR_A_MAN}"),
        ({"sex": "м", "pregnancy": {"due": "2027-02-20"}}, f"pregnancy: {FOR_A_MAN}"),
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
    assert Patient.model_validate({"sex": "мужчина", "pregnancy": "нет"}) == Patient(sex="male", pregnancy="no")


def test_all_faults_are_reported_at_once_each_with_its_path() -> None:
    document = {"age": -1, "sex": "x", "skin": {"rest": "x"}}
    assert faults(document).splitlines() == [
        f"{AGE}-1",
        f"{SEX}'x'",
        "skin.rest: must be one of 'unknown' or 'no', not 'x'",
    ]
    contradictions = {"age": 3, "born": "2020", "sex": "male", "pregnancy": "yes", "breastfeeding": True}
    assert faults(contradictions).splitlines() == [
        "born: give either age or born, not both",
        f"pregnancy: {FOR_A_MAN}",
        f"breastfeeding: {FOR_A_MAN}",
    ]


@pytest.mark.parametrize("key", ["born", "said_on", "age", "sex", "pregnancy"])
def test_a_text_of_a_single_value_has_at_most_60_characters(key: str) -> None:
    text = {"born": "1990-05-17", "said_on": "2026-11-22", "age": "34", "sex": "ж", "pregnancy": "да"}[key]
    assert getattr(Patient.model_validate({key: text.ljust(60)}), key) is not None
    assert faults({key: text.ljust(61)})


def test_words_are_only_words_until_a_check_asks_what_they_mean() -> None:
    assert Patient(conditions=["qqqqqq"]).conditions.yes == ("qqqqqq",)


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
        {"age": "34 года", "sex": "женщина", "pregnancy": "6 месяцев", "said_on": "22.11.2026"},
        {"born": "май 1990", "pregnancy": {"due": "20.02.2027"}},
        {"pregnancy": {"last_period": "16 мая 2026"}, "skin": {"other": ["xyzzy"]}},
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
            "patient, line 2, column 4: is not JSON: a comma too many before “}”",
        ),
        ("{'age': 1}", "patient, line 1, column 2: is not JSON: texts stand in double quotes, not in single ones"),
        ('{"age": 1', "patient, line 1, column 10: is not JSON: ends too early"),
        ('{"age" 1}', "patient, line 1, column 8: is not JSON: cannot be read from '1}' on"),
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


FULL: dict[str, Any] = {
    "id": "p-1",
    "said_on": "2026-11-20",
    "age": {"years": 1, "months": 6},
    "sex": "female",
    "pregnancy": {"weeks": 27, "days": 3},
    "breastfeeding": False,
    "conditions": {"yes": ["asthma", "J45.0"], "no": ["diabetes"], "rest": "no"},
    "skin": ["acne"],
    "nothing_else": True,
}


@pytest.mark.parametrize("said", [{}, FULL, {"born": "1990-05", "pregnancy": {"trimester": 2}}])
def test_a_copy_a_deep_copy_and_what_was_pickled_equal_the_patient(said: dict[str, Any]) -> None:
    patient = Patient.model_validate(said)
    twins = [copy.copy(patient), copy.deepcopy(patient), patient.model_copy(), patient.model_copy(deep=True)]
    twins += [pickle.loads(pickle.dumps(patient, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]  # noqa: S301 - our own bytes
    for twin in twins:
        assert twin == patient
        assert hash(twin) == hash(patient)
        assert twin.model_dump_json() == patient.model_dump_json()
    assert Patient(id="another") != patient


def test_an_empty_patient_is_small_to_send() -> None:
    assert all(len(pickle.dumps(Patient(), protocol)) < 4096 for protocol in range(pickle.HIGHEST_PROTOCOL + 1))


def test_a_copy_with_other_words_is_judged_by_those_also_after_a_check() -> None:
    free = Patient(age=34, sex="male", nothing_else=True)
    assert check(free, as_of=TODAY)["dolobene"].verdict == "allowed"
    ill = free.model_copy(update={"conditions": ["asthma"]})
    assert ill.conditions == Answers(yes=("asthma",))
    assert check(ill, as_of=TODAY)["dolobene"].verdict == "excluded"
    assert check(free, as_of=TODAY)["dolobene"].verdict == "allowed"


@pytest.mark.parametrize(
    ("update", "message"),
    [
        ({"age": -5}, f"{AGE}-5"),
        ({"agee": 5}, "agee: is not a key that belongs here. Did you mean age?"),
        ({"born": "1990"}, "born: give either age or born, not both"),
        ({"conditions": "asthma"}, f"conditions: {ANSWERS}, not a text"),
        ({"pregnancy": "yes", "skin": {"rest": "x"}}, "skin.rest: must be one of 'unknown' or 'no', not 'x'"),
        ({"pregnancy": "yes"}, f"pregnancy: {FOR_A_MAN}"),
    ],
)
def test_a_copy_with_nonsense_is_refused(update: dict[str, Any], message: str) -> None:
    with pytest.raises(PatientError) as refused:
        Patient(age=34, sex="male").model_copy(update=update)
    assert str(refused.value) == message


class Visit(BaseModel):
    """A record of somebody else's program."""

    room: int
    patient: Patient
    family: list[Patient] = []


Attempt = Callable[[], object]
Entries = list[tuple[tuple[int | str, ...], str]]

NESTED = [
    ({"age": -1}, [(("age",), f"Value error, {AGE.removeprefix('age: ')}-1")]),
    ({"nope": 1}, [(("nope",), "Extra inputs are not permitted")]),
    ({"skin": "acne"}, [(("skin",), f"Value error, {ANSWERS}, not a text")]),
    ({"skin": [3]}, [(("skin", "yes", 0), "Input should be a valid string")]),
    ({"sex": "male", "pregnancy": "yes"}, [(("pregnancy",), FOR_A_MAN)]),
    (
        {"age": 3, "born": "2020", "sex": "male", "breastfeeding": True},
        [(("born",), "give either age or born, not both"), (("breastfeeding",), FOR_A_MAN)],
    ),
]


def entries(error: ValidationError) -> Entries:
    """List the places and messages of a pydantic error."""
    return [(entry["loc"], entry["msg"]) for entry in error.errors()]


@pytest.mark.parametrize(("said", "found"), NESTED)
def test_within_another_model_faults_keep_their_places_beside_those_of_the_model(
    said: dict[str, Any], found: Entries
) -> None:
    with pytest.raises(ValidationError) as refused:
        Visit.model_validate({"room": "x", "patient": said, "family": [{}, said]})
    inner = [(("patient", *where), message) for where, message in found]
    family = [(("family", 1, *where), message) for where, message in found]
    room = "Input should be a valid integer, unable to parse string as an integer"
    assert entries(refused.value) == [(("room",), room), *inner, *family]


@pytest.mark.parametrize(("said", "found"), NESTED)
def test_in_a_list_and_as_the_body_of_a_request_faults_keep_their_places(said: dict[str, Any], found: Entries) -> None:
    """A web framework validates bodies with a type adapter, from objects and from JSON."""
    many, body = TypeAdapter(list[Patient]), TypeAdapter(Patient)
    text = TypeAdapter(dict[str, Any]).dump_json(said)
    lists: list[Attempt] = [
        lambda: many.validate_python([{}, said]),
        lambda: many.validate_json(b"[{}, " + text + b"]"),
    ]
    for attempt in lists:
        with pytest.raises(ValidationError) as refused:
            attempt()
        assert entries(refused.value) == [((1, *where), message) for where, message in found]
    bodies: list[Attempt] = [lambda: body.validate_python(said), lambda: body.validate_json(text)]
    for attempt in bodies:
        with pytest.raises(ValidationError) as refused:
            attempt()
        assert entries(refused.value) == found


def test_a_good_patient_passes_through_other_models_unchanged() -> None:
    patient = Patient.model_validate(FULL)
    visit = Visit(room=1, patient=patient, family=[patient])
    assert visit.patient == patient
    assert Visit.model_validate_json(visit.model_dump_json()) == visit
    assert TypeAdapter(list[Patient]).validate_python([FULL]) == [patient]
    assert TypeAdapter(Patient).validate_json(patient.model_dump_json()) == patient


@pytest.mark.parametrize("name", ["sex", "nope", "conditions"])
def test_a_patient_cannot_be_changed(name: str) -> None:
    patient = Patient(sex="female")
    message = f"{name}: a Patient never changes; model_copy(update={{…}}) makes a changed copy"
    changes: list[Attempt] = [lambda: setattr(patient, name, "male"), lambda: delattr(patient, name)]
    for change in changes:
        with pytest.raises(FrozenError) as refused:
            change()
        assert str(refused.value) == message
        assert isinstance(refused.value, AttributeError)
    assert patient == Patient(sex="female")


def deep(levels: int, key: str | None = None) -> object:
    """Nest a list, or an object of one key, in itself."""
    nested: object = 34
    for _ in range(levels):
        nested = [nested] if key is None else {key: nested}
    return nested


def test_an_age_that_is_nested_a_hundred_thousand_times_is_refused_in_one_line() -> None:
    levels = 100 * sys.getrecursionlimit()
    assert faults({"age": deep(levels)}) == f"{AGE}a list that is too long to show"
    assert faults({"age": deep(levels, "years")}) == f"{AGE}a dict that is too long to show"


@pytest.mark.parametrize("side", ["yes", "no", "other"])
def test_a_list_has_at_most_200_words(side: str) -> None:
    assert len(getattr(Patient.model_validate({"skin": {side: ["x"] * 200}}).skin, side)) == 200
    assert faults({"skin": {side: ["x"] * 201}}) == f"skin.{side}: must have at most 200 entries"
    assert faults({"skin": {side: ["x"] * 300}}) == f"skin.{side}: must have at most 200 entries"


def test_an_object_has_at_most_64_keys() -> None:
    many = {f"k{number}": 1 for number in range(70)}
    assert faults(many) == "has 70 keys; at most 64 are read"
    assert faults({"skin": many}) == "skin: has 70 keys; at most 64 are read"
    few = dict(list(many.items())[:64])
    with pytest.raises(PatientError) as refused:
        Patient.model_validate(few)
    assert len(refused.value.faults) == 51
    assert refused.value.faults[-1].message == "and 14 more faults"


def test_a_patient_file_has_at_most_256_kilobytes() -> None:
    """Spaces make it larger and change nothing."""
    most = 256 * 1024
    assert Patient.read(" " * (most - 11) + '{"age": 34}') == Patient(age=34)
    with pytest.raises(InputError) as refused:
        Patient.read(" " * (most - 10) + '{"age": 34}')
    assert str(refused.value) == "patient: is larger than 256 kB, so it is not a patient file"
