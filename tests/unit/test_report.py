"""Reports: verdicts with reasons, questions, referrals, warnings, and how they are ordered."""

import json
from datetime import date
from typing import Any

import pytest
from support import TODAY, Json, a_fact, a_remedy, a_rule, one_remedy, small_catalogue

from remedies import (
    ArgumentError,
    Catalogue,
    CatalogueError,
    Patient,
    PatientError,
    Report,
    UnknownRemedyError,
    check,
    check_again,
    verdicts,
)
from remedies.checking.report import Detail
from remedies.knowledge.topics import EFFECTS, TOPICS, VERDICTS, WORDINGS

HEALTHY: Json = {"age": 34, "sex": "male", "nothing_else": True}


def checked(said: Json, **more: Any) -> Report:
    """Check a patient against the shipped catalogue on the day of the tests."""
    return check(Patient(**said), start=more.pop("start", TODAY), as_of=TODAY, **more)


def small_check(small: Catalogue, said: Json, as_of: date = TODAY) -> Report:
    """Check a patient against a small catalogue."""
    return check(Patient.model_validate(said), small, start=as_of, as_of=as_of)


def test_remedies_come_in_groups_of_verdicts_and_within_them_in_catalogue_order(shipped: Catalogue) -> None:
    report = checked(
        {"age": 34, "sex": "male", "conditions": {"yes": ["asthma"], "rest": "no"}, "skin": {"rest": "no"}}
    )
    order = [remedy.id for remedy in shipped.remedies]
    places = [(VERDICTS.index(entry.verdict), order.index(entry.remedy)) for entry in report.verdicts]
    assert places == sorted(places)
    assert len(places) == 21
    groups = (report.allowed, report.ask_pharmacist, report.ask_doctor, report.undecided, report.excluded)
    assert tuple(entry for group in groups for entry in group) == report.verdicts


def test_somebody_with_nothing_against_anything_is_allowed_all_that_has_a_label() -> None:
    report = checked(HEALTHY)
    assert [entry.remedy for entry in report.ask_doctor] == ["zhivokost", "betanicomylon"]
    assert len(report.allowed) == 19
    assert all(entry.reasons == () and entry.ask == () for entry in report.allowed)
    assert report.questions == ()
    assert report.warnings == ()


def test_a_report_names_patient_day_course_and_catalogue(shipped: Catalogue) -> None:
    report = checked({"id": "p-1", **HEALTHY}, start=date(2026, 12, 1), days=3)
    assert report.patient == "p-1"
    assert report.as_of == TODAY
    assert (report.course.start, report.course.days) == (date(2026, 12, 1), 3)
    assert (report.catalogue.version, report.catalogue.sha256) == (shipped.version, shipped.sha256)
    assert report.disclaimer == "Not medical advice: read the leaflet in the pack and ask a pharmacist."


def test_reasons_list_what_holds_before_what_may_hold_and_the_stronger_first() -> None:
    entry = checked({"age": 15, "sex": "male", "conditions": ["asthma"]})["dolobene"]
    places = [
        ({"yes": 0, "unknown": 1}[reason.holds], list(reversed(EFFECTS)).index(reason.effect))
        for reason in entry.reasons
    ]
    assert places == sorted(places)
    assert [(reason.rule, reason.effect) for reason in entry.reasons[:2]] == [
        ("dolobene/asthma", "exclude"),
        ("dolobene/under-18-swiss", "ask-doctor"),
    ]


