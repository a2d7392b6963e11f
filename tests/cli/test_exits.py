"""Exit codes: open questions first, or the worst verdict."""

import pytest
from support import TODAY, Json

from remedies import Patient, check
from remedies.cli.exits import EXIT_CODES, open_exit_code, worst_exit_code

HEALTHY: Json = {"age": 34, "sex": "male", "nothing_else": True}


@pytest.mark.parametrize(
    ("said", "remedies", "first", "worst"),
    [
        ({**HEALTHY, "age": 15}, ["dolobene"], 10, 10),
        ({}, ["dolobene"], 11, 11),
        ({**HEALTHY, "conditions": ["heart-disease"]}, ["finalgon"], 10, 9),
        ({**HEALTHY, "conditions": ["asthma"]}, ["dolobene"], 12, 12),
        ({**HEALTHY, "conditions": ["heart-failure"]}, ["dolobene", "finalgon", "doctor-mom"], 10, 12),
        ({**HEALTHY, "conditions": ["heart-failure", "gi-bleeding"]}, ["finalgon"], 10, 10),
        ({**HEALTHY, "skin": {"rest": "unknown"}, "nothing_else": False}, ["dolobene", "betanicomylon"], 11, 11),
    ],
)
def test_an_exit_code_names_open_questions_first_or_the_worst_verdict(
    said: Json, remedies: list[str], first: int, worst: int
) -> None:
    report = check(Patient(**said), remedies=remedies, as_of=TODAY)
    assert (open_exit_code(report), worst_exit_code(report)) == (first, worst)


def test_there_is_an_exit_code_for_every_verdict() -> None:
    assert EXIT_CODES == {"allowed": 0, "ask-pharmacist": 9, "ask-doctor": 10, "undecided": 11, "excluded": 12}
