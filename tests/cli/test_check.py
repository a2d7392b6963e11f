"""`remedies check`: what it prints, in which order and formats, and with which exit code."""

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support import run

from remedies import Catalogue, Patient, Report, check

if TYPE_CHECKING:
    from click.testing import Result

DAY = ("--start", "2026-11-22", "--as-of", "2026-11-22")
MAN = ("--age", "34", "--sex", "male")
ASTHMATIC = (*MAN, "--has", "asthma", "--nothing-else")
DISCLAIMER = "Not medical advice: read the leaflet in the pack and ask a pharmacist."

VERDICTS = ["allowed", "ask-pharmacist", "ask-doctor", "undecided", "excluded"]


def checked(*words: str, width: int = 80, given: str | None = None) -> "Result":
    return run("check", *DAY, *words, input=given, env={"COLUMNS": str(width)})


def printed(*words: str, width: int = 80, given: str | None = None) -> str:
    result = checked(*words, width=width, given=given)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def report_of(*words: str, given: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed(*words, "--format", "json", given=given))
    return found


def verdicts_of(*words: str, given: str | None = None) -> dict[str, str]:
    return {entry["remedy"]: entry["verdict"] for entry in report_of(*words, given=given)["verdicts"]}


def headings(text: str, known: tuple[str, ...]) -> list[str]:
    return [line for line in text.splitlines() if line in known]


SECTIONS = (
    "See a doctor now, before any remedy",
    "See a doctor soon, before any remedy",
    "May be used: no listed reason against it",
    "Ask a doctor first",
    "Cannot be said yet",
    "Questions that would settle it",
    "Must not be used",
)
CLOSED = ("--skin", "none", "--taking", "none", "--circumstance", "none")


def test_signs_come_first_and_what_must_not_be_used_last() -> None:
    signs = ("--sign", "fever", "--sign", "limb-weakness")
    text = printed("--why", *MAN, *CLOSED, "--has", "none", *signs, "--allergy", "camphor")
    assert headings(text, SECTIONS) == [
        "See a doctor now, before any remedy",
        "See a doctor soon, before any remedy",
        "Ask a doctor first",
        "Cannot be said yet",
        "Questions that would settle it",
        "Must not be used",
    ]


def test_what_may_be_used_comes_before_what_needs_a_doctor_or_an_answer() -> None:
    text = printed("--why", "--born", "2012", "--sex", "male", "--nothing-else")
    assert headings(text, SECTIONS) == [
        "May be used: no listed reason against it",
        "Ask a doctor first",
        "Cannot be said yet",
        "Questions that would settle it",
        "Must not be used",
    ]


def test_a_report_ends_with_what_was_assumed_the_course_and_the_disclaimer() -> None:
    assert printed("--why", *ASTHMATIC).splitlines()[-4:] == [
        "Assumed to be “no”: pregnancy (sex is male) and breastfeeding (sex is male).",
        f"For a course of 5 days from 2026-11-22, catalogue {Catalogue.shipped().version}.",
        "Not yet reviewed by a pharmacist.",
        DISCLAIMER,
    ]


def test_a_course_of_one_day_is_spoken_of_as_one_day() -> None:
    line = f"For a course of 1 day from 2026-11-22, catalogue {Catalogue.shipped().version}."
    assert printed("--why", *ASTHMATIC, "--days", "1").splitlines()[-3] == line


def test_nothing_is_assumed_of_a_person_of_whom_nothing_is_known() -> None:
    text = printed()
    assert "Assumed" not in text
    assert "May be used" not in text


def test_of_an_unknown_person_nothing_may_be_used() -> None:
    assert set(verdicts_of().values()) <= {"undecided", "ask-doctor"}


@pytest.mark.parametrize("format_", ["table", "markdown", "csv", "json"])
def test_the_word_safe_is_never_said(format_: str) -> None:
    assert "safe" not in printed(*MAN, "--nothing-else", "--format", format_).casefold()


