"""The floor is the strongest effect that holds, the ceiling the strongest that may hold; where they meet they decide.

(a) A remedy is allowed only when every reason against it has been ruled out.
(b) Answering what is unknown contradicts nothing that was known, and only narrows: no floor sinks, no ceiling rises.
(c) One more problem never makes a remedy more allowed: neither floor nor ceiling ever falls.

The laws are tried on catalogues made at random in tests/property/test_laws.py; here stand the table
and plain examples.
"""

from itertools import product

import pytest
from support import TODAY, Json, a_fact, a_rule, one_remedy

from remedies import Patient, check, verdicts
from remedies.checking.report import RemedyVerdict
from remedies.knowledge.topics import STRENGTHS, VERDICT, VERDICTS, Verdict

GEL = one_remedy(
    [
        a_rule("first", {"condition": "grave"}),
        a_rule("second", {"condition": "light"}, "ask-doctor"),
        a_rule("third", {"condition": "slight"}, "ask-pharmacist"),
    ],
    (a_fact("grave"), a_fact("light"), a_fact("slight")),
)
"""One fact excludes it, for another one it calls a doctor, for a third one a pharmacist."""

CALLS = {"grave": "excluded", "light": "ask-doctor", "slight": "ask-pharmacist"}
"""What each fact calls for, strongest first."""


def judged(**said: str) -> RemedyVerdict:
    """Judge the gel for somebody of whom facts are so, are not, or are unknown."""
    conditions = {truth: [name for name in said if said[name] == truth] for truth in ("yes", "no")}
    return check(Patient(conditions=conditions, allergies={"rest": "no"}), GEL, as_of=TODAY)["gel"]


@pytest.mark.parametrize(
    ("grave", "light", "slight", "expected"),
    [
        ("no", "no", "no", ("allowed", "allowed", "allowed", ())),
        ("no", "no", "unknown", ("undecided", "allowed", "ask-pharmacist", ("slight",))),
        ("no", "no", "yes", ("ask-pharmacist", "ask-pharmacist", "ask-pharmacist", ())),
        ("no", "unknown", "no", ("undecided", "allowed", "ask-doctor", ("light",))),
        ("no", "unknown", "yes", ("undecided", "ask-pharmacist", "ask-doctor", ("light",))),
        ("no", "unknown", "unknown", ("undecided", "allowed", "ask-doctor", ("light", "slight"))),
        ("no", "yes", "no", ("ask-doctor", "ask-doctor", "ask-doctor", ())),
        ("no", "yes", "unknown", ("ask-doctor", "ask-doctor", "ask-doctor", ())),
        ("no", "yes", "yes", ("ask-doctor", "ask-doctor", "ask-doctor", ())),
        ("unknown", "no", "no", ("undecided", "allowed", "excluded", ("grave",))),
        ("unknown", "unknown", "no", ("undecided", "allowed", "excluded", ("grave", "light"))),
        ("unknown", "no", "yes", ("undecided", "ask-pharmacist", "excluded", ("grave",))),
        ("unknown", "yes", "unknown", ("undecided", "ask-doctor", "excluded", ("grave",))),
        ("yes", "no", "no", ("excluded", "excluded", "excluded", ())),
        ("yes", "unknown", "unknown", ("excluded", "excluded", "excluded", ())),
        ("yes", "yes", "yes", ("excluded", "excluded", "excluded", ())),
    ],
)
def test_a_verdict_is_settled_where_floor_and_ceiling_meet(
    grave: str, light: str, slight: str, expected: tuple[object, ...]
) -> None:
    found = judged(grave=grave, light=light, slight=slight)
    assert (found.verdict, found.at_least, found.at_most, found.ask) == expected


ANSWERS = [dict(zip(CALLS, said, strict=True)) for said in product(("no", "unknown", "yes"), repeat=3)]
"""Everything that can be said of the three facts."""


def strongest(said: dict[str, str], truths: set[str]) -> str:
    """Find the strongest call among the facts with some truths."""
    return next((call for fact, call in CALLS.items() if said[fact] in truths), "allowed")


@pytest.mark.parametrize("said", ANSWERS, ids=lambda said: "-".join(said.values()))
def test_floor_and_ceiling_are_the_strongest_calls_of_what_is_so_and_of_what_may_be(said: dict[str, str]) -> None:
    found = judged(**said)
    assert (found.at_least, found.at_most) == (strongest(said, {"yes"}), strongest(said, {"yes", "unknown"}))
    assert found.verdict == (found.at_least if found.at_least == found.at_most else "undecided")


@pytest.mark.parametrize("said", ANSWERS, ids=lambda said: "-".join(said.values()))
@pytest.mark.parametrize("fact", CALLS)
def test_one_more_answer_contradicts_no_settled_verdict_and_one_more_problem_never_allows_more(
    said: dict[str, str], fact: str
) -> None:
    before = judged(**said)
    with_it = judged(**{**said, fact: "yes"})
    assert STRENGTHS.index(with_it.at_least) >= STRENGTHS.index(before.at_least)
    assert STRENGTHS.index(with_it.at_most) >= STRENGTHS.index(before.at_most)
    if said[fact] == "unknown" and before.verdict != "undecided":
        assert {with_it.verdict, judged(**{**said, fact: "no"}).verdict} == {before.verdict}


def test_the_table_says_undecided_wherever_floor_and_ceiling_differ() -> None:
    assert VERDICT == (
        ("allowed", "undecided", "undecided", "undecided"),
        ("undecided", "ask-pharmacist", "undecided", "undecided"),
        ("undecided", "undecided", "ask-doctor", "undecided"),
        ("undecided", "undecided", "undecided", "excluded"),
    )
    assert STRENGTHS == ("allowed", "ask-pharmacist", "ask-doctor", "excluded")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_short_way_gives_the_same_verdict(verdict: Verdict) -> None:
    said: dict[Verdict, Json] = {
        "allowed": {"no": ["grave", "light", "slight"]},
        "ask-pharmacist": {"yes": ["slight"], "rest": "no"},
        "ask-doctor": {"yes": ["light"], "rest": "no"},
        "undecided": {"yes": ["light"]},
        "excluded": {"yes": ["grave"]},
    }
    patient = Patient(conditions=said[verdict], allergies={"rest": "no"})
    assert verdicts(patient, GEL, as_of=TODAY) == {"gel": verdict}
    assert check(patient, GEL, as_of=TODAY)["gel"].verdict == verdict


def test_a_remedy_without_any_reason_left_is_allowed_and_one_unknown_is_enough_to_undo_that() -> None:
    both_ruled_out: Json = {"conditions": {"no": list(CALLS)}, "allergies": {"no": ["substance"]}}
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
