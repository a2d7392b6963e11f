"""`remedies ask`: the interview through a pipe, with every kind of answer, and what it leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from support import run

from remedies import Catalogue
from remedies.cli import dialogue

if TYPE_CHECKING:
    from click.testing import Result

WHEN = ("--start", "2026-11-16", "--as-of", "2026-11-16")
HEALTHY = ("--sex", "male", "--age", "34", "--nothing-else")
WOMAN = ("0", "34, woman", "0", "no", "no", "no", "no", "0")
"""The answers of a healthy woman."""

MAN = ("--sex", "male", "--age", "34")
EVERY_TOPIC = (
    "Warning signs, Who will use it, Pregnancy and breastfeeding, Skin where it would go, Illnesses, "
    "Allergies and reactions, Medicines and creams, Plans and circumstances"
)
DISCLAIMER = "Not medical advice: read the leaflet in the pack and ask a pharmacist."
NAMES = [remedy.name for remedy in Catalogue.shipped().remedies]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def ask(*words: str, answers: tuple[str, ...] = ()) -> Result:
    return run("ask", *WHEN, *words, input="".join(f"{line}\n" for line in answers))


def written(*words: str, answers: tuple[str, ...]) -> Any:
    result = ask(*words, "--save", "me.json", answers=answers)
    assert "Written: me.json" in result.stderr
    return json.loads(Path("me.json").read_text("utf-8"))


# The whole way


def test_a_healthy_woman_answers_eight_screens_and_gets_an_answer_and_a_calendar() -> None:
    result = ask(answers=(*WOMAN, "", "1", "plan.ics"))

    assert result.exit_code == 0
    assert result.stdout.count("\n> ") == 8 + 1
    assert "\nYou may use 19 of 21. A doctor should look at 2. " in result.stdout
    assert "\nMay be used, no listed reason against it (19): Fastum gel, Finalgon, " in result.stdout
    assert "\n  1  Fastum gel (allowed)\n" in result.stdout
    assert "\nPlan: Fastum gel\n" in result.stdout
    assert DISCLAIMER in result.stdout
    assert result.stderr == (
        "Written: plan.ics\nTo use it, open the file on the phone, or import it in the settings of the calendar.\n"
    )
    events = icalendar.Calendar.from_ical(Path("plan.ics").read_bytes()).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events[:2]] == ["Fastum gel: how to use it", "Fastum gel: use 1 of 15"]


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("plan.html", "<!doctype html>"),
        ("plan.MD", "## Plan: Fastum gel"),
        ("plan.txt", "Plan: Fastum gel"),
        ("plan.json", "{"),
        ("plan.ics", "BEGIN:VCALENDAR"),
        ("мой план.md", "## Plan: Fastum gel"),
    ],
)
def test_the_ending_of_the_file_says_the_format(name: str, begin: str) -> None:
    result = ask(*HEALTHY, answers=("1", name))

    assert result.exit_code == 0
    assert Path(name).read_text("utf-8").startswith(begin)


def test_an_ending_that_is_no_format_is_asked_for_again() -> None:
    result = ask(*HEALTHY, answers=("1", "plan.doc", "plan", "plan.md"))

    assert result.stdout.count("Please end the name with .ics, .html, .md, .txt or .json.\n") == 2
    assert result.stderr == "Written: plan.md\n"


def test_a_file_that_cannot_be_written_is_said_and_asked_for_again() -> None:
    result = ask(*HEALTHY, answers=("1", "nowhere/plan.md", "plan.md"))

    assert result.stderr == ("Error: nowhere/plan.md: cannot be written: no such file or directory\nWritten: plan.md\n")


@pytest.mark.parametrize("name", ["x" * 300 + ".md", "a\0b.md"], ids=["far too long", "with a zero byte"])
def test_a_file_name_that_cannot_be_is_said_and_asked_for_again(name: str) -> None:
    result = ask(*HEALTHY, answers=("1", name, "plan.md"))

    assert result.exit_code == 0
    assert result.stderr.startswith("Error: ")
    assert result.stderr.endswith("Written: plan.md\n")


def test_a_plan_file_that_exists_is_left_as_it_is_where_nobody_can_be_asked() -> None:
    Path("plan.md").write_text("mine", "utf-8")

    result = ask(*HEALTHY, answers=("1", "plan.md", ""))

    assert result.exit_code == 0
    assert result.stderr.startswith("Error: plan.md: exists already and was left as it is")
    assert Path("plan.md").read_text("utf-8") == "mine"


def test_no_plan_is_wanted_by_an_empty_line_or_zero() -> None:
    for words in ("", "0"):
        result = ask(*HEALTHY, answers=(words,))
        assert result.exit_code == 0
        assert result.stdout.endswith(
            "A number, m for more, or Enter for none. \n"
            if not words
            else "A number, m for more, or Enter for none. 0\n"
        )


@pytest.mark.parametrize("words", ["99", "fastum", "-1", "1,2"])
def test_a_choice_that_is_not_there_is_asked_for_again(words: str) -> None:
    result = ask(*HEALTHY, answers=(words, ""))

    assert f"There is no '{words}' here; choose from 1 to 20, or Enter for none.\n" in result.stdout


def test_a_remedy_without_a_dose_is_not_offered_for_a_plan() -> None:
    result = ask(*HEALTHY, answers=("",))

    menu = result.stdout.partition("Which one shall the plan be for?")[2]
    assert "Fastum gel (allowed)" in menu
    assert "Betanicomylon" not in menu


def test_nothing_is_offered_where_nothing_may_be_used() -> None:
    result = ask(*HEALTHY, "--has", "asthma", "--remedy", "dolobene")

    assert result.exit_code == 0
    assert "\nDolobene gel: must not be used. People with asthma must not use it.\n" in result.stdout
    assert "Which one shall the plan be for?" not in result.stdout


def test_with_a_sign_that_can_wait_the_answer_begins_and_ends_with_it_and_no_plan_is_offered() -> None:
    result = ask(*HEALTHY, "--sign", "fever")

    assert result.exit_code == 0
    assert result.stdout.lstrip().startswith("See a doctor soon, before any remedy: fever above 37 °C.\n")
    assert result.stdout.endswith("See a doctor soon, before any remedy: fever above 37 °C.\n")
    assert "Ask a doctor first" in result.stdout
    assert "Which one shall the plan be for?" not in result.stdout


# Narrowing and going on


def test_naming_the_remedy_in_the_hand_asks_less_and_answers_only_about_it() -> None:
    result = ask("--remedy", "Долобене", answers=("0", "34, woman", *["0"] * 6, "", ""))

    assert result.exit_code == 0
    assert "Dolobene gel" in result.stdout
    assert "Fastum gel" not in result.stdout
    assert result.stdout.count("\n> ") == 8 + 1


def test_a_patient_file_is_gone_on_from() -> None:
    Path("me.json").write_text(
        '{"age": 34, "sex": "male", "signs": {"rest": "no"}, "skin": {"rest": "no"}, '
        '"conditions": {"no": ["bleeding"]}}',
        "utf-8",
    )

    result = ask("--patient", "me.json", answers=("no", "no", "no", "0", "", ""))

    assert result.exit_code == 0
    assert result.stdout.count("\n> ") == 4 + 1
    assert result.stdout.lstrip().startswith("Question 1 (about 3 to go). Illnesses\n")


def test_finer_questions_follow_a_yes_one_by_one() -> None:
    closed = ("--sign", "none", "--skin", "none", "--allergy", "none", "--taking", "none", "--circumstance", "none")

    result = ask(*MAN, *closed, answers=("0", "yes", "3", "0", "n", "perhaps", "n", "", ""))

    assert result.exit_code == 0
    assert result.stdout[result.stdout.index("\nQuestion 5") :].splitlines()[1:7] == [
        "Question 5 (perhaps the last). Details",
        "Is your liver badly damaged or failing, for example by advanced cirrhosis? (yes,",
        "no; ? don't know)",
        "> perhaps",
        "'perhaps' is not clear; please say yes, no, or ? if you don't know.",
        "> n",
    ]


def test_answers_that_cannot_be_read_are_asked_for_again_with_a_hint() -> None:
    result = ask("--remedy", "dolobene", *MAN, answers=("16", "", "xyzzy", "x" * 5000, "0"))
    lines = result.stdout.splitlines()
    first = lines.index("> 16")

    assert lines[first : first + 11] == [
        "> 16",
        "There is no 16 here; choose from 1 to 15, 0 for none of these, ? if you don't",
        "know.",
        "> ",
        "Please answer; ? means that you don't know.",
        "> xyzzy",
        "'xyzzy' is not known here. Choose numbers, 0 for none, ? if you don't know;",
        "“other: xyzzy” notes it without an answer.",
        f"> {'x' * 80}",
        "That is too long; at most 200 characters are read.",
        "> 0",
    ]
    assert result.stdout.count("Warning signs\n") == 1


def test_a_long_line_is_echoed_shortened() -> None:
    result = ask("--remedy", "dolobene", *MAN, answers=("x" * 5000,))

    assert f"> {'x' * 80}\n" in result.stdout
    assert "x" * 81 not in result.stdout


def test_control_characters_in_an_answer_reach_no_terminal() -> None:
    result = ask("--remedy", "dolobene", *MAN, answers=("\x1b]0;x\x07",))

    assert "\x1b" not in result.output


def test_a_word_that_is_not_understood_is_asked_back_and_may_be_noted() -> None:
    found = written(*MAN, "--remedy", "dolobene", answers=("0", "yes", "astmma", "other: astmma, 1", "", ""))

    assert found["conditions"]["other"] == ["astmma"]
    assert len(found["conditions"]["yes"]) == 1


def test_doubt_and_denial_are_written_as_what_they_are() -> None:
    found = written(*MAN, "--remedy", "dolobene", answers=("0", "no", "?", "asthma?", "0", "0", "0", "0"))

    assert "yes" not in found["conditions"]
    assert "asthma" not in found["conditions"]["no"]
    assert "heart-disease" in found["conditions"]["no"]


def test_after_whole_weeks_only_the_days_are_asked_for() -> None:
    pregnant = ("--sex", "female", "--age", "30", "--not-breastfeeding", "--nothing-else", "--pregnancy", "yes")
    result = ask(*pregnant, "--remedy", "diclofenac-gel", answers=("27.6 weeks", "27 недель", "28", "6 дней"))
    text = " ".join(result.stdout.split())

    assert "27.6 may be 27 weeks and 6 days (27+6) or a fraction of a week." in text
    assert "Details 27 weeks and how many days? 0 to 6" in text
    assert "> 28 27 weeks and how many days? 0 to 6; ? if you don't know. > 6 дней" in text
    assert "must not be used." in text


def test_russian_answers_are_understood() -> None:
    found = written(*MAN, answers=("нет", "да", "экзема"))

    assert found["skin"]["yes"] == ["eczema"]


def test_not_knowing_survives_to_the_answer() -> None:
    closed = ("--sign", "none", "--skin", "none", "--allergy", "none", "--taking", "none", "--circumstance", "none")

    result = ask(*MAN, *closed, "--remedy", "dolobene", answers=("0", "?", "?", "?", "?"))

    assert result.exit_code == 0
    assert "It cannot be said yet whether you may use Dolobene.\n" in result.stdout
    assert "Nothing else would change this answer" not in result.stdout


@pytest.mark.parametrize("words", ["0?", "no?", "нет?", "0, ?", "? нет ? ?"])
def test_a_no_in_doubt_is_asked_for_again_and_settles_nothing(words: str) -> None:
    closed = ("--sign", "none", "--skin", "none", "--allergy", "none", "--taking", "none", "--circumstance", "none")

    result = ask(*MAN, *closed, "--remedy", "dolobene", "--save", "me.json", answers=("0", "yes", words))

    assert f"'{words}' is not clear; 0 means none of these, a lone ? that you don't know.\n" in result.stdout
    assert result.stderr == (
        "Stopped. Not answered: Illnesses, Details. To go on: remedies ask --patient me.json\nWritten: me.json\n"
    )
    assert json.loads(Path("me.json").read_text("utf-8"))["conditions"] == {
        "no": ["gi-bleeding", "intracranial-bleeding"]
    }


def test_every_choice_of_a_list_says_what_to_think_of() -> None:
    result = ask(*MAN, "--sign", "none", answers=("0", "no", "no", "yes"))

    assert "a tendency to allergies (such as hay fever, eczema or asthma)" in " ".join(result.stdout.split())


# Warning signs


def test_an_urgent_sign_ends_the_interview_at_once_before_any_remedy_is_named() -> None:
    result = ask(answers=("5",))

    assert result.exit_code == 0
    assert result.stdout.count("\n> ") == 1
    assert "Which one shall the plan be for?" not in result.stdout
    text = result.stdout
    heading = text.index("See a doctor now, before any remedy")
    assert all(name not in text[:heading] for name in NAMES)


def test_a_sign_that_can_wait_is_said_before_the_remedies() -> None:
    result = ask(*MAN, answers=("8", *["0"] * 8))

    assert "See a doctor soon, before any remedy" in result.stdout


# Leaving early


def test_the_end_of_input_names_what_was_not_answered() -> None:
    result = ask()

    assert result.exit_code == 1
    assert result.stderr == f"Stopped. Not answered: {EVERY_TOPIC}.\n"


def test_the_end_of_input_half_way_names_only_what_is_left() -> None:
    result = ask(answers=WOMAN[:6])

    assert result.exit_code == 1
    assert result.stderr == "Stopped. Not answered: Medicines and creams, Plans and circumstances.\n"
    assert "May be used" not in result.stdout


def test_ctrl_c_leaves_as_cleanly(monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(dialogue, "line", pressed)

    result = ask()

    assert result.exit_code == 1
    assert result.stderr == f"Stopped. Not answered: {EVERY_TOPIC}.\n"


def test_input_that_is_closed_counts_as_its_end() -> None:
    words = [sys.executable, "-m", "remedies", "ask", *WHEN]

    result = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *words], capture_output=True, text=True, check=False
    )

    assert result.returncode == 1
    assert result.stderr == f"Stopped. Not answered: {EVERY_TOPIC}.\n"


def test_input_that_is_no_utf8_ends_without_a_traceback() -> None:
    words = [sys.executable, "-X", "utf8=0", "-m", "remedies", "ask", *WHEN]
    env = {**os.environ, "LC_ALL": "en_US.UTF-8"}

    result = subprocess.run(words, input="нет\n".encode("cp1251"), capture_output=True, check=False, env=env)

    assert result.returncode in {1, 2}
    assert b"Traceback" not in result.stderr


# Saving


def test_nothing_is_saved_unasked(tmp_path: Path) -> None:
    ask(answers=(*WOMAN, "", "1", ""))

    assert list(tmp_path.iterdir()) == []


def test_saved_answers_are_a_patient_file_with_which_nothing_is_left_to_ask() -> None:
    found = written(answers=(*WOMAN, "", ""))
    again = ask("--patient", "me.json")

    assert found["age"] == {"years": 34}
    assert found["pregnancy"] == "no"
    assert found["breastfeeding"] is False
    assert "asthma" in found["conditions"]["no"]
    assert again.exit_code == 0
    assert "\n> " not in again.stdout


def test_an_interview_that_broke_off_saves_what_was_answered() -> None:
    found = written(answers=("0", "34, woman"))

    assert found["age"] == {"years": 34}
    assert found["conditions"] == {"no": ["gi-bleeding", "intracranial-bleeding"]}


def test_a_file_that_exists_is_not_replaced_where_nobody_can_be_asked() -> None:
    Path("me.json").write_text("{}", "utf-8")

    result = ask(*HEALTHY, "--save", "me.json")

    assert result.exit_code == 2
    assert "Error: me.json: exists already and was left as it is; add --overwrite to replace it\n" in result.stderr
    assert Path("me.json").read_text("utf-8") == "{}"


def test_the_answer_is_shown_even_where_it_cannot_be_saved() -> None:
    for name in ("nowhere/me.json", "."):
        result = ask(*HEALTHY, "--save", name, "--overwrite")
        assert "cannot be written" in result.stderr
        assert "\nMay be used, no listed reason against it (19): " in result.stdout


def test_overwrite_replaces_the_file() -> None:
    Path("me.json").write_text("{}", "utf-8")

    result = ask(*HEALTHY, "--save", "me.json", "--overwrite", answers=("",))

    assert result.exit_code == 0
    assert json.loads(Path("me.json").read_text("utf-8"))["nothing_else"] is True


# Moving about


def screens_of(result: Result) -> list[list[str]]:
    """Return what stood on the screen each time that the program waited, without what was typed."""
    return [part.splitlines()[1:] for part in f"x\n{result.stdout}".split("\n> ")]


def test_one_question_is_shown_at_a_time_with_how_many_are_left() -> None:
    shown = screens_of(ask(answers=WOMAN))

    assert [screen[1] for screen in shown[:8]] == [
        "Question 1 (about 7 to go). Warning signs",
        "Question 2 (about 6 to go). Who will use it",
        "Question 3 (about 5 to go). Pregnancy and breastfeeding",
        "Question 4 (about 4 to go). Skin where it would go",
        "Question 5 (about 3 to go). Illnesses",
        "Question 6 (about 2 to go). Allergies and reactions",
        "Question 7 (about 1 to go). Medicines and creams",
        "Question 8 (perhaps the last). Plans and circumstances",
    ]
    assert shown[2][2:] == [
        "Is the person pregnant, or breastfeeding?",
        "  1  pregnant",
        "  2  might be pregnant",
        "  3  breastfeeding",
        "0 neither; ? don't know. Weeks can be said at once: 27+3. What you do not pick",
        "counts as no. b back, q leave, h help.",
    ]


@pytest.mark.parametrize("back", ["b", "back", "B", "назад"])
def test_back_shows_the_question_before_and_its_new_answer_counts(back: str) -> None:
    found = written(answers=("0", "3, man", back, "34, man"))

    assert found["age"] == {"years": 34}


def test_there_is_no_way_back_from_the_first_question() -> None:
    shown = screens_of(ask(*MAN, answers=("b", "0")))

    assert shown[1] == ["This is the first question."]


def test_help_says_what_can_be_typed_and_asks_on() -> None:
    shown = screens_of(ask(*MAN, answers=("help", "0")))

    assert shown[1][0] == "Numbers pick from a list, several at once: 1, 3. So do words in English or"
    assert shown[2][1].startswith("Question 2 ")


@pytest.mark.parametrize("words", ["q", "quit", "Q", "выход"])
def test_leaving_keeps_the_answers_and_says_how_to_go_on(words: str) -> None:
    result = ask("--save", "me.json", answers=("0", "34, man", words))

    assert result.exit_code == 1
    assert result.stderr == (
        "Stopped. Not answered: Skin where it would go, Illnesses, Allergies and reactions, Medicines and creams, "
        "Plans and circumstances. To go on: remedies ask --patient me.json\nWritten: me.json\n"
    )
    again = screens_of(run("ask", "--patient", "me.json", "--start", "2026-11-16", "--as-of", "2026-11-16"))
    assert again[0][1] == "Question 1 (about 4 to go). Skin where it would go"


def test_answers_are_read_back_and_each_can_be_changed_without_losing_another() -> None:
    result = ask(answers=("0", "3, man", *["0"] * 5, "2", "34, man", "0", "yes", "1", "0", "0", "?", ""))
    shown = screens_of(result)
    reviews = [screen[1:] for screen in shown if screen[1:2] == ["Check your answers"]]

    assert reviews[0][1:3] == ["  1  Warning signs: none of 15", "  2  Who will use it: 3 years, man"]
    again = shown[shown.index(["", *reviews[0]]) + 1]
    assert again[1] == "Once more. Who will use it"
    assert reviews[-1][2] == "  2  Who will use it: 34 years, man"
    assert reviews[-1][-1] == "Enter goes on; a number changes an answer. b back, q leave, h help."


def test_what_a_plain_no_has_taken_as_no_is_said_when_the_answers_are_read_back() -> None:
    shown = screens_of(ask(answers=(*WOMAN, "99", "")))

    assert shown[8] == [
        "",
        "Check your answers",
        "  1  Warning signs: none of 15",
        "  2  Who will use it: 30 years, woman".replace("30", "34"),
        "  3  Pregnancy and breastfeeding: not pregnant, not breastfeeding",
        "  4  Skin where it would go: no (13 facts taken as no)",
        "  5  Illnesses: no (70 facts taken as no)",
        "  6  Allergies and reactions: no (104 facts taken as no)",
        "  7  Medicines and creams: no (28 facts taken as no)",
        "  8  Plans and circumstances: none of 4",
        "Enter goes on; a number changes an answer. b back, q leave, h help.",
    ]
    assert shown[9] == ["Please choose a number from 1 to 8, or Enter to go on."]


UP_TO_THE_ILLNESSES = ("0", "no", "yes")


def test_a_long_list_is_answered_page_by_page() -> None:
    """Who says none on the first page has said nothing of the second."""
    found = written(*MAN, answers=(*UP_TO_THE_ILLNESSES, "1", "?", "q"))

    assert found["conditions"]["yes"] == ["asthma"]
    assert "heart-disease" in found["conditions"]["no"]
    assert "cancer" in found["conditions"]["unknown"]
    assert not {*found["conditions"]["no"]} & {*found["conditions"]["unknown"]}


def test_not_knowing_a_page_says_nothing_of_the_next() -> None:
    found = written(*MAN, answers=(*UP_TO_THE_ILLNESSES, "?", "0", "q"))

    assert "asthma" in found["conditions"]["unknown"]
    assert "cancer" in found["conditions"]["no"]


@pytest.mark.parametrize("more", ["", "m", "more", "ещё"])
def test_more_turns_the_page_and_the_answer_there_counts_for_both(more: str) -> None:
    found = written(*MAN, answers=(*UP_TO_THE_ILLNESSES, more, "1, 19", "q"))

    assert sorted(found["conditions"]["yes"]) == ["asthma", "cancer"]
    assert {"heart-disease", "dehydration"} <= {*found["conditions"]["no"]}


def test_the_beginning_of_a_word_narrows_a_list_and_a_whole_word_is_understood() -> None:
    result = ask(*MAN, "--save", "me.json", answers=(*UP_TO_THE_ILLNESSES, "blee", "gout", "25", "0", "0", "q"))
    shown = screens_of(result)

    noted = ["Noted. This page is still to be answered: numbers, 0 none of these, ? don't", "know."]
    assert shown[4] == ["  8  past bleeding from the stomach or bowel", " 25  bleeding now"]
    assert shown[5:7] == [noted, noted]
    conditions = json.loads(Path("me.json").read_text("utf-8"))["conditions"]
    assert conditions["yes"] == ["bleeding", "gout"]


@pytest.mark.parametrize(("columns", "lines"), [("80", "24"), ("40", "24"), ("120", "40")])
def test_no_screen_is_longer_than_the_window(columns: str, lines: str) -> None:
    answers = ("0", "45, woman", "0", *["yes", "1", "?", "0", "0", "0", "0"] * 8)
    result = run("ask", *WHEN, input="".join(f"{line}\n" for line in answers), env={"COLUMNS": columns, "LINES": lines})
    shown = screens_of(result)

    assert len(shown) > 10
    assert max(len(screen) for screen in shown[:-1]) + 1 <= int(lines)
    assert max(len(line) for screen in shown[:-1] for line in screen) <= int(columns)


def test_what_it_comes_to_stands_first_and_by_what_the_list_goes() -> None:
    result = ask(*HEALTHY, answers=("",))

    assert result.stdout.splitlines()[:5] == [
        "",
        "You may use 19 of 21. A doctor should look at 2. They stand in the order of the",
        "  catalogue, which ranks nothing. Nothing else would change this answer.",
        "",
        "Understood: man, 34.",
    ]


def test_who_leaves_with_a_sign_is_told_which_doctor_to_see() -> None:
    result = ask("--age", "34", "--sex", "male", answers=("8", "q"))

    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "See a doctor soon, before any remedy: fever above 37 °C."