def test_a_table_names_remedy_reason_and_source() -> None:
    lines = printed("--why", *ASTHMATIC, "--remedy", "dolobene").splitlines()
    assert lines[:3] == ["Understood: asthma.", "", "Must not be used"]
    assert lines[3].split() == ["Remedy", "Why", "Source"]
    assert lines[5].startswith("Dolobene gel  People with asthma must not use it.")
    assert lines[5].endswith("article +3")


def test_a_settled_reason_carries_no_remark_and_an_open_one_does() -> None:
    text = printed("--why", *MAN, "--remedy", "dolobene", width=120)
    assert "People with asthma must not use it. (not ruled out)" in text
    assert "(holds)" not in printed("--why", *ASTHMATIC, "--remedy", "dolobene")


def test_only_the_first_reason_of_each_remedy_is_listed_unless_a_remedy_is_named() -> None:
    words = (*MAN, "--has", "asthma", "--has", "heart disease", "--nothing-else")
    short, long = printed("--why", *words, width=120), printed("--why", *words, "--remedy", "dolobene", width=120)
    assert "People with heart disease must not use it." in long
    assert "People with asthma must not use it." in long
    assert ("People with heart disease must not use it." in short) is not ("asthma must not use it." in short)


def test_all_rules_shows_the_rules_that_were_ruled_out() -> None:
    text = printed(*ASTHMATIC, "--remedy", "dolobene", "--all-rules", width=120)
    assert "Children under five must not use it. (ruled out)" in text
    reasons = report_of(*ASTHMATIC, "--remedy", "dolobene", "--all-rules")["verdicts"][0]["reasons"]
    assert {reason["holds"] for reason in reasons} == {"yes", "no"}


def test_without_all_rules_no_reason_was_ruled_out() -> None:
    for entry in report_of(*ASTHMATIC)["verdicts"]:
        assert "no" not in {reason["holds"] for reason in entry["reasons"]}


def test_details_add_the_rule_its_facts_the_section_the_country_and_the_hash() -> None:
    text = " ".join(printed(*ASTHMATIC, "--remedy", "dolobene", "--details", "--format", "markdown").split())
    assert "[dolobene/asthma; exclude; own; asthma: yes\\]" in text
    assert "article (" in text
    assert Catalogue.shipped().sha256 in text


def test_a_named_remedy_is_the_only_one_reported_and_may_be_repeated() -> None:
    assert list(verdicts_of("--remedy", "nise-gel", "--remedy", "fastum-gel")) == ["fastum-gel", "nise-gel"]


@pytest.mark.parametrize("name", ["dolobene", "Dolobene gel", "DOLOBENE", "Долобене", "долобене гель"])
def test_a_remedy_is_named_by_id_name_or_alias_in_either_alphabet(name: str) -> None:
    assert list(verdicts_of("--remedy", name)) == ["dolobene"]


# JSON, CSV, Markdown


def test_json_has_the_keys_of_the_contract() -> None:
    report = report_of(*MAN, "--has", "asthma", "--sign", "fever")
    assert list(report) == [
        "patient",
        "as_of",
        "course",
        "catalogue",
        "program",
        "asked",
        "person",
        "understood",
        "closed",
        "refer",
        "assumed",
        "verdicts",
        "sources",
        "questions",
        "warnings",
        "review",
        "disclaimer",
    ]
    assert report["as_of"] == "2026-11-22"
    assert report["course"] == {"start": "2026-11-22", "days": 5}
    assert report["catalogue"] == {"version": Catalogue.shipped().version, "sha256": Catalogue.shipped().sha256}
    assert report["assumed"][0] == {"fact": "pregnancy", "value": "no", "because": "sex is male"}
    assert {"sign", "urgency", "because", "sources"} <= report["refer"][0].keys()
    assert {"topic", "facts", "text"} == report["questions"][0].keys()
    assert report["asked"]["words"] == "keep"
    assert report["understood"][0] == {
        "topic": "conditions",
        "word": "asthma",
        "kind": "fact",
        "means": ["asthma"],
        "prompts": [],
        "suggestions": [],
    }
    for entry in report["verdicts"]:
        assert {"remedy", "name", "verdict", "at_least", "at_most", "reasons", "ask"} <= entry.keys()
        for reason in entry["reasons"]:
            assert {"rule", "effect", "holds", "because", "facts", "sources"} <= reason.keys()
            assert {"fact", "value"} == reason["facts"][0].keys() if reason["facts"] else True
            assert {citation.partition(": ")[0] for citation in reason["sources"]} <= report["sources"].keys()


