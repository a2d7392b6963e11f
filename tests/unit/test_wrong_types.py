"""Whatever is handed over in place of what is meant ends in a sentence of the library, never in an error of Python."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from support import TODAY, one_remedy

import remedies
from remedies import Catalogue, Patient, RemediesError

PATIENT = Patient(age=34)
REPORT = remedies.check(PATIENT, as_of=TODAY)
STATE = remedies.interview.begin(PATIENT, as_of=TODAY)
ANYTHING: Any = remedies
INTERVIEW: Any = remedies.interview
FOUND: Any = REPORT
"""The package and a report as a type checker does not know them, since what follows is wrong on purpose."""

COURSE = (
    "days: a course has 1 to 5 days, not {}: "
    "the article lets a remedy be used for 5 days at most before a doctor is asked"
)
A_PATIENT = "patient: must be a Patient; Patient.model_validate reads one from a dict, not {}"
A_CATALOGUE = "catalogue: must be a Catalogue; Catalogue.load reads one from a file, not {}"
A_STATE = "state: must be a State of an interview, not {}"
A_DATE = "{}: must be a datetime.date, not {}"
NAMES = 'remedies: must be a list of names, such as ["fastum-gel"], not {}'
WORDS = 'conditions: must be a list of words, such as ["asthma"], or {"yes": […], "no": […], "rest": "no"}, not '
JSON_TEXT = "patient: must be JSON text; Patient.model_validate reads a dict, not {}"
VERDICTS = "verdict: must be one of allowed, ask-pharmacist, ask-doctor, undecided, excluded, not {}"
FROZEN = "{}: a {} never changes; model_copy(update={{…}}) makes a changed copy"

CASES: list[tuple[str, Callable[[], object], str]] = [
    ("ArgumentError", lambda: ANYTHING.check({"age": 34}), A_PATIENT.format("a dict")),
    ("ArgumentError", lambda: ANYTHING.check(None), A_PATIENT.format("nothing (None)")),
    ("ArgumentError", lambda: ANYTHING.verdicts("asthma"), A_PATIENT.format("a text")),
    ("ArgumentError", lambda: ANYTHING.check(PATIENT, "my.json"), A_CATALOGUE.format("a text")),
    ("ArgumentError", lambda: ANYTHING.verdicts(PATIENT, 5), A_CATALOGUE.format("a whole number")),
    ("CourseError", lambda: ANYTHING.check(PATIENT, days=2.5), COURSE.format("2.5")),
    ("CourseError", lambda: ANYTHING.check(PATIENT, days=True), COURSE.format("true")),
    ("CourseError", lambda: ANYTHING.check(PATIENT, days="5"), COURSE.format("'5'")),
    ("CourseError", lambda: ANYTHING.check(PATIENT, days=None), COURSE.format("null")),
    (
        "CourseError",
        lambda: ANYTHING.check(PATIENT, days=10**5000),
        COURSE.format("a whole number that is too long to show"),
    ),
    (
        "CourseError",
        lambda: ANYTHING.check(PATIENT, start="2026-11-22", as_of=TODAY),
        A_DATE.format("start", "a text"),
    ),
    (
        "CourseError",
        lambda: ANYTHING.check(PATIENT, start=datetime(2026, 11, 22), as_of=TODAY),
        A_DATE.format("start", "a date with a time"),
    ),
    (
        "CourseError",
        lambda: ANYTHING.check(PATIENT, start=TODAY, as_of=20261122),
        A_DATE.format("as_of", "a whole number"),
    ),
    ("ArgumentError", lambda: ANYTHING.check(PATIENT, remedies="fastum-gel"), NAMES.format("a text")),
    ("ArgumentError", lambda: ANYTHING.check(PATIENT, remedies=5), NAMES.format("a whole number")),
    (
        "ArgumentError",
        lambda: ANYTHING.check(PATIENT, remedies=[]),
        "remedies: names no remedy; leave it out to check all of them",
    ),
    (
        "ArgumentError",
        lambda: ANYTHING.check(PATIENT, remedies=[None]),
        "remedy: must be the name of a remedy, not nothing (None)",
    ),
    (
        "ArgumentError",
        lambda: ANYTHING.check(PATIENT, detail="some"),
        "detail: must be one of verdict, first, all, not 'some'",
    ),
    (
        "ArgumentError",
        lambda: ANYTHING.check(PATIENT, detail=["all"]),
        "detail: must be one of verdict, first, all, not ['all']",
    ),
    (
        "ArgumentError",
        lambda: ANYTHING.Catalogue.load(None),
        "path: must be the path of a catalogue file, not nothing (None)",
    ),
    (
        "ArgumentError",
        lambda: ANYTHING.Catalogue.shipped().find(None),
        "remedy: must be the name of a remedy, not nothing (None)",
    ),
    ("ArgumentError", lambda: ANYTHING.Patient.read(None), JSON_TEXT.format("nothing (None)")),
    ("ArgumentError", lambda: ANYTHING.Patient.read({"age": 34}), JSON_TEXT.format("a dict")),
    ("ArgumentError", lambda: ANYTHING.Patient.model_validate_json(5), JSON_TEXT.format("a whole number")),
    ("PatientError", lambda: ANYTHING.Patient(conditions="asthma"), WORDS + "a text"),
    ("PatientError", lambda: ANYTHING.Patient(conditions={"asthma"}), WORDS + "a set"),
    ("PatientError", lambda: ANYTHING.Patient(id=b"p-1"), "id: must be a text, not b'p-1'"),
    (
        "PatientError",
        lambda: ANYTHING.Patient(born=date(1990, 5, 17)),
        'born: must be a text such as "1990-05-17", not a date',
    ),
    (
        "PatientError",
        lambda: ANYTHING.Patient(born=datetime(1990, 5, 17)),
        'born: must be a text such as "1990-05-17", not a date with a time',
    ),
    (
        "ArgumentError",
        lambda: ANYTHING.Patient().model_copy(update=5),
        "update: must be a dict of what changes, not a whole number",
    ),
    ("ArgumentError", lambda: ANYTHING.check_again(None), "report: must be a Report, not nothing (None)"),
    ("ArgumentError", lambda: ANYTHING.check_again(REPORT, "my.json"), A_CATALOGUE.format("a text")),
    ("ArgumentError", lambda: FOUND.having("alowed"), VERDICTS.format("'alowed'. Did you mean allowed?")),
    ("ArgumentError", lambda: FOUND.having(None), VERDICTS.format("null.")),
    ("ArgumentError", lambda: FOUND[0], "remedy: must be the name of a remedy, not a whole number"),
    ("UnknownRemedyError", lambda: REPORT["nope"], "the report does not speak of 'nope'."),
    ("ArgumentError", lambda: ANYTHING.next_questions({}), "report: must be a Report, not a dict"),
    ("ArgumentError", lambda: ANYTHING.next_questions(REPORT, 5), A_CATALOGUE.format("a whole number")),
    (
        "ArgumentError",
        lambda: ANYTHING.next_questions(REPORT, unknown="asthma"),
        'unknown: must be a list of facts, such as ["asthma"], not a text',
    ),
    (
        "ArgumentError",
        lambda: ANYTHING.next_questions(REPORT, unknown=5),
        'unknown: must be a list of facts, such as ["asthma"], not a whole number',
    ),
    (
        "CatalogueError",
        lambda: ANYTHING.next_questions(REPORT, one_remedy([])),
        "catalogue: is not the one that the report rests on; hand in the catalogue that was checked against",
    ),
    ("ArgumentError", lambda: INTERVIEW.screens(None), A_STATE.format("nothing (None)")),
    ("ArgumentError", lambda: INTERVIEW.back({}), A_STATE.format("a dict")),
    (
        "ArgumentError",
        lambda: INTERVIEW.answer(STATE, 5, "0"),
        "question: must be the id of a question, not a whole number",
    ),
    (
        "ArgumentError",
        lambda: INTERVIEW.answer(STATE, "signs", 0),
        "said: must be a dict of values or a text, not a whole number",
    ),
    ("ArgumentError", lambda: INTERVIEW.begin({}), A_PATIENT.format("a dict")),
    ("ArgumentError", lambda: INTERVIEW.screens(STATE, 5), A_CATALOGUE.format("a whole number")),
    ("ArgumentError", lambda: INTERVIEW.State.read({}), "state: must be JSON text, not a dict"),
    ("FrozenError", lambda: setattr(PATIENT, "age", 5), FROZEN.format("age", "Patient")),
    ("FrozenError", lambda: setattr(REPORT, "verdicts", ()), FROZEN.format("verdicts", "Report")),
    ("FrozenError", lambda: delattr(REPORT.course, "days"), FROZEN.format("days", "Course")),
    ("FrozenError", lambda: setattr(STATE, "days", 1), FROZEN.format("days", "State")),
]


@pytest.mark.parametrize(("kind", "call", "message"), CASES, ids=[message[:60] for _, _, message in CASES])
def test_what_is_wrong_is_said_in_one_sentence_with_its_place(
    kind: str, call: Callable[[], object], message: str
) -> None:
    with pytest.raises(RemediesError) as refused:
        call()
    assert type(refused.value).__name__ == kind
    assert str(refused.value) == message
    (fault,) = refused.value.faults
    assert fault.path == ("" if kind == "UnknownRemedyError" else message.partition(":")[0])


def test_what_was_refused_changed_nothing() -> None:
    assert Patient(age=34) == PATIENT
    assert remedies.check_again(REPORT) == REPORT
    assert Catalogue.shipped() is Catalogue.shipped()
