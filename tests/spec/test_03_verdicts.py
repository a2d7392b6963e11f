"""The floor is the strongest effect that holds, the ceiling the strongest that may hold; where they meet they decide.

(a) A remedy is allowed only when every reason against it has been ruled out.
(b) Answering what is unknown contradicts nothing that was known, and only narrows: no floor sinks, no ceiling rises.
(c) One more problem never makes a remedy more allowed: neither floor nor ceiling ever falls.

The laws are tried on catalogues made at random in tests/property/test_laws.py; here stand the table
and plain examples.
"""

import pytest
from support import TODAY, Json, a_fact, a_rule, one_remedy

from remedies import Patient, check, verdicts
from remedies.checking.report import RemedyVerdict
from remedies.knowledge.topics import STRENGTHS, VERDICT, VERDICTS, Verdict

GEL = one_remedy(
    [a_rule("first", {"condition": "grave"}), a_rule("second", {"condition": "light"}, "ask-doctor")],
    (a_fact("grave"), a_fact("light")),
)
"""One fact excludes it, for another one it calls a doctor."""


def judged(excluding: str, asking: str) -> RemedyVerdict:
    """Judge the gel for somebody of whom both facts are so, are not, or are unknown."""
    said = {"grave": excluding, "light": asking}
    conditions = {truth: [name for name in said if said[name] == truth] for truth in ("yes", "no")}
    return check(Patient(conditions=conditions, allergies={"rest": "no"}), GEL, as_of=TODAY)["gel"]


@pytest.mark.parametrize(
    ("excluding", "asking", "expected"),
    [
        ("no", "no", ("allowed", "allowed", "allowed", ())),
        ("no", "unknown", ("undecided", "allowed", "ask-doctor", ("light",))),
        ("no", "yes", ("ask-doctor", "ask-doctor", "ask-doctor", ())),
        ("unknown", "no", ("undecided", "allowed", "excluded", ("grave",))),
        ("unknown", "unknown", ("undecided", "allowed", "excluded", ("grave", "light"))),
        ("unknown", "yes", ("undecided", "ask-doctor", "excluded", ("grave",))),
        ("yes", "no", ("excluded", "excluded", "excluded", ())),
        ("yes", "unknown", ("excluded", "excluded", "excluded", ())),
        ("yes", "yes", ("excluded", "excluded", "excluded", ())),
    ],
)
def test_a_verdict_is_settled_where_floor_and_ceiling_meet(
    excluding: str, asking: str, expected: tuple[object, ...]
) -> None:
    found = judged(excluding, asking)
    assert (found.verdict, found.at_least, found.at_most, found.ask) == expected


def test_the_table_says_undecided_wherever_floor_and_ceiling_differ() -> None:
    assert VERDICT == (
        ("allowed", "undecided", "undecided"),
        ("undecided", "ask-doctor", "undecided"),
        ("undecided", "undecided", "excluded"),
    )
    assert STRENGTHS == ("allowed", "ask-doctor", "excluded")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_short_way_gives_the_same_verdict(verdict: Verdict) -> None:
    said: dict[Verdict, Json] = {
        "allowed": {"no": ["grave", "light"]},
        "ask-doctor": {"yes": ["light"], "rest": "no"},
        "undecided": {"yes": ["light"]},
        "excluded": {"yes": ["grave"]},
    }
    patient = Patient(conditions=said[verdict], allergies={"rest": "no"})
    assert verdicts(patient, GEL, as_of=TODAY) == {"gel": verdict}
    assert check(patient, GEL, as_of=TODAY)["gel"].verdict == verdict


def test_a_remedy_without_any_reason_left_is_allowed_and_one_unknown_is_enough_to_undo_that() -> None:
    both_ruled_out: Json = {"conditions": {"no": ["grave", "light"]}, "allergies": {"no": ["substance"]}}
    assert verdicts(Patient(**both_ruled_out), GEL, as_of=TODAY) == {"gel": "allowed"}
    for topic, left in (("conditions", ["grave"]), ("conditions", ["light"]), ("allergies", [])):
        patient = Patient(**{**both_ruled_out, topic: {"no": left}})
        assert verdicts(patient, GEL, as_of=TODAY) == {"gel": "undecided"}


def test_a_rule_that_is_ruled_out_asks_nothing() -> None:
    """One part of it is not so, the other unknown: the answer to that changes nothing."""
    both = {"all": [{"condition": "grave"}, {"condition": "light"}]}
    small = one_remedy([a_rule("both", both)], (a_fact("grave"), a_fact("light")))
    open_, out = (
        check(Patient(conditions={"no": no}, allergies={"rest": "no"}), small, as_of=TODAY) for no in ([], ["grave"])
    )
    assert (open_["gel"].verdict, open_["gel"].ask) == ("undecided", ("grave", "light"))
    assert (out["gel"].verdict, out["gel"].ask, out.questions) == ("allowed", (), ())


def test_a_part_that_is_ruled_out_is_not_asked_about_beside_one_that_is_open() -> None:
    """Another rule of the same remedy is open, so that something is asked."""
    both = {"all": [{"condition": "grave"}, {"condition": "light"}]}
    rules = [a_rule("both", both), a_rule("third", {"condition": "other"})]
    small = one_remedy(rules, (a_fact("grave"), a_fact("light"), a_fact("other")))
    patient = Patient(conditions={"no": ["grave"]}, allergies={"rest": "no"})
    assert check(patient, small, as_of=TODAY)["gel"].ask == ("other",)


def test_an_open_rule_asks_only_about_its_parts_that_are_open() -> None:
    either = {"any": [{"condition": "grave"}, {"condition": "light"}]}
    small = one_remedy([a_rule("either", either)], (a_fact("grave"), a_fact("light")))
    patient = Patient(conditions={"no": ["grave"]}, allergies={"rest": "no"})
    found = check(patient, small, as_of=TODAY)
    assert (found["gel"].verdict, found["gel"].ask) == ("undecided", ("light",))
    assert [question.facts for question in found.questions] == [("light",)]