def test_json_is_what_the_library_reports() -> None:
    told = printed(*ASTHMATIC, "--format", "json")
    read = Report.model_validate_json(told)
    patient = Patient.model_validate({"age": 34, "sex": "male", "conditions": ["asthma"], "nothing_else": True})
    assert read == check(patient, start=read.course.start, as_of=read.as_of)
    assert read.model_dump_json(indent=2) + "\n" == told


def test_verdicts_come_in_groups_and_in_catalogue_order_within_each() -> None:
    found = verdicts_of("--born", "2012", "--sex", "male", "--nothing-else")
    order = [remedy.id for remedy in Catalogue.shipped().remedies]
    assert list(found) == sorted(order, key=lambda name: (VERDICTS.index(found[name]), order.index(name)))
    assert len(found) == 21


def test_an_undecided_remedy_says_what_to_ask_and_how_far_down_it_can_come() -> None:
    entry = report_of(*MAN, "--has", "none", "--remedy", "dolobene")["verdicts"][0]
    assert (entry["verdict"], entry["at_least"]) == ("undecided", "allowed")
    assert entry["ask"]
    assert report_of(*ASTHMATIC, "--remedy", "dolobene")["verdicts"][0]["ask"] == []


def test_csv_has_one_line_per_remedy_under_a_header() -> None:
    rows = list(csv.reader(io.StringIO(printed(*ASTHMATIC, "--format", "csv"))))
    assert rows[0] == ["remedy", "name", "verdict", "at_least", "rule", "because", "sources", "ask", "not_understood"]
    assert len(rows) == 1 + 21
    assert {row[0]: row[2] for row in rows[1:]} == verdicts_of(*ASTHMATIC)
    dolobene = next(row for row in rows if row[0] == "dolobene")
    because = "People with asthma must not use it."
    assert dolobene[:6] == ["dolobene", "Dolobene gel", "excluded", "excluded", "dolobene/asthma", because]


def test_markdown_has_the_headings_of_the_table() -> None:
    words = ("--born", "2012", "--sex", "male", "--nothing-else")
    markdown = printed("--why", *words, "--format", "markdown")
    wanted = tuple(f"## {title}" for title in SECTIONS)
    assert headings(markdown, wanted) == [f"## {title}" for title in headings(printed("--why", *words), SECTIONS)]
    assert markdown.splitlines()[-1] == DISCLAIMER


# Exit codes


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((*MAN, "--nothing-else", "--remedy", "dolobene"), 0),
        ((*MAN, "--nothing-else", "--remedy", "zhivokost"), 10),
        ((*MAN, "--remedy", "dolobene"), 11),
        ((*ASTHMATIC, "--remedy", "dolobene"), 12),
        ((*MAN, "--nothing-else", "--remedy", "dolobene", "--remedy", "zhivokost"), 10),
        ((*ASTHMATIC, "--remedy", "zhivokost", "--remedy", "dolobene"), 12),
    ],
)
def test_the_exit_code_is_that_of_the_worst_verdict(words: tuple[str, ...], code: int) -> None:
    result = checked(*words, "--exit-code")
    assert (result.exit_code, result.stderr) == (code, "")
    assert result.stdout == checked(*words).stdout


def test_without_the_option_every_verdict_exits_with_zero() -> None:
    assert checked(*ASTHMATIC, "--remedy", "dolobene").exit_code == 0


# What can be said of a person


def test_silence_and_no_are_different() -> None:
    assert verdicts_of(*MAN, *CLOSED, "--sign", "none", "--allergy", "none")["dolobene"] == "undecided"
    assert verdicts_of(*MAN, *CLOSED, "--sign", "none", "--allergy", "none", "--has", "none")["dolobene"] == "allowed"


@pytest.mark.parametrize("word", ["none", "None", " none ", "nothing", "no", "нет", "Ничего"])
def test_none_closes_a_topic(word: str) -> None:
    asked = {question["topic"] for question in report_of(*MAN, "--allergy", word)["questions"]}
    assert asked == {"signs", "skin", "conditions", "medicines", "circumstances"}