def test_a_reason_says_what_it_read_and_on_whose_word() -> None:
    rules = [a_rule("frail", {"all": [{"condition": "illness"}, {"age_below": 18}]}, cure="Wait.")]
    said = {"age": 15, "conditions": ["illness"], "allergies": {"rest": "no"}}
    (reason,) = small_check(one_remedy(rules, (a_fact("illness"),)), said)["gel"].reasons
    assert json.loads(reason.model_dump_json()) == {
        "rule": "gel/frail",
        "effect": "exclude",
        "holds": "yes",
        "because": "frail.",
        "cure": "Wait.",
        "origin": "own",
        "basis": "own",
        "facts": [{"fact": "illness", "value": "yes"}, {"fact": "age", "value": "15"}],
        "sources": ["leaflet: contraindications"],
    }


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ({"age": 15}, "15"),
        ({"age": 0}, "0 to 11 months"),
        ({"age": {"years": 1, "months": 3}}, "15 months"),
        ({"born": "2010"}, "15 to 16"),
        ({"born": "2025-01"}, "21 to 22 months"),
        ({}, "unknown"),
    ],
)
def test_an_age_is_shown_in_months_below_two_years(said: Json, value: str) -> None:
    small = one_remedy([a_rule("young", {"age_below": 18})])
    reason = next(reason for reason in small_check(small, said)["gel"].reasons if reason.rule == "gel/young")
    assert [(fact.fact, fact.value) for fact in reason.facts] == [("age", value)]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ({}, "unknown"),
        ({"age": 70}, "no"),
        ({"pregnancy": "no"}, "no"),
        ({"pregnancy": "possible"}, "possible"),
        ({"pregnancy": "yes"}, "yes"),
        ({"pregnancy": {"trimester": 2}}, "trimester 2"),
        ({"pregnancy": {"weeks": 27}}, "week 27"),
        ({"pregnancy": {"weeks": 27, "days": 6}}, "27 weeks + 6 days"),
        ({"pregnancy": "20 недель"}, "week 20"),
        ({"pregnancy": {"weeks": 27, "days": 1}}, "27 weeks + 1 day"),
        ({"pregnancy": {"weeks": 1, "days": 0}}, "1 week + 0 days"),
        ({"pregnancy": "6 months"}, "month 6: 20 weeks + 0 days to 30 weeks + 3 days"),
        ({"pregnancy": {"months": 1}}, "month 1: 0 weeks + 0 days to 8 weeks + 5 days"),
        ({"pregnancy": {"due": "20.02.2027"}}, "27 weeks + 1 day, due on 2027-02-20"),
        ({"pregnancy": {"last_period": "2026-05-16"}}, "27 weeks + 1 day, last period on 2026-05-16"),
        ({"pregnancy": {"last_period": "2026-11-22"}}, "0 weeks + 0 days, last period on 2026-11-22"),
    ],
)
def test_a_pregnancy_is_shown_as_it_was_said(said: Json, value: str) -> None:
    small = one_remedy([a_rule("pregnant", {"pregnant": "any"})])
    patient = Patient(**said)
    report = check(patient, small, start=TODAY, as_of=TODAY, all_rules=True)
    reason = next(reason for reason in report["gel"].reasons if reason.rule == "gel/pregnant")
    assert [(fact.fact, fact.value) for fact in reason.facts] == [("pregnancy", value)]


def test_rules_that_were_ruled_out_are_listed_only_on_demand(shipped: Catalogue) -> None:
    short, whole = checked(HEALTHY), checked(HEALTHY, all_rules=True)
    assert short["dolobene"].reasons == ()
    assert len(whole["dolobene"].reasons) == len(shipped.rules["dolobene"])
    assert {reason.holds for reason in whole["dolobene"].reasons} == {"no"}
    assert [entry.verdict for entry in short.verdicts] == [entry.verdict for entry in whole.verdicts]


def test_only_facts_that_could_change_the_verdict_are_asked() -> None:
    """An exclusion that holds is final; where a doctor is asked already, only exclusions matter."""
    report = checked({"age": 34, "sex": "male", "conditions": ["asthma"]})
    assert report["dolobene"].verdict == "excluded"
    assert report["dolobene"].ask == ()
    said = {**HEALTHY, "nothing_else": False, "conditions": {"yes": ["kidney-disease"], "rest": "no"}}
    entry = checked(said)["capsicam"]
    assert entry.at_least == "ask-pharmacist"
    assert "severe-kidney-disease" in entry.ask
    assert "open-wound" not in entry.ask


def test_an_undecided_rule_on_two_stages_of_pregnancy_is_asked_about() -> None:
    """Two clauses of one rule look at pregnancy; only one of them is open."""
    either = {"any": [{"pregnant": {"trimesters": [2]}}, {"pregnant": {"trimesters": [3]}}]}
    said = {"pregnancy": {"trimester": 1}, "allergies": {"rest": "no"}}
    entry = small_check(one_remedy([a_rule("later", either)]), said)["gel"]
    assert (entry.verdict, entry.ask) == ("undecided", ("pregnancy",))


def test_questions_come_by_topic_with_signs_first_and_the_most_decisive_fact_first() -> None:
    report = checked({})
    assert [question.topic for question in report.questions] == list(WORDINGS)
    assert set(WORDINGS) == {*TOPICS, "age", "pregnancy", "breastfeeding"}
    weights = [
        [sum(fact in entry.ask for entry in report.verdicts) for fact in question.facts]
        for question in report.questions
    ]
    assert weights == [sorted(weight, reverse=True) for weight in weights]


