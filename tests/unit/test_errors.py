"""The family of errors: faults with places, bounded in number, which pass from one process to another."""

import pickle

import pytest

from remedies import Catalogue, Fault, Patient, PatientError, RemediesError, UnknownWordError, check
from remedies.core.errors import a_type, did_you_mean, quoted


def test_an_error_keeps_its_faults_when_a_process_hands_it_to_another() -> None:
    with pytest.raises(PatientError) as refused:
        Patient.model_validate({"age": 340, "foo": 1})
    copy = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - made a line above
    assert type(copy) is PatientError
    assert copy.faults == refused.value.faults
    assert str(copy) == str(refused.value)


def test_of_very_many_faults_the_first_fifty_are_named_and_the_others_counted() -> None:
    error = RemediesError([Fault(("list", number), "is wrong") for number in range(60)])
    assert len(error.faults) == 51
    assert str(error.faults[49]) == "list[49]: is wrong"
    assert str(error.faults[50]) == "and 10 more faults"


def test_fifty_faults_are_all_named() -> None:
    assert len(RemediesError([Fault((), "is wrong")] * 50).faults) == 50


def test_one_message_is_one_fault_without_a_place() -> None:
    (fault,) = RemediesError("It is so.").faults
    assert (fault.path, fault.message, str(fault)) == ("", "It is so.", "It is so.")


def test_a_path_is_written_as_a_reader_would() -> None:
    assert Fault(("rules", 3, "when"), "is wrong").under("remedies", 2).path == "remedies[2].rules[3].when"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        ("a\tb\x1b", r"'a\tb\x1b'"),
        ("x" * 70, "'" + "x" * 58 + "…"),
        (34, "34"),
        pytest.param(10**5000, "a whole number that is too long to show", id="5000 digits"),
    ],
)
def test_an_offending_value_is_shown_quoted_escaped_and_cut(value: object, shown: str) -> None:
    assert quoted(value) == shown


@pytest.mark.parametrize(
    ("value", "name"),
    [("x", "a text"), (1, "a whole number"), (1.5, "a number with decimals"), (None, "nothing (None)"), ({}, "a dict")],
)
def test_a_python_type_is_named_in_plain_words(value: object, name: str) -> None:
    assert a_type(value) == name


def test_nothing_is_suggested_for_what_is_longer_than_any_word() -> None:
    assert did_you_mean("asthma" * 40, ["asthma"]) == ""


def test_a_fact_that_is_not_there_is_named_with_what_comes_near() -> None:
    with pytest.raises(UnknownWordError) as refused:
        Catalogue.shipped().vocabulary["astma"]
    assert str(refused.value) == "no fact is called 'astma'. Did you mean asthma?"


def test_a_catalogue_that_was_pickled_says_the_same() -> None:
    shipped = Catalogue.shipped()
    copy = pickle.loads(pickle.dumps(shipped))  # noqa: S301 - made on this line
    patient = Patient(age=34, sex="male", conditions=["бронхиальная астма"])
    assert check(patient, copy) == check(patient, shipped)
    assert copy.find("Фастум гель") == shipped.find("fastum-gel")