TOPIC_FLAGS = ("--has", "--skin", "--allergy", "--taking", "--sign", "--circumstance")


@pytest.mark.parametrize("flag", TOPIC_FLAGS)
def test_every_topic_can_be_closed(flag: str) -> None:
    others = [word for other in TOPIC_FLAGS if other != flag for word in (other, "none")]
    closed = {one["topic"] for one in report_of(*MAN, *others)["closed"]}
    (open_,) = {"conditions", "skin", "allergies", "medicines", "signs", "circumstances"} - closed
    assert open_ in {question["topic"] for question in report_of(*MAN, *others)["questions"]}
    assert report_of(*MAN, *others, flag, "none")["questions"] == []


def test_an_illness_stays_open_in_a_closed_topic_where_a_medicine_that_was_not_spoken_of_may_tell_of_it() -> None:
    others = [word for flag in TOPIC_FLAGS if flag != "--taking" for word in (flag, "none")]
    no_lungs = ("--has-not", "bronchospasm-tendency", "--has-not", "asthma")
    (question,) = (
        one for one in report_of(*MAN, *no_lungs, "--has", "none")["questions"] if one["topic"] == "conditions"
    )
    assert "diabetes" in question["facts"]
    assert "conditions" in {one["topic"] for one in report_of(*MAN, *others)["closed"]}
    assert "asthma" not in question["facts"]


def test_a_topic_is_closed_beside_what_was_named_in_it() -> None:
    words = (*MAN, "--has", "asthma", "--has", "none", *CLOSED, "--sign", "none", "--allergy", "none")
    assert verdicts_of(*words) == verdicts_of(*ASTHMATIC)


def test_nothing_else_closes_every_topic_but_not_age_or_pregnancy() -> None:
    asked = {question["topic"] for question in report_of("--nothing-else")["questions"]}
    assert asked == {"age", "pregnancy", "breastfeeding"}


@pytest.mark.parametrize(
    "word", ["asthma", "Asthma", "bronchial-asthma", "астма", "БРОНХИАЛЬНАЯ АСТМА", "J45.0", "j459"]
)
def test_an_illness_is_named_in_english_in_russian_or_by_its_code(word: str) -> None:
    assert verdicts_of(*MAN, "--has", word, "--nothing-else") == verdicts_of(*ASTHMATIC)


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ("--allergy", ("aspirin", "аспирин", "B01AC06")),
        ("--taking", ("vitamin-k-antagonists", "варфарин", "B01AA03")),
        ("--skin", ("open-wound", "открытая рана")),
        ("--sign", ("fever", "температура")),
    ],
)
def test_the_other_topics_take_words_of_both_languages_and_codes(flag: str, words: tuple[str, ...]) -> None:
    first, *others = (verdicts_of(*MAN, flag, word, "--nothing-else") for word in words)
    assert all(other == first for other in others)
    assert first != verdicts_of(*MAN, "--nothing-else")


def test_a_code_that_only_prompts_leaves_the_fact_unknown_and_says_so() -> None:
    report = report_of(*MAN, "--has", "K74", "--nothing-else")
    warning = "What was said is a reason to ask about the illnesses: severe liver disease, an autoimmune disease."
    assert warning in report["warnings"]
    assert "severe-liver-disease" in report["questions"][0]["facts"]


def test_an_illness_that_the_person_does_not_have_is_not_asked_again() -> None:
    def asked(*words: str) -> set[str]:
        return {fact for question in report_of(*MAN, *words)["questions"] for fact in question["facts"]}

    assert {"kidney-disease", "severe-kidney-disease"} <= asked()
    assert not {"kidney-disease", "severe-kidney-disease"} & asked("--has-not", "болезнь почек")


@pytest.mark.parametrize(
    ("word", "told"), [("34", "34"), ("7m", "7 months"), ("1y6m", "18 months"), ("0", "0 to 11 months"), ("2г", "2")]
)
def test_an_age_is_given_in_years_or_months(word: str, told: str) -> None:
    entry = report_of("--age", word, "--all-rules", "--remedy", "dolobene")["verdicts"][0]
    assert {fact["value"] for reason in entry["reasons"] for fact in reason["facts"] if fact["fact"] == "age"} == {told}