def test_a_single_fact_is_asked_in_its_own_words() -> None:
    report = checked({**HEALTHY, "conditions": ["kidney-disease"]})
    assert [(question.topic, question.facts, question.text) for question in report.questions] == [
        ("conditions", ("severe-kidney-disease",), _question("severe-kidney-disease"))
    ]


def _question(fact: str) -> str:
    return Catalogue.shipped().vocabulary[fact].question


def test_referrals_come_with_the_urgent_first_then_in_catalogue_order() -> None:
    report = checked({**HEALTHY, "signs": ["fever", "limb-weakness", "swelling-or-redness", "severe-headache"]})
    assert [(sign.sign, sign.urgency) for sign in report.refer] == [
        ("limb-weakness", "now"),
        ("severe-headache", "now"),
        ("fever", "soon"),
        ("swelling-or-redness", "soon"),
    ]
    assert all(sign.because and sign.sources for sign in report.refer)
    assert report.allowed == ()


def test_urgent_signs_come_first_wherever_the_catalogue_has_them() -> None:
    facts = [a_fact("substance", "allergies"), *(a_fact(name, "signs") for name in ("ache", "numbness"))]
    cited = [{"ref": "leaflet", "section": "general"}]
    signs = [
        {"sign": name, "urgency": urgency, "because": "It is so.", "sources": cited}
        for name, urgency in (("ache", "soon"), ("numbness", "now"))
    ]
    small = small_catalogue(facts, [a_remedy("gel", [])], signs=signs)
    report = small_check(small, {"signs": ["ache", "numbness"]})
    assert [sign.sign for sign in report.refer] == ["numbness", "ache"]


def test_a_sign_that_is_not_so_refers_nobody() -> None:
    assert checked({"signs": {"no": ["fever"]}}).refer == ()
    assert checked({}).refer == ()


def test_notes_come_before_other_warnings() -> None:
    report = checked({"conditions": {"yes": ["K74"], "no": ["J45.0"]}}, start=date(2026, 11, 21))
    assert report.warnings == (
        "'J45.0' under “no” is narrower than any fact here, so it rules nothing out.",
        "The course starts on 2026-11-21, before today (2026-11-22).",
        "What was said is a reason to ask about the illnesses: severe liver disease, an autoimmune disease.",
    )


def test_a_report_says_of_every_word_in_the_order_given_what_was_made_of_it() -> None:
    said = {
        "conditions": {"yes": ["астма", "gout", "astmma", "heart disease?"], "no": ["diabetes"], "other": ["qqq"]},
        "skin": ["no eczema", "mother had acne"],
        "medicines": ["heart failure"],
    }
    found = [
        (one.topic, one.word, one.kind, one.means, one.suggestions) for one in checked({"age": 34, **said}).understood
    ]
    assert found == [
        ("conditions", "астма", "fact", ("asthma",), ()),
        ("conditions", "gout", "known", (), ()),
        ("conditions", "astmma", "unclear", (), ("asthma",)),
        ("conditions", "heart disease?", "doubt", (), ()),
        ("conditions", "diabetes", "denial", ("diabetes",), ()),
        ("conditions", "qqq", "other", (), ()),
        ("skin", "no eczema", "denial", ("eczema",), ()),
        ("skin", "mother had acne", "family", (), ()),
        ("medicines", "heart failure", "fact", ("heart-failure",), ()),
    ]


def test_a_word_that_is_not_understood_keeps_its_topic_open_until_it_is_set_aside() -> None:
    unclear = checked({**HEALTHY, "conditions": ["xyzzy"]})
    aside = checked({**HEALTHY, "conditions": {"yes": ["xyzzy"], "other": ["XYZZY"]}})
    assert {one.topic for one in unclear.closed} == {*TOPICS} - {"conditions"}
    assert {question.topic for question in unclear.questions} == {"conditions"}
    assert unclear["dolobene"].verdict == "undecided"
    assert unclear.warnings == (
        "'xyzzy' was not understood, so nothing is ruled out among the illnesses. Try another word.",
    )
    assert [one.kind for one in aside.understood] == ["other", "other"]
    assert (aside.verdicts, aside.warnings, aside.questions) == (checked(HEALTHY).verdicts, (), ())


