"""`remedies plan`: exit codes, formats, files and everything that can be typed wrongly."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from support import run

from remedies.advice.plan import Plan

if TYPE_CHECKING:
    from click.testing import Result

WHEN = ("--start", "2026-11-16", "--as-of", "2026-11-16")
HEALTHY = ("--sex", "male", "--age", "34", "--nothing-else")
DISCLAIMER = "Not medical advice: read the leaflet in the pack and ask a\npharmacist.\n"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def plan(*words: str, when: tuple[str, ...] = WHEN, given: str | None = None) -> Result:
    return run("plan", *words, *when, input=given)


def printed(*words: str) -> str:
    result = plan(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def found(*words: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(printed(*words, "--format", "json"))
    return document


def message(*words: str) -> str:
    result = plan(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def test_a_plan_is_printed_in_the_order_in_which_it_is_followed() -> None:
    text = printed("fastum-gel", *HEALTHY)

    titles = ["Plan: Fastum gel", "When", "Stop and see a doctor", "How", "Avoid", "Afterwards", "Also"]
    assert [line for line in text.splitlines() if line in {*titles, "Why these limits"}] == [
        *titles,
        "Why these limits",
    ]
    assert "- Mon 2026-11-16: 08:00, 15:00, 22:00\n" in text
    assert "- Until 2026-12-04: Keep the treated skin covered by\n" in text
    assert "- No relief by the last day of use: stop and see a doctor at\n  once.\n" in text
    assert text.endswith(
        "Catalogue 2026.11.26. Not yet reviewed by a pharmacist. Not\n"
        "medical advice: read the leaflet in the pack and ask a\n"
        "pharmacist.\n"
    )


def test_the_json_shows_which_rule_set_each_bound_and_when_aftercare_ends() -> None:
    document = found("fastum-gel", *HEALTHY)

    assert {bound["limit"]: (bound["value"], bound["set_by"]) for bound in document["bounds"]} == {
        "times_per_day_min": (2, ["article"]),
        "times_per_day_max": (3, ["article", "label"]),
        "days": (5, ["article"]),
        "max_per_day": ("15 g", ["label"]),
    }
    assert [after["until"] for after in document["aftercare"]] == ["2026-12-04"]
    assert Plan.model_validate_json(json.dumps(document)).remedy == "fastum-gel"


def test_a_patient_can_come_from_a_file_or_a_pipe() -> None:
    document = '{"age": 34, "sex": "male", "nothing_else": true}'
    Path("me.json").write_text(document, "utf-8")

    from_file = plan("Фастум гель", "--patient", "me.json")
    from_pipe = plan("fastum-gel", "--patient", "-", given=document)

    assert from_file.exit_code == 0
    assert from_file.stdout == from_pipe.stdout


# Exit codes


@pytest.mark.parametrize(
    ("words", "code", "first"),
    [
        (("dolobene", *HEALTHY, "--has", "asthma"), 12, "No plan: Dolobene gel must not be used"),
        (("dolobene", "--age", "34", "--sex", "male"), 11, "No plan yet: these questions about Dolobene gel are open"),
        (("betanicomylon", *HEALTHY), 10, "No plan: Betanicomylon"),
        (("fastum-gel", *HEALTHY, "--sign", "limb-weakness"), 10, "See a doctor now, before any remedy"),
        (("fastum-gel", *HEALTHY, "--together", "nise-gel"), 12, "No plan: the two do not go together"),
        (("zhivokost", *HEALTHY), 0, "ONLY IF A DOCTOR AGREES"),
        (("nise-gel", *HEALTHY), 0, "Plan: Nise gel"),
    ],
)
def test_the_exit_code_and_the_first_line_say_how_it_went(words: tuple[str, ...], code: int, first: str) -> None:
    result = plan(*words)

    assert (result.exit_code, result.stderr) == (code, "")
    assert result.stdout.splitlines()[0] == first
    assert "not medical advice" in result.stdout.replace("\n", " ").casefold()


def test_a_refusal_names_reasons_and_cures() -> None:
    result = plan("fastum-gel", *HEALTHY, "--taking", "any-other-topical-same-site")

    assert result.stdout == (
        "No plan: Fastum gel must not be used\n"
        "- It must not share a patch of skin with any other product.\n"
        "  What would help: Leave every other product off that skin\n"
        "  for as long as the gel is used.\n"
        "\n" + DISCLAIMER
    )


def test_near_week_28_the_shorter_course_is_offered() -> None:
    result = plan(
        "diclofenac-gel", "--age", "30", "--sex", "female", "--weeks", "27+4", "--not-breastfeeding", "--nothing-else"
    )

    assert result.exit_code == 12
    assert "A course of 3 days from 2026-11-16 would only need a\ndoctor's word.\n" in result.stdout


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "ics"])
def test_a_refusal_is_readable_whatever_format_was_asked_for(format_: str) -> None:
    result = plan("dolobene", *HEALTHY, "--has", "asthma", "--format", format_)

    assert result.exit_code == 12
    assert "People with asthma must not use it." in result.stdout


def test_a_refusal_in_json_carries_the_report() -> None:
    result = plan("dolobene", *HEALTHY, "--has", "asthma", "--format", "json")
    document = json.loads(result.stdout)

    assert result.exit_code == 12
    assert (document["kind"], document["verdict"]) == ("excluded", "excluded")
    assert document["report"]["verdicts"][0]["remedy"] == "dolobene"


# Without a remedy


def test_without_a_remedy_none_is_put_forward_and_those_that_may_be_used_are_named() -> None:
    result = plan(*HEALTHY)
    checked = run("check", *HEALTHY, *WHEN, "--format", "json")
    allowed = [entry["remedy"] for entry in json.loads(checked.stdout)["verdicts"] if entry["verdict"] == "allowed"]

    assert result.exit_code == 2
    assert len(allowed) == 19
    assert result.stderr.splitlines()[-1] == (
        f"Error: which one? Name one of {', '.join(allowed)}; they stand in the order of the catalogue"
    )
    assert result.stdout == run("check", *HEALTHY, *WHEN).stdout


def test_without_a_remedy_the_json_is_the_report() -> None:
    result = plan(*HEALTHY, "--format", "json")

    assert result.exit_code == 2
    assert len(json.loads(result.stdout)["verdicts"]) == 21


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        ((*HEALTHY, "--sign", "fever"), 10, "See a doctor soon, before any remedy: fever above 37 °C."),
        (("--age", "34", "--sex", "male"), 11, "To settle more, add the answer (remedies ask has 3 more):"),
    ],
)
def test_without_a_remedy_that_may_be_used_the_answer_says_why(words: tuple[str, ...], code: int, line: str) -> None:
    result = plan(*words)

    assert result.exit_code == code
    assert line in result.stdout.splitlines()
    assert "Plan:" not in result.stdout


def test_a_remedy_and_a_person_are_named_in_one_line_of_words() -> None:
    result = plan("fastum", "gel,", "man", "34,", "nothing", "else")

    assert result.exit_code == 0
    assert result.stdout == printed("fastum-gel", *HEALTHY)


def test_the_name_of_tablets_stands_for_the_remedy_where_it_comes_first() -> None:
    assert plan("кеторол", *HEALTHY).stdout == printed("ketorol-gel", *HEALTHY)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("finalgon", "dolobene", "man", "34"),
            "finalgon and dolobene are two remedies; plan one, and ask for the other with --together dolobene",
        ),
        (("fastumm", "man", "34"), "no remedy is called 'fastumm'. Did you mean fastum?"),
    ],
)
def test_what_is_no_plan_of_one_remedy_says_how_to_ask_for_one(words: tuple[str, ...], message: str) -> None:
    result = run("plan", *words)

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == f"Error: {message}"


# When


def test_a_start_in_the_past_is_said() -> None:
    result = plan("fastum-gel", *HEALTHY, when=("--start", "2026-11-14", "--as-of", "2026-11-16"))

    assert result.exit_code == 0
    assert "The course starts on 2026-11-14, before today (2026-11-16).\n" in result.stdout


def test_a_time_on_the_first_day_leaves_out_what_is_over() -> None:
    assert "- Mon 2026-11-16: 22:00\n" in printed("fastum-gel", *HEALTHY, "--now", "15:01")
    assert "- Mon 2026-11-16: no use\n" in printed("fastum-gel", *HEALTHY, "--now", "22:01")


def test_waking_hours_move_the_times() -> None:
    text = printed("fastum-gel", *HEALTHY, "--wake", "6:30", "--sleep", "20:30")

    assert "- Mon 2026-11-16: 06:30, 13:30, 20:30\n" in text


def test_a_full_hour_may_be_written_as_a_number() -> None:
    words = printed("fastum-gel", *HEALTHY, "--wake", "7", "--sleep", "21")

    assert words == printed("fastum-gel", *HEALTHY, "--wake", "07:00", "--sleep", "21:00")
    assert "- Mon 2026-11-16: 07:00, 14:00, 21:00\n" in words


def test_a_short_day_is_said() -> None:
    text = printed("ketorol-gel", *HEALTHY, "--wake", "08:00", "--sleep", "13:00")

    assert "- Mon 2026-11-16: 08:00, 13:00\n" in text
    assert "Only 2 of 3 uses fit: 4 hours must lie between them.\n" in text


def test_a_zone_keeps_the_hours_over_a_change_of_the_clock() -> None:
    result = plan(
        "diclofenac-gel", *HEALTHY, "--zone", "Europe/Berlin", when=("--start", "2027-03-27", "--as-of", "2027-03-27")
    )

    assert "- Sun 2027-03-28: 09:00, 21:00\n" in result.stdout


def test_a_zone_never_names_a_time_that_its_clock_leaves_out() -> None:
    days = ("--start", "2027-03-13", "--as-of", "2027-03-13", "--days", "3")
    result = plan("ketorol-gel", *HEALTHY, "--wake", "02:00", "--zone", "America/St_Johns", when=days)

    assert [line for line in result.stdout.splitlines() if line.startswith(("- Sat", "- Sun", "- Mon"))] == [
        "- Sat 2027-03-13: 02:00, 12:00, 22:00",
        "- Sun 2027-03-14: 03:00, 12:00, 22:00",
        "- Mon 2027-03-15: 02:00, 12:00, 22:00",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ("--wake", "9:00", "--sleep", "8:00"),
            "Error: bedtime (08:00) must be later than waking up (09:00) on the same day\n",
        ),
        (
            ("--zone", "Mars/Base"),
            "Error: there is no time zone 'Mars/Base' on this machine; write one such as Europe/Moscow\n",
        ),
        (
            ("--zone", "../../etc/passwd"),
            "Error: there is no time zone '../../etc/passwd' on this machine; write one such as Europe/Moscow\n",
        ),
        (("--together", "fastum-gel"), "Error: Fastum gel cannot be planned together with itself\n"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_one_message(words: tuple[str, ...], expected: str) -> None:
    assert message("fastum-gel", *HEALTHY, *words) == expected


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--wake", "25:00"), "'25:00' is not a time of day; write 08:00"),
        (("--wake", "24"), "'24' is not a time of day; write 08:00"),
        (("--wake", "730"), "'730' is not a time of day; write 08:00"),
        (("--wake", "7:60"), "'7:60' is not a time of day; write 08:00"),
        (("--now", "noon"), "'noon' is not a time of day; write 08:00"),
        (("--days", "6"), "a course has 1 to 5 days, not 6"),
        (("--days", "0"), "a course has 1 to 5 days, not 0"),
        (("--days", "many"), "'many' is no number of days; write 1 to 5"),
        (("--format", "pdf"), "'pdf' is not one of 'text', 'markdown', 'json', 'html', 'ics'"),
        (("--together", "fastumgel"), "no remedy is called 'fastumgel'"),
    ],
)
def test_options_that_cannot_be_read_say_what_to_write(words: tuple[str, ...], part: str) -> None:
    assert part in message("fastum-gel", *HEALTHY, *words)


def test_a_remedy_that_nobody_knows_is_an_error_with_a_suggestion() -> None:
    found_near = message("fastumgel", *HEALTHY)

    assert found_near.startswith("Error: no remedy is called 'fastumgel'. Did you mean fastum gel")


def test_a_single_day_that_is_over_is_not_planned_as_if_it_could_be_followed() -> None:
    result = plan("fastum-gel", *HEALTHY, "--days", "1", "--now", "23:00")

    assert result.exit_code == 2
    assert result.stdout == ""


# Files


@pytest.mark.parametrize("format_", ["text", "markdown", "json", "html"])
def test_a_file_holds_what_would_have_been_printed(format_: str) -> None:
    result = plan("fastum-gel", *HEALTHY, "--format", format_, "--output", "plan")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Written: plan\n")
    assert Path("plan").read_text("utf-8") == printed("fastum-gel", *HEALTHY, "--format", format_)


def test_a_calendar_file_is_read_by_a_calendar() -> None:
    result = plan("fastum-gel", *HEALTHY, "--format", "ics", "--output", "plan.ics")

    assert result.exit_code == 0
    assert result.stderr == (
        "Written: plan.ics\nTo use it, open the file on the phone, or import it in the settings of the calendar.\n"
    )
    content = Path("plan.ics").read_bytes()
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 18
    assert b"\r\n" in content
    assert content.endswith(b"END:VCALENDAR\r\n")


def test_a_file_that_exists_is_replaced_only_with_overwrite() -> None:
    Path("plan.txt").write_text("mine", "utf-8")

    refused = plan("fastum-gel", *HEALTHY, "--output", "plan.txt")
    kept = Path("plan.txt").read_text("utf-8")
    replaced = plan("fastum-gel", *HEALTHY, "--output", "plan.txt", "--overwrite")

    assert refused.exit_code == 2
    assert refused.stderr == ("Error: plan.txt: exists already and was left as it is; add --overwrite to replace it\n")
    assert kept == "mine"
    assert replaced.stderr == "Written: plan.txt\n"
    assert Path("plan.txt").read_text("utf-8").startswith("Plan: Fastum gel\n")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nowhere/plan.txt", "Error: nowhere/plan.txt: cannot be written: no such file or directory\n"),
        (".", "Error: .: cannot be written: is a directory\n"),
        ("x" * 300, f"Error: {'x' * 300}: cannot be written: file name too long\n"),
    ],
    ids=["no such folder", "a folder", "a name that is too long"],
)
def test_a_file_that_cannot_be_written_is_one_message(name: str, expected: str) -> None:
    assert message("fastum-gel", *HEALTHY, "--output", name, "--overwrite") == expected


def test_a_name_that_is_too_long_is_one_message_without_overwrite_as_well() -> None:
    name = "x" * 300

    assert message("fastum-gel", *HEALTHY, "--output", name) == (
        f"Error: {name}: cannot be written: file name too long\n"
    )


@pytest.mark.parametrize(("format_", "name"), [("ics", "plan.ics"), ("html", "plan.html")])
def test_a_refusal_is_never_written_into_a_calendar_or_a_page(format_: str, name: str) -> None:
    result = plan("dolobene", *HEALTHY, "--has", "asthma", "--format", format_, "--output", name)

    assert result.exit_code == 12
    assert "People with asthma must not use it." in result.stdout
    assert not Path(name).exists()


@pytest.mark.parametrize(
    ("module", "format_", "expected"),
    [
        ("jinja2", "html", "Error: HTML needs an extra package; add it with: pip install 'remedies[html]'\n"),
        (
            "icalendar",
            "ics",
            "Error: a calendar needs an extra package; add it with: pip install 'remedies[calendar]'\n",
        ),
    ],
)
def test_a_missing_extra_names_the_command_that_adds_it(
    monkeypatch: pytest.MonkeyPatch, module: str, format_: str, expected: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    assert message("fastum-gel", *HEALTHY, "--format", format_, "--output", "plan") == expected
    assert not Path("plan").exists()


def test_details_add_sources_and_change_no_verdict() -> None:
    plain, full = printed("fastum-gel", *HEALTHY), printed("fastum-gel", *HEALTHY, "--details")

    assert "- most in a day: 15 g (the label) [fastum-es-smpc]\n" in full
    assert plain.split("Why these limits")[0] == full.split("Why these limits")[0]


def test_a_pipe_gets_no_colour() -> None:
    assert "\x1b" not in printed("zhivokost", *HEALTHY)


def test_what_a_patient_file_says_is_not_repeated_in_an_error() -> None:
    Path("me.json").write_text('{"id": "Maria Secret", "age": 34, "wrong": 1}', "utf-8")

    assert "Secret" not in message("fastum-gel", "--patient", "me.json")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("plan.ics", "BEGIN:VCALENDAR"),
        ("plan.HTML", "<!doctype html>"),
        ("plan.json", "{"),
        ("plan.md", "## Plan: Fastum gel"),
        ("plan.txt", "Plan: Fastum gel"),
    ],
)
def test_the_ending_of_a_file_decides_the_format(name: str, begins: str) -> None:
    assert plan("fastum-gel", *HEALTHY, "--output", name).exit_code == 0
    assert Path(name).read_text("utf-8").startswith(begins)


def test_an_ending_that_is_no_format_or_another_one_than_was_asked_for_is_refused() -> None:
    assert message("fastum-gel", *HEALTHY, "--output", "plan.pdf").endswith(
        "Error: 'plan.pdf' has the ending of no format; end it with .ics, .html, .md, .txt or .json\n"
    )
    assert message("fastum-gel", *HEALTHY, "--output", "plan.ics", "--format", "html").endswith(
        "Error: --format html and 'plan.ics' are two formats; leave --format out, or change the ending\n"
    )
    assert list(Path.cwd().iterdir()) == []