def test_a_birth_year_leaves_a_limit_inside_the_range_open() -> None:
    def verdict(born: str) -> str:
        return verdicts_of("--born", born, "--sex", "male", "--nothing-else", "--remedy", "dolobene", "--days", "1")[
            "dolobene"
        ]

    assert verdict("2021") == "undecided"
    assert verdict("2021-11-23") == "excluded"
    assert verdict("2021-11-22") == "ask-doctor"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--pregnancy", "possible"), "possible"),
        (("--pregnancy", "yes"), "yes"),
        (("--pregnancy", "2"), "trimester 2"),
        (("--weeks", "27"), "week 27"),
        (("--weeks", "27+6"), "27 weeks + 6 days"),
        (("--weeks", "27w6d"), "27 weeks + 6 days"),
        (("--pregnancy", "yes", "--weeks", "27+6"), "27 weeks + 6 days"),
        (("--pregnancy", '{"weeks": 27, "days": 6}'), "27 weeks + 6 days"),
        (("--pregnancy", '{"trimester": 3}'), "trimester 3"),
        (("--pregnancy", "trimester III"), "trimester 3"),
        (("--pregnancy", "не знаю"), "possible"),
        (("--pregnancy", "20 недель"), "week 20"),
        (("--pregnancy", "6 months"), "month 6: 20 weeks + 0 days to 30 weeks + 3 days"),
        (("--pregnancy", "ПДР 20.02.2027"), "27 weeks + 1 day, due on 2027-02-20"),
        (("--weeks", "8"), "week 8"),
        (("--weeks", "27 недель 6 дней"), "27 weeks + 6 days"),
        (("--weeks", "6 мес"), "month 6: 20 weeks + 0 days to 30 weeks + 3 days"),
        (("--due", "21 February 2027"), "27 weeks + 0 days, due on 2027-02-21"),
        (("--due", "20.02.2027", "--pregnancy", "да"), "27 weeks + 1 day, due on 2027-02-20"),
    ],
)
def test_pregnancy_is_given_by_a_word_a_trimester_or_weeks(words: tuple[str, ...], told: str) -> None:
    entry = report_of("--sex", "female", "--age", "30", *words, "--all-rules", "--remedy", "dolobene")["verdicts"][0]
    values = {fact["value"] for reason in entry["reasons"] for fact in reason["facts"] if fact["fact"] == "pregnancy"}
    assert values == {told}


def test_a_course_that_runs_into_the_third_trimester_is_judged_by_it() -> None:
    words = ("--sex", "female", "--age", "30", "--weeks", "27+6", "--not-breastfeeding", "--nothing-else")
    assert verdicts_of(*words, "--days", "1")["diclofenac-gel"] == "ask-doctor"
    assert verdicts_of(*words, "--days", "2")["diclofenac-gel"] == "excluded"


@pytest.mark.parametrize(("flag", "verdict"), [("--breastfeeding", "excluded"), ("--not-breastfeeding", "allowed")])
def test_breastfeeding_is_said_by_a_pair_of_options(flag: str, verdict: str) -> None:
    words = ("--sex", "female", "--age", "30", "--pregnancy", "no", "--nothing-else", "--remedy", "dolobene")
    assert verdicts_of(*words, flag) == {"dolobene": verdict}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *(("m", "male"), ("М", "male"), ("Male", "male"), ("мужчина", "male")),
        *(("f", "female"), ("ж", "female"), ("женщина", "female"), ("бабушка", "female")),
    ],
)
def test_sex_may_be_said_in_short(said: str, meant: str) -> None:
    assert verdicts_of("--age", "30", "--sex", said) == verdicts_of("--age", "30", "--sex", meant)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (("--age", "34 года"), ("--age", "34")),
        (("--age", "18 мес."), ("--age", "1y6m")),
        (("--born", "17 мая 1990 г."), ("--born", "1990-05-17")),
        (("--born", "May 1990"), ("--born", "1990-05")),
        (("--start", "24.11.2026"), ("--start", "2026-11-24")),
        (("--start", "24 ноября 2026"), ("--start", "2026-11-24")),
        (("--start", "2026-11-24T09:00:00Z"), ("--start", "2026-11-24")),
    ],
)
def test_ages_and_days_may_be_written_as_people_do(said: tuple[str, ...], meant: tuple[str, ...]) -> None:
    assert report_of(*said) == report_of(*meant)