def test_a_report_says_whether_its_words_were_read_strictly_and_is_made_again_so() -> None:
    strict, kept = checked(HEALTHY, words="strict"), checked(HEALTHY)
    assert (strict.asked.words, kept.asked.words) == ("strict", "keep")
    assert check_again(strict) == strict
    with pytest.raises(PatientError) as refused:
        checked({**HEALTHY, "conditions": ["xyzzy"]}, words="strict")
    assert str(refused.value) == "conditions.yes[0]: 'xyzzy' is not known as an illness. Try another word."
    with pytest.raises(ArgumentError) as wrong:
        checked(HEALTHY, words="lax")
    assert str(wrong.value) == "words: must be keep or strict, not 'lax'"


def test_a_pregnancy_that_a_word_of_a_man_says_gets_a_warning() -> None:
    report = checked({"age": 34, "sex": "male", "conditions": ["беременность"]})
    assert "A word says that there may be a pregnancy, and sex is male: one of them is wrong." in report.warnings


SILENT = (
    "This catalogue does not say what holds where the labels are silent on age, first-trimester, second-trimester, "
    "third-trimester, breastfeeding, broken-skin, asthma, heart-disease, liver-disease, kidney-disease: "
    "silence is no permission."
)
"""Every small catalogue leaves out every dimension."""

OLD = "The record of Gel was last reviewed on {}, more than 2 years ago; check the leaflet with special care."


@pytest.mark.parametrize(
    ("reviewed", "as_of", "overdue"),
    [
        ("2024-11-21", "2026-11-22", True),
        ("2024-11-22", "2026-11-22", False),
        ("2024-11-23", "2026-11-22", False),
        ("2024-11-29", "2026-11-30", True),
        ("2024-12-30", "2026-12-31", True),
        ("2024-12-31", "2026-12-31", False),
        ("2026-02-27", "2028-02-29", True),
    ],
)
def test_a_record_older_than_two_years_gets_a_warning_and_no_other_verdict(
    reviewed: str, as_of: str, *, overdue: bool
) -> None:
    facts = [a_fact("substance", "allergies")]
    small = small_catalogue(facts, [a_remedy("gel", [], reviewed=reviewed)])
    report = small_check(small, {"nothing_else": True}, date.fromisoformat(as_of))
    assert report.warnings == ((SILENT, OLD.format(reviewed)) if overdue else (SILENT,))
    assert report["gel"].verdict == "allowed"


def test_the_warning_is_only_for_remedies_that_were_asked_about() -> None:
    remedies = [a_remedy("gel", [], reviewed="2020-01-01"), a_remedy("balm", [])]
    small = small_catalogue([a_fact("substance", "allergies")], remedies)
    assert check(Patient(), small, remedies=["balm"], as_of=TODAY).warnings == (SILENT,)
    assert check(Patient(), small, remedies=["gel"], as_of=TODAY).warnings == (SILENT, OLD.format("2020-01-01"))


def test_remedies_are_named_by_id_name_or_alias_in_either_alphabet_once_each() -> None:
    report = checked(HEALTHY, remedies=["Найз гель", "Fastum gel", "fastum-gel", "nise"])
    assert [entry.remedy for entry in report.verdicts] == ["fastum-gel", "nise-gel"]


def test_every_unknown_remedy_is_reported_with_a_suggestion() -> None:
    with pytest.raises(UnknownRemedyError) as refused:
        checked(HEALTHY, remedies=["fastum-gell", "dolobene", "qqqqqq"])
    assert str(refused.value).splitlines() == [
        "no remedy is called 'fastum-gell'. Did you mean fastum gel?",
        "no remedy is called 'qqqqqq'. “remedies list” shows all of them.",
    ]


@pytest.mark.parametrize(
    "said", [{}, HEALTHY, {"conditions": ["K74", "asthma"], "signs": ["fever"], "age": 70, "pregnancy": "yes"}]
)
def test_a_report_comes_back_from_json_unchanged(said: Json) -> None:
    report = checked(said, all_rules=True)
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_verdicts_alone_come_in_catalogue_order(shipped: Catalogue) -> None:
    found = verdicts(Patient(**HEALTHY))
    assert list(found) == [remedy.id for remedy in shipped.remedies]
    assert found["betanicomylon"] == "ask-doctor"
    assert found["dolobene"] == "allowed"