# Words that are not simply facts


def test_a_word_that_is_not_understood_keeps_its_topic_open_and_is_reported_with_suggestions() -> None:
    report = report_of(*MAN, "--nothing-else", "--has", "astmma", "--remedy", "dolobene")
    warning = "'astmma' was not understood, so nothing is ruled out among the illnesses. Did you mean asthma?"
    (word,) = report["understood"]
    assert (word["kind"], word["suggestions"]) == ("unclear", ["asthma"])
    assert report["warnings"] == [warning]
    assert "conditions" not in {one["topic"] for one in report["closed"]}
    assert report["verdicts"][0]["verdict"] == "undecided"
    shown = " ".join(printed("--why", *MAN, "--nothing-else", "--has", "astmma", "--remedy", "dolobene").split())
    assert warning in shown


@pytest.mark.parametrize("flag", TOPIC_FLAGS)
def test_a_word_that_was_set_aside_keeps_no_topic_open(flag: str) -> None:
    words = (*MAN, "--nothing-else", flag, "xyzzy")
    open_, closed = report_of(*words), report_of(*words, "--other", "XYZZY")
    assert len(open_["closed"]) == 5
    assert open_["questions"]
    assert closed["questions"] == closed["warnings"] == []
    assert {one["kind"] for one in closed["understood"]} == {"other"}
    assert closed["verdicts"] == report_of(*MAN, "--nothing-else")["verdicts"]


def test_a_word_that_is_understood_cannot_be_set_aside() -> None:
    words = (*MAN, "--nothing-else", "--remedy", "dolobene")
    assert verdicts_of(*words, "--has", "asthma", "--other", "asthma") == {"dolobene": "excluded"}
    assert verdicts_of(*words, "--other", "asthma") == {"dolobene": "undecided"}


@pytest.mark.parametrize(
    ("word", "verdict"),
    [("asthma?", "undecided"), ("no asthma", "allowed"), ("mother had asthma", "allowed"), ("gout", "allowed")],
)
def test_doubt_denial_and_family_are_no_illness_of_the_person(word: str, verdict: str) -> None:
    words = (*MAN, "--nothing-else", "--remedy", "dolobene")
    assert verdicts_of(*words, "--has", word) == {"dolobene": verdict}


def test_a_word_of_another_list_counts_there() -> None:
    words = (*MAN, "--nothing-else", "--remedy", "dolobene")
    assert verdicts_of(*words, "--taking", "asthma") == {"dolobene": "excluded"}


def test_words_that_are_read_strictly_are_said_to_be_so() -> None:
    assert report_of(*MAN, "--has", "asthma", "--strict")["asked"]["words"] == "strict"


# Patient files


def test_a_patient_file_says_the_same_as_the_options(tmp_path: Path) -> None:
    file = tmp_path / "patient.json"
    file.write_text('{"age": 34, "sex": "male", "conditions": ["asthma"], "nothing_else": true}', encoding="utf-8")
    assert report_of("--patient", str(file)) == report_of(*ASTHMATIC)


def test_a_patient_is_read_from_standard_input_and_its_id_is_echoed_back() -> None:
    report = report_of("--patient", "-", given='{"id": "case 7", "age": 34, "born": null}')
    assert report["patient"] == "case 7"


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "patient.json"
    file.write_bytes(b'\xef\xbb\xbf{"age": 34}')
    assert report_of("--patient", str(file)) == report_of("--age", "34")


def test_options_after_a_patient_file_add_to_lists_and_replace_single_values(tmp_path: Path) -> None:
    file = tmp_path / "patient.json"
    document = {"age": 70, "sex": "female", "conditions": ["asthma"], "allergies": {"no": ["camphor"]}}
    file.write_text(json.dumps(document), encoding="utf-8")
    joined = report_of(
        "--patient", str(file), *MAN, "--has", "heart-disease", "--has-not", "diabetes", "--allergy", "aspirin"
    )
    assert joined == report_of(
        "--patient",
        "-",
        given=json.dumps(
            {
                "age": 34,
                "sex": "male",
                "conditions": {"yes": ["asthma", "heart-disease"], "no": ["diabetes"]},
                "allergies": {"yes": ["aspirin"], "no": ["camphor"]},
            }
        ),
    )


def test_an_age_option_replaces_a_birth_date_of_the_file_and_the_other_way_round() -> None:
    assert report_of("--patient", "-", "--age", "34", given='{"born": "1950"}') == report_of("--age", "34")
    assert report_of("--patient", "-", "--born", "1950", given='{"age": 34}') == report_of("--born", "1950")


def test_none_after_a_patient_file_closes_the_topic() -> None:
    document = json.dumps({"age": 34, "sex": "male", "conditions": ["asthma"]})
    closed = verdicts_of("--patient", "-", "--has", "none", "--nothing-else", given=document)
    assert closed == verdicts_of(*ASTHMATIC)


# Width and colour


PEOPLE = [(), ASTHMATIC, (*MAN, "--sign", "fever", "--allergy", "camphor"), ("--weeks", "27", "--details")]


@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 120])
@pytest.mark.parametrize("words", PEOPLE, ids=["nobody", "asthmatic", "fever", "pregnant"])
def test_no_line_is_longer_than_the_terminal_is_wide(words: tuple[str, ...], width: int) -> None:
    assert max(map(len, printed(*words, width=width).splitlines())) <= width


def test_a_narrow_terminal_gets_lists_in_place_of_tables() -> None:
    lines = printed("--why", *ASTHMATIC, "--remedy", "dolobene", width=40).splitlines()
    assert lines[:6] == [
        "Understood: asthma.",
        "",
        "Must not be used",
        "Dolobene gel",
        "  why: People with asthma must not use",
        "  it.",
    ]


@pytest.mark.parametrize("width", [40, 80])
def test_the_words_are_the_same_however_wide_the_terminal_is(width: int) -> None:
    text = " ".join(printed("--born", "2012", "--sex", "male", "--nothing-else", width=width).split())
    assert DISCLAIMER in text
    for remedy in ("Apizartron", "Zvezdochka", "Betanicomylon", "Ibuprofen", "Formic"):
        assert remedy in text


def test_output_that_is_no_terminal_has_no_escape_codes() -> None:
    for format_ in ("table", "json", "markdown", "csv"):
        assert "\x1b" not in printed(*ASTHMATIC, "--format", format_)


# Another catalogue


def renamed(folder: Path) -> Path:
    """Write a catalogue in which Dolobene has another name."""
    document = json.loads(Catalogue.shipped().file.model_dump_json(exclude_defaults=True, by_alias=True))
    document["remedies"][2]["name"] = "Dolobene of our own"
    file = folder / "remedies.json"
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return file


def test_another_catalogue_is_used_by_option_or_by_environment(tmp_path: Path) -> None:
    own = str(renamed(tmp_path))
    words = ("check", *DAY, *ASTHMATIC, "--remedy", "dolobene", "--format", "json")
    by_option = run("--catalogue", own, *words)
    by_environment = run(*words, env={"REMEDIES_CATALOGUE": own})
    assert json.loads(by_option.stdout)["verdicts"][0]["name"] == "Dolobene of our own"
    assert by_environment.stdout == by_option.stdout
    assert json.loads(by_option.stdout)["catalogue"]["sha256"] != Catalogue.shipped().sha256


def test_the_option_wins_over_the_environment(tmp_path: Path) -> None:
    own = str(renamed(tmp_path))
    missing = str(tmp_path / "missing.json")
    result = run("--catalogue", own, "check", "--remedy", "dolobene", env={"REMEDIES_CATALOGUE": missing})
    assert result.exit_code == 0
    assert "Dolobene of our own" in result.stdout