def test_the_article_s_own_example_asthma_rules_dolobene_out() -> None:
    said = {"age": 34, "pregnancy": "no", "conditions": {"yes": ["asthma"], "rest": "no"}}
    report = check(Patient.model_validate(said))
    assert report["dolobene"].verdict == "excluded"
    assert report["dolobene"].reasons[0].because == "People with asthma must not use it."


@pytest.mark.parametrize("name", ["dolobene", "Dolobene gel", "DOLOBENE", "Долобене", "долобене гель"])
def test_a_report_looks_up_a_remedy_by_any_of_its_names(name: str) -> None:
    report = checked(HEALTHY, remedies=["dolobene"])
    assert report[name].remedy == "dolobene"


def test_a_report_refuses_a_remedy_that_it_does_not_speak_of() -> None:
    report = checked(HEALTHY, remedies=["dolobene"])
    with pytest.raises(UnknownRemedyError) as refused:
        report["fastum-gel"]
    assert str(refused.value) == "the report does not speak of 'fastum-gel'."
    with pytest.raises(UnknownRemedyError) as refused:
        report["dolobenne"]
    assert (
        str(refused.value)
        == "the report does not speak of 'dolobenne'. Did you mean dolobene or dolobene gel or teva dolobene gél?"
    )


AGAIN: list[Json] = [
    {},
    {"start": date(2026, 12, 1), "days": 3},
    {"remedies": ["Найз гель", "fastum gel"]},
    {"detail": "verdict"},
    {"detail": "first", "all_rules": True},
]


@pytest.mark.parametrize("how", AGAIN)
@pytest.mark.parametrize("said", [{}, HEALTHY, {"conditions": ["астма"], "signs": ["fever"], "said_on": "2026-11-21"}])
def test_a_report_can_be_run_again_and_gives_the_same_report(said: Json, how: Json) -> None:
    """From the report alone, also after it was written down; whatever day it is by then."""
    report = checked({"id": "p-1", **said}, **how)
    assert check_again(report) == report
    assert check_again(Report.model_validate_json(report.model_dump_json())) == report


def test_a_report_that_rests_on_another_catalogue_is_not_run_again() -> None:
    small = one_remedy([])
    report = small_check(small, {})
    assert check_again(report, small) == report
    with pytest.raises(CatalogueError) as refused:
        check_again(report)
    assert str(refused.value) == (
        "catalogue: the report rests on catalogue 2026.11.22, with another hash than this one; load that"
    )


@pytest.mark.parametrize(("detail", "most"), [("verdict", 0), ("first", 1), ("all", 100)])
def test_how_much_is_said_of_each_remedy_changes_no_verdict_and_no_question(detail: Detail, most: int) -> None:
    said: Json = {"age": 15, "sex": "male", "conditions": ["asthma"]}
    whole, part = checked(said), checked(said, detail=detail)
    for entry in part.verdicts:
        assert entry.reasons == whole[entry.remedy].reasons[:most]
        assert entry.model_copy(update={"reasons": ()}) == whole[entry.remedy].model_copy(update={"reasons": ()})
    assert part.questions == whole.questions


def test_every_source_that_a_reason_cites_stands_once_in_the_report() -> None:
    report = checked({"age": 15, "sex": "male", "conditions": ["asthma"], "signs": ["fever"]})
    cited = {one.source for entry in report.verdicts for reason in entry.reasons for one in reason.sources}
    cited |= {one.source for sign in report.refer for one in sign.sources}
    assert set(report.sources) == cited
    assert checked({}, detail="verdict").sources == {}
    assert report.sources["article"].title == "Pain after back massage: causes, contraindications to the procedure"


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ({}, ("unknown", "unknown", "unknown", "unknown")),
        ({"age": 34, "sex": "male"}, ("34", "male", "no", "no")),
        ({"born": "1990", "sex": "female", "pregnancy": "possible"}, ("35 to 36", "female", "possible", "unknown")),
        ({"age": 1, "breastfeeding": False}, ("12 to 23 months", "unknown", "no", "no")),
        ({"pregnancy": {"weeks": 27}, "breastfeeding": True}, ("unknown", "unknown", "week 27", "yes")),
    ],
)
def test_a_report_says_what_was_understood_of_the_person(said: Json, person: tuple[str, ...]) -> None:
    assert tuple(checked(said).person.model_dump().values()) == person
